"""What becomes of files that are brought in: repaired where they can mean one thing only, refused by name elsewhere."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import NotValid
from engine.notation import BPMN, TimerDefinition, Xml, read
from sop_catalog.exchange import Imported, Incoming, Outcome, bring_in, from_paths, from_zip
from sop_catalog.exchange.identities import mend_ids
from sop_catalog.exchange.importing import mend
from sop_catalog.exchange.repairs import iso
from tests.sop_catalog.exchange.foreign import FOREIGN
from tests.sop_catalog.exchange.foreign_pieces import LINE, file, line

TIMER = '<boundaryEvent id="b" attachedToRef="t"><timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="e3"/><sequenceFlow id="f3" sourceRef="b" targetRef="e3"/>'
TASK = '<userTask id="t" name="Catat"/>'


def brought(source: str | bytes, name: str = "pengaduan.bpmn", *, persons: bool = False) -> Imported:
    [one] = bring_in([Incoming(name, source.encode() if isinstance(source, str) else source)], persons=persons)
    return one


def rules(one: Imported) -> list[str]:
    return [each.rule for each in one.repairs]


def test_a_drawing_of_ours_is_accepted_as_it_is() -> None:
    path = next(iter(sorted(Path("bpmn").rglob("*.bpmn"))))

    [one] = bring_in(from_paths([path]), shelf=lambda _: None)

    assert (one.repairs, one.text) == ((), path.read_bytes())


def test_ids_are_made_well_formed_and_unique_and_references_follow() -> None:
    body = line("", '<userTask id="tugas 1/2" name="Catat"/>').replace('"t"', '"tugas 1/2"').replace('"f2"', '"f1"')

    one = brought(file("", body))

    drawn = read(one.text)
    assert one.accepted
    assert {(each.source, each.target) for each in drawn.processes[0].flows} == {("s", "tugas_1_2"), ("tugas_1_2", "e")}
    assert rules(one).count("id") == 2
    assert all(each.element and each.line for each in one.repairs if each.rule == "id")


def test_a_missing_id_is_given_and_told() -> None:
    one = brought(file("", line("", TASK, more='<task name="Tanpa id"/>')))

    assert [one.repairs[0].rule, one.repairs[0].element] == ["id", "task"]


@pytest.mark.parametrize(
    ("process", "name", "code"),
    [
        ("c3-m05-02", "apa saja.bpmn", "c3-m05-02"),
        ("Process_1a2b3c4", "C3-M05-02-penilaian.bpmn", "c3-m05-02"),
        ("Process_1a2b3c4", "Surat Masuk.bpmn20.xml", "surat-masuk"),
        ("permohonan", "x.bpmn", "permohonan"),
        ("sid-12-ab", "2 tahap.bpmn", "sop-2-tahap"),
    ],
)
def test_the_process_has_its_code_as_id(process: str, name: str, code: str) -> None:
    one = brought(file("", line("", TASK, head=f'id="{process}"') + LINE.replace("proses", process)), name)

    assert one.code == code
    assert [each.plane.element for each in read(one.text).diagrams] == [code]


def test_a_drawing_without_a_picture_is_laid_out_and_one_with_a_picture_is_left() -> None:
    without, with_one = brought(file("", line("", TASK))), brought(file("", line("", TASK) + LINE))

    assert ("layout" in rules(without), "layout" in rules(with_one)) == (True, False)
    assert read(without.text).diagrams[0].plane.shapes


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("timeDuration", " p3d ", "P3D"),
        ("timeDuration", "PT3D", "P3D"),
        ("timeDuration", "P72H", "PT72H"),
        ("timeDuration", "P1DT", "P1D"),
        ("timeDuration", "P2H30M", "PT2H30M"),
        ("timeDuration", "P6M", "P6M"),
        ("timeDuration", 'duration("P2D")', "P2D"),
        ("timeDuration", '="PT8H"', "PT8H"),
        ("timeCycle", "r3/pt10m", "R3/PT10M"),
        ("timeDate", "2026-03-01 08:00+0700", "2026-03-01T08:00+07:00"),
        ("timeDate", "2026-03-01T08:00", None),
        ("timeCycle", "0 0/5 * * * ?", None),
        ("timeDuration", "${lama}", None),
        ("timeDuration", "3 hari", None),
        ("timeDuration", "P1.5D", None),
    ],
)
def test_times_are_written_as_iso_where_they_can_be_one_time_only(kind: str, text: str, wanted: str | None) -> None:
    assert iso(kind, text) == wanted


def test_a_time_is_mended_in_the_drawing() -> None:

    one = brought(file("", line("", TASK, more=TIMER.format("pt3d"))))

    [definition] = [d for node in read(one.text).processes[0].nodes for d in getattr(node, "definitions", ())]
    assert isinstance(definition, TimerDefinition)
    assert (definition.text, "time" in rules(one), one.outcome) == ("P3D", True, Outcome.REPAIRED)


def test_a_condition_in_another_language_is_refused_and_not_guessed() -> None:
    one = brought(FOREIGN["conditions-cdata"])

    assert one.outcome is Outcome.REFUSED
    assert b"${a &gt; 1 &amp;&amp; b &lt; 2}" in one.text
    assert "feel-only" in {each.rule for each in one.findings}


def test_a_task_of_a_vendors_kind_is_named() -> None:
    [told] = [each for each in brought(FOREIGN["camunda-8-zeebe"]).findings if each.rule == "vendor-task"]

    assert (told.element, told.facts["value"]) == ("t", "surel")


def test_plain_tasks_become_user_tasks_only_where_that_is_said() -> None:
    plain = file("", line("", '<task id="t" name="Catat"/>') + LINE)

    assert brought(plain).outcome is Outcome.REFUSED
    assert brought(plain, persons=True).outcome is Outcome.REPAIRED


def test_a_second_run_changes_nothing() -> None:
    first = bring_in([Incoming(f"{name}.bpmn", source) for name, source in FOREIGN.items()], persons=True, workers=1)
    kept = [each for each in first if each.accepted]

    second = bring_in([Incoming(f"{each.code}.bpmn", each.text) for each in kept], workers=1)

    assert len(kept) >= 10
    assert [(each.repairs, each.text) for each in second] == [((), each.text) for each in kept]


def test_files_of_one_made_up_id_get_codes_of_their_own() -> None:
    both = [Incoming(f"{name}/alur.bpmn", FOREIGN["ibm"]) for name in ("satu", "dua")]

    codes = [each.code for each in bring_in(both)]

    assert codes[0] == "alur"
    assert codes[1].startswith("alur-")


def test_two_files_of_one_code_are_not_both_accepted() -> None:
    source = file("", line("", TASK, head='id="c3-m05-02"') + LINE.replace("proses", "c3-m05-02")).encode()

    report = bring_in([Incoming("a.bpmn", source), Incoming("b.bpmn", source)])

    assert [each.accepted for each in report] == [True, False]
    assert report[1].findings[0].rule == "code-once"


def test_what_is_no_bpmn_is_refused_and_not_kept() -> None:
    one = brought(b"PK\x03\x04 bukan")

    assert (one.outcome, one.can_be_kept) == (Outcome.REFUSED, False)


@pytest.mark.parametrize(
    "hostile",
    [
        b"<!--" * 200_000 + b"<?",
        b"<?x " * 200_000,
        b"<?x?>\n" * 150_000,
        b"<![CDATA[" * 100_000 + b"<?",
        file("", line("", TASK)).replace("<process", f'<process name="{"P" + "1" * 150_000}"').encode(),
        file("", line("", TASK, more=TIMER.format("P" + "1" * 150_000))).encode(),
    ],
    ids=["comments", "no end", "instructions", "CDATA", "name", "time"],
)
def test_a_hostile_file_is_answered_in_little_time(hostile: bytes) -> None:
    began = time.thread_time()

    mend(Incoming("a.bpmn", hostile))

    assert time.thread_time() - began < 10


def test_thousands_of_elements_of_one_id_get_ids_of_their_own_in_little_time() -> None:
    step = Xml(tag=f"{{{BPMN}}}task", attributes=(("id", "langkah"),))
    began = time.thread_time()

    made, repairs = mend_ids(
        Xml(
            tag=f"{{{BPMN}}}process",
            attributes=(("id", "proses"),),
            children=tuple(replace(step) for _ in range(15_000)),
        )
    )

    assert time.thread_time() - began < 5
    assert len(repairs) == 14_999
    assert len({each.get("id") for each in made.children}) == 15_000


def packed(*files: tuple[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_gives_its_drawings_in_the_order_of_their_names() -> None:
    held = packed(("b/y.bpmn", b"<y/>"), ("a.bpmn", b"<a/>"), ("__MACOSX/._a.bpmn", b"x"), ("readme.txt", b"x"))

    assert [each.place for each in from_zip(held)] == ["a.bpmn", "b/y.bpmn"]


@pytest.mark.parametrize(
    "hostile",
    [
        packed(("../../luar.bpmn", b"<a/>")),
        packed(("/etc/luar.bpmn", b"<a/>")),
        packed(("C:\\luar.bpmn", b"<a/>")),
        packed(("a\\..\\..\\luar.bpmn", b"<a/>")),
        packed(("bom.bpmn", b" " * 5_000_000)),
        packed(*((f"{n}.bpmn", b"") for n in range(2_001))),
        packed(("a.bpmn", b"<a/>"))[:-30],
        b"PK\x05\x06",
    ],
    ids=["slip", "absolute", "drive", "backslash", "ratio", "count", "cut off", "nothing"],
)
def test_a_hostile_zip_is_refused(hostile: bytes) -> None:
    with pytest.raises(NotValid):
        from_zip(hostile)


def test_a_zip_that_lies_about_a_size_is_refused_or_cut() -> None:
    honest = packed(("a.bpmn", b" " * 90_000))
    lying = honest.replace((90_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    with pytest.raises(NotValid):
        from_zip(lying)

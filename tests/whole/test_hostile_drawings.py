"""Malformed and hostile BPMN handed in for publication: findings in sentences, nothing published, nothing run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import Engine
from tests.shipped import BPMN
from tests.sop_catalog.soundness.shelf import FILES
from tests.web.office import NOW, OWNER, Browser
from tests.web.one_app import app_over
from tests.whole.border import Dump, Program, dump
from web.wiring import Wiring

DRAFT = "/catalogue/drafts/1"
BY_A_DRAFT = frozenset({"audit", "audit_head", "idempotency"})
"""The tables of the engine that grow where a draft is begun: the record of it, and the receipt of the form."""
WHOLE = (BPMN / next(each for each in FILES if "c3-m03-03" in each)).read_bytes()


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("c3-m03-03.bpmn", WHOLE)
    return held.getvalue()


def with_task(kind: str, inside: str = "") -> bytes:
    """The drawing with its first user task turned into something else."""
    opened = re.search(rb"<bpmn:userTask (id=\"(\w+)\"[^>]*)>.*?</bpmn:userTask>", WHOLE, re.DOTALL)
    assert opened is not None
    made = f"<bpmn:{kind} {opened[1].decode()}>{inside}</bpmn:{kind.partition(' ')[0]}>".encode()
    return WHOLE.replace(opened[0], made)


def doctype(inside: str) -> bytes:
    head, _, rest = WHOLE.partition(b"?>")
    return head + b"?>" + f"<!DOCTYPE d [{inside}]>".encode() + rest


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
CODE = "__import__('pathlib').Path('{place}').write_text('ran')"
HOSTILE: dict[str, Callable[[Path], bytes]] = {
    "nothing": lambda _: b"",
    "text": lambda _: b"SOP wawancara",
    "half a file": lambda _: WHOLE[: len(WHOLE) // 2],
    "a zip": lambda _: zipped(),
    "another XML": lambda _: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "zeros": lambda _: b"\0" * 4000,
    "a broken encoding": lambda _: WHOLE.replace(b"wawancara", b"wawan\xff\xfecara", 1),
    "an encoding that is not": lambda _: WHOLE.replace(b"UTF-8", b"UTF-99", 1),
    "a bomb of entities": lambda _: doctype(f'<!ENTITY a0 "ha">{BOMB}').replace(b"Membuka", b"&a8;", 1),
    "an entity from a file": lambda place: doctype(f'<!ENTITY x SYSTEM "{place.as_uri()}">').replace(
        b"Membuka", b"&x;", 1
    ),
    "deep nesting": lambda _: WHOLE.replace(
        b"</bpmn:process>", b"<bpmn:subProcess>" * 5000 + b"</bpmn:subProcess>" * 5000 + b"</bpmn:process>"
    ),
    "an arrow to nowhere": lambda _: WHOLE.replace(b'targetRef="tutup_wawancara"', b'targetRef="entah"'),
    "an id twice": lambda _: WHOLE.replace(b'id="tutup_wawancara"', b'id="buka_wawancara"', 1),
    "no process": lambda _: re.sub(rb"<bpmn:process .*?</bpmn:process>", b"", WHOLE, flags=re.DOTALL),
    "a condition that is no FEEL": lambda _: WHOLE.replace(b'outcome = "', b'outcome := "'),
    "a condition in Python": lambda place: WHOLE.replace(
        b'outcome = "', CODE.format(place=place).encode() + b' or outcome = "'
    ),
    "a script task": lambda place: with_task("scriptTask", f"<bpmn:script>{CODE.format(place=place)}</bpmn:script>"),
    "an element of no standard": lambda _: with_task("teleportTask"),
    "a post that is not": lambda _: WHOLE.replace(b"pengantar-kerja", b"raja-hutan"),
    "a call that leads nowhere": lambda _: with_task('callActivity calledElement="c3-m99-99"'),
    "a call of itself": lambda _: with_task('callActivity calledElement="c3-m03-03"'),
    "the code of another, called by a macro": lambda _: WHOLE.replace(b'"c3-m03-03"', b'"../../etc/passwd"'),
}


MENDABLE = frozenset(HOSTILE) & {
    "an arrow to nowhere",
    "an id twice",
    "a condition that is no FEEL",
    "a condition in Python",
    "a script task",
    "an element of no standard",
    "a post that is not",
    "a call that leads nowhere",
    "a call of itself",
}
"""Those that can be read as a drawing of a procedure: kept as a draft of who sent them, and in force no more than the others."""


def unchanged(engine: Engine, before: Dump, begun: object) -> bool:
    """Whether everything is as before, but for the draft that was begun and the record of it."""
    now = dump(engine)
    if not begun:
        return now == before
    records = [row for row in now["audit"] if row not in before["audit"]]
    changed = {name for name in now if now[name] != before[name]}
    return changed <= BY_A_DRAFT and len(records) == 1 and "draft.begun" in records[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_drawing_sent_by_a_program_is_refused_with_findings_and_changes_nothing(
    wiring: Wiring, tmp_path: Path, name: str
) -> None:
    place = tmp_path / "secret"
    sent = HOSTILE[name](place)
    assert sent != WHOLE
    owner = Program(app_over(wiring), OWNER)
    before = dump(wiring.engine)

    refused = owner.send("/releases", sent)

    told = refused.get_json()
    errors = [each for each in told["findings"] if each["severity"] == "error"]
    assert (refused.status_code, told["verdict"]) == (422, "refused")
    assert errors
    assert all(each["rule"] and len(each["message"]) > 10 and "Traceback" not in each["message"] for each in errors)
    assert (told["draft"] is not None) == (name in MENDABLE)
    assert unchanged(wiring.engine, before, told["draft"])
    assert not place.exists()


@pytest.mark.parametrize("name", ["a bomb of entities", "a script task", "an arrow to nowhere", "half a file"])
def test_the_page_names_the_finding_in_indonesian_and_changes_nothing(
    officer: Callable[[str], Browser], wiring: Wiring, tmp_path: Path, name: str
) -> None:
    page = officer(OWNER).get("/catalogue/publish")
    before = dump(wiring.engine)

    refused = page.submit("/catalogue/publish", file=(io.BytesIO(HOSTILE[name](tmp_path / "secret")), "sop.bpmn"))

    assert refused.status == 422
    assert "Belum diterima: sop.bpmn" in refused.text
    assert "Expected" not in refused.text
    assert unchanged(wiring.engine, before, "Buka draf" in refused.text)


@pytest.mark.parametrize("name", sorted(MENDABLE))
def test_a_hostile_drawing_that_became_a_draft_can_be_looked_at_and_not_submitted(
    officer: Callable[[str], Browser], tmp_path: Path, name: str
) -> None:
    browser = officer(OWNER)
    sent = (io.BytesIO(HOSTILE[name](tmp_path / "secret")), "sop.bpmn")
    refused = browser.get("/catalogue/publish").submit("/catalogue/publish", file=sent)
    assert refused.link("Buka draf") == DRAFT

    pages = [browser.get(DRAFT), browser.get(f"{DRAFT}/draw"), browser.get("/catalogue/drafts")]
    picture = browser.client.get(f"{DRAFT}/pictures/after.svg")
    token = pages[0].form("/sign-out").fields["csrf"]
    submitted = browser.post(f"{DRAFT}/submit", csrf=token, seen="1", on=NOW.date().isoformat(), note="")

    assert [each.status for each in pages] == [200, 200, 200]
    assert picture.status_code in {200, 404}
    assert submitted.status == 422
    assert not (tmp_path / "secret").exists()

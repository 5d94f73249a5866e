"""What an author wrote is what the engine is told: a table, drawn, written as XML, read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.domain.release import (
    Activity,
    Allowance,
    Bound,
    Choice,
    Clock,
    Duty,
    Field,
    FieldKind,
    LegalBasis,
    Performer,
    Rung,
    RungAct,
)
from engine.machine import Machine
from engine.notation import SubProcess, read, write
from engine.process import Bundle
from sop_catalog.diagram.extension import read_activities, read_procedure
from sop_catalog.procedure import Generality, Level, Nature, Procedure, Scope, Sheet
from sop_catalog.sheets.draw import draw, main, new_drawing
from sop_catalog.sheets.table import Catch, EndRow, Exit, ForkRow, GroupRow, LaneRow, PoolRow, StepRow, Table

SHEET = Sheet(
    level=Level.MICRO,
    area="C3",
    owner="BP3MI",
    nature=Nature.ADMINISTRATIVE,
    scope=Scope.PARTIAL,
    generality=Generality.SPECIFIC,
    promised=Allowance(1.5, Clock.WORKING_DAYS, "satu setengah hari"),
    duties=(
        Duty(
            "jawaban",
            "Menjawab permohonan",
            Allowance(72, Clock.RUNNING_HOURS, "paling lambat 3 × 24 jam"),
            begins="periksa",
            ends="antar",
            most=Allowance(7, Clock.CONSECUTIVE_DAYS, "diperpanjang"),
            times=2,
            legal=(LegalBasis("UU 27/2022", "Pasal 32"),),
        ),
        Duty("seluruhnya", "Menyelesaikan", Allowance(3, Clock.MONTHS)),
    ),
    ladder=(
        Rung(0.6, None, RungAct.REMIND),
        Rung(1.0, None, RungAct.HAND_OVER),
        Rung(None, Allowance(2, Clock.WORKING_DAYS), RungAct.INCIDENT),
    ),
    legal=(LegalBasis("UU 18/2017", "Pasal 8"),),
    qualification=("Teliti & sabar",),
    related=("c3-m05-01",),
    equipment=("SISPOPMI",),
    warning=("Terlambat <lama>",),
    records=("Elektronik",),
    facts=("rombongan",),
)
STEP = StepRow(
    id="periksa",
    kind="user",
    name='Memeriksa "berkas"',
    lane="pengelola-kasus",
    instruction="Baca semuanya.\nCatat yang kurang.",
    allowance=Allowance(4, Clock.WORKING_HOURS, "empat jam"),
    requirements=("Berkas", "Formulir"),
    output="Berkas terperiksa",
    legal=(LegalBasis("UU 18/2017"),),
    note="Segera",
    act="decide_disposition",
    stage="Disposisi",
    stage_allowance=Allowance(10, Clock.WORKING_DAYS, "[synthetic]"),
    form=(
        Field("nik", "NIK", bound=Bound.SUBJECT),
        Field(
            "jalan",
            "Jalan",
            FieldKind.CHOICE,
            required=True,
            when='nik != ""',
            choices=(Choice("a", "Darat"),),
            help="Pilih",
            alone=True,
        ),
    ),
    talks_to="keluarga",
    question="Lengkap?",
    exits=(Exit("antar", "ya", label="Ya"), Exit("gagal", "tidak", label="Tidak")),
)
TABLE = Table(
    procedure=Procedure("c3-m05-91", "Percobaan", SHEET),
    lanes=(LaneRow("pengelola-kasus", Performer("pengelola-kasus")), LaneRow("psikolog", Performer("psikolog"))),
    pools=(PoolRow("keluarga", "Keluarga"),),
    steps=(
        STEP,
        StepRow(
            "antar",
            "manual",
            "Mengantar",
            "psikolog",
            group="jalan",
            catches=(Catch("timer", "PT3H", "kabari", False),),
        ),
        StepRow("kabari", "send", "Mengabari", "psikolog", group="jalan", message="kabar", to="tunggu"),
        StepRow("tunggu", "timer", "Satu jam", "psikolog", group="jalan", after="PT1H", to="pecah"),
        StepRow("satu", "call", "Pemesanan", "psikolog", calls="c3-m06-03", to="temu"),
        StepRow("dua", "user", "Mencatat tiap orang", "psikolog", each="anggota", item="orang", to="temu"),
    ),
    forks=(ForkRow("pecah", "parallel", (Exit("satu"), Exit("dua")), "temu", "selesai"),),
    groups=(GroupRow("jalan", "Perjalanan", catches=(Catch("error", "SAKIT", "gagal"),)),),
    ends=(EndRow("selesai", "Selesai"), EndRow("gagal", "Gagal", "terminate")),
)


def activity(name: str) -> Activity:
    again = read(write(draw(TABLE)))
    return next(each for each in read_activities(again) if each.element == name)


def test_the_cover_sheet_comes_back_whole() -> None:
    again = read(write(draw(TABLE)))

    assert read_procedure(again.processes[0]) == TABLE.procedure


def test_a_step_comes_back_with_everything_that_its_row_says() -> None:
    step = activity("periksa")

    assert (step.name, step.kind, step.performer) == (STEP.name, "userTask", Performer("pengelola-kasus"))
    assert (step.instruction, step.allowance, step.note) == (STEP.instruction, STEP.allowance, STEP.note)
    assert (step.requirements, step.output, step.legal) == (STEP.requirements, STEP.output, STEP.legal)
    assert (step.act, step.stage, step.form) == (STEP.act, STEP.stage, STEP.form)
    assert step.stage_allowance == STEP.stage_allowance


def test_the_exits_of_a_decision_are_the_outcomes_of_its_step() -> None:
    step = activity("periksa")

    assert [(each.value, each.label) for each in step.outcomes] == [("ya", "Ya"), ("tidak", "Tidak")]


def test_steps_of_a_group_stand_in_a_sub_process_and_keep_their_post() -> None:
    drawn = draw(TABLE)

    group = next(each for each in drawn.processes[0].nodes if isinstance(each, SubProcess))
    assert {"antar", "kabari", "tunggu"} <= {each.id for each in group.nodes}
    assert activity("antar").performer == Performer("psikolog")


def test_what_is_drawn_runs_on_the_engine() -> None:
    drawn = read(write(draw(TABLE)))
    called = draw(Table(Procedure("c3-m06-03", "Lain"), TABLE.lanes, (StepRow("a", "user", "A", "psikolog"),)))

    found = Machine().examine(Bundle("c3-m05-91", {"c3-m05-91": drawn, "c3-m06-03": called}))

    assert [str(each) for each in found if each.severity == "error"] == []


def test_the_same_table_gives_the_same_bytes() -> None:
    assert write(draw(TABLE)) == write(draw(TABLE))


@pytest.mark.parametrize(
    ("code", "level", "area"),
    [("s11-m05-02", Level.MICRO, "S11"), ("c3-m05", Level.MACRO, "C3"), ("p-c3-09", Level.MAP, "C3")],
)
def test_a_new_drawing_stands_where_its_code_says(code: str, level: Level, area: str) -> None:
    sheet = read_procedure(read(new_drawing(code, "Percobaan")).processes[0]).sheet

    assert (sheet.level, sheet.area) == (level, area)


def test_a_title_that_changes_moves_the_file(tmp_path: Path) -> None:
    table = tmp_path / "table.toml"
    text = 'code = "c3-m05-91"\ntitle = "{}"\n[[lane]]\npost = "psikolog"\n[[step]]\nid = "a"\nlane = "psikolog"\nname = "A"\n'

    for title in ("Judul Lama", "Judul Baru"):
        table.write_text(text.format(title), encoding="utf-8")
        main([str(table), "--into", str(tmp_path / "bpmn")])

    files = [path.name for path in (tmp_path / "bpmn").rglob("*.bpmn")]
    assert files == ["c3-m05-91-judul-baru.bpmn"]


def test_tables_that_do_not_fit_are_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "table.toml"
    table.write_text('code = "c3-m05-91"\n', encoding="utf-8")

    code = main([str(table), "--into", str(tmp_path / "bpmn")])

    assert code == 1
    assert "title is missing" in capsys.readouterr().err
    assert not (tmp_path / "bpmn").exists()

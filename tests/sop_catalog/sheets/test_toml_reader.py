"""An SOP table: what is read from it, and what an author is told."""

from __future__ import annotations

import pytest

from engine.domain.release import Allowance, Bound, Clock, FieldKind, Rung, RungAct, Whose
from sop_catalog.errors import NotATable
from sop_catalog.sheets.elements import to_definitions
from sop_catalog.sheets.toml_reader import read_toml

WHOLE = """
code = "c3-m05-91"
title = "Percobaan"
promised = "2 working-days"
legal = ["UU 18/2017 | Pasal 8"]
[[lane]]
post = "pengelola-kasus"
[[lane]]
post = "pengelola-kasus"
office = "origin"
[[step]]
id = "periksa"
lane = "pengelola-kasus:case"
name = "Memeriksa berkas"
time = "1.5 working-hours"
fields = [{name="nik", label="NIK", bound="subject", alone=true}, {name="jalan", label="Jalan", kind="choice", choices=["a|Darat", "b"]}]
exits = [{value="ya", label="Ya", to="antar"}, {value="tidak", label="Tidak", to="end"}]
[[step]]
id = "antar"
lane = "pengelola-kasus:origin"
name = "Mengantar"
late = {after="PT4H", to="antar", interrupting=false}
"""
DUTY = """
[[duty]]
code = "jawaban"
title = "Menjawab permohonan"
time = "72 running-hours"
begins = "periksa"
ends = "antar"
times = 1
"""
FAMILY = '\n[[pool]]\nid = "keluarga"\nname = "Keluarga"\n'


def complaints(text: str) -> list[str]:
    with pytest.raises(NotATable) as refused:
        read_toml(text)
    return [f"{each.element}: {each.sentence()}" for each in refused.value.findings]


def test_a_table_is_read_whole() -> None:
    table = read_toml(WHOLE)

    first, second = table.steps
    assert table.procedure.sheet.promised == Allowance(2.0, Clock.WORKING_DAYS)
    assert first.allowance == Allowance(1.5, Clock.WORKING_HOURS)
    assert [each.value for each in first.exits] == ["ya", "tidak"]
    assert second.catches[0].interrupting is False


def test_a_table_says_duties_a_ladder_and_how_long_a_stage_may_last() -> None:
    ladder = '[[rung]]\nat = "75 %"\ndo = "remind"\n[[rung]]\nafter = "2 working-days"\ndo = "incident"\n'
    stage = 'time = "1.5 working-hours"\nstage = "Diperiksa"\nstage_time = "3 working-days"\n'

    table = read_toml(WHOLE.replace('time = "1.5 working-hours"\n', stage) + DUTY + ladder)

    sheet = table.procedure.sheet
    assert [(each.code, each.begins, each.ends, each.times) for each in sheet.duties] == [
        ("jawaban", "periksa", "antar", 1)
    ]
    assert sheet.ladder == (
        Rung(0.75, None, RungAct.REMIND),
        Rung(None, Allowance(2, Clock.WORKING_DAYS), RungAct.INCIDENT),
    )
    assert table.steps[0].stage_allowance == Allowance(3, Clock.WORKING_DAYS)


def test_two_lanes_of_one_post_are_told_apart_by_their_office() -> None:
    table = read_toml(WHOLE)

    assert [each.key for each in table.lanes] == ["pengelola-kasus:case", "pengelola-kasus:origin"]
    assert table.lanes[1].performer.whose is Whose.ORIGIN


def test_a_field_says_its_kind_its_choices_and_where_it_is_kept() -> None:
    nik, road = read_toml(WHOLE).steps[0].form

    assert nik.bound is Bound.SUBJECT
    assert nik.alone
    assert road.kind is FieldKind.CHOICE
    assert [(each.value, each.label) for each in road.choices] == [("a", "Darat"), ("b", "b")]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("nama = 1\n" + WHOLE, "sheet: The key nama is not known here"),
        (WHOLE.replace("2 working-days", "2 hari"), "sheet: promised is 2 hari; write a number and a clock"),
        (WHOLE.replace("c3-m05-91", "c3m05"), "sheet: code is c3m05"),
        ('variant_edition = "tiga"\n' + WHOLE, "sheet: variant_edition is tiga; write the number"),
        (WHOLE.replace('to="antar"}, {', 'to="antaar"}, {'), "step periksa: It leads to antaar"),
        (WHOLE.replace("pengelola-kasus:origin", "sopir"), "step antar: lane is sopir"),
        (WHOLE.replace('id = "antar"', 'id = "periksa"'), "periksa: The id periksa stands 2 times"),
        (WHOLE.replace('{value="ya", ', "{"), "step periksa: The exit to antar needs exactly one of"),
        (WHOLE.replace('name = "Mengantar"\n', ""), "step antar: name is missing"),
        (WHOLE + DUTY.replace('"jawaban"', '"Jawaban"'), "duty Jawaban: code is Jawaban"),
        (
            WHOLE + DUTY.replace('begins = "periksa"', 'begins = "periska"'),
            "duty jawaban: It is counted from or to per",
        ),
        (WHOLE + DUTY.replace("running-hours", "jam"), "duty jawaban: time is 72 jam; write a number and a clock"),
        (WHOLE + DUTY.replace('time = "72 running-hours"', ""), "duty jawaban: time is missing"),
        (WHOLE + DUTY.replace("times = 1", 'times = "sekali"'), "duty jawaban: times must be a whole number"),
        (WHOLE + '[[rung]]\nat = "120 %"\ndo = "remind"', "sheet, rung 1: at is 120 %; write a part such as 75 %"),
        (WHOLE + '[[rung]]\ndo = "remind"', "sheet, rung 1: Write either at"),
        (WHOLE + '[[rung]]\nat = "75 %"\nafter = "1 months"\ndo = "remind"', "sheet, rung 1: Write either at"),
        (WHOLE + '[[rung]]\nat = "75 %"\ndo = "shout"', "sheet, rung 1: do is shout; it can be"),
        (WHOLE + '[[rung]]\nat = "75 %"', "sheet, rung 1: do is missing"),
        (WHOLE.replace('bound="subject"', 'bound="rumah"'), "step periksa, fields 1: bound is rumah"),
        (
            WHOLE.replace('name = "Mengantar"', 'name = "Mengantar"\nkind = "send"\nhears_from = "keluarga"') + FAMILY,
            "step antar: hears_from is for what a person does; the kind send says",
        ),
        (
            WHOLE.replace('name = "Mengantar"', 'name = "Mengantar"\ntalks_to = "keluarga"\nhears_from = "keluarga"')
            + FAMILY,
            "step antar: Write either talks_to or hears_from",
        ),
        (
            WHOLE.replace('name = "Mengantar"', 'name = "Mengantar"\nkind = "timer"\nafter = "P1D"\nstage = "Jalan"'),
            "step antar: A case enters a stage with a step that somebody does, not with the kind timer",
        ),
        (WHOLE + '[[fork]]\nid = "pecah"\nto = ["periksa"]\n', "fork pecah: Nothing leads to pecah"),
    ],
)
def test_what_does_not_fit_is_told_by_row(broken: str, told: str) -> None:
    found = complaints(broken)

    assert any(each.startswith(told) for each in found), found


def test_all_complaints_come_at_once() -> None:
    broken = WHOLE.replace("2 working-days", "2 hari").replace("1.5 working-hours", "lama")

    found = complaints(broken)

    assert len(found) == 2


def test_a_group_left_for_two_places_is_refused() -> None:
    table = read_toml(
        WHOLE.replace('id = "periksa"', 'id = "periksa"\ngroup = "jalan"')
        + '[[end]]\nid = "lain"\nname = "Lain"\n[[group]]\nid = "jalan"\nname = "Jalan"\n'
    )

    with pytest.raises(NotATable, match="jalan"):
        to_definitions(table)

"""What is said of time, said wrongly: each would be passed over or never be done, and is told instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.notation import write
from sop_catalog.publishing import judge, read_file
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.toml_reader import read_toml

DRAWINGS = Path(__file__).parents[2] / "drawings/rules"
STEP = '[[step]]\nid = "{id}"\nlane = "psikolog"\nname = "{id}"\ntime = "{time}"\n{more}\n'
HEAD = 'code = "c3-m05-91"\ntitle = "T"\npromised = "{promised}"\n[[lane]]\npost = "psikolog"\n'
DUTY = '[[duty]]\ncode = "d"\ntitle = "Janji"\ntime = "{time}"\nbegins = "b"\nends = "c"\nlegal = ["UU 27/2022"]\n'


def rules_against(rule: str, old: str, new: str) -> set[str]:
    text = (DRAWINGS / rule / "good.bpmn").read_text()
    assert old in text
    verdict = judge(read_file(text.replace(old, new, 1).encode()), {}, walked=False)
    return {each.rule for each in verdict.findings if each.severity == "error"}


def told(promised: str, *steps: tuple[str, str, str], more: str = "") -> list[str]:
    """What is said of the sums of a drawing with these steps (id, time, the rest of the row)."""
    rows = "".join(STEP.format(id=name, time=time, more=rest) for name, time, rest in steps)
    text = write(draw(read_toml(HEAD.format(promised=promised) + rows + more)))
    found = judge(read_file(text), {}, walked=False).findings
    return [str(each.facts["sum"]) for each in found if each.rule == "promise-holds"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code="jawaban"', 'code="Jawaban Kedua"'),
        ('code="jawaban"', ""),
        ('title="Menjawab permohonan"', 'title=" "'),
        ('begins="periksa"', 'begins="periska"'),
        ('ends="tetapkan"', 'ends="akhir"'),
        ('<lajur:legalBasis article="Pasal 32" instrument="UU 27/2022" />', ""),
        ('times="1"', 'times="sekali"'),
        ('times="1"', ""),
        ('<lajur:allowance amount="72" basis="paling lambat 3 x 24 jam sejak permohonan diterima" clock="running-hours" />', ""),
    ],
)  # fmt: skip
def test_a_duty_that_nobody_could_keep_is_refused(old: str, new: str) -> None:
    assert "duty-can-end" in rules_against("duty-can-end", old, new)


def test_two_duties_of_one_code_are_refused() -> None:
    text = (DRAWINGS / "duty-can-end/good.bpmn").read_text()
    duty = text[text.index("<lajur:duty") : text.index("</lajur:duty>") + len("</lajur:duty>")]

    assert "duty-can-end" in rules_against("duty-can-end", duty, duty + duty)


def test_the_law_of_a_duty_stands_in_the_register() -> None:
    assert "legal-basis-known" in rules_against("duty-can-end", "UU 27/2022", "UU 99/2099")


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("duty-can-end", 'clock="running-hours"', 'clock="hari"'),
        ("duty-can-end", '<lajur:most amount="3" clock="working-days"', '<lajur:most amount="3"'),
        ("ladder-climbable", 'act="incident" amount="2" clock="working-days"', 'act="incident" amount="2"'),
        ("stage-said-once", '<lajur:stage amount="1" clock="working-days">', '<lajur:stage amount="1">'),
        ("stage-said-once", '<lajur:stage amount="1" clock="working-days">', '<lajur:stage clock="working-days">'),
    ],
)
def test_no_time_stands_anywhere_without_its_clock(rule: str, old: str, new: str) -> None:
    assert "allowance-has-clock" in rules_against(rule, old, new)


def test_a_bare_number_is_no_time_for_a_timer() -> None:
    wait = '[[step]]\nid = "tunggu"\nlane = "psikolog"\nname = "Tunggu"\nkind = "timer"\nafter = "3"\n'
    text = write(draw(read_toml(HEAD.format(promised="1 months") + wait)))

    found = judge(read_file(text), {}, walked=False).findings

    assert "timer-readable" in {each.rule for each in found if each.severity == "error"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('part="0.75"', ""),
        ('part="0.75"', 'amount="1" clock="months" part="0.75"'),
        ('part="0.75"', 'part="1.2"'),
        ('part="0.75"', 'part="1"'),
        ('act="incident" amount="2" clock="working-days"', 'act="incident" part="0.9"'),
    ],
)
def test_a_ladder_that_nobody_could_climb_is_refused(old: str, new: str) -> None:
    assert "ladder-climbable" in rules_against("ladder-climbable", old, new)


def test_the_longest_way_counts_and_each_loop_once() -> None:
    decided = 'question = "?"\nexits = [{value="x", label="x", to="b"}, {value="y", label="y", to="c"}]'
    steps = (("a", "1 working-days", decided), ("b", "2 working-days", 'to = "a"'), ("c", "1 working-days", 'to = "d"'))

    found = told("3 working-days", *steps, ("d", "1.5 working-days", ""))

    assert found == ["26.25"]  # a, c, d: 3.5 days; a, b: 3 days, and back to a


def test_what_is_counted_otherwise_is_passed_over() -> None:
    assert told("1 working-days", ("a", "4 working-hours", ""), ("b", "90 running-hours", "")) == []


def test_what_fits_to_the_hour_is_no_trouble() -> None:
    assert told("1 working-days", ("a", "4 working-hours", ""), ("b", "3.5 working-hours", "")) == []


def test_the_steps_of_a_duty_fit_into_it() -> None:
    steps = (("a", "90 running-hours", ""), ("b", "2 calendar-days", ""), ("c", "30 running-hours", ""))

    assert told("1 months", *steps, more=DUTY.format(time="72 running-hours")) == ["78"]
    assert told("1 months", *steps, more=DUTY.format(time="78 running-hours")) == []

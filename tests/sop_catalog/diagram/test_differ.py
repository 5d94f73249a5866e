"""What two editions say differently: every kind of change is told, and nothing where nothing changed."""

from __future__ import annotations

import re

import pytest

from engine.domain.release import Allowance, Clock
from engine.notation import read
from sop_catalog.diagram.differ import Change, compare
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.toml_reader import read_toml
from tests.shipped import BPMN

TABLE = """
code = "c3-m05-91"
title = "Percobaan"
kind = "mikro"
area = "C3"
owner = "BP3MI"
nature = "administratif"
scope = "parsial"
generality = "spesifik"
promised = "2 working-days"
legal = ["UU 18/2017 | Pasal 8"]
[[lane]]
post = "pengelola-kasus"
[[lane]]
post = "petugas-sispopmi"
[[pool]]
id = "keluarga"
name = "Keluarga"
[[step]]
id = "periksa"
lane = "pengelola-kasus"
name = "Memeriksa berkas"
do = "Periksa."
time = "3 working-days"
needs = ["Berkas"]
output = "Berkas terperiksa"
fields = [{name="kondisi", label="Kondisi", kind="choice", required=true, choices=["baik|Baik", "buruk|Buruk"]}]
question = "Lengkap?"
exits = [{value="ya", label="Lengkap", to="tunggu"}, {value="tidak", label="Kurang", to="periksa"}]
[[step]]
id = "tunggu"
lane = "pengelola-kasus"
kind = "timer"
after = "PT4H"
name = "Menunggu"
[[step]]
id = "arsip"
lane = "petugas-sispopmi"
name = "Menyimpan berkas"
do = "Simpan."
time = "1 working-hours"
needs = ["Berkas"]
output = "Berkas tersimpan"
"""
DUTY = '[[duty]]\ncode = "a"\ntitle = "Janji"\ntime = "7 calendar-days"\nlegal = ["UU 18/2017"]\n'
LAST = TABLE[TABLE.index('[[step]]\nid = "arsip"') :]


def told(old: str, new: str) -> set[tuple[str, str]]:
    """What is said of every change but those of the layout."""
    return {(each.of, each.what) for each in changes(old, new) if each.of != "layout"}


def changes(old: str, new: str) -> tuple[Change, ...]:
    table = TABLE.replace(old, new)
    assert table != TABLE
    return compare(draw(read_toml(TABLE)), draw(read_toml(table)), "c3-m05-91")


def test_a_time_limit_is_told_with_its_step_and_both_values() -> None:
    found = changes('time = "3 working-days"', 'time = "5 working-days"')

    assert [(each.step, each.what, each.before, each.after) for each in found] == [
        (1, "allowance", Allowance(3, Clock.WORKING_DAYS), Allowance(5, Clock.WORKING_DAYS))
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Percobaan"', 'title = "Percobaan Kedua"', {("sheet", "title")}),
        ('promised = "2 working-days"', 'promised = "4 working-days"', {("sheet", "promised")}),
        ("Pasal 8", "Pasal 9", {("sheet", "legal")}),
        ("[[pool]]", DUTY + "[[pool]]", {("sheet", "duty")}),
        ("[[pool]]", '[[rung]]\nat = "75 %"\ndo = "remind"\n[[pool]]', {("sheet", "ladder")}),
        (
            'time = "3 working-days"',
            'time = "3 working-days"\nstage = "A"\nstage_time = "1 months"',
            {("step", "stage"), ("step", "stage_allowance")},
        ),
        ('name = "Memeriksa berkas"', 'name = "Meneliti berkas"', {("step", "name")}),
        ('do = "Periksa."', 'do = "Teliti."', {("step", "instruction")}),
        ('output = "Berkas terperiksa"', 'output = "Berkas diteliti"', {("step", "output")}),
        (
            'id = "arsip"\nlane = "petugas-sispopmi"',
            'id = "arsip"\nlane = "pengelola-kasus"',
            {("step", "performer")},
        ),
        ('question = "Lengkap?"', 'question = "Sudah lengkap?"', {("decision", "name")}),
        ('value="ya"', 'value="sudah"', {("flow", "condition")}),
        ('label="Lengkap"', 'label="Sudah"', {("flow", "name")}),
        ('label="Kurang", to="periksa"', 'label="Kurang", to="arsip"', {("flow", "added"), ("flow", "removed")}),
        ('after = "PT4H"', 'after = "PT8H"', {("event", "waits")}),
        ('kind="choice", required=true, choices=["baik|Baik", "buruk|Buruk"]', 'kind="text"', {("step", "field")}),
        ("fields = [", 'fields = [{name="umur", label="Umur", kind="number"}, ', {("step", "field-added")}),
        ('name = "Keluarga"', 'name = "Keluarga inti"', {("party", "name")}),
        ('name = "Menunggu"', 'name = "Jeda"', {("event", "name")}),
        ('id = "arsip"', 'kind = "manual"\nid = "arsip"', {("step", "kind")}),
    ],
)
def test_each_kind_of_change_is_told(old: str, new: str, said: set[tuple[str, str]]) -> None:
    assert told(old, new) == said


def test_a_duty_that_changed_is_told_with_its_title_and_as_it_was() -> None:
    table = TABLE.replace("[[pool]]", DUTY + "[[pool]]")
    later = table.replace("7 calendar-days", "3 working-days")

    (found,) = compare(draw(read_toml(table)), draw(read_toml(later)), "c3-m05-91")

    assert (found.what, found.detail) == ("duty", "Janji")
    assert (getattr(found.before, "allowance", None), getattr(found.after, "allowance", None)) == (
        Allowance(7, Clock.CALENDAR_DAYS),
        Allowance(3, Clock.WORKING_DAYS),
    )


def test_a_step_that_is_gone_is_told_with_its_name() -> None:
    found = changes(LAST, "")

    assert ("step", "removed", "Menyimpan berkas") in {(each.of, each.what, each.name) for each in found}


def test_what_has_no_word_of_its_own_is_told_all_the_same() -> None:
    drawing = draw(read_toml(TABLE))
    process = drawing.processes[0]
    node = process.nodes[1]

    from dataclasses import replace  # noqa: PLC0415

    other = replace(node, foreign_attributes=(("{urn:x}y", "z"),))
    changed = replace(drawing, processes=(replace(process, nodes=(process.nodes[0], other, *process.nodes[2:])),))

    assert [(each.what, each.element) for each in compare(drawing, changed, "c3-m05-91")] == [("other", node.id)]


def test_a_picture_drawn_otherwise_is_one_line() -> None:
    text = next(BPMN.rglob("c3-m05-02-*.bpmn")).read_bytes()
    moved = re.sub(rb'x="(\d+)" y=', lambda found: b'x="%d" y=' % (int(found[1]) + 5), text)

    assert [(each.of, each.what) for each in compare(read(text), read(moved), "c3-m05-02")] == [("layout", "layout")]


@pytest.mark.parametrize("code", ["p-c3-01", "c3-m05", "c3-m03-05"])
def test_the_same_drawing_twice_says_nothing(code: str) -> None:
    drawing = read(next(BPMN.rglob(f"{code}-[a-z]*.bpmn")).read_bytes())

    assert compare(drawing, drawing, code) == ()

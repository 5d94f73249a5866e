"""A sheet that was printed here comes back: without a question, and with nothing lost that paper does not show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings

from engine.domain.release import Allowance, Clock, Duty
from engine.notation import Definitions, read, write
from sop_catalog.errors import NotATable
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.form import Symbol
from sop_catalog.sheets.forming import form_of
from sop_catalog.sheets.from_drawing import table_from
from sop_catalog.sheets.printing import write as write_sheet
from sop_catalog.sheets.reading import Edition, Grid, read_sheet
from sop_catalog.sheets.reading.grid import Mark, from_json
from sop_catalog.sheets.reading.taking import TakenIn, Wanted, take_in
from sop_catalog.sheets.shelf import Shelf
from sop_catalog.sheets.table import StepRow, Table
from sop_catalog.sheets.toml_reader import read_toml
from tests.sop_catalog.sheets.random_tables import tables
from tests.sop_catalog.sheets.test_forming import CHECKED, HEAD
from tests.sop_catalog.sheets.test_table_from_drawing import ONCE, drawn

SHELF = Shelf(Path(__file__).parents[4] / "bpmn")
CODES = ("c3-m05-02", "c2-m16-06")
FORMATS = ("xlsx", "docx")


def edition_of(code: str) -> Edition:
    drawing = SHELF.drawing(code)
    assert drawing is not None
    return Edition(drawing, SHELF.titles_for(drawing))


def printed(edition: Edition, written: str) -> Grid:
    content = write_sheet(form_of(edition.drawing, titles=edition.titles), written)
    return from_json(read_sheet(content, f"lembar.{written}").as_json())


def back(code: str, written: str) -> tuple[TakenIn, Table]:
    edition = edition_of(code)
    return take_in(printed(edition, written), Wanted(code), edition, {}), table_from(edition.drawing)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("written", FORMATS)
def test_a_printed_sheet_comes_back_as_the_same_table_without_a_question(code: str, written: str) -> None:
    taken, table = back(code, written)

    assert taken.understood.returned
    assert taken.understood.questions == ()
    assert taken.understood.aside == ()
    assert taken.understood.table == table


@pytest.mark.long
def test_every_sheet_of_the_house_comes_back_as_the_same_drawing() -> None:
    for code in SHELF.files:
        for written in FORMATS:
            taken, table = back(code, written)

            assert taken.understood.table == table, f"{code}.{written}"
            assert write(draw(table)) == write(draw(drawn_again(table))), code


def from_the_board(drawing: Definitions) -> Definitions:
    """The drawing with ids as drawing boards give them."""
    text = write(drawing)
    ids = re.findall(rb'(?:Task|Event|Gateway|Activity|subProcess) id="([a-z0-9_]+)"', text)
    for at, each in enumerate(ids):
        text = re.sub(rb'(?<=[">])' + each + rb'(?=["<])', b"Activity_0k%dXq" % at, text)
    return read(text)


@pytest.mark.parametrize("code", CODES)
def test_a_sheet_of_a_diagram_from_the_drawing_board_comes_back_too(code: str) -> None:
    shipped = edition_of(code)
    edition = replace(shipped, drawing=from_the_board(shipped.drawing))

    found = take_in(printed(edition, "docx"), Wanted(code), edition, {}).understood

    assert (found.returned, found.questions) == (True, ())
    assert found.table == table_from(edition.drawing)


def drawn_again(table: Table) -> Table:
    return table_from(read(write(draw(table))))


def printed_and_taken_in(table: Table) -> None:
    edition = Edition(drawn(table), {})
    want = table_from(edition.drawing)
    for written in FORMATS:
        found = take_in(printed(edition, written), Wanted(want.procedure.code), edition, {})

        assert found.understood.table == want, written


@settings(ONCE, max_examples=3)
@given(tables())
def test_whatever_a_table_says_its_printed_sheet_brings_it_back(table: Table) -> None:
    printed_and_taken_in(table)


@pytest.mark.long
@settings(ONCE, max_examples=300)
@given(tables())
def test_three_hundred_printed_tables_come_back(table: Table) -> None:
    printed_and_taken_in(table)


# What was written anew on the paper.


@cache
def small() -> Edition:
    return Edition(draw(read_toml(HEAD + CHECKED)), {})


@cache
def grid(written: str = "xlsx") -> Grid:
    return printed(small(), written)


def taken(found: Grid, answers: Mapping[str, str] | None = None) -> TakenIn:
    return take_in(found, Wanted("c3-m99-01"), small(), answers or {})


def step(found: TakenIn, name: str) -> StepRow:
    assert found.understood.table is not None, found.understood.complaints
    return next(each for each in found.understood.table.steps if each.id == name)


def with_text(found: Grid, old: str, new: str, times: int = 1) -> Grid:
    assert any(old in cell for row in found.rows for cell in row)
    rows = []
    for row in found.rows:
        cells = []
        for cell in row:
            changes = old in cell and times
            times -= bool(changes)
            cells.append(cell.replace(old, new) if changes else cell)
        rows.append(tuple(cells))
    return replace(found, rows=tuple(rows))


@pytest.mark.parametrize("written", FORMATS)
def test_texts_that_were_changed_are_taken_and_the_rest_stays(written: str) -> None:
    older = table_from(small().drawing).steps[0]
    found = with_text(with_text(grid(written), "Melakukan tulis", "Menulis nota"), "1 jam kerja", "3 hari kerja")

    new = step(taken(found), "tulis")

    assert (new.name, new.allowance) == ("Menulis nota", Allowance(3, Clock.WORKING_DAYS, "3 hari kerja"))
    assert replace(new, name=older.name, allowance=older.allowance) == older


def test_a_time_that_cannot_be_read_is_asked() -> None:
    found = with_text(grid(), "1 jam kerja", "secepatnya")

    asked = taken(found).understood.open

    assert [(each.column, each.facts["found"]) for each in asked] == [("time", "secepatnya")]
    assert step(taken(found, {asked[0].key: "2 jam kerja"}), "tulis").allowance == Allowance(
        2, Clock.WORKING_HOURS, "2 jam kerja"
    )


def test_a_question_that_was_worded_anew_is_that_of_its_step() -> None:
    new = step(taken(with_text(grid(), "Benar?", "Sudah benar?")), "periksa")

    assert new.question == "Sudah benar?"


def test_so_it_is_where_the_drawing_board_named_the_decision() -> None:
    edition = replace(small(), drawing=from_the_board(small().drawing))
    found = with_text(printed(edition, "xlsx"), "Benar?", "Sudah benar?")

    table = take_in(found, Wanted("c3-m99-01"), edition, {}).understood.table

    assert table is not None
    assert [each.question for each in table.steps] == ["", "Sudah benar?", ""]


@pytest.mark.parametrize("written", FORMATS)
def test_a_text_that_goes_on_in_the_annex_stays_whole(written: str) -> None:
    long = "Keterangan yang tidak muat pada satu halaman. " * 200
    first, *others = table_from(small().drawing).steps
    whole = replace(table_from(small().drawing), steps=(replace(first, output=long.strip()), *others))
    edition = Edition(draw(whole), {})

    found = take_in(printed(edition, written), Wanted("c3-m99-01"), edition, {}).understood

    assert found.table == table_from(edition.drawing)


def test_a_title_that_was_changed_on_the_paper_is_told() -> None:
    assert taken(with_text(grid(), "PERCOBAAN", "PERCOBAAN BARU")).understood.aside == ("Nama SOP: PERCOBAAN BARU",)


def test_a_symbol_that_was_moved_says_who_does_the_step() -> None:
    marks = [replace(each, column=each.column + 1) if each.row_id == "kirim" else each for each in grid().marks]

    new = step(taken(replace(grid(), marks=tuple(marks))), "kirim")

    assert new.lane == "ketua-tim-pelindungan"


# Rows that were added and taken away.


def without(found: Grid, name: str) -> Grid:
    at = next(each.row for each in found.marks if each.row_id == name)
    marks = [replace(each, row=each.row - (each.row > at)) for each in found.marks if each.row != at]
    return replace(found, rows=(*found.rows[:at], *found.rows[at + 1 :]), marks=tuple(marks))


def with_row(found: Grid, after: str, *cells: str) -> Grid:
    at = next(each.row for each in found.marks if each.row_id == after) + 1
    marks = [replace(each, row=each.row + (each.row >= at)) for each in found.marks]
    new = Mark(at, 2, Symbol.PROCESS)
    return replace(found, rows=(*found.rows[:at], cells, *found.rows[at:]), marks=(*marks, new))


def test_where_a_row_was_taken_away_it_is_asked_what_follows_and_the_others_keep_what_they_say() -> None:
    found = without(grid(), "kirim")

    asked = taken(found).understood.open

    assert [each.facts["answer"] for each in asked] == ["Benar"]
    new = step(taken(found, {asked[0].key: asked[0].choices[-1][0]}), "periksa")
    older = next(each for each in table_from(small().drawing).steps if each.id == "periksa")
    assert (new.instruction, new.allowance, new.requirements) == (
        older.instruction,
        older.allowance,
        older.requirements,
    )


def test_a_duty_goes_with_the_row_that_it_is_counted_from_and_is_named() -> None:
    table = table_from(small().drawing)
    duties = tuple(Duty(each, each, Allowance(3, Clock.CALENDAR_DAYS), begins=each) for each in ("tulis", "kirim"))
    procedure = replace(table.procedure, sheet=replace(table.procedure.sheet, duties=duties))
    edition = Edition(draw(replace(table, procedure=procedure)), {})
    found = without(printed(edition, "xlsx"), "kirim")

    asked = take_in(found, Wanted("c3-m99-01"), edition, {}).understood.open
    whole = take_in(found, Wanted("c3-m99-01"), edition, {asked[0].key: asked[0].choices[-1][0]})

    assert whole.lost == duties[1:]
    assert whole.understood.table is not None
    assert whole.understood.table.procedure.sheet.duties == duties[:1]


def test_where_a_row_was_added_it_is_asked_what_leads_to_it() -> None:
    found = with_row(
        grid(), "tulis", "2", "Membubuhkan stempel", "", "", "Surat", "1 jam kerja", "Surat berstempel", ""
    )

    asked = taken(found).understood.open

    assert [each.facts["activity"] for each in asked] == ["Melakukan tulis", "Membubuhkan stempel"]
    whole = taken(found, {asked[0].key: "membubuhkan_stempel", asked[1].key: "periksa"})
    assert step(whole, "membubuhkan_stempel").output == "Surat berstempel"
    assert step(whole, "tulis").instruction == "Lakukan."


def test_a_row_from_the_drawing_board_keeps_what_it_says_where_another_was_taken_away() -> None:
    edition = replace(small(), drawing=from_the_board(small().drawing))
    names = {each.name: each.id for each in table_from(edition.drawing).steps}
    found = without(printed(edition, "xlsx"), names["Melakukan kirim"])

    asked = take_in(found, Wanted("c3-m99-01"), edition, {}).understood.open
    whole = take_in(found, Wanted("c3-m99-01"), edition, {asked[0].key: asked[0].choices[-1][0]})

    assert step(whole, names["Melakukan tulis"]).instruction == "Lakukan."


def test_a_diagram_that_is_no_table_is_not_taken_back_and_says_why() -> None:
    text = write(small().drawing).replace(b'name="Melakukan tulis"', b'name="Melakukan tulis" startQuantity="2"')
    edition = replace(small(), drawing=read(text))

    with pytest.raises(NotATable, match="cannot be taken back from paper: tulis"):
        take_in(printed(edition, "xlsx"), Wanted("c3-m99-01"), edition, {})


def test_a_sheet_that_shows_less_than_its_diagram_is_not_put_together_anew() -> None:
    edition = edition_of("c3-m20")
    found = printed(edition, "xlsx")
    first = next(each.row_id for each in found.marks if each.symbol is Symbol.PROCESS)

    with pytest.raises(NotATable, match="says more than paper shows"):
        take_in(without(found, first), Wanted("c3-m20"), edition, {})


def test_what_a_sheet_carries_is_looked_at_before_it_is_believed() -> None:
    own = grid().own
    assert own is not None
    strange = replace(grid(), own=replace(own, rows=own.rows[:-1]))

    assert not taken(strange).understood.returned

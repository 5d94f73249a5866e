"""A table that is drawn comes back as it was, and a drawing that a table made is made again to the byte."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from engine.notation import Definitions, ScriptTask, read, write
from sop_catalog.diagram.layout import layout
from sop_catalog.errors import NotATable
from sop_catalog.registers import posts
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.elements import to_definitions
from sop_catalog.sheets.from_drawing import table_from
from sop_catalog.sheets.places import Places
from sop_catalog.sheets.table import EndRow, Table
from sop_catalog.sheets.toml_reader import read_toml
from sop_catalog.sheets.toml_writer import write_toml
from sop_catalog.sheets.undrawing.plain import plain
from sop_catalog.sheets.ways import ways_of
from tests.shipped import FILES, SHARE
from tests.sop_catalog.sheets.random_tables import tables
from tests.sop_catalog.sheets.test_table_and_back import TABLE

ONCE = settings(
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
"""A table that does not come back is shown as it is: making it smaller takes minutes and helps little."""


@cache
def titles() -> dict[str, str]:
    return {each.code: each.name for each in posts()}


def drawn(table: Table) -> Definitions:
    """The drawing of a table, written and read again; one that cannot be drawn, or is never come to, is none of ours."""
    ways = ways_of(table)
    inside = (*(each.id for each in table.groups), *(each.id for each in table.steps if each.group))
    led = {each.target for each in ways if not each.source.startswith(inside or ("-",))}
    assume(all(each.id in Places(table, ways).lane_of for each in table.forks))
    assume(not table.groups or any(each.id in led for each in table.steps if each.group))
    try:
        return read(write(to_definitions(table, titles())))
    except NotATable:
        assume(False)
        raise


def there_and_back(table: Table) -> None:
    """A table, drawn and taken apart, is the same in its plainest spelling; drawn again, it is the same to the byte."""
    drawing = drawn(table)

    found = table_from(drawing)

    assert found == plain(table)
    assert write(to_definitions(found, titles())) == write(drawing)


@settings(ONCE, max_examples=40)
@given(tables())
def test_a_table_that_is_drawn_comes_back_as_it_was(table: Table) -> None:
    there_and_back(table)


@pytest.mark.long
@settings(ONCE, max_examples=1000)
@given(tables())
def test_a_thousand_tables_come_back_as_they_were(table: Table) -> None:
    there_and_back(table)


@pytest.mark.parametrize("file", SHARE[::8], ids=lambda file: file.name[:12])
def test_a_drawing_of_the_house_is_made_again_of_its_table_to_the_byte(file: Path) -> None:
    drawing = read(file.read_bytes())

    table = read_toml(write_toml(table_from(drawing)))

    assert write(draw(table)) == write(layout(drawing))


@pytest.mark.long
def test_every_drawing_of_the_house_is_made_again_of_its_table_to_the_byte() -> None:
    for file in FILES:
        drawing = read(file.read_bytes())

        table = read_toml(write_toml(table_from(drawing)))

        assert write(draw(table)) == write(layout(drawing)), file.name


def test_ids_of_arrows_and_places_on_the_page_are_nothing_that_a_table_must_say() -> None:
    drawing = draw(TABLE)
    process = drawing.processes[0]
    flows = tuple(replace(each, id=f"Flow_{at}") for at, each in enumerate(process.flows))
    other = replace(drawing, processes=(replace(process, flows=flows),), diagrams=())

    assert table_from(other) == table_from(drawing)


def test_what_a_table_has_no_word_for_is_named_with_its_line() -> None:
    drawing = draw(TABLE)
    process = drawing.processes[0]
    script = ScriptTask(id="hitung", name="Menghitung")
    text = write(replace(drawing, processes=(replace(process, nodes=(*process.nodes, script)),)))

    with pytest.raises(NotATable) as refused:
        table_from(read(text))

    found = refused.value.findings
    assert [(each.element, each.facts["what"]) for each in found] == [("hitung", "scriptTask")]
    assert b"hitung" in text.splitlines()[(found[0].line or 0) - 1]


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        (b'name="Mengantar"', b'name="Mengantar" startQuantity="2"', "antar"),
        (b'<bpmn:lane id="lane_psikolog"', b'<bpmn:lane id="lane_psikolog" partitionElementRef="x"', "lane_psikolog"),
        (b'name="Ya"', b'name="Ya" isImmediate="false"', "periksa_putusan__jalan"),
        (b'<bpmn:callActivity id="satu"', b'<bpmn:callActivity id="sa-tu"', "sa-tu"),
    ],
)
def test_what_a_table_cannot_say_of_an_element_is_refused_and_never_dropped(
    old: bytes, new: bytes, element: str
) -> None:
    text = write(draw(TABLE))
    assert old in text
    broken = text.replace(old, new)
    broken = broken.replace(b">satu<", b">sa-tu<").replace(b'"satu"', b'"sa-tu"') if element == "sa-tu" else broken

    with pytest.raises(NotATable) as refused:
        table_from(read(broken))

    assert element in {each.element for each in refused.value.findings}


def test_a_table_that_a_file_cannot_say_is_refused_with_its_row() -> None:
    table = plain(replace(TABLE, ends=(*TABLE.ends[:1], EndRow("gagal", " Gagal ", "terminate"))))

    with pytest.raises(NotATable) as refused:
        write_toml(table)

    assert [each.element for each in refused.value.findings] == ["gagal"]

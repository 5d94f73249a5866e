"""What a drawing says and its table would not: found where it stands, and where it follows from the rest, not asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.domain.release import Performer, Whose
from engine.notation import Definitions, Lane, Process, lanes, read, write
from sop_catalog.errors import NotATable
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.from_drawing import table_from
from sop_catalog.sheets.table import LaneRow
from tests.sop_catalog.sheets.test_table_and_back import TABLE


def with_process(drawing: Definitions, process: Process) -> Definitions:
    return read(write(replace(drawing, processes=(process,), diagrams=())))


def standing(drawing: Definitions, node: str, key: str) -> Definitions:
    """The drawing with a node in another lane, or in none where the key is empty."""
    process = drawing.processes[0]

    def moved(lane: Lane) -> Lane:
        refs = tuple(each for each in lane.node_refs if each != node)
        return replace(lane, node_refs=(*refs, node) if lane.id == f"lane_{key}" else refs)

    every = tuple(moved(each) for each in lanes(process))
    return with_process(drawing, replace(process, lane_sets=(replace(process.lane_sets[0], lanes=every),)))


def refused(drawing: Definitions) -> set[str | None]:
    with pytest.raises(NotATable) as found:
        table_from(drawing)
    return {each.element for each in found.value.findings}


def test_an_end_that_stands_in_no_lane_is_told() -> None:
    assert refused(standing(draw(TABLE), "selesai", "")) == {"selesai"}


@pytest.mark.parametrize(("node", "other"), [("periksa_putusan", "psikolog"), ("jalan_selesai", "pengelola-kasus")])
def test_a_decision_and_the_end_of_a_group_stand_where_their_rows_do(node: str, other: str) -> None:
    drawing = draw(TABLE)

    moved = standing(drawing, node, other)

    assert table_from(moved) == table_from(drawing)


def test_a_second_arrow_between_the_same_two_is_told() -> None:
    drawing = draw(TABLE)
    process = drawing.processes[0]
    twice = replace(next(each for each in process.flows if each.source == "start"), id="lagi")

    assert refused(with_process(drawing, replace(process, flows=(*process.flows, twice)))) == {"lagi"}


def test_a_lane_of_another_office_says_whose_it_is() -> None:
    there = LaneRow("psikolog", Performer("psikolog", Whose.DESTINATION))
    drawing = draw(replace(TABLE, lanes=(TABLE.lanes[0], there)))

    assert list(lanes(drawing.processes[0]))[1].name == "Psikolog (kantor tujuan)"
    assert table_from(drawing).lanes[1] == there

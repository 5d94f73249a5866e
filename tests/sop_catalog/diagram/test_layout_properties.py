"""What must be true of every layout, shown on tables that nobody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.domain.release import Performer
from engine.notation import (
    BoundaryEvent,
    Bounds,
    Definitions,
    Edge,
    EndEvent,
    FlowNode,
    Lookup,
    Point,
    Process,
    SequenceFlow,
    StartEvent,
    SubProcess,
    UserTask,
    lanes,
    nodes,
    read,
)
from sop_catalog.diagram.layout import layout
from sop_catalog.procedure import Procedure
from sop_catalog.sheets.elements import to_definitions
from sop_catalog.sheets.table import Catch, EndRow, Exit, ForkRow, GroupRow, LaneRow, PoolRow, StepRow, Table

_POSTS = ("pengelola-kasus", "psikolog", "kepala-bp3mi", "ppk")
_TALKERS = st.sampled_from(["", "", "", "", "keluarga", "polri"])
_WORDS = st.sampled_from(["Mencatat", "Memeriksa berkas kasus", "Menandatangani pertanggungjawaban perjalanan dinas"])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Make a table of up to twelve rows: decisions back and forth, one fork, one group, late and failing steps."""
    count = draw(st.integers(1, 8))
    lanes_used = draw(st.integers(1, len(_POSTS)))
    names = [f"s{at}" for at in range(count)]
    anywhere = st.sampled_from([*names, "selesai", "gagal"])
    group_begin = draw(st.integers(0, count))
    group_end = draw(st.integers(group_begin, count)) if draw(st.booleans()) else group_begin
    steps = []
    for at, name in enumerate(names):
        grouped = group_begin <= at < group_end
        target = st.sampled_from([*names[group_begin:group_end]]) if grouped else anywhere
        if not grouped:
            target = target.filter(lambda each: each not in names[group_begin + 1 : group_end])
        decided = draw(st.sampled_from([False, False, True])) and not grouped
        exits = tuple(
            Exit(draw(target), value=f"v{number}", label=draw(_WORDS))
            for number in range(draw(st.sampled_from([2, 2, 2, 3, 5])))
        )
        catches = tuple(
            Catch(draw(st.sampled_from(["timer", "error"])), "PT3H", draw(target))
            for _ in range(draw(st.sampled_from([0, 0, 0, 0, 1, 2])))
        )
        steps.append(
            StepRow(
                id=name,
                kind=draw(st.sampled_from(["user", "manual", "call", "timer"])) if not catches else "user",
                name=draw(_WORDS),
                lane=_POSTS[draw(st.integers(0, lanes_used - 1))],
                group="kelompok" if grouped else "",
                after="PT1H",
                calls="c3-m01-01",
                talks_to="" if grouped else draw(_TALKERS),
                exits=exits if decided else (),
                question="Sudah lengkap semua?" if decided else "",
                catches=catches,
            )
        )
    groups = (GroupRow("kelompok", "Perjalanan"),) if group_end > group_begin else ()
    forks, branches = _fork(draw, names[group_end:], lanes_used)
    return Table(
        procedure=Procedure("c3-m01-01", "Percobaan"),
        lanes=tuple(LaneRow(each, Performer(each)) for each in _POSTS[:lanes_used]),
        pools=(PoolRow("keluarga", "Keluarga"), PoolRow("polri", "Polri")),
        steps=(*steps, *branches),
        forks=forks,
        groups=groups,
        ends=(EndRow("selesai", "Sudah selesai"), EndRow("gagal", "Tidak dapat diselesaikan")),
    )


def _fork(draw: st.DrawFn, after: list[str], lanes_used: int) -> tuple[tuple[ForkRow, ...], tuple[StepRow, ...]]:
    """Perhaps a fork at the end of the table: what falls through the last step goes two or three ways."""
    if not after or draw(st.booleans()):
        return (), ()
    ways = [f"w{at}" for at in range(draw(st.integers(2, 3)))]
    row = StepRow(id="w", kind="user", name="Bekerja", lane=_POSTS[0], to="pecah")
    branches = [
        StepRow(
            id=each, kind="user", name="Bekerja bersama", lane=_POSTS[draw(st.integers(0, lanes_used - 1))], to="satu"
        )
        for each in ways
    ]
    fork = ForkRow("pecah", "parallel", tuple(Exit(each) for each in ways), "satu", "selesai")
    return (fork,), (row, *branches)


_PATIENT = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(tables())
@_PATIENT
def test_no_two_shapes_of_one_scope_overlap(table: Table) -> None:
    drawn = layout(to_definitions(table))

    for scope in _scopes(drawn):
        shapes = [(each.id, _bounds(drawn)[each.id]) for each in scope if not isinstance(each, BoundaryEvent)]
        for (one, here), (other, there) in combinations(shapes, 2):
            assert not _overlap(here, there), (one, other)


@given(tables())
@_PATIENT
def test_every_node_is_drawn_once_and_inside_its_lane(table: Table) -> None:
    drawn = layout(to_definitions(table))

    bounds, lookup = _bounds(drawn), Lookup(drawn)
    assert len(bounds) == len(drawn.diagrams[0].plane.shapes)
    for node in drawn.processes[0].nodes:
        lane = lookup.lane_of(node.id)
        assert lane is not None
        assert _inside(bounds[node.id], bounds[lane.id]), node.id
    assert {lane.id for lane in lanes(drawn.processes[0])} <= bounds.keys()


@given(tables())
@_PATIENT
def test_every_line_runs_along_the_axes(table: Table) -> None:
    drawn = layout(to_definitions(table))

    for edge in drawn.diagrams[0].plane.edges:
        assert len(edge.waypoints) >= 2
        assert all(here.x == there.x or here.y == there.y for here, there in pairwise(edge.waypoints)), edge.element


@given(tables())
@_PATIENT
def test_no_line_runs_through_a_shape(table: Table) -> None:
    drawn = layout(to_definitions(table))

    bounds, edges = _bounds(drawn), _edges(drawn)
    for scope in _scopes(drawn):
        for node in scope:
            if isinstance(node, BoundaryEvent):
                continue
            for edge in edges.values():
                assert not _runs_through(edge, bounds[node.id]) or _is_within(edge, bounds[node.id]), (
                    edge.element,
                    node.id,
                )


@given(tables())
@_PATIENT
def test_every_line_begins_and_ends_at_the_border_of_what_it_joins(table: Table) -> None:
    drawn = layout(to_definitions(table))

    bounds, lookup = _bounds(drawn), Lookup(drawn)
    for name, edge in _edges(drawn).items():
        flow = lookup.find(name)
        assert _on_border(edge.waypoints[0], bounds[flow.source])  # type: ignore[union-attr]
        assert _on_border(edge.waypoints[-1], bounds[flow.target])  # type: ignore[union-attr]


@given(tables())
@settings(_PATIENT, max_examples=15)
def test_the_same_table_gets_the_same_layout(table: Table) -> None:
    first = layout(to_definitions(table))
    second = layout(to_definitions(table))

    assert first == second


def test_steps_written_down_in_any_order_are_drawn_from_the_start_on() -> None:
    flows = [("s", "a"), ("a", "b"), ("b", "c"), ("c", "e"), ("c", "a")]
    drawn = layout(
        Definitions(
            processes=(
                Process(
                    id="p",
                    nodes=(*(UserTask(id=each) for each in "cba"), EndEvent(id="e"), StartEvent(id="s")),
                    flows=tuple(SequenceFlow(id=f"f{at}", source=a, target=b) for at, (a, b) in enumerate(flows)),
                ),
            )
        )
    )

    left_to_right = sorted(_bounds(drawn), key=lambda each: _bounds(drawn)[each].x)
    assert left_to_right == ["s", "a", "b", "c", "e"]


@pytest.mark.parametrize("code", ["c3-m03-07", "c3-m16-06", "s11-m03-keamanan"])
def test_answers_that_have_parted_do_not_come_together_again(code: str) -> None:
    [file] = Path("bpmn").rglob(f"{code}*.bpmn")
    drawn = layout(read(file.read_bytes()))

    lines = {each.id: [*_pixels(_edges(drawn)[each.id])] for each in drawn.processes[0].flows}
    for one, other in combinations(drawn.processes[0].flows, 2):
        if one.source == other.source and one.target != other.target:
            together = sum(here == there for here, there in zip(lines[one.id], lines[other.id], strict=False))
            again = set(lines[one.id][together:]) & set(lines[other.id][together:])
            assert len(again) <= 3, (one.name, other.name)


def _pixels(edge: Edge) -> Iterator[tuple[int, int]]:
    for here, there in pairwise(edge.waypoints):
        count = round(abs(there.x - here.x) + abs(there.y - here.y))
        for at in range(count):
            share = at / count
            yield round(here.x + (there.x - here.x) * share), round(here.y + (there.y - here.y) * share)


def _scopes(drawn: Definitions) -> list[tuple[FlowNode, ...]]:
    inner = [node for process in drawn.processes for node, _ in nodes(process) if isinstance(node, SubProcess)]
    return [*(each.nodes for each in drawn.processes), *(each.nodes for each in inner)]


def _bounds(drawn: Definitions) -> dict[str, Bounds]:
    return {each.element: each.bounds for each in drawn.diagrams[0].plane.shapes}


def _edges(drawn: Definitions) -> dict[str, Edge]:
    return {each.element: each for each in drawn.diagrams[0].plane.edges}


def _overlap(one: Bounds, other: Bounds) -> bool:
    apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (apart_x or one.y + one.height <= other.y or other.y + other.height <= one.y)


def _inside(inner: Bounds, outer: Bounds) -> bool:
    fits_x = outer.x <= inner.x and inner.x + inner.width <= outer.x + outer.width
    return fits_x and outer.y <= inner.y and inner.y + inner.height <= outer.y + outer.height


def _runs_through(edge: Edge, box: Bounds) -> bool:
    return any(_overlap(_segment(here, there), _shrunk(box)) for here, there in pairwise(edge.waypoints))


def _is_within(edge: Edge, box: Bounds) -> bool:
    return all(_inside(Bounds(point.x, point.y, 0, 0), box) for point in edge.waypoints)


def _segment(here: Point, there: Point) -> Bounds:
    return Bounds(min(here.x, there.x), min(here.y, there.y), abs(here.x - there.x), abs(here.y - there.y))


def _shrunk(box: Bounds) -> Bounds:
    return Bounds(box.x + 1, box.y + 1, box.width - 2, box.height - 2)


def _on_border(point: Point, box: Bounds) -> bool:
    on_side = min(abs(point.x - box.x), abs(point.x - box.x - box.width)) <= 1
    on_level = min(abs(point.y - box.y), abs(point.y - box.y - box.height)) <= 1
    return (
        (on_side or on_level) and _inside(point_box := Bounds(point.x, point.y, 0, 0), _grown(box)) and bool(point_box)
    )


def _grown(box: Bounds) -> Bounds:
    return Bounds(box.x - 1, box.y - 1, box.width + 2, box.height + 2)

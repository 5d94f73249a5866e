"""The plain spelling of a table: what a row need not say, because it is understood, is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sop_catalog.sheets.flow_nodes import duration_words
from sop_catalog.sheets.places import Places
from sop_catalog.sheets.table import Catch, EndRow, Exit, StartRow, StepRow, Table
from sop_catalog.sheets.ways import closing, ways_of

Refs = Mapping[str, tuple[str, ...]]
"""The key of a lane → the nodes that it names, in order."""


def plain(table: Table, wanted: Refs | None = None) -> Table:
    """Return the same table in as few words as draw the same diagram; `wanted` is what the lanes are to name."""
    refs = wanted if wanted is not None else refs_of(table)
    short = _without_words(table)
    return _with_lanes(_without_groups(short), refs)


def refs_of(table: Table) -> dict[str, tuple[str, ...]]:
    """Return which nodes each lane names when the table is drawn."""
    places = Places(table, ways_of(table))
    return {each.key: places.nodes_in(each.key) for each in table.lanes}


def _without_words(table: Table) -> Table:
    end = closing(table)
    after = {each.id: beyond.id for each, beyond in zip(table.steps, table.steps[1:], strict=False)}
    if table.steps:
        after[table.steps[-1].id] = end.id
    ends = table.ends
    if ends and end == ends[-1] == EndRow("end", "Selesai", lane=end.lane):
        ends = ends[:-1]
    first = table.steps[0].id if table.steps else ""
    return replace(
        _to_its_end(table, end.id),
        start=_start(table.start, first, end.id),
        also=tuple(replace(_start(each, "", end.id), id=each.id) for each in table.also),
        steps=tuple(_step(each, after[each.id], end.id) for each in table.steps),
        ends=tuple(replace(each, code="" if each.code == each.name else each.code) for each in ends),
    )


def _to_its_end(table: Table, end: str) -> Table:
    """Say the id of the end where a fork or a group says `end`."""
    return replace(
        table,
        forks=tuple(
            replace(each, ways=tuple(_exit(one, end) for one in each.ways), after_join=_said(each.after_join, end))
            for each in table.forks
        ),
        groups=tuple(
            replace(each, to=_said(each.to, end), catches=tuple(_catch(one, end) for one in each.catches))
            for each in table.groups
        ),
    )


def _said(to: str, end: str) -> str:
    return end if to == "end" else to


def _start(row: StartRow, first: str, end: str) -> StartRow:
    to = _said(row.to, end)
    return replace(row, to="" if to == first else to, message="" if row.message == row.name else row.message)


def _step(row: StepRow, after: str, end: str) -> StepRow:
    to = _said(row.to, end)
    return replace(
        row,
        to="" if row.exits or to == after else to,
        exits=tuple(_exit(each, end) for each in row.exits),
        catches=tuple(_catch(each, end) for each in row.catches),
    )


def _exit(way: Exit, end: str) -> Exit:
    return replace(way, to=_said(way.to, end), label="" if way.label == way.value else way.label)


def _catch(catch: Catch, end: str) -> Catch:
    usual = duration_words(catch.what) if catch.kind == "timer" else catch.what
    return replace(catch, to=_said(catch.to, end), name="" if catch.name == usual else catch.name)


def _without_groups(table: Table) -> Table:
    """Leave out the group of an end that is understood from what leads to it."""
    wanted = _groups_of_ends(table)
    for each in table.ends:
        less = replace(table, ends=tuple(replace(one, group="") if one == each else one for one in table.ends))
        if each.group and _groups_of_ends(less) == wanted:
            table = less
    return table


def _groups_of_ends(table: Table) -> dict[str, str]:
    places = Places(table, ways_of(table))
    return {each: places.group_of[each] for each in places.ends}


def _with_lanes(table: Table, refs: Refs) -> Table:
    """Say the lane of a fork or end only where it is not that of what leads to it."""
    lanes = {node: key for key, nodes in refs.items() for node in nodes}
    joins = {each.join: each.id for each in table.forks if each.join}
    movable = sorted(each for each in (*_movable(table), *joins) if each in lanes)
    said: dict[str, str] = {}
    for _ in movable:
        lane_of = _placed(table, said).lane_of
        wrong = (joins.get(each, each) for each in movable if lane_of.get(each) != lanes[each])
        name = next((each for each in wrong if each not in said), None)
        if name is None:
            break
        said[name] = lanes.get(name, "")
    for each in tuple(said):
        less = {name: lane for name, lane in said.items() if name != each}
        lane_of = _placed(table, less).lane_of
        if all(lane_of.get(name) == lanes[name] for name in movable):
            said = less
    for _ in movable:
        early = _out_of_order(_placed(table, said), refs, joins, _movable(table) - said.keys())
        if early is None:
            break
        said[early] = lanes[early]
    return _saying(table, said)


def _movable(table: Table) -> set[str]:
    return {each.id for each in table.forks} | {each.id for each in table.ends}


def _placed(table: Table, said: Mapping[str, str]) -> Places:
    short = _saying(table, said)
    return Places(short, ways_of(short))


def _out_of_order(places: Places, refs: Refs, joins: Mapping[str, str], movable: set[str]) -> str | None:
    """Return a fork or end that its lane names earlier than it would unsaid: whoever wrote the table said its lane."""
    for key, nodes in refs.items():
        made = [each for each in places.nodes_in(key) if each in nodes]
        for wanted, found in zip(nodes, made, strict=False):
            name = joins.get(wanted, wanted)
            if wanted != found:
                if name in movable:
                    return name
                break
    return None


def _saying(table: Table, said: Mapping[str, str]) -> Table:
    return replace(
        table,
        forks=tuple(replace(each, lane=said.get(each.id, "")) for each in table.forks),
        ends=tuple(replace(each, lane=said.get(each.id, "")) for each in table.ends),
    )

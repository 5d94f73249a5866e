"""Makes the table of a drawing: the other way round of `sheets.elements`. Nothing that a drawing says is lost on the way:
what a table cannot say is refused, with element and line.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.domain.finding import Finding
from engine.notation import Definitions, Lane, Process, lanes, nodes
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.errors import NotATable
from sop_catalog.registers import posts
from sop_catalog.sheets.elements import lane_name, to_definitions
from sop_catalog.sheets.table import ROW_ID, LaneRow, PoolRow, StartRow, Table
from sop_catalog.sheets.undrawing.names import Names
from sop_catalog.sheets.undrawing.plain import plain
from sop_catalog.sheets.undrawing.rows import Rows, is_known, step_kind
from sop_catalog.sheets.undrawing.same import unsaid


def table_from(definitions: Definitions, titles: Mapping[str, str] | None = None, file: str = "drawing") -> Table:
    """Return the table that draws this diagram, in the plainest spelling; `titles` are the names of posts.

    Arrows, events on borders and the gateways of decisions take the ids that a table gives them. Raises NotATable where
    the drawing says what a table cannot: by element and line, all of it at once.
    """
    titles = {each.code: each.name for each in posts()} if titles is None else titles
    process = _only_process(definitions, file)
    names = Names(definitions, process)
    found = tuple(_strange(names))
    if found:
        raise NotATable(file, found)
    table = _table(definitions, names, titles)
    found = unsaid(definitions, to_definitions(table, titles, file), names.name)
    if found:
        raise NotATable(file, found)
    return table


def _only_process(definitions: Definitions, file: str) -> Process:
    if len(definitions.processes) == 1:
        return definitions.processes[0]
    said = "A table is one process, and there are {count} here."
    raise NotATable(file, (Finding("sop-table", said, facts={"count": len(definitions.processes)}),))


def _strange(names: Names) -> list[Finding]:
    """Return what a table has no word for at all, and what its rows could not be called."""
    found = []
    steps = [each for each, _ in nodes(names.process) if step_kind(each)]
    if not steps:
        found.append(
            Finding("sop-table", "There is no step in it that a table has a word for.", line=names.process.line)
        )
    for node, _ in nodes(names.process):
        if not is_known(node, names):
            kind = type(node).__name__
            what = kind[0].lower() + kind[1:]
            said = "A table cannot say this: {what}."
            found.append(Finding("sop-table", said, element=node.id, line=node.line, facts={"what": what}))
        elif node.id and names.name(node.id) == node.id and not ROW_ID.fullmatch(node.id):
            said = "A row is called with up to 46 letters, digits and _, a letter first; this is called {id}."
            found.append(Finding("sop-table", said, element=node.id, line=node.line, facts={"id": node.id}))
    for lane in lanes(names.process):
        if not names.key(lane):
            said = "The lane {name} does not say which post it stands for."
            found.append(Finding("sop-table", said, element=lane.id, line=lane.line, facts={"name": lane.name}))
    for step in steps:
        if not names.lane_of(step.id):
            said = "This step stands in no lane."
            found.append(Finding("sop-table", said, element=step.id, line=step.line))
    return found


def _table(definitions: Definitions, names: Names, titles: Mapping[str, str]) -> Table:
    rows = Rows(names)
    starts = list(rows.starts()) or [StartRow()]
    refs = {names.key(lane): tuple(map(names.name, lane.node_refs)) for lane in lanes(names.process)}
    table = Table(
        procedure=read_procedure(names.process),
        lanes=tuple(_lane(each, names, titles) for each in lanes(names.process)),
        steps=tuple(rows.steps()),
        start=starts[0],
        also=tuple(starts[1:]),
        pools=tuple(
            PoolRow(names.name(each.id).removeprefix("pool_"), each.name)
            for collaboration in definitions.collaborations
            for each in collaboration.participants
            if each.process is None
        ),
        forks=tuple(rows.forks()),
        groups=tuple(rows.groups()),
        ends=tuple(rows.ends()),
    )
    return plain(table, refs)


def _lane(lane: Lane, names: Names, titles: Mapping[str, str]) -> LaneRow:
    performer = names.performers[lane.id]
    return LaneRow(names.key(lane), performer, "" if lane.name == lane_name(performer, titles) else lane.name)

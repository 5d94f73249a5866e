"""Makes a diagram of an SOP table: nodes, flows, lanes, pools and messages, with readable ids that stay the same as
long as the rows do. Where things stand on the page is the layout's business.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.domain.finding import Finding
from engine.domain.release import Performer, Whose
from engine.notation import (
    LAJUR,
    Collaboration,
    Definitions,
    ExclusiveGateway,
    Expression,
    FlowNode,
    Lane,
    LaneSet,
    MessageFlow,
    Participant,
    Process,
    SequenceFlow,
    SubProcess,
)
from sop_catalog.diagram.extending import write_performer, write_sheet
from sop_catalog.diagram.extension import PREFIX
from sop_catalog.errors import NotATable
from sop_catalog.sheets.flow_nodes import (
    Declared,
    boundary_events,
    end_event,
    gateway,
    many,
    start_event,
    step_nodes,
)
from sop_catalog.sheets.groups import Sorted, end_of, sort_ways, start_of
from sop_catalog.sheets.places import Places
from sop_catalog.sheets.table import EndRow, GroupRow, LaneRow, StartRow, StepRow, Table
from sop_catalog.sheets.ways import Way, closing, gateway_id, ways_of

FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
WHOSE = {Whose.ORIGIN: "kantor asal", Whose.DESTINATION: "kantor tujuan", Whose.HEAD: "kantor pusat"}
_LONGEST = 60
"""Characters of an id that may still get a number behind it; the notation allows 64."""
_TELLS = frozenset({"user", "manual", "send", "throw-message", "service"})


def lane_name(performer: Performer, posts: Mapping[str, str]) -> str:
    """Return what a lane is called that has no name of its own: `Kepala BP3MI (kantor tujuan)`."""
    name = posts.get(performer.post, performer.post)
    return f"{name} ({WHOSE[performer.whose]})" if performer.whose in WHOSE else name


def to_definitions(table: Table, posts: Mapping[str, str] | None = None, file: str = "table") -> Definitions:
    """Make the diagram of a table; `posts` are the names of posts for lanes that have none of their own.

    Raises NotATable where a group is entered or left at more than one place.
    """
    return _Maker(table, posts or {}, file).definitions()


def flow_id(source: str, target: str) -> str:
    """Return the id of the flow between two nodes, cut where it would be longer than an id may be."""
    whole = f"{source}__{target}"
    return whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 9]}_{zlib.crc32(whole.encode()):08x}"


class _Maker:
    """One table on its way to a diagram."""

    def __init__(self, table: Table, posts: Mapping[str, str], file: str) -> None:
        self.table = table
        self.posts = posts
        self.declared = Declared()
        self.ways = ways_of(table)
        self.places = Places(table, self.ways)
        onward = {each.id: each.to for each in table.groups if each.to}
        self.sorted: Sorted = sort_ways(self.ways, self.places.group_of, onward)
        kept = [way for ways in self.sorted.ways.values() for way in ways]
        self.drawn = {each for way in kept for each in (way.source, way.target)}
        if self.sorted.complaints:
            raise NotATable(
                file, tuple(Finding("sop-table", m, element=r, facts=f) for r, m, f in self.sorted.complaints)
            )

    def definitions(self) -> Definitions:
        code = self.table.procedure.code
        process = self.process()
        return Definitions(
            id=f"{code}-berkas",
            target_namespace=LAJUR,
            expression_language=FEEL,
            prefixes=(PREFIX,),
            collaborations=(self.collaboration(),),
            processes=(process,),
            messages=tuple(self.declared.messages.values()),
            errors=tuple(self.declared.errors.values()),
            escalations=tuple(self.declared.escalations.values()),
        )

    def process(self) -> Process:
        procedure = self.table.procedure
        return Process(
            id=procedure.code,
            name=procedure.title,
            executable=True,
            extensions=(write_sheet(procedure.sheet),),
            lane_sets=(LaneSet(id="lanes", lanes=tuple(map(self.lane, self.table.lanes))),),
            nodes=self.nodes(""),
            flows=self.flows(""),
        )

    def lane(self, row: LaneRow) -> Lane:
        return Lane(
            id=f"lane_{row.key.replace(':', '_')}",
            name=row.name or lane_name(row.performer, self.posts),
            extensions=(write_performer(row.performer),),
            node_refs=tuple(each for each in self.places.nodes_in(row.key) if each in self.drawn),
        )

    def nodes(self, group: str) -> tuple[FlowNode, ...]:
        """Return the nodes of one group, in the order in which a reader meets them."""
        start = self.table.start if not group else StartRow()
        first = start_event(start, self.declared, "start" if not group else start_of(group))
        made = [node for name in self.places.order(group) for node in self.block(name)]
        ends = [end_event(each, self.declared) for each in self.ends(group)]
        also = [start_event(each, self.declared, each.id) for each in self.table.also] if not group else []
        return (first, *also, *made, *ends)

    def ends(self, group: str) -> Iterator[EndRow]:
        used = {way.target for way in self.sorted.ways.get(group, ())}
        known = {each.id: each for each in (*self.table.ends, closing(self.table))}
        yield from (row for name, row in known.items() if name in used)
        if group and end_of(group) in used:
            yield EndRow(end_of(group), "")

    def block(self, name: str) -> Iterator[FlowNode]:
        """Return a row's node and what belongs to it: boundary events and the gateway of its decision."""
        row = self.places.rows[name]
        if isinstance(row, GroupRow):
            yield self.sub_process(row)
            yield from boundary_events(row.id, row.catches, self.declared)
        elif isinstance(row, StepRow):
            yield from step_nodes(row, self.table.procedure.code, self.declared)
            if row.exits:
                yield self.decision(row)
        else:
            opens = name == row.id
            yield gateway(row, name, row.name if opens else "", self.default(name, row.group) if opens else None)

    def decision(self, row: StepRow) -> ExclusiveGateway:
        node = gateway_id(row.id)
        return ExclusiveGateway(id=node, name=row.question, default=self.default(node, row.group))

    def default(self, node: str, group: str) -> str | None:
        """Return the id of the flow that a gateway takes when nothing else holds."""
        way = next((way for way in self.ways if way.source == node and way.default), None)
        return self.flow_ids(group).get(self.lifted(way, group)) if way else None

    def sub_process(self, row: GroupRow) -> SubProcess:
        return SubProcess(id=row.id, name=row.name, loop=many(row), nodes=self.nodes(row.id), flows=self.flows(row.id))

    def flows(self, group: str) -> tuple[SequenceFlow, ...]:
        return tuple(
            SequenceFlow(
                id=name,
                name=way.label,
                source=way.source,
                target=way.target,
                condition=Expression(text=way.condition) if way.condition else None,
            )
            for way, name in self.flow_ids(group).items()
        )

    def flow_ids(self, group: str) -> dict[Way, str]:
        found: dict[Way, str] = {}
        for way in self.sorted.ways.get(group, ()):
            wanted = flow_id(way.source, way.target)
            taken = sum(each.source == way.source and each.target == way.target for each in found)
            found[way] = f"{wanted}_{taken + 1}" if taken else wanted
        return found

    def lifted(self, way: Way, group: str) -> Way:
        """Return a way as it stands in its group, where its target may be the border of another one."""
        kept: Sequence[Way] = self.sorted.ways.get(group, ())
        same = (each for each in kept if replace(each, target=way.target) == way)
        return next(same, way)

    def collaboration(self) -> Collaboration:
        procedure = self.table.procedure
        house = Participant(id=f"{procedure.code}-pool", name=procedure.title, process=procedure.code)
        outside = tuple(Participant(id=f"pool_{each.id}", name=each.name) for each in self.table.pools)
        talks = tuple(self.message_flow(each) for each in self.table.steps if each.talks_to)
        return Collaboration(id=f"{procedure.code}-kerja-sama", participants=(house, *outside), message_flows=talks)

    def message_flow(self, row: StepRow) -> MessageFlow:
        pool = f"pool_{row.talks_to}"
        source, target = (row.id, pool) if row.kind in _TELLS and not row.hears else (pool, row.id)
        message = self.declared.message(row.message) if row.message and row.kind != "escalate" else None
        return MessageFlow(id=flow_id(source, target), source=source, target=target, message=message)

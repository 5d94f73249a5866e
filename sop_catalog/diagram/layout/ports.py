"""Where arrows may leave and enter each node, and how gladly: on by the east, returns by the south, exceptions by the
north; and in which order the arrows are drawn, the main way first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from engine.notation import EndEvent, Gateway
from sop_catalog.diagram.layout.axis import Axis
from sop_catalog.diagram.layout.graph import Arrow, Graph
from sop_catalog.diagram.layout.router import EAST, NORTH, SOUTH, STEP, WEST, Job, Port, Spot

if TYPE_CHECKING:
    from sop_catalog.diagram.layout.scope import Cells

Side: TypeAlias = int
"""SOUTH or NORTH."""

_OUT = {EAST: 0.0, SOUTH: 60.0, NORTH: 70.0}
_OUT_OF_GATEWAY = {EAST: 50.0, SOUTH: 0.0, NORTH: 5.0}
_OUT_BACK = {EAST: 60.0, SOUTH: 0.0, NORTH: 30.0}
_IN = {WEST: 0.0, SOUTH: 55.0, NORTH: 55.0}
_IN_GATEWAY = {WEST: 0.0, SOUTH: 5.0, NORTH: 5.0}
_IN_END = {WEST: 0.0, SOUTH: 25.0, NORTH: 25.0}
_IN_BACK = {WEST: 60.0, SOUTH: 0.0, NORTH: 30.0}


@dataclass(frozen=True, slots=True)
class Talk:
    """A message flow between a node and a pool above or below."""

    id: str
    node: str
    pool: str
    above: bool
    outward: bool
    """From the node to the pool."""
    span: tuple[float, float] = (0.0, 1.0)
    """The part of the picture's width under (or over) which the pool lies."""


def jobs(graph: Graph, cells: Cells, x: Axis, y: Axis, talks: Sequence[Talk]) -> list[Job]:
    """Return all arrows in the order in which they are drawn."""
    main = set(pairwise(graph.main))
    ports = _Ports(graph, cells, x, y, main)

    def turn(arrow: Arrow) -> tuple[int, int, int]:
        kind = int((arrow.source, arrow.target) not in main and not ports.is_level(arrow))
        span = abs(cells.column[arrow.target] - cells.column[arrow.source])
        return kind, span + 2 * (cells.row[arrow.target] != cells.row[arrow.source]), graph.place[arrow.source]

    onward = [ports.job(each) for each in sorted(graph.arrows, key=turn) if not each.back]
    returns = [ports.job(each) for each in sorted(graph.arrows, key=turn) if each.back]
    return [*onward, *(ports.talk(each) for each in talks), *returns]


def doors(work: Sequence[Job]) -> dict[Spot, frozenset[str]]:
    """Return the spots right before each node, with the names of the arrows' ends that may turn there."""
    found: dict[Spot, set[str]] = {}
    for job in work:
        for end, ports in ((job.source, job.outs), (job.target, job.ins)):
            for port in ports:
                if len(port.spots) > 1:
                    found.setdefault(port.outer, set()).add(end)
    return {spot: frozenset(names) for spot, names in found.items()}


class _Ports:
    """Makes the ports of each node on a given net."""

    def __init__(self, graph: Graph, cells: Cells, x: Axis, y: Axis, main: set[tuple[str, str]]) -> None:
        self.graph, self.cells, self.x, self.y, self.main = graph, cells, x, y, main

    def job(self, arrow: Arrow) -> Job:
        return Job(arrow.id, arrow.leaves or arrow.source, arrow.target, self._outs(arrow), self._ins(arrow))

    def talk(self, talk: Talk) -> Job:
        heading: Side = NORTH if talk.above else SOUTH
        other: Side = SOUTH if talk.above else NORTH
        near = (self._port(talk.node, heading, 0.0), self._port(talk.node, other, 90.0))
        far = tuple(self._edge(talk, heading))
        outs, ins = (near, far) if talk.outward else (far, near)
        return Job(talk.id, f"{talk.id} out", f"{talk.id} in", outs, ins, crossing=60.0)

    def _outs(self, arrow: Arrow) -> tuple[Port, ...]:
        if arrow.leaves:
            return (self._port(arrow.source, self.cells.side[arrow.leaves], 0.0, self.cells.shift[arrow.leaves]),)
        if arrow.back:
            costs = _OUT_BACK
        elif isinstance(self.graph.by_id[arrow.source], Gateway) and not self._leads_on(arrow):
            costs = _OUT_OF_GATEWAY
        else:
            costs = _OUT
        return tuple(self._port(arrow.source, heading, cost) for heading, cost in costs.items())

    def _ins(self, arrow: Arrow) -> tuple[Port, ...]:
        target = self.graph.by_id[arrow.target]
        costs = _IN
        if arrow.back:
            costs = _IN_BACK
        elif isinstance(target, Gateway):
            costs = _IN_GATEWAY
        elif isinstance(target, EndEvent):
            costs = _IN_END
        return tuple(self._port(arrow.target, heading, cost) for heading, cost in costs.items())

    def _leads_on(self, arrow: Arrow) -> bool:
        """Whether this is the one way of a gateway that keeps its east: the main one, or the one in its own row."""
        ways = [each for each in self.graph.ahead[arrow.source] if not each.leaves]
        level = [each for each in ways if self.is_level(each)]
        main = [each for each in ways if (each.source, each.target) in self.main]
        return arrow in (level or main or ways)[:1]

    def is_level(self, arrow: Arrow) -> bool:
        """Whether nothing stands between the two ends, and both are in one row."""
        row, here, there = self.cells.row, self.cells.column[arrow.source], self.cells.column[arrow.target]
        if row[arrow.source] != row[arrow.target] or arrow.leaves or there <= here:
            return False
        return not any(row[node] == row[arrow.source] and here < at < there for node, at in self.cells.column.items())

    def _port(self, node: str, heading: int, cost: float, shift: float = 0.0) -> Port:
        column, row = self.cells.column[node], self.cells.row[node]
        here = (self.x.cell_lines[column][shift], self.y.cell_lines[row][0.0])
        spots = [here]
        across = set(self.x.cell_lines[column].values())
        down = set(self.y.cell_lines[row].values())
        while here[0] in across and here[1] in down:
            here = (here[0] + STEP[heading][0], here[1] + STEP[heading][1])
            spots.append(here)
        return Port(tuple(spots), heading, cost)

    def _edge(self, talk: Talk, heading: int) -> Iterator[Port]:
        """The spots at the top or bottom of the picture behind which the pool lies."""
        line = 0 if heading == NORTH else self.y.count - 1
        columns = len(self.x.cell_lines)
        first = min(round(talk.span[0] * columns), columns - 1)
        last = max(round(talk.span[1] * columns), first + 1)
        low = self.x.gap_lines[first][0]
        high = self.x.gap_lines[last][0] - 1 if last < columns else self.x.gap_lines[columns][-1]
        for each in range(low, high + 1):
            spot: Spot = (each, line)
            yield Port((spot,), (heading + 2) % 4, 0.0)

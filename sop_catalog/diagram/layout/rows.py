"""In which row of its lane each node stands: the main way along row 0, other ways below it, exceptions above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from sop_catalog.diagram.layout.graph import Arrow, Graph

_FAR = 6
"""Rows tried on either side before a lane is called full; a lane has never needed half of them."""


class Rows:
    """A growing arrangement: which cells of which lane are taken, by nodes or by straight arrows between them."""

    def __init__(self, graph: Graph, lane: Mapping[str, int]) -> None:
        self.graph = graph
        self.lane = lane
        self.row: dict[str, int] = {}
        self._taken: dict[tuple[int, int], set[int]] = defaultdict(set)
        self._exception = _exceptions(graph)
        self._arrange()

    def _arrange(self) -> None:
        for node in self.graph.main:
            self._put(node, 0)
        for here, there in pairwise(self.graph.main):
            self._keep_straight(here, there)
        column = self.graph.column
        in_turn = {each: (column[each], each in self._exception, self.graph.place[each]) for each in self.graph.nodes}
        for node in sorted(self.graph.nodes, key=in_turn.__getitem__):
            if node not in self.row:
                self._put(node, self._best(node))
                for arrow in self.graph.behind[node]:
                    if not arrow.leaves:
                        self._keep_straight(arrow.source, node)

    def _best(self, node: str) -> int:
        before = [each for each in self.graph.behind[node] if each.source in self.row]
        free = (row for row in self._near() if self.graph.column[node] not in self._taken[self.lane[node], row])
        return min(free, key=lambda row: self._cost(node, row, before))

    def _near(self) -> Iterator[int]:
        yield 0
        for far in range(1, _FAR + len(self.graph.nodes)):
            yield from (far, -far)

    def _cost(self, node: str, row: int, before: list[Arrow]) -> float:
        unused = not self._taken[self.lane[node], row]
        wrong_side = (row > 0) if node in self._exception else (row < 0)
        cost = 10.0 * abs(row) + 14 * unused + 7 * wrong_side
        return cost + sum(self._way_cost(arrow, node, row) for arrow in before[:2])

    def _way_cost(self, arrow: Arrow, node: str, row: int) -> float:
        if self.lane[arrow.source] != self.lane[node]:
            return 0.0
        same = self.row[arrow.source] == row
        if arrow.leaves:
            return 25.0 if same else 0.0
        clear = same and not self._between(arrow.source, node) & self._taken[self.lane[node], row]
        if clear:
            return -20.0
        return 30.0 if same else 3.0 * abs(self.row[arrow.source] - row)

    def _between(self, here: str, there: str) -> set[int]:
        return set(range(self.graph.column[here] + 1, self.graph.column[there]))

    def _put(self, node: str, row: int) -> None:
        self.row[node] = row
        self._taken[self.lane[node], row].add(self.graph.column[node])

    def _keep_straight(self, here: str, there: str) -> None:
        """Keep the cells of an arrow between two nodes of one row free for it, as long as nothing stands there."""
        if here not in self.row or self.lane[here] != self.lane[there] or self.row[here] != self.row[there]:
            return
        cells = self._between(here, there)
        taken = self._taken[self.lane[here], self.row[here]]
        if not cells & taken:
            taken |= cells


def _exceptions(graph: Graph) -> set[str]:
    """Return the nodes that a case comes to only by way of a boundary event."""
    found: set[str] = set()
    for node in graph.forward_order:
        before = graph.behind[node]
        if before and all(each.leaves or each.source in found for each in before):
            found.add(node)
    return found

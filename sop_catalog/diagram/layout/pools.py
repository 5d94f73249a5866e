"""Which outsiders stand above the house's own pool, which below, and how wide each is. They are black boxes: nothing
of what happens inside them is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from engine.notation import Collaboration, MessageFlow, Process
from sop_catalog.diagram.layout.graph import Graph
from sop_catalog.diagram.layout.ports import Talk

Span = tuple[float, float]
"""From where to where a pool reaches, as shares of the width of the house's pool."""


@dataclass(slots=True)
class Outside:
    """The black-box pools around one process, in order from the left, and the message flows to and from them."""

    above: dict[str, Span] = field(default_factory=dict)
    below: dict[str, Span] = field(default_factory=dict)
    talks: list[Talk] = field(default_factory=list)


def outside_pools(
    process: Process, collaboration: Collaboration, lane_of: Mapping[str, int], lane_count: int
) -> Outside:
    """Decide where the black-box pools that a process talks to stand; one that nobody talks to stands below."""
    column = Graph(process).column
    talks = [ends for flow in collaboration.message_flows if (ends := _ends(flow, collaboration, column))]
    pools = [each.id for each in collaboration.participants if each.process is None]
    partners: dict[str, list[str]] = {pool: [node for _, node, p, _ in talks if p == pool] for pool in pools}
    outside = Outside()
    above = [each for each in pools if _is_above(partners[each], lane_of, lane_count)]
    below = [each for each in pools if each not in above]
    outside.above = _spans(above, partners, column)
    outside.below = _spans(below, partners, column)
    for flow, node, pool, outward in talks:
        spans = outside.above if pool in outside.above else outside.below
        outside.talks.append(Talk(flow, node, pool, above=pool in outside.above, outward=outward, span=spans[pool]))
    return outside


def _ends(
    flow: MessageFlow, collaboration: Collaboration, column: Mapping[str, int]
) -> tuple[str, str, str, bool] | None:
    pools = {each.id for each in collaboration.participants if each.process is None}
    if flow.source in column and flow.target in pools:
        return flow.id, flow.source, flow.target, True
    if flow.target in column and flow.source in pools:
        return flow.id, flow.target, flow.source, False
    return None


def _is_above(nodes: list[str], lane_of: Mapping[str, int], lane_count: int) -> bool:
    if not nodes or lane_count == 1:
        return False
    return sum(lane_of[each] for each in nodes) / len(nodes) < (lane_count - 1) / 2


def _spans(pools: list[str], partners: Mapping[str, list[str]], column: Mapping[str, int]) -> dict[str, Span]:
    """Give each pool an equal share of the columns at least, cut in the middle between their talks."""
    if not pools:
        return {}
    count = 1 + max(column.values(), default=0)
    middle = {each: _mean([column[node] for node in partners[each]], count) for each in pools}
    ordered = sorted(pools, key=lambda each: (middle[each], pools.index(each)))
    cuts = [0.0]
    for here, there in pairwise(ordered):
        cut = round((middle[here] + middle[there] + 1) / 2) / count
        left = (len(ordered) - len(cuts)) / count
        cuts.append(min(max(cut, cuts[-1] + 1 / count), 1.0 - left))
    return dict(zip(ordered, zip(cuts, [*cuts[1:], 1.0], strict=True), strict=True))


def _mean(columns: list[int], count: int) -> float:
    return sum(columns) / len(columns) if columns else (count - 1) / 2

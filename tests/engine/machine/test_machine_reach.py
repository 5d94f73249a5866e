"""What an inclusive join can still hope for, against every path written out by hand."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from engine.machine.reach import edges_of, reaches
from engine.notation import BoundaryEvent, InclusiveGateway, Process, SequenceFlow, UserTask

JOIN = "join"
NODES = [f"n{each}" for each in range(5)]
ARROWS = st.lists(st.tuples(st.sampled_from([*NODES, JOIN]), st.sampled_from([*NODES, JOIN])), max_size=14, unique=True)


def _paths(arrows: list[tuple[str, str]], way: list[str]) -> Iterator[list[str]]:
    """Every way on from a node that meets no node twice and does not pass the join."""
    yield way
    for source, target in arrows:
        if source == way[-1] and target != JOIN and target not in way:
            yield from _paths(arrows, [*way, target])


@given(arrows=ARROWS, boundary=st.booleans())
def test_a_node_reaches_an_arrow_of_the_join_if_a_path_leads_to_it(
    arrows: list[tuple[str, str]], boundary: bool
) -> None:
    flows = [
        SequenceFlow(id=f"f{index}", source=source, target=target) for index, (source, target) in enumerate(arrows)
    ]
    nodes = [UserTask(id=each) for each in NODES[boundary:]] + [InclusiveGateway(id=JOIN)]
    if boundary:
        nodes.append(BoundaryEvent(id=NODES[0], attached_to=NODES[1]))  # type: ignore[arg-type]
    numbers = {each: index for index, each in enumerate([*NODES, JOIN])}
    scope = Process(id="main", nodes=tuple(nodes), flows=tuple(flows))

    found = reaches(scope, edges_of(scope), numbers).get(JOIN, {})

    steps = arrows + ([(NODES[1], NODES[0])] if boundary else [])
    slots = [source for source, target in arrows if target == JOIN]
    for node in NODES if len(slots) > 1 else ():
        ends = {path[-1] for path in _paths(steps, [node])}
        wanted = sum(1 << slot for slot, source in enumerate(slots) if source in ends)
        assert found.get(numbers[node], 0) == wanted

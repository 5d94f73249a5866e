"""A case on its diagrams: where its tokens are, the way it has walked, and how the drawings lead into each other.

Which pixel anything stands at is the drawing's own business, and colours are the page's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.domain.case import Case
from engine.domain.organisation import Officer
from engine.domain.release import Release
from engine.errors import NotFound
from engine.notation import CallActivity
from engine.notation import nodes as nodes_of
from engine.process import Wait
from engine.queries.access import visible_case
from engine.queries.ahead import lookup_of
from engine.queries.reader import Reader
from engine.storage.cases import work_item_of
from engine.storage.tables import audit, work_item


@dataclass(frozen=True, slots=True)
class Level:
    """One drawing of a release, and how far below the first it stands."""

    process: str
    name: str
    depth: int
    caller: str
    """The drawing that calls it; empty for the first."""
    tokens: int
    """How many tokens stand in it or below it."""


@dataclass(frozen=True, slots=True)
class DrawingPage:
    """One drawing of a case, with everything to be marked on it."""

    process: str
    name: str
    xml: bytes
    tokens: Mapping[str, int]
    """Element → how many tokens stand on it, or inside it for a call activity or sub-process."""
    late: frozenset[str]
    """Elements at which the oldest work is past its due moment."""
    walked: frozenset[str]
    """Nodes and arrows that the case has passed."""
    way: tuple[tuple[str, str], ...]
    """(element, how) in the order walked: `passed`, `entered`, `left` or `cancelled`."""
    calls: Mapping[str, str]
    """Call activity → the drawing that it leads to."""
    levels: tuple[Level, ...]
    """Every drawing of the release, each below the one that calls it."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """One element at which something is, with what is around it."""

    places: tuple[tuple[str, str], ...]
    """(process, element), outermost first, the element itself last."""


def drawing_page(reader: Reader, officer: Officer, number: str, process: str | None = None) -> DrawingPage:
    """One drawing of a case, the release's own where none is named. Raises NotFound for a case that the officer may
    not see and for a drawing that its release does not hold.
    """
    found = visible_case(reader, officer, number)
    of = reader.release(found.release)
    shown = process or of.code
    if shown not in of.drawings:
        raise NotFound(what=f"drawing {shown} in case {number}")
    spots = [_spot(each) for each in reader.waits(found)] if found.snapshot else []
    way = tuple(_way(reader, found, shown))
    return DrawingPage(
        process=shown,
        name=_name(of, shown),
        xml=of.drawings[shown],
        tokens=Counter(element for spot in spots for element in _in(spot, shown)),
        late=frozenset(element for spot in _late(reader, found) for element in _in(spot, shown)),
        walked=frozenset(element for element, _ in way),
        way=way,
        calls=dict(_calls(of, shown)),
        levels=tuple(_levels(of, spots)),
    )


def _spot(wait: Wait) -> _Spot:
    return _at((*wait.path, f"{wait.process}/{wait.element}"))


def _at(places: Iterable[str]) -> _Spot:
    split = (each.partition("/") for each in places)
    return _Spot(tuple((process, element) for process, _, element in split))


def _in(spot: _Spot, process: str) -> Iterator[str]:
    return (element for where, element in spot.places if where == process)


def _late(reader: Reader, found: Case) -> Iterator[_Spot]:
    waiting = work_item.c.state.in_(["ready", "reserved"])
    late = select(work_item).where(work_item.c.case_id == found.id, waiting, work_item.c.due_at < reader.at)
    for row in reader.connection.execute(late):
        item = work_item_of(row)
        yield _at((*item.path, f"{item.process}/{item.element}"))


def _way(reader: Reader, found: Case, process: str) -> Iterator[tuple[str, str]]:
    """What the audit records of a case say it passed in one drawing."""
    records = select(audit.c.data).where(audit.c.case_id == found.id).order_by(audit.c.seq)
    for data in reader.connection.execute(records).scalars():
        for where, element, how in passed(data):
            if where == process:
                yield element, how


def passed(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(process, element, how) of the way that one audit record says was walked."""
    for step in data.get("passed", ()):
        yield step[0], step[1], step[2]


def _calls(of: Release, process: str) -> Iterator[tuple[str, str]]:
    drawn = lookup_of(of.drawings[process]).definitions.process(process)
    for node, _ in nodes_of(drawn) if drawn is not None else ():
        if isinstance(node, CallActivity) and node.called is not None and node.called in of.drawings:
            yield node.id, node.called


def _levels(of: Release, spots: list[_Spot]) -> Iterator[Level]:
    """Each drawing once, below the first that calls it."""
    inside = Counter(process for spot in spots for process in {where for where, _ in spot.places})
    seen, waiting = set[str](), [(of.code, 0, "")]
    while waiting:
        process, depth, caller = waiting.pop()
        if process in seen or process not in of.drawings:
            continue
        seen.add(process)
        yield Level(process, _name(of, process), depth, caller, inside[process])
        waiting += reversed([(called, depth + 1, process) for _, called in _calls(of, process)])


def _name(of: Release, process: str) -> str:
    if process == of.code:
        return of.title
    drawn = lookup_of(of.drawings[process]).definitions.process(process)
    return drawn.name if drawn is not None and drawn.name else process

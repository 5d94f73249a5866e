"""Which errors a drawing catches at a step or around it: what an officer may report instead of completing the step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.domain.release import Release
from engine.notation import BoundaryEvent, Error, ErrorDefinition, Lookup
from engine.queries.ahead import Place, lookup_of

ANY = "error"
"""The code that is thrown where a boundary event catches whatever comes."""


@dataclass(frozen=True, slots=True)
class Caught:
    """One error that leads somewhere."""

    code: str
    name: str
    """What the drawing says beside the event; its code where it says nothing."""


def errors_caught(release: Release, place: Place) -> tuple[Caught, ...]:
    """The errors that are caught, the innermost first; the same code is caught once, by the innermost."""
    around = [(each.partition("/")[0], each.partition("/")[2]) for each in reversed(place.path)]
    found: dict[str, Caught] = {}
    for process, element in [(place.process, place.element), *around]:
        if process not in release.drawings:
            continue
        lookup = lookup_of(release.drawings[process])
        for caught in _at(lookup, element):
            found.setdefault(caught.code, caught)
    return tuple(found.values())


def _at(lookup: Lookup, element: str) -> Iterator[Caught]:
    for event in lookup.boundary_events(element):
        code = _code(lookup, event)
        if code is not None:
            yield Caught(code, event.name or code)


def _code(lookup: Lookup, event: BoundaryEvent) -> str | None:
    """The code it catches; None where it catches something other than an error."""
    drawn = next((each for each in event.definitions if isinstance(each, ErrorDefinition)), None)
    if drawn is None:
        return None
    error = lookup.find(drawn.error or "")
    return (error.code if isinstance(error, Error) else None) or ANY

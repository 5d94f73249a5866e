"""To whom an open work item may be given, and whether whoever asks may do so."""

from __future__ import annotations

from engine.domain.organisation import Officer
from engine.domain.work_item import OPEN, WorkItem
from engine.queries.people import Colleague, holders
from engine.queries.reader import Reader


def receivers(reader: Reader, officer: Officer, item: WorkItem) -> tuple[Colleague, ...]:
    """Who could have the item instead, by name; nobody where the officer neither has it nor oversees its office."""
    if item.state not in OPEN or not item.post:
        return ()
    has_it = item.officer == officer.number and officer.holding(item.post, item.office) is not None
    if not has_it and item.office not in reader.organisation.overseen_by(officer):
        return ()
    return tuple(each for each in holders(reader, item.office, item.post) if each.number != item.officer)

"""Timers that an office counts: `working days(3)` becomes an instant by the calendar of the office it stands in.

The interpreter says from when and how long; which office that is, is known here. It is no deadline: what it gives
changes the flow, no pause stops it, and only a changed calendar moves it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.domain.case import Case
from engine.domain.deadline import due_at
from engine.domain.release import Release
from engine.process import Wait
from engine.storage import UnitOfWork
from engine.storage.waits import Counting


def with_instants(work: UnitOfWork, case: Case, release: Release, waits: Collection[Wait]) -> tuple[Wait, ...]:
    """The same waits, those that a calendar counts with the instant that it gives today."""
    return tuple(_with_instant(work, case, release, wait) for wait in waits)


def set_timer(work: UnitOfWork, case: Case, release: Release, wait: Wait) -> None:
    """Store the timer of a case, and by which calendar its instant came about."""
    due = _with_instant(work, case, release, wait).due
    if due is None:
        raise ValueError(f"a timer without its instant: {wait.element}")
    counted = _counting(work, case, release, wait)
    work.waits.add_timer(case.id, wait.token, wait.element, due, interrupting=wait.interrupting, counted=counted)


def _with_instant(work: UnitOfWork, case: Case, release: Release, wait: Wait) -> Wait:
    counted = _counting(work, case, release, wait) if wait.due is None else None
    if counted is None:
        return wait
    calendar = work.organisation.calendar(counted.office, counted.service)
    return replace(wait, due=due_at(counted.since, counted.allowance, calendar))


def _counting(work: UnitOfWork, case: Case, release: Release, wait: Wait) -> Counting | None:
    if wait.allowance is None or wait.since is None:
        return None
    office, service = _counted_where(work, case, release, wait)
    return Counting(wait.since, wait.allowance, office, work.organisation.edition, service)


def _counted_where(work: UnitOfWork, case: Case, release: Release, wait: Wait) -> tuple[str, str]:
    """The office and service in whose lane the activity stands that the timer is attached to; else the case's office."""
    host = release.activities.get((wait.process, wait.beside or ""))
    if host is None or host.performer is None:
        return case.office, ""
    office = case.office_of(host.performer.whose, work.organisation.head, step=host.name or host.element)
    return office, work.organisation.services.get(host.performer.post, "")

"""What a page of the desk is about: period, office, procedure, step. All of it stays in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, request

from engine.domain.organisation import Officer
from engine.queries.oversight import View, view_of
from engine.queries.reader import Reader
from web.language import gettext, local, zone_name

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Sieve:
    """One choice. Both dates belong to the period."""

    since: date
    until: date
    office: str = ""
    sop: str = ""
    process: str = ""
    element: str = ""
    level: str = ""
    measure: str = ""
    count: str = ""
    kind: str = ""
    by: str = ""
    value: str = ""
    state: str = ""
    again: str = ""
    recruiter: str = ""
    person: str = ""
    within: str = ""
    """Working days that one looks ahead."""

    @property
    def begins(self) -> datetime:
        """The first moment of the period on the reader's clock."""
        return datetime.combine(self.since, time(), ZoneInfo(zone_name()))

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.until + timedelta(days=1), time(), ZoneInfo(zone_name()))

    def query(self, **changes: Any) -> dict[str, Any]:
        """What stands in an address that keeps this choice but for the changes."""
        told = {each.name: getattr(self, each.name) for each in fields(self)} | changes
        return {
            name: value.isoformat() if isinstance(value, date) else str(value) for name, value in told.items() if value
        }

    def only(self, *names: str, **changes: Any) -> dict[str, Any]:
        """The same with the period, the office and these names alone."""
        kept = {"since", "until", "office", *names}
        return {name: value for name, value in self.query().items() if name in kept} | {
            name: str(value) for name, value in changes.items() if value
        }

    def with_(self, **changes: str) -> Sieve:
        """Another choice."""
        return replace(self, **changes)  # type: ignore[arg-type] # texts only

    def view(self, reader: Reader, officer: Officer) -> View:
        """What the officer may count of this. Raises NotYours and NotFound."""
        return view_of(
            reader,
            officer,
            office=self.office,
            since=self.begins,
            until=self.ends,
            sop=self.sop,
            process=self.process,
            element=self.element,
        )


def sieve(given: Mapping[str, str] | None = None) -> Sieve:
    """The choice in the address, or in a form; without a period, this quarter."""
    said = request.args if given is None else given
    first, last = quarter(local(g.now).date())
    texts = {
        each.name: str(said.get(each.name, ""))[:LONGEST]
        for each in fields(Sieve)
        if each.name not in {"since", "until"}
    }
    since, until = _day(said.get("since", ""), first), _day(said.get("until", ""), last)
    return Sieve(min(since, until), max(since, until), **texts)


def quarter(day: date, back: int = 0) -> tuple[date, date]:
    """The first and last day of the quarter of a day, or of one so many before it."""
    count = day.year * 4 + (day.month - 1) // 3 - back
    following = count + 1
    first = date(count // 4, count % 4 * 3 + 1, 1)
    return first, date(following // 4, following % 4 * 3 + 1, 1) - timedelta(days=1)


def periods() -> list[tuple[str, date, date]]:
    """Those that are one click away."""
    today = local(g.now).date()
    return [
        (gettext("This month"), today.replace(day=1), today),
        (gettext("This quarter"), *quarter(today)),
        (gettext("Last quarter"), *quarter(today, 1)),
        (gettext("This year"), date(today.year, 1, 1), date(today.year, 12, 31)),
    ]


def quarter_name(first: date) -> str:
    """`Triwulan III 2026`."""
    roman = ("I", "II", "III", "IV")[(first.month - 1) // 3]
    return gettext("Quarter %(quarter)s %(year)s", quarter=roman, year=first.year)


def _day(text: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return found if 2000 <= found.year <= 2100 else otherwise  # noqa: PLR2004 - what a calendar of offices knows

"""Count the persons of a period by sex and age: the one reading of their fields that no officer does and that names nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.figures import ZONE, Period
from engine.errors import NotYours
from engine.rights import HOUSE
from engine.storage import UnitOfWork
from engine.storage.figures import subjects_prevented

UNKNOWN = ""
AGES = ((18, "0-17"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (130, "45+"))
"""Below which age a group ends."""
READ = frozenset({"jenis_kelamin", "tanggal_lahir"})


@dataclass(frozen=True, slots=True)
class PersonsCounted:
    """How many cases of a period are of persons of which sex and age; an empty key where that is not known."""

    sexes: Mapping[str, int]
    ages: Mapping[str, int]


def count_persons(work: UnitOfWork, period: str) -> PersonsCounted:
    """Read sex and date of birth of whoever a prevention case of the period is about, and give back sums alone.

    That they were read, and how many, stands in the access record and in the house's own audit. Refused to officers.
    """
    if work.officer is not None:
        raise NotYours(who=work.officer.name, act="count persons", post=HOUSE)
    span = Period.of(period)
    sexes: Counter[str] = Counter()
    ages: Counter[str] = Counter()
    found = subjects_prevented(work.connection, span.since, span.until)
    known = work.subjects.read_own_many([number for number, _ in found if number is not None], READ)
    for number, at in found:
        fields = known.get(number or 0, {})
        sexes[fields.get("jenis_kelamin", UNKNOWN)] += 1
        ages[_age_group(fields.get("tanggal_lahir", ""), at)] += 1
    if found:
        told: dict[str, Any] = {"period": span.text, "cases": len(found), "fields": sorted(READ)}
        work.trail.note("persons.counted", work.at, work.login, **told)
        work.record("persons.counted", None, **told)
    return PersonsCounted(dict(sexes), dict(ages))


def _age_group(born: str, at: datetime) -> str:
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return UNKNOWN
    then = at.astimezone(ZoneInfo(ZONE)).date()
    years = then.year - day.year - ((then.month, then.day) < (day.month, day.day))
    return next((name for end, name in AGES if 0 <= years < end), UNKNOWN)

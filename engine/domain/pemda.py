"""A local government (*pemda*): whom it may know of, by its working area. Its people are no officers and hold no post.

A working area is a Kemendagri code: `35` a province, `35.07` a regency or city, `35.07.11` a district, `35.07.11.2003` a village.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

HOME: Final = ZoneInfo("Asia/Jakarta")
"""By whose calendar an agreement begins and ends."""
_CODE = re.compile(r"[1-9][0-9](\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")
VILLAGE_CODE: Final = r"[1-9][0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}"
_REGENCY: Final = len("35.07")
CHILD, ELDER = 18, 60
"""UU 23/2002 Pasal 1: a child is below 18; UU 13/1998 Pasal 1: an elder is 60 or more."""
REMEMBERED: Final = timedelta(days=365)
"""How long after its end a case is told: Permen P2MI 33/2025 Pasal 16 ends empowerment one year after return."""


@dataclass(frozen=True, slots=True)
class Pemda:
    """One local government, with the ground on which it is told anything at all."""

    area: str
    name: str
    legal_basis: str
    agreement: str
    """The number of the agreement with it."""
    valid_from: date
    valid_until: date | None = None
    """The last day; None: until it is ended."""
    number: int = 0
    ended_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether the agreement is in force at this instant."""
        today = at.astimezone(HOME).date()
        begun, over = self.valid_from <= today, self.valid_until is not None and today > self.valid_until
        return self.ended_at is None and begun and not over

    @property
    def tells_protected(self) -> bool:
        """Whether it is told that protected citizens exist: in a district or village that alone would say who it is."""
        return len(self.area) <= _REGENCY


class AgeGroup(StrEnum):
    """How old somebody is, as far as whoever looks after them has to know."""

    CHILD = "child"
    ADULT = "adult"
    ELDER = "elder"
    UNKNOWN = "unknown"


class HandoverStep(StrEnum):
    """How far the hand-over to family and local government has come (C3-M07)."""

    NOT_YET = "not-yet"
    PREPARED = "prepared"
    """The protocol has a number."""
    PLANNED = "planned"
    POSTPONED = "postponed"
    DONE = "done"


class ReportKind(StrEnum):
    """What a local government reports of a citizen."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    ARRIVED = "arrived"


def is_area(text: str) -> bool:
    """Whether a text is written like a code of the Ministry of Home Affairs."""
    return _CODE.fullmatch(text) is not None


def lies_in(region: str, area: str) -> bool:
    """Whether a region is an area or a part of it: `35.07.11` lies in `35.07`, `35.071` does not."""
    return bool(area) and (region == area or region.startswith(f"{area}."))


def lies_outside(village: str, region: str) -> bool:
    """Whether a village is known not to be one of this region: the one rule for wherever a village is written down."""
    return bool(region) and not (lies_in(village, region) and village != region)


def age_group(born: str, at: datetime) -> AgeGroup:
    """Read the group out of a day of birth; a text that is none, or of tomorrow, tells nothing."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return AgeGroup.UNKNOWN
    today = at.astimezone(HOME).date()
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    if years < 0:
        return AgeGroup.UNKNOWN
    if years < CHILD:
        return AgeGroup.CHILD
    return AgeGroup.ELDER if years >= ELDER else AgeGroup.ADULT


def month_of(at: datetime) -> str:
    """The month in which an instant lies, at home: `2026-10`."""
    return f"{at.astimezone(HOME):%Y-%m}"


def month_begins(month: str) -> datetime:
    """The first instant of a month. Raises ValueError for a text that names none."""
    first = date.fromisoformat(f"{month}-01")
    return datetime(first.year, first.month, 1, tzinfo=HOME)


def month_ends(month: str) -> datetime:
    """The first instant after a month. Raises ValueError for a text that names none."""
    year, number = date.fromisoformat(f"{month}-01").year, int(month[5:])
    return datetime(year + number // 12, number % 12 + 1, 1, tzinfo=HOME)

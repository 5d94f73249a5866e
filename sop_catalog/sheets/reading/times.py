"""Reads a time in Indonesian words. What the words leave open (a day of work or of the calendar?) is told apart, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from engine.domain.release import Allowance, Clock

_TIME: Final = re.compile(
    r"(?:maks(?:imal)?\.?|paling lama|paling lambat|±|\+/-)?\s*(?P<amount>\d{1,4}(?:[.,]\d{1,2})?|setengah|1/2|½)\s*"
    r"(?:\((?:[a-z ]+)\)\s*)?(?:x\s*(?P<times>24)\s*)?(?P<unit>menit|mnt|jam|hari|minggu|bulan)\s*"
    r"(?P<kind>kerja|kalender|berturut-turut|takwim)?\.?"
)
_HALF: Final = {"setengah": 0.5, "1/2": 0.5, "½": 0.5}
_PER_HOUR, _HOURS, _WEEK, _WORKING_WEEK = 60, 24, 7, 5


@dataclass(frozen=True, slots=True)
class Time:
    """A time as written: its number and unit, and which word it leaves open."""

    amount: float
    unit: str
    kind: str = ""

    @property
    def open(self) -> str:
        """`jam` or `hari` where it is not said whether working time is meant; else empty."""
        if self.kind or self.unit in {"bulan", "running"}:
            return ""
        return "jam" if self.unit in {"menit", "jam"} else "hari"

    def allowance(self, basis: str, meant: str = "") -> Allowance | None:
        """Return the typed time; `meant` is `kerja` or `kalender` where the words leave it open, None while they do."""
        kind = self.kind or meant
        if self.open and not kind:
            return None
        if self.unit == "running":
            return Allowance(self.amount, Clock.RUNNING_HOURS, basis)
        if self.unit == "bulan":
            return Allowance(self.amount, Clock.MONTHS, basis)
        working = kind == "kerja"
        if self.unit in {"menit", "jam"}:
            hours = self.amount / _PER_HOUR if self.unit == "menit" else self.amount
            return Allowance(round(hours, 4), Clock.WORKING_HOURS if working else Clock.RUNNING_HOURS, basis)
        days = self.amount * ((_WORKING_WEEK if working else _WEEK) if self.unit == "minggu" else 1)
        if kind == "berturut-turut":
            return Allowance(days, Clock.CONSECUTIVE_DAYS, basis)
        return Allowance(days, Clock.WORKING_DAYS if working else Clock.CALENDAR_DAYS, basis)


def read_time(text: str) -> Time | None:
    """Return a time such as `30 menit`, `3 hari kerja` or `3 x 24 jam`, None where it is not one time alone."""
    found = _TIME.fullmatch(" ".join(text.lower().split()))
    if found is None:
        return None
    amount = _HALF.get(found["amount"]) or float(found["amount"].replace(",", "."))
    if not amount:
        return None
    if found["times"]:
        return Time(amount * _HOURS, "running") if found["unit"] == "jam" else None
    kind = "kalender" if found["kind"] == "takwim" else found["kind"] or ""
    return Time(amount, "menit" if found["unit"] == "mnt" else found["unit"], kind)

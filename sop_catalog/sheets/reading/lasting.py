"""Tells how long a line may take, and asks where the sheet does not say it clearly."""

from __future__ import annotations

import re

from engine.domain.release import Allowance
from sop_catalog.sheets.reading.asking import Questions
from sop_catalog.sheets.reading.times import read_time

_BARE = re.compile(r"[±]?\s*\d{1,4}(?:[.,]\d{1,2})?")
_UNIT = re.compile(r"\b(menit|jam kerja|jam|hari kerja|hari kalender|hari|minggu|bulan)\b")


def unit_of(heading: str) -> str:
    """Return the unit that a heading such as `Waktu (menit)` gives to bare numbers below it; empty where it gives none."""
    found = _UNIT.search(heading.lower())
    return found[0] if found else ""


def lasting(row: int, activity: str, written: str, ask: Questions, unit: str = "") -> Allowance | None:
    """Return the time of a line, None while it is open. `unit` is that of the heading."""
    key = f"time-{row}"
    found = "" if written in {"-", "–", "—"} else written
    whole = f"{found} {unit}" if unit and _BARE.fullmatch(found) else found
    said = whole
    time = read_time(said) if said else None
    if time is None:
        what = (
            "How long may “{activity}” take? The sheet says “{found}”."
            if found
            else "How long may “{activity}” take? The sheet does not say."
        )
        said = ask.text(key, row, "time", what, **{"activity": activity, **({"found": found} if found else {})})
        time = read_time(said) if said else None
        if said and time is None:
            ask.again(key)
    if time is None:
        return None
    return time.allowance(said, _meant(time.open, ask) if time.open else "")


def _meant(unit: str, ask: Questions) -> str:
    if unit == "jam":
        choices = (
            ("kerja", "Working time: the clock stands still outside office hours"),
            ("kalender", "Running time: nights and holidays count"),
        )
        return ask.choice("clock-jam", 0, "time", "What do minutes and hours mean on this sheet?", choices)
    days = (("kerja", "Working days"), ("kalender", "Calendar days: holidays count"))
    return ask.choice("clock-hari", 0, "time", "What do days and weeks mean on this sheet?", days)

"""The Indonesian words of the printed sheet: times, laws and the remarks for what has no symbol of the five.

The sheet is a document of an Indonesian office and is never translated, unlike the pages that offer it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from engine.domain.release import Allowance, Clock, LegalBasis

AGENCY: Final = "Kementerian Pelindungan Pekerja Migran Indonesia/Badan Pelindungan Pekerja Migran Indonesia"

_CLOCKS: Final = {
    Clock.RUNNING_HOURS: "jam",
    Clock.WORKING_HOURS: "jam kerja",
    Clock.WORKING_DAYS: "hari kerja",
    Clock.CALENDAR_DAYS: "hari kalender",
    Clock.CONSECUTIVE_DAYS: "hari berturut-turut",
    Clock.MONTHS: "bulan",
}
_MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"),
    *("Agustus", "September", "Oktober", "November", "Desember"),
)
_MESSAGES: Final = {"dispositions_closed": "semua disposisi selesai"}
"""The messages that the engine itself sends, in words."""
_ISO: Final = re.compile(
    r"P(?:(?P<tahun>\d+)Y)?(?:(?P<bulan>\d+)M)?(?:(?P<minggu>\d+)W)?(?:(?P<hari>\d+)D)?"
    r"(?:T(?:(?P<jam>\d+)H)?(?:(?P<menit>\d+)M)?(?:(?P<detik>\d+)S)?)?"
)
_CYCLE: Final = re.compile(r"R(?P<times>\d*)/(?P<every>P\S+)")
_WORKING: Final = re.compile(r"working (?P<unit>days|hours)\(\s*(?P<amount>\d+)\s*\)")
_QUOTED: Final = re.compile(r'\s*=?\s*(?:duration\(\s*)?"(?P<text>[^"]+)"\s*\)?\s*')


def allowance_text(allowance: Allowance | None) -> str:
    """`4 jam kerja`, and `10 menit kerja` below an hour or where hours are no round number; empty where none is set."""
    if allowance is None:
        return ""
    clock = _CLOCKS[allowance.clock]
    if allowance.in_minutes:
        return f"{allowance.in_minutes} {clock.replace('jam', 'menit')}"
    return f"{amount_text(allowance.amount)} {clock}"


def amount_text(amount: float) -> str:
    """`1,5`: a number as an Indonesian writes it."""
    return f"{amount:g}".replace(".", ",")


def legal_text(basis: LegalBasis) -> str:
    """`UU 27/2022 Pasal 32`."""
    return f"{basis.instrument} {basis.article}".strip()


def date_text(day: date | None) -> str:
    """`22 November 2026`; empty where it is not known."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def timer_text(text: str) -> str:
    """`3 hari`, `2 hari kerja`: the time of a timer in words; empty where only a machine can read it."""
    plain = text.strip().removeprefix("=").strip()
    quoted = _QUOTED.fullmatch(plain)
    plain = quoted["text"] if quoted else plain
    working = _WORKING.fullmatch(plain)
    if working:
        return f"{working['amount']} {'hari' if working['unit'] == 'days' else 'jam'} kerja"
    cycle = _CYCLE.fullmatch(plain)
    if cycle:
        return f"setiap {timer_text(cycle['every'])}" if timer_text(cycle["every"]) else ""
    found = _ISO.fullmatch(plain)
    return " ".join(f"{amount} {unit}" for unit, amount in found.groupdict().items() if amount) if found else ""


def message_text(name: str) -> str:
    """The name of a message as people say it."""
    return _MESSAGES.get(name, name.replace("_", " "))


def numbered(texts: Sequence[str]) -> list[str]:
    """`1. Berkas`, `2. Surat`: the lines of a list; one alone has no number."""
    return list(texts) if len(texts) == 1 else [f"{at}. {each}" for at, each in enumerate(texts, 1)]


def listed(words: Sequence[str], last: str = "dan") -> str:
    """`4, 6 dan 7`."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""

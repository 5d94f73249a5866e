"""The worked examples: `worked_examples.toml` as cases, and as the page docs/worked-examples.md.

Write the page anew after a change: `.venv/bin/python -m tests.engine.domain.worked_examples`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Flask

from engine.domain.calendar import RAMADAN_WEEK, Calendar, CalendarDay, DayKind, week
from engine.domain.calendar_book import NATIONAL_WEEK, PERPRES, CalendarBook, WeekRule
from engine.domain.deadline import Extension, Move, Pause, Reason, Reckoning, explain, reckon
from engine.domain.release import Allowance, Clock
from web.language import ZONES, start
from web.remaining import reasons

SOURCE = Path(__file__).with_suffix(".toml")
ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "worked-examples.md"
CLOCKS = {
    Clock.RUNNING_HOURS: "jam",
    Clock.WORKING_HOURS: "jam kerja",
    Clock.WORKING_DAYS: "hari kerja",
    Clock.CALENDAR_DAYS: "hari kalender",
    Clock.CONSECUTIVE_DAYS: "hari berturut-turut",
    Clock.MONTHS: "bulan",
}
WHYS = {
    "applicant": "menunggu pemohon",
    "other-agency": "menunggu instansi lain",
    "force-majeure": "keadaan kahar",
    "suspended": "kasus ditangguhkan",
}


@dataclass(frozen=True)
class Example:
    """One worked example, with the answer that was found by hand."""

    number: int
    group: str
    title: str
    place: str
    wording: str
    source: str
    reckoned: str
    start: datetime
    allowance: Allowance
    due: datetime | None
    left_hours: float | None
    given: Mapping[str, Any]
    """Pauses, extensions and moves, as `reckon` takes them."""

    @property
    def calendar(self) -> Calendar:
        """The calendar of its office or service."""
        return _calendar(self.place)

    def found(self) -> Reckoning:
        """What the program says."""
        return reckon(self.start, self.allowance, self.calendar, **self.given)

    def why(self) -> tuple[Reason, ...]:
        """How the program explains it."""
        return explain(self.start, self.allowance, self.calendar, **self.given)


@cache
def read() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads(SOURCE.read_text())


@cache
def book() -> CalendarBook:
    """The calendar that the examples were counted with."""
    said = read()["calendar"]
    decreed = {int(year): str(decree) for year, decree in said["decreed"].items()}
    kinds = ((DayKind.PUBLIC, "public"), (DayKind.JOINT_LEAVE, "joint_leave"))
    days = [CalendarDay(day, kind, title, decreed.get(day.year, "")) for kind, key in kinds for day, title in said[key]]
    weeks = [NATIONAL_WEEK]
    weeks += [WeekRule("Ramadan", RAMADAN_WEEK, first=one, last=last, basis=PERPRES) for one, last in said["ramadan"]]
    for place in read()["place"].values():
        office, service = place.get("office", ""), place.get("service", "")
        days += [CalendarDay(day, DayKind.LOCAL, title, office=office) for day, title in place.get("off", ())]
        if "week" in place:
            closes = False if place.get("open_on_holidays") else None
            weeks.append(WeekRule(place["week_name"], week(*place["week"]), office, service, closes_on_holidays=closes))
    return CalendarBook(1, tuple(days), tuple(weeks), decreed)


@cache
def _calendar(place: str) -> Calendar:
    said = read()["place"][place]
    return book().calendar(said["zone"], said.get("office", ""), said.get("service", ""))


def examples() -> tuple[Example, ...]:
    """All of them, in the order of the file."""
    return tuple(_example(number, said) for number, said in enumerate(read()["example"], start=1))


def _example(number: int, said: Mapping[str, Any]) -> Example:
    def here(moment: datetime) -> datetime:
        return moment.replace(tzinfo=_calendar(said["place"]).tz)

    moves = [
        Move(here(each["at"]), _calendar(each["place"]), read()["place"][each["place"]]["name"])
        for each in said.get("moves", ())
    ]
    there = moves[-1].calendar.tz if moves else _calendar(said["place"]).tz
    return Example(
        number=number,
        group=said["group"],
        title=said["title"],
        place=said["place"],
        wording=said["wording"],
        source=said["source"],
        reckoned=said["reckoned"],
        start=here(said["start"]),
        allowance=Allowance(said["amount"], Clock(said["clock"])),
        due=said["due"].replace(tzinfo=there) if "due" in said else None,
        left_hours=said.get("left_hours"),
        given={
            "pauses": [
                Pause(here(each["begins"]), here(each["ends"]) if "ends" in each else None, each["why"])
                for each in said.get("pauses", ())
            ],
            "extensions": [
                Extension(Allowance(each["amount"], Clock(each["clock"])), each["basis"])
                for each in said.get("extensions", ())
            ],
            "moves": moves,
        },
    )


def page() -> str:
    """The page, as it should stand in docs."""
    return "\n".join(_lines()) + "\n"


_OPENING = """# Contoh hitungan batas waktu

Dibuat dari `tests/engine/domain/worked_examples.toml`; jangan disunting di sini. Cara menghitungnya diputuskan dalam
[Counting time](decisions/0005-counting-time.md).

Setiap jawaban dihitung dengan tangan lebih dahulu (*Dihitung*), lalu program harus menemukan jawaban yang sama. *Menurut program*
adalah penjelasan yang dibaca petugas pada “mengapa tanggal ini?”. Bunyi ketentuan ditulis menurut isinya; yang bersumber “usulan
(sintetis)” bukan aturan, dan yang “sudah diganti” angkanya adalah data yang harus dipastikan. Hari libur dan cuti bersama menurut
keputusan bersama tiga menteri; jam kerja menurut Perpres 21/2023: Senin–Kamis 07.30–16.00 (istirahat 12.00–13.00), Jumat 07.30–16.30
(istirahat 11.30–13.00); dalam bulan Ramadan Senin–Kamis 08.00–15.00 (istirahat 12.00–12.30), Jumat 08.00–15.30 (istirahat 11.30–12.30).
Letak istirahat tidak diatur dan merupakan anggapan kami."""


def _lines() -> Iterator[str]:
    yield _OPENING
    known = examples()
    for group in read()["group"]:
        yield f"\n## {group['title']}"
        for each in known:
            if each.group == group["code"]:
                yield from _example_lines(each)


def _example_lines(each: Example) -> Iterator[str]:
    yield f"\n### {each.number}. {each.title}\n"
    yield f"- Kantor: {read()['place'][each.place]['name']}"
    yield f"- Mulai: {moment(each.start)}"
    yield f"- Bunyi ketentuan: {each.wording} → **{each.allowance.amount:g} {CLOCKS[each.allowance.clock]}**"
    yield f"- Sumber: {each.source}"
    for pause in each.given["pauses"]:
        ends = f"sampai {moment(pause.ends)}" if pause.ends else "dan belum berakhir"
        yield f"- Dijeda: {moment(pause.begins)} {ends}, {WHYS[pause.why]}"
    for extension in each.given["extensions"]:
        allowance = extension.allowance
        yield f"- Diperpanjang: {allowance.amount:g} {CLOCKS[allowance.clock]}, {extension.basis}"
    for move in each.given["moves"]:
        yield f"- Pindah: {moment(move.at)}, ke {move.name} ({ZONES[move.calendar.zone]})"
    yield f"- **Batas waktu: {moment(each.due) if each.due else f'belum ada; sisa {each.left_hours} jam'}**"
    yield f"- Dihitung: {each.reckoned}"
    yield "\n<details><summary>Menurut program</summary>\n"
    for line in told(each):
        yield f"- {line}"
    yield "\n</details>"


def told(each: Example) -> list[str]:
    """How the program explains an example, as a page says it."""
    with _speaking().test_request_context():
        return reasons(each.why())


@cache
def _speaking() -> Flask:
    app = Flask("worked_examples")
    start(app, "id")
    return app


def moment(value: datetime) -> str:
    """`Senin, 4 Mei 2026 pukul 16.00 WIB`."""
    zone = value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else ""
    return f"{format_datetime(value, 'EEEE, d MMMM y', locale='id')} pukul {value:%H.%M} {ZONES[zone]}"


def main(tell: Callable[[str], object] = print) -> None:
    """Write the page."""
    PAGE.write_text(page())
    tell(f"{PAGE.relative_to(ROOT)}: {len(examples())} examples")


if __name__ == "__main__":
    main()

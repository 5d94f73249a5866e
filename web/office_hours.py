"""Where an office is found, and when: what a person with a slip is told, and all there is to tell without a telephone."""

from __future__ import annotations

from itertools import groupby

from babel.dates import get_day_names
from flask_babel import get_locale

from engine.domain.calendar import DAY, Hours
from engine.domain.organisation import Office
from engine.queries.reader import Reader
from sop_catalog import registers
from web.language import ZONES, gettext


def place_of(office: Office) -> str:
    """Its street where the register has it, else its city. A number or a street that nobody has given is not made up."""
    known = registers.office(office.code)
    return (known.address if known else "") or office.city


def opening_hours(reader: Reader, code: str) -> str:
    """`Senin–Kamis 07.30–12.00 dan 13.00–16.00; Jumat …, WIB`: the week of an office as it holds now, Ramadan's too."""
    calendar = reader.organisation.calendar(code)
    today = calendar.local(reader.at).date()
    week = calendar.on(today).week_of(today)
    zone = ZONES.get(calendar.zone) or calendar.local(reader.at).strftime("%Z")
    if all(spans == (Hours(0, DAY),) for spans in week):
        return gettext("day and night, every day")
    names = get_day_names("wide", locale=get_locale() or "id")
    told = [
        f"{_days([names[day] for day, _ in same])} {_spans(spans)}"
        for spans, days in groupby(enumerate(week), key=lambda each: each[1])
        if (same := list(days)) and spans
    ]
    return f"{'; '.join(told)} {zone}"


def _days(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"


def _spans(spans: tuple[Hours, ...]) -> str:
    said = [f"{_clock(each.opens)}–{_clock(each.closes)}" for each in spans]
    return gettext(" and ").join(said)


def _clock(minute: int) -> str:
    hours, minutes = divmod(minute, 60)
    return f"{hours:02d}{'.' if str(get_locale()) == 'id' else ':'}{minutes:02d}"

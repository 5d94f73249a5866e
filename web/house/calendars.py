"""The pages of the calendar: a year, the working weeks, what a change would move, and the editions that there were."""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from engine import NotValid, Refusal, change_calendar
from engine.domain.calendar import RAMADAN_WEEK, ROUND_THE_CLOCK, Calendar, DayKind, hours_written
from engine.domain.calendar_book import CalendarBook, WeekRule
from engine.queries.calendars import CalendarNow, calendar_now, edition, editions, preview_calendar
from engine.queries.people import offices
from web.house import words
from web.house.drafting import DAYS, Draft, Edit, read_draft
from web.identity import ask, perform, read, spoken_titles
from web.language import gettext, local, say

FIRST_YEAR, LAST_YEAR = 2000, 2100
ANYWHERE = "Asia/Jakarta"
"""Which days are off is the same in every zone."""
SERVICE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SIX_DAYS = (*["07:30-14:00"] * 4, "07:30-11:30", "07:30-13:00", "")
"""37 h 30 m on six days, as a beginning for who types it."""


def register(blueprint: Blueprint) -> None:
    """Every address of the calendar, on one page."""
    add = blueprint.add_url_rule
    add("/house/calendars", "calendars", year)
    add("/house/calendars/weeks", "calendar_weeks", weeks)
    add("/house/calendars/preview", "calendar_preview", preview, methods=["GET", "POST"])
    add("/house/calendars/editions", "editions", history)
    add("/house/calendars/editions/<int:number>", "edition", show_edition)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a year view."""

    day: date
    kind: str
    """`work`, `free` (a weekday on which nobody works), or a kind of day off."""
    title: str
    """What it is, in words."""
    season: str
    """Another week than the usual holds: its name."""
    estimated: bool = False


def year() -> ResponseReturnValue:
    """A year with every day off and why, for everybody or one office or service; with `?act=`, one more change of a draft."""
    now, draft = _now_and_draft()
    if "act" in request.args:
        return _added(draft, now, _year)
    return _year(draft, now)


def _year(draft: Draft, now: CalendarNow, refusal: Refusal | None = None) -> Response:
    wanted, office, service = _year_asked(), request.args.get("office", "")[:40], request.args.get("service", "")[:60]
    book = draft.applied(now.book)
    if office and office not in {each.code for each in read(offices)}:
        office = ""
    counted = book.calendar(ANYWHERE, office, service)
    here = [each for each in book.days if each.day.year == wanted]
    page = render_template(
        "house/calendars.html",
        year=wanted,
        years=(wanted - 1, wanted + 1),
        today=local(g.now).date(),
        asked={"office": office, "service": service},
        months=[(date(wanted, month, 1), list(_weeks_of(counted, wanted, month))) for month in range(1, 13)],
        weekdays=[format_date(date(2024, 1, day), "EEEEEE") for day in range(1, 8)],
        days=[each for each in here if each.office in {"", office} and each.service in {"", service}],
        others=sum(each.office not in {"", office} or each.service not in {"", service} for each in here),
        ramadan=[each for each in book.weeks if _in_year(each, wanted)],
        decree=book.decreed.get(wanted, ""),
        marks=words.MARKS,
        said=_said_of_day(book),
        **_shared(draft, now, refusal),
    )
    return make_response(page, refusal.status if refusal else 200)


def weeks() -> ResponseReturnValue:
    """Every working week and for whom and when it holds; with `?act=`, one more change of a draft."""
    now, draft = _now_and_draft()
    if "act" in request.args:
        return _added(draft, now, _weeks)
    return _weeks(draft, now)


def _weeks(draft: Draft, now: CalendarNow, refusal: Refusal | None = None) -> Response:
    book = draft.applied(now.book)
    page = render_template(
        "house/calendar_weeks.html",
        rules=[(each, _rows_of(each)) for each in book.weeks],
        weekdays=[format_date(date(2024, 1, day), "EEEE") for day in range(1, 8)],
        names=DAYS,
        said=_said_of_week(book),
        **_shared(draft, now, refusal),
    )
    return make_response(page, refusal.status if refusal else 200)


def preview() -> ResponseReturnValue:
    """What the draft would move; sent with its decree and a note, it comes into force."""
    now, draft = _now_and_draft()
    refusal: Refusal | None = None
    if "without" in request.args and request.args["without"].isdecimal():
        less = draft.without(int(request.args["without"][:4]))
        return redirect(url_for("house.calendar_preview", draft=less.written or None))
    if request.method == "POST":
        said = {name: request.form.get(name, "").strip() for name in ("decree", "note")}
        try:
            made = perform(change_calendar, draft.applied(now.book), seen=draft.seen, **said)
        except Refusal as wrong:
            refusal = wrong
        else:
            flash(gettext("Edition %(number)s is in force. What is due is being moved.", number=made.number), "good")
            return redirect(url_for("house.edition", number=made.number))
    found = ask(preview_calendar, draft.applied(now.book), after=request.args.get("after"))
    page = render_template(
        "house/calendar_preview.html",
        found=found,
        moved_on=bool(draft.edits) and draft.seen != now.number,
        decree_needed=any(each.national for each in found.changes),
        more=url_for("house.calendar_preview", draft=draft.written, after=found.following) if found.following else "",
        kinds=words.CLOCKS,
        typed={name: request.form.get(name, "") for name in ("decree", "note")},
        **_shared(draft, now, refusal),
    )
    return make_response(page, refusal.status if refusal else 200)


def history() -> ResponseReturnValue:
    """Every edition, the newest first."""
    now, draft = _now_and_draft()
    return render_template("house/calendar_editions.html", rows=ask(editions), **_shared(draft, now))


def show_edition(number: int) -> ResponseReturnValue:
    """One edition: on what it rests, and everything that it changed."""
    now, draft = _now_and_draft()
    line, book = ask(edition, number)
    return render_template("house/calendar_edition.html", line=line, book=book, **_shared(draft, now))


def _shared(draft: Draft, now: CalendarNow, refusal: Refusal | None = None) -> dict[str, Any]:
    """What every page of the calendar says."""
    return {
        "draft": draft,
        "written": draft.written or None,
        "now": now,
        "refusal": say(refusal) if refusal else "",
        "offices": read(offices),
        "titles": spoken_titles(),
        "day_kinds": words.DAY_KINDS,
        "edits": words.edits,
    }


def _now_and_draft() -> tuple[CalendarNow, Draft]:
    now = ask(calendar_now)
    return now, read_draft(request.values.get("draft", ""), now.number)


def _added(draft: Draft, now: CalendarNow, again: Any) -> ResponseReturnValue:
    """Lead on to what the draft with one more edit would move; where it cannot be, the form again with what was typed."""
    try:
        more = draft.with_edit(_edit())
        more.applied(now.book)
        return redirect(url_for("house.calendar_preview", draft=more.written))
    except Refusal as refusal:
        answer: ResponseReturnValue = again(draft, now, refusal)
        return answer


def _edit() -> Edit:
    """One change as it was typed. Raises NotValid."""
    act = request.args.get("act", "")
    place = {"office": _text("office_of", 40), "service": _service()}
    if act == "decree":
        return {"act": act, "year": _number("of_year"), "number": _text("number", 200)}
    if act in {"day", "no-day"}:
        return _edit_of_day(act, place)
    if act in {"week", "no-week"}:
        return _edit_of_week(act, place)
    raise NotValid(what="the act", wanted="day, no-day, week, no-week, decree", found=f"“{act[:20]}”")


def _edit_of_day(act: str, place: Mapping[str, str]) -> Edit:
    day = _date("day", needed=True)
    if act == "no-day":
        return {"act": act, "day": day, **place}
    kind = request.args.get("kind", "")
    if kind not in set(DayKind):
        raise NotValid(what="the kind of day", wanted=", ".join(DayKind), found=f"“{kind[:20]}”")
    if not (title := _text("title", 120)):
        raise NotValid(what="the name", wanted="given", found="missing")
    said = {"act": act, "day": day, "kind": kind, "title": title, "basis": _text("basis", 200), **place}
    return said | ({"estimated": 1} if request.args.get("estimated") else {})


def _edit_of_week(act: str, place: Mapping[str, str]) -> Edit:
    span = {name: _date(name) for name in ("first", "last")}
    if act == "no-week":
        return {"act": act, **span, **place}
    if not (name := _text("name", 120)):
        raise NotValid(what="the name", wanted="given", found="missing")
    holidays = request.args.get("holidays", "")
    hours = [re.sub(r"[–—]", "-", _text(each, 60)).replace(".", ":").replace(",", " ") for each in DAYS]
    said = {"act": act, "name": name, "week": hours, "basis": _text("basis", 200), **span, **place}
    return said | ({"holidays": holidays} if holidays in {"open", "closed"} else {})


def _text(name: str, longest: int) -> str:
    return re.sub(r"\s+", " ", request.args.get(name, "")).strip()[:longest]


def _service() -> str:
    text = _text("service_of", 40)
    if text and not SERVICE.fullmatch(text):
        raise NotValid(what="the service", wanted="small letters, digits and hyphens", found=f"“{text[:20]}”")
    return text


def _number(name: str) -> int:
    text = _text(name, 4)
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise NotValid(what="the year", wanted=f"{FIRST_YEAR} to {LAST_YEAR}", found=f"“{text}”")
    return int(text)


def _date(name: str, *, needed: bool = False) -> str:
    text = _text(name, 10)
    if not text and not needed:
        return ""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise NotValid(what="the day", wanted="a date", found=f"“{text}”") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotValid(what="the year", wanted=f"{FIRST_YEAR} to {LAST_YEAR}", found=found.year)
    return text


def _year_asked() -> int:
    text = request.args.get("year") or request.args.get("day", "")[:4]
    known = text.isdecimal() and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR
    return int(text[:4]) if known else local(g.now).year


def _weeks_of(counted: Calendar, wanted: int, month: int) -> Iterator[list[Cell | None]]:
    """The weeks of a month from Monday, with nothing where a day belongs to another month."""
    for week in months.Calendar().monthdatescalendar(wanted, month):
        yield [_cell(counted, each) if each.month == month else None for each in week]


def _cell(counted: Calendar, day: date) -> Cell:
    season = counted.season_of(day)
    name = season.name if season and (season.first or season.last) else ""
    why = counted.why_closed(day)
    if why:
        known = counted.days[day]
        return Cell(day, known.kind.value, why, name, known.estimated)
    return Cell(day, "work" if counted.is_working_day(day) else "free", "", name)


def _in_year(rule: WeekRule, wanted: int) -> bool:
    """Whether a bounded week holds on some day of the year."""
    return bool(rule.first and rule.last and rule.first.year <= wanted <= rule.last.year)


def _rows_of(rule: WeekRule) -> list[str]:
    return [hours_written(day) for day in rule.week]


def _said_of_day(book: CalendarBook) -> dict[str, str]:
    """What the form of a day begins with: what was typed, or what stands for that day."""
    names = ("day", "title", "kind", "basis", "office_of", "service_of", "estimated")
    said = {name: request.args.get(name, "")[:200] for name in names}
    if "act" in request.args or not said["day"]:
        return said
    place = (said["day"], said["office_of"], said["service_of"])
    for each in book.days:
        if (each.day.isoformat(), each.office, each.service) == place:
            known = {"title": each.title, "kind": each.kind.value, "basis": each.basis, "there": "1"}
            return said | known | {"estimated": "1" if each.estimated else ""}
    return said


def _said_of_week(book: CalendarBook) -> dict[str, str]:
    """What the form of a week begins with: what was typed, one that stands, or a pattern."""
    names = ("name", "first", "last", "holidays", "basis", "office_of", "service_of", *DAYS)
    said = {name: request.args.get(name, "")[:200] for name in names}
    if "act" in request.args:
        return said
    place = tuple(said[name] for name in ("office_of", "service_of", "first", "last"))
    like = request.args.get("like", "")
    if like == "this":
        for each in book.weeks:
            span = (each.first.isoformat() if each.first else "", each.last.isoformat() if each.last else "")
            if (each.office, each.service, *span) == place:
                closes = {None: "", True: "closed", False: "open"}[each.closes_on_holidays]
                known = {"name": each.name, "basis": each.basis, "holidays": closes, "there": "1"}
                return said | known | dict(zip(DAYS, _rows_of(each), strict=True))
    patterns: dict[str, tuple[str, tuple[str, ...], str]] = {
        "ramadan": ("Ramadan", tuple(hours_written(day) for day in RAMADAN_WEEK), ""),
        "six": (gettext("Six working days"), SIX_DAYS, ""),
        "shifts": (gettext("In shifts, day and night"), tuple(hours_written(day) for day in ROUND_THE_CLOCK), "open"),
    }
    name, hours, holidays = patterns.get(like, ("", ("",) * 7, ""))
    return (
        said
        | {"name": name, "holidays": holidays, "basis": "Perpres 21/2023" if name else ""}
        | dict(zip(DAYS, hours, strict=True))
    )

"""What language and whose clock a page speaks. It decides nothing: it only says."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, g, has_request_context
from flask_babel import Babel, format_date, format_datetime, get_locale
from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext
from markupsafe import Markup

from engine.domain.finding import Phrase, Phrases
from engine.errors import Refusal
from sop_catalog import registers

TRANSLATIONS = Path(__file__).parent / "translations"
HOME = "Asia/Jakarta"
ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}
"""The names that people here give to their zones."""


def start(app: Flask, language: str) -> None:
    """Make every page speak the officer's language, and before sign-in `language`."""
    compile_translations()
    Babel(
        app,
        default_locale=language,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: getattr(g, "language", None) or language,
        timezone_selector=zone_name,
    )
    app.jinja_env.filters.update(moment=moment, day=day, clock=clock, weekday=weekday, local=local)
    app.jinja_env.filters.update(month=month, moment_there=moment_there, hours_said=hours_said, period=period)
    app.extensions.setdefault("titles", dict)
    app.jinja_env.globals.update(get_locale=get_locale)
    app.jinja_env.filters.update(titled=lambda title, code: titled(code, title))


def compile_translations() -> None:
    """Write each language the way a program reads it, unless that has been done since one of its files was changed."""
    for folder in TRANSLATIONS.glob("*/LC_MESSAGES"):
        sources, target = sorted(folder.glob("*.po")), folder / "messages.mo"
        if target.exists() and target.stat().st_mtime >= max(each.stat().st_mtime for each in (folder, *sources)):
            continue
        with NamedTemporaryFile(dir=folder, suffix=".new", delete=False) as fresh:  # several programs may begin at once
            write_mo(fresh, read_translations(folder))
        Path(fresh.name).chmod(0o644)
        Path(fresh.name).replace(target)
        os.utime(target)  # later than the folder, which has just changed too


def read_translations(folder: Path) -> Catalog:
    """Put the files of one language together, one file a place: `messages.po` what all share, `people.po` what only people say."""
    whole = Catalog(locale=folder.parent.name)
    for source in sorted(folder.glob("*.po")):
        with source.open("rb") as read:
            part = read_po(read, locale=folder.parent.name)
        whole.mime_headers = part.mime_headers  # how many plurals there are: Indonesian has one
        for message in part:
            if message.id:
                whole[message.id] = message
    return whole


def zone_name() -> str:
    """The zone of whoever reads the page; of the head office where nobody is signed in."""
    return (getattr(g, "zone", "") if has_request_context() else "") or HOME


def gettext(text: str, **named: object) -> str:
    """The text in the reader's language."""
    return str(_gettext(text, **named))


def ngettext(one: str, many: str, number: int, **named: object) -> str:
    """The text for this number in the reader's language."""
    return str(_ngettext(one, many, number, **named))


def local(moment: datetime) -> datetime:
    """The same instant on the reader's clock."""
    return moment.astimezone(ZoneInfo(zone_name()))


def moment(value: datetime | None, *, near: bool = True) -> Markup | str:
    """`Jum 14.30 WITA` within six days, else `21 Nov 2026 14.30 WITA`: always with its zone."""
    if value is None:
        return ""
    return Markup('<time datetime="{}">{}</time>').format(
        value.astimezone(UTC).isoformat(), plain_moment(value, near=near)
    )


def plain_moment(value: datetime, *, near: bool = True) -> str:
    """Say an instant in words, for a sentence."""
    now = getattr(g, "now", None) if has_request_context() else None
    soon = near and now is not None and abs(value - now) < timedelta(days=6)
    spoken = format_datetime(value, f"{'EEE' if soon else 'd MMM y'} {_hours()}")
    return f"{spoken} {zone_sign(value)}"


def clock(value: datetime) -> Markup:
    """Only the time of day, where the day stands above it."""
    spoken = f"{format_datetime(value, _hours())} {zone_sign(value)}"
    return Markup('<time datetime="{}">{}</time>').format(value.astimezone(UTC).isoformat(), spoken)


def day(value: date) -> str:
    """`21 November 2026`; of an instant, the day on the reader's clock."""
    return str(format_date(value, "d MMMM y"))


def month(value: date) -> str:
    """`November`, as a heading over its days."""
    return str(format_date(value, "LLLL"))


def period(code: str) -> str:
    """`Oktober 2026` of `2026-10`; a year as it is."""
    return str(format_date(date.fromisoformat(f"{code}-01"), "LLLL y")) if "-" in code else code


def moment_there(value: datetime) -> str:
    """`Jumat, 21 November 2026 16.00 WITA`: an instant on the clock that it is told by, whoever reads it."""
    zone = ZONES.get(getattr(value.tzinfo, "key", "")) or value.strftime("%Z")
    return f"{format_datetime(value, f'EEEE, d MMMM y {_hours()}', rebase=False)} {zone}"


def hours_said(text: str) -> str:
    """`07.30–12.00, 13.00–16.00`: spans of a day as the reader writes them."""
    return text.replace("-", "–").replace(":", "." if _hours() == "HH.mm" else ":")


def weekday(value: date) -> str:
    """A heading over what happened on one day: `Jumat, 21 November 2026`."""
    return str(format_date(value, "EEEE, d MMMM y"))


def zone_sign(value: datetime) -> str:
    """`WIB`, `WITA`, `WIT`, or what the zone calls itself."""
    name = zone_name()
    return ZONES.get(name) or value.astimezone(ZoneInfo(name)).strftime("%Z")


def _hours() -> str:
    return "HH.mm" if str(get_locale()) == "id" else "HH:mm"


def say(refusal: Refusal) -> str:
    """The sentence of a refusal in the reader's language, its words and instants too."""
    return raw(refusal.template()).format_map(_spoken(refusal.facts))


def say_finding(message: str, facts: Mapping[str, object]) -> str:
    """The sentence of a finding, or of a reason, in the reader's language."""
    return raw(message).format_map(_spoken(facts))


def raw(text: str) -> str:
    """Translate a text that may hold percent signs of its own."""
    return gettext(text) if "%" not in text and text else text


WORDS = frozenset({"act", "what", "wanted", "found", "state", "whose", "kind", "event"})
"""Facts whose words are the program's own; a person's name or an element's is never translated."""
_CODE = re.compile(r"“[^”]*”|[\w.-]*\d[\w.-]*")
"""What is not translated within a sentence: a name in quotation marks, and whatever has digits in it."""
_POST = re.compile(r"[a-z][a-z0-9-]+")


def _spoken(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: _word(name, value) for name, value in facts.items()}


def _word(name: str, value: object) -> object:
    if isinstance(value, Phrase | Phrases):
        return value.sentence(raw)
    if isinstance(value, datetime):
        return plain_moment(value, near=False)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str) and name == "post":
        return _posts(value)
    if isinstance(value, str) and name in WORDS:
        return _phrase(value)
    return value


def _phrase(text: str) -> str:
    """What a refusal says in the program's own words, with what varies in it left alone: a name, a number, a login.

    A code of an office or a post that varies is said by its title.
    """
    whole = raw(text)
    if whole != text or {"{", "}"} & {*text}:
        return whole
    shape = _CODE.sub("{}", text)
    said = raw(shape)
    if said != shape:
        return said.format(*(_called(each) for each in _CODE.findall(text)))
    for pattern, known in _shapes(str(get_locale())):
        if found := pattern.fullmatch(text):
            return raw(known).format(*(_called(each) for each in found.groups()))
    return text


def _called(code: str) -> str:
    title = _title(code)
    return code if title == raw(code) else title


@cache
def _shapes(locale: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The phrases of one language that leave room for what varies, the most telling first."""
    kept = TRANSLATIONS / locale / "LC_MESSAGES" / "messages.mo"
    if not kept.exists():
        return ()
    with kept.open("rb") as read:
        known = [each.id for each in read_mo(read) if isinstance(each.id, str) and "{}" in each.id]
    phrases = sorted((each for each in known if re.search(r"[a-z]", each)), key=lambda each: (-len(each), each))
    return tuple((re.compile("(.+)".join(re.escape(part) for part in each.split("{}"))), each) for each in phrases)


def _posts(text: str) -> str:
    """Titles instead of codes: `kepala-bp3mi (bp3mi-jatim)` is `Kepala BP3MI (BP3MI Jawa Timur)`."""
    whole = raw(text)
    return whole if whole != text else _POST.sub(lambda found: _title(found[0]), text)


def _title(code: str) -> str:
    named = current_app.extensions["titles"]() if has_request_context() else {}
    known = registers.post(code) or registers.office(code)
    return named.get(code) or (titled(code, known.name) if known else raw(code))


def titled(code: str, title: str) -> str:
    """What a post or a course is called in the reader's language; one that an administrator renamed keeps its name.

    The code of a course stands behind `disposition:`. Offices and procedures are called the same everywhere.
    """
    if str(get_locale()) != "en":
        return title
    known = _english().get(code)
    return known[1] if known and known[0] == title else title


@cache
def _english() -> Mapping[str, tuple[str, str]]:
    """Code → what the registers call it in Indonesian and in English."""
    posts = {each.code: (each.name, each.english) for each in registers.posts()}
    return posts | {f"disposition:{each.code}": (each.name, each.english) for each in registers.dispositions()}

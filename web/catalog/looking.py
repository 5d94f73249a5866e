"""What the pages of finding share: the catalogue in memory, addresses that lead to a step, and words to be marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from flask import Flask, current_app, g, url_for

from engine import Engine
from engine.queries.people import titles_of
from engine.queries.reader import Reader
from sop_catalog.finding import (
    WORD,
    Article,
    Held,
    How,
    Index,
    Looked,
    Shelf,
    Use,
    Uses,
    articles,
    document_address,
    fold,
)
from sop_catalog.procedure import Level, level_of, slug
from sop_catalog.registers import Instrument, instruments, units
from sop_catalog.storage import Drafts, DraftState
from web.catalog.blueprint import blueprint
from web.identity import has_power, read, spoken_titles
from web.language import day, gettext

LONGEST_PLACE = 80
"""Characters of the address of a place in a law."""
LIVE = (DraftState.DRAFT, DraftState.SUBMITTED, DraftState.APPROVED)


class Linked(NamedTuple):
    """Words that lead somewhere."""

    text: str
    href: str
    warning: str = ""
    """What stands against it, as that a law is no longer in force."""


class Part(NamedTuple):
    """A piece of a text, and whether it is a word that was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One use as a line of a list."""

    code: str
    title: str
    href: str
    number: int
    """Of the step in the table of steps; 0 for the SOP as a whole and for a decision."""
    name: str
    how: str
    said: str


def shelf_of(app: Flask) -> Shelf:
    """What this process keeps of the catalogue."""
    kept: Shelf = app.extensions.setdefault("lajur-finding", Shelf())
    return kept


def warm(app: Flask, engine: Engine, at: datetime) -> None:
    """Read the catalogue before anybody asks for it: a large one takes some seconds."""
    with engine.reading(at=at) as reader:
        shelf_of(app).in_force(reader, titles_of(reader))


def _look(reader: Reader) -> Looked:
    return shelf_of(current_app).in_force(reader, titles_of(reader))


def looked() -> Looked:
    """The editions in force: their index and their uses; asked for once in a request."""
    if "looked" not in g:
        g.looked = read(_look)
    found: Looked = g.looked
    return found


def uses() -> Uses:
    """What uses what, of the editions in force."""
    return looked().uses


def drafts() -> Index | None:
    """The index of the drafts that are under way, for whoever may see them; else None."""
    return read(_drafts) if has_power("publish") else None


def _drafts(reader: Reader) -> Index:
    kept = Drafts(reader.connection)
    return shelf_of(current_app).drafts(kept.listed(*LIVE), kept.get, titles_of(reader))


def called_by_map(code: str) -> list[tuple[str, str]]:
    """What a map calls, in the order of the drawing: code and title, each once."""
    known = uses().held
    called = dict.fromkeys(each for _, each in known[code].calls) if code in known else {}
    return [(each, known[each].title) for each in called if each in known]


def maps_over(code: str) -> list[str]:
    """The maps that call a macro."""
    found = {each.held.code for each in uses().called_by(code) if each.how is How.CALLS}
    return sorted(each for each in found if level_of(each) is Level.MAP)


def step_address(held: Held, element: str = "") -> str:
    """The page of an SOP, at one of its steps; of a draft, its own page."""
    if held.draft:
        return url_for("catalog.draft", number=held.draft)
    if not element:
        return url_for("catalog.procedure", code=held.code)
    return url_for("catalog.procedure", code=held.code, step=element, _anchor="diagram")


def rows_of(found: Iterable[Use], *hows: How) -> list[Row]:
    """Uses as lines, in the order of SOPs and steps; only those of some ways where any are named."""
    words = _how_words()
    rows = [_row(each, words[each.how]) for each in found if not hows or each.how in hows]
    return sorted(rows, key=lambda each: (each.code, each.number, each.name, each.said))


def _row(use: Use, how: str) -> Row:
    held, number, said = use.held, use.held.number(use.element), use.said
    name = use.name or (held.steps[number - 1].name if number else "")
    if use.how is How.STANDS_IN:
        said = spoken_titles().get(said, said)
    elif use.how in {How.CALLS, How.NAMES}:
        said = ""  # the procedure itself, of whose page this is a line
    return Row(held.code, held.title, step_address(held, use.element), number, name, how, said)


def _how_words() -> dict[How, str]:
    return {
        How.PERFORMS: gettext("does this step"),
        How.NEEDS: gettext("needed"),
        How.MAKES: gettext("made here"),
        How.KEEPS: gettext("kept as a record"),
        How.RESTS: gettext("legal basis"),
        How.OWES: gettext("duty with a time"),
        How.CALLS: gettext("calls it"),
        How.NAMES: gettext("names it as related"),
        How.STANDS_IN: gettext("variant of it"),
        How.ASKS: gettext("asked in a form"),
        How.READS: gettext("read by a decision"),
    }


def crumbs(*further: tuple[str, str] | str) -> list[tuple[str, str]]:
    """Catalogue › …; the last one is where one is."""
    first = (gettext("Catalogue"), url_for("catalog.areas"))
    return [first, *(each if isinstance(each, tuple) else (each, "") for each in further)]


def marked(text: str, words: Collection[str]) -> list[Part]:
    """A text in pieces, each told to be one of the words or not; the page escapes and marks them."""
    parts, at = [], 0
    for each in WORD.finditer(text):
        if fold(each[0]) in words:
            parts += [Part(text[at : each.start()], found=False), Part(each[0], found=True)]
            at = each.end()
    return [each for each in (*parts, Part(text[at:], found=False)) if each.text]


def excerpt(parts: list[Part], around: int = 90) -> list[Part]:
    """A long text cut down to what stands round the first word that was found."""
    at = next((number for number, each in enumerate(parts) if each.found), None)
    if at is None or sum(len(each.text) for each in parts) <= 3 * around:
        return parts
    before, after = "".join(each.text for each in parts[:at]), parts[at + 1 :]
    kept = (
        [Part(f"…{before[-around:].partition(' ')[2]} ", found=False)]
        if len(before) > around
        else [Part(before, found=False)]
    )
    room, shown = 2 * around, [parts[at]]
    for each in after:
        if len(each.text) > room:
            shown.append(Part(f"{each.text[:room].rpartition(' ')[0]} …", found=False))
            break
        room -= len(each.text)
        shown.append(each)
    return [*kept, *shown]


# Laws


def law_address(instrument: str, article: Article | None = None) -> str:
    """The page of a law, or of one place in it."""
    if article is None:
        return url_for("catalog.law", law=slug(instrument))
    return url_for("catalog.article", law=slug(instrument), article=slug(str(article)))


def article_at(address: str) -> Article | None:
    """The place that an address names: `pasal-18-ayat-2-huruf-a`; a number alone is an article."""
    said = address[:LONGEST_PLACE].replace("-", " ")
    found = articles(said if re.match(r"[a-z]", said) else f"pasal {said}")
    return found[0] if found else None


def instrument_at(address: str) -> Instrument | None:
    """The registered instrument with this address."""
    return _by_address().get(address)


def _by_address() -> Mapping[str, Instrument]:
    return {slug(each.code): each for each in instruments()}


def law_link(instrument: str, cited: str, words: str) -> Linked:
    """A legal basis that leads to what else rests on it, with a warning where it is not known to be in force."""
    place = next(iter(articles(cited)), None)
    return Linked(words, law_address(instrument, place), law_warning(instrument))


def law_warning(code: str) -> str:
    """What stands against resting on an instrument; empty where nothing does."""
    known = next((each for each in instruments() if each.code == code), None)
    if known is None:
        return gettext("not in the register of laws")
    if known.status == "replaced":
        return gettext("replaced by %(law)s", law=known.replaced_by)
    return ""


@blueprint.app_template_filter("said_day")
def said_day(text: str) -> str:
    """`2024-11-05` of a register, as a person says it."""
    return day(date.fromisoformat(text))


def unit_link(name: str) -> Linked:
    """A unit as a cover sheet writes it, that leads to its page; with a warning where it is no more."""
    for each in units():
        if name in {each.code, each.name, each.short} - {""}:
            return Linked(
                name, url_for("catalog.unit", unit=each.code), gettext("no longer exists") if each.until else ""
            )
    return Linked(name, "")


def document_link(text: str) -> Linked:
    """A document that leads to where else it is needed or made."""
    address = document_address(text)
    return Linked(text, url_for("catalog.document", document=address) if address else "")

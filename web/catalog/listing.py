"""Long lists of what is used by name, documents and questions of forms: the most used first, then by letter or by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from rapidfuzz import fuzz, process

from sop_catalog.finding import How, Use, document_address
from web.catalog.blueprint import blueprint
from web.catalog.looking import crumbs, uses
from web.language import gettext, ngettext

MOST_USED = 40
MOST_LINES = 300
ALIKE = 70
"""From 0 to 100: how alike a name has to be to what was typed where nothing has the words themselves."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a list, before anything is said of it."""

    name: str
    key: str
    uses: list[Use]

    @property
    def address(self) -> str:
        """The name as it is compared."""
        return document_address(self.name)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as the page shows it."""

    name: str
    href: str
    hows: str
    code: str = ""
    """What a condition calls it, where several are called the same on paper."""


@blueprint.get("/catalogue/documents/")
def documents() -> ResponseReturnValue:
    """Every document that steps need or make, or that SOPs keep, with how often."""
    about = gettext("Everything that a step needs or makes, or that an SOP keeps as a record.")
    return _listed(
        _things(uses().documents),
        lambda each: Line(each.name, url_for("catalog.document", document=each.key), _hows(each.uses)),
        gettext("Documents"),
        about,
    )


@blueprint.get("/catalogue/fields/")
def facts() -> ResponseReturnValue:
    """Every question that a form asks, with how many decisions read the answer."""
    asked = {name: found for name, found in uses().fields.items() if any(each.how is How.ASKS for each in found)}
    about = gettext("What the forms of the steps ask, and which decisions read the answers.")
    return _listed(
        _things(asked),
        lambda each: Line(each.name, url_for("catalog.fact", fact=each.key), _hows(each.uses), each.key),
        gettext("Questions of forms"),
        about,
    )


def _things(known: Mapping[str, list[Use]]) -> list[Thing]:
    found = [Thing(_name(each), key, each) for key, each in known.items()]
    return sorted(found, key=lambda each: (each.name.casefold(), each.key))


def _name(found: list[Use]) -> str:
    return next((each.said for each in found if each.how is How.ASKS), found[0].said)


def _listed(things: list[Thing], line: Callable[[Thing], Line], title: str, about: str) -> str:
    asked, letter = request.args.get("q", "")[:200].strip(), request.args.get("letter", "")[:1].casefold()
    long = len(things) > MOST_LINES
    shown, alike = _asked(things, document_address(asked)) if asked else (things, False)
    if letter and not asked:
        shown = [each for each in things if each.name[:1].casefold() == letter]
    elif long and not asked:
        shown = sorted(things, key=lambda each: -len(each.uses))[:MOST_USED]
    return render_template(
        "catalog/listed.html",
        title=title,
        about=about,
        lines=[line(each) for each in shown[:MOST_LINES]],
        found=len(shown),
        every=len(things),
        letters=sorted({each.name[:1].casefold() for each in things if each.name}) if long else [],
        letter=letter,
        q=asked,
        alike=alike,
        steps=crumbs(title),
    )


def _asked(things: list[Thing], wanted: str) -> tuple[list[Thing], bool]:
    """What has all the words; where nothing has, what is written much like them, and that it is so."""
    words = wanted.split("-")
    addresses = [each.address for each in things]
    found = [each for each, address in zip(things, addresses, strict=True) if all(word in address for word in words)]
    if found:
        return found, False
    said, names = wanted.replace("-", " "), [each.replace("-", " ") for each in addresses]
    near = process.extract(said, names, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=20)
    return [things[at] for _, _, at in near], bool(near)


def _hows(found: Iterable[Use]) -> str:
    counts = Counter(each.how for each in found)
    making, needing, keeping = counts[How.MAKES], counts[How.NEEDS], counts[How.KEEPS]
    asking, reading = counts[How.ASKS], counts[How.READS]
    said = [
        ngettext("made by %(num)s step", "made by %(num)s steps", making) if making else "",
        ngettext("needed by %(num)s step", "needed by %(num)s steps", needing) if needing else "",
        ngettext("a record of %(num)s SOP", "a record of %(num)s SOPs", keeping) if keeping else "",
        ngettext("asked by %(num)s step", "asked by %(num)s steps", asking) if asking else "",
        ngettext("read by %(num)s decision", "read by %(num)s decisions", reading) if reading else "",
    ]
    return " · ".join(filter(None, said))

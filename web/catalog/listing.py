"""Long lists of what is used by name, documents and questions of forms: the most used first, then by letter or by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

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
class Line:
    """One thing of the list."""

    name: str
    href: str
    hows: str
    count: int
    code: str = ""
    """What a condition calls it, where several are called the same on paper."""

    @property
    def address(self) -> str:
        """The name as it is compared."""
        return document_address(self.name)


@blueprint.get("/catalogue/documents/")
def documents() -> ResponseReturnValue:
    """Every document that steps need or make, or that SOPs keep, with how often."""
    lines = [each for _, each in _lines(uses().documents, lambda name: url_for("catalog.document", document=name))]
    return _listed(
        lines, gettext("Documents"), gettext("Everything that a step needs or makes, or that an SOP keeps as a record.")
    )


@blueprint.get("/catalogue/fields/")
def facts() -> ResponseReturnValue:
    """Every question that a form asks, with how many decisions read the answer."""
    asked = {name: found for name, found in uses().fields.items() if any(each.how is How.ASKS for each in found)}
    lines = [replace(each, code=name) for name, each in _lines(asked, lambda name: url_for("catalog.fact", fact=name))]
    return _listed(
        lines,
        gettext("Questions of forms"),
        gettext("What the forms of the steps ask, and which decisions read the answers."),
    )


def _lines(known: Mapping[str, list[Use]], href: Callable[[str], str]) -> list[tuple[str, Line]]:
    found = [(key, Line(_name(each), href(key), _hows(each), len(each))) for key, each in known.items()]
    return sorted(found, key=lambda each: (each[1].address, each[0]))


def _name(found: list[Use]) -> str:
    return next((each.said for each in found if each.how is How.ASKS), found[0].said)


def _listed(lines: list[Line], title: str, about: str) -> str:
    asked, letter = request.args.get("q", "")[:200].strip(), request.args.get("letter", "")[:1]
    shown, alike = _asked(lines, document_address(asked)) if asked else (lines, False)
    if letter and not asked:
        shown = [each for each in lines if each.address.startswith(letter)]
    if not asked and not letter and len(lines) > MOST_LINES:
        shown = sorted(lines, key=lambda each: -each.count)[:MOST_USED]
    return render_template(
        "catalog/listed.html",
        title=title,
        about=about,
        lines=shown[:MOST_LINES],
        found=len(shown),
        every=len(lines),
        letters=sorted({each.address[:1] for each in lines if each.address}) if len(lines) > MOST_LINES else [],
        letter=letter,
        q=asked,
        alike=alike,
        steps=crumbs(title),
    )


def _asked(lines: list[Line], wanted: str) -> tuple[list[Line], bool]:
    """What has all the words; where nothing has, what is written much like them, and that it is so."""
    words = wanted.split("-")
    found = [each for each in lines if all(word in each.address for word in words)]
    if found:
        return found, False
    names = {at: each.address.replace("-", " ") for at, each in enumerate(lines)}
    near = process.extract(wanted.replace("-", " "), names, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=20)
    return [lines[at] for _, _, at in near], bool(near)


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

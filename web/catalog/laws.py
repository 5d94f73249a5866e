"""The register of laws: what is in force, what came before and after it, and what rests on each, to the article and the step."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound
from sop_catalog.finding import Article, Uses
from sop_catalog.procedure import slug
from sop_catalog.registers import Instrument, instruments
from web.catalog.blueprint import blueprint
from web.catalog.looking import (
    article_at,
    crumbs,
    instrument_at,
    law_address,
    law_warning,
    rows_of,
    uses,
)
from web.language import gettext


@blueprint.get("/catalogue/laws/")
def laws() -> ResponseReturnValue:
    """The register of laws, with how much rests on each."""
    known = uses()
    lines = [_law_line(each, known) for each in instruments()]
    registered = {each.code for each in instruments()}
    unknown = [
        (code, law_address(code), len(found)) for code, found in sorted(known.laws.items()) if code not in registered
    ]
    return render_template(
        "catalog/laws.html",
        lines=lines,
        unknown=unknown,
        bad=[each for each in lines if each["count"] and each["instrument"].status == "replaced"],
        steps=crumbs(gettext("Laws")),
    )


def _law_line(each: Instrument, known: Uses) -> dict[str, Any]:
    count = len(known.laws.get(each.code, ()))
    return {"instrument": each, "href": law_address(each.code), "count": count, "year": _year(each.code)}


def _year(code: str) -> str:
    """The year in which it was enacted, as its number says."""
    return code.rpartition("/")[2]


@blueprint.get("/catalogue/laws/<law>")
def law(law: str) -> ResponseReturnValue:
    """A law: whether it is in force, what came before and after it, and what rests on it, article by article."""
    return _law_page(law, None)


@blueprint.get("/catalogue/laws/<law>/<article>")
def article(law: str, article: str) -> ResponseReturnValue:
    """One place in a law: every SOP and step that rests on it, and what may because it says less."""
    place = article_at(article)
    if place is None:
        raise NotFound(what=f"article {article}")
    return _law_page(law, place)


def _law_page(address: str, place: Article | None) -> str:
    known = uses()
    instrument = instrument_at(address)
    code = instrument.code if instrument else next((each for each in known.laws if slug(each) == address), "")
    if not code:
        raise NotFound(what=f"law {address}")
    rests = known.law(code, place)
    way: list[tuple[str, str] | str] = [(gettext("Laws"), url_for("catalog.laws"))]
    way += [(code, law_address(code)), str(place)] if place else [code]
    return render_template(
        "catalog/law.html",
        code=code,
        instrument=instrument,
        year=_year(code),
        place=place,
        successor=law_address(instrument.replaced_by) if instrument and instrument.replaced_by else "",
        before=[
            (each.code, law_address(each.code), len(known.laws.get(each.code, ())))
            for each in instruments()
            if each.replaced_by == code
        ],
        warning=law_warning(code),
        cited=[(each, count, law_address(code, each)) for each, count in known.cited(code).items()],
        exactly=rows_of(rests.exactly),
        wider=rows_of(rests.wider),
        unplaced=rows_of(rests.unplaced),
        steps=crumbs(*way),
    )

"""The registers of units and posts: what there is, since when and until when, what came after it, and what rests on each."""

from __future__ import annotations

from collections.abc import Iterable

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound
from engine.queries.people import posts as kept_posts
from sop_catalog.finding import Use
from sop_catalog.registers import RegisteredUnit, offices, units
from sop_catalog.registers import posts as registered_posts
from web.catalog.blueprint import blueprint
from web.catalog.looking import crumbs, law_address, rows_of, uses
from web.identity import read, spoken_titles
from web.language import gettext


@blueprint.get("/catalogue/posts/")
def posts() -> ResponseReturnValue:
    """Every post, with how many steps it does and how long it is in the register."""
    titles, known = spoken_titles(), uses().posts
    registered = {each.code: each for each in registered_posts()}
    codes = sorted({*known, *(each.code for each in read(kept_posts))}, key=lambda each: titles.get(each, each))
    lines = [
        {
            "name": titles.get(code, code),
            "href": url_for("catalog.post", post=code),
            "count": len(known.get(code, ())),
            "post": registered.get(code),
            "missing": code not in titles,
            "after": [(titles.get(each, each), url_for("catalog.post", post=each)) for each in _after(code)],
        }
        for code in codes
    ]
    return render_template("catalog/posts.html", lines=lines, steps=crumbs((gettext("Posts"), "")))


def _after(code: str) -> tuple[str, ...]:
    return next((each.successors for each in registered_posts() if each.code == code), ())


@blueprint.get("/catalogue/units/")
def all_units() -> ResponseReturnValue:
    """Every unit, of both generations, and the offices."""
    lines = [
        {"unit": each, "href": _address(each.code), "count": len(_owned(each)), "after": _linked(each.successors)}
        for each in units()
    ]
    return render_template("catalog/units.html", lines=lines, offices=offices(), steps=crumbs((gettext("Units"), "")))


@blueprint.get("/catalogue/units/<unit>")
def unit(unit: str) -> ResponseReturnValue:
    """One unit: what it rests on, what came before and after it, and whose sheets name it."""
    found = next((each for each in units() if each.code == unit), None)
    if found is None:
        raise NotFound(what=f"unit {unit}")
    return render_template(
        "catalog/unit.html",
        unit=found,
        law=law_address(found.instrument) if found.instrument else "",
        above=_linked((found.parent,)),
        below=_linked(each.code for each in units() if each.parent == unit),
        before=_linked(each.code for each in units() if unit in each.successors),
        after=_linked(found.successors),
        offices=[each for each in offices() if each.kind == "regional"] if unit == "bp3mi" else [],
        rows=rows_of(_owned(found)),
        steps=crumbs((gettext("Units"), url_for("catalog.all_units")), (found.short or found.name, "")),
    )


def _owned(found: RegisteredUnit) -> list[Use]:
    known = uses().units
    return [each for name in {found.name, found.short, found.code} for each in known.get(name, ())]


def _linked(codes: Iterable[str]) -> list[tuple[str, str]]:
    named = {each.code: each.short or each.name for each in units()}
    return [(named[each], _address(each)) for each in codes if each in named]


def _address(code: str) -> str:
    return url_for("catalog.unit", unit=code)

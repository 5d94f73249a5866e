"""An office's variant of a central SOP: begun from it, shown as such on both sides, and compared with it."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound
from engine.notation import Definitions
from engine.notation import read as read_drawing
from engine.queries.catalogue import release_page
from engine.queries.people import offices
from sop_catalog.diagram.differ import compare
from sop_catalog.publishing.variants import VariantRow, begin_variant, renamed, variants
from web.catalog.blueprint import blueprint
from web.catalog.desk import coloured
from web.catalog.differences import say_changes
from web.identity import expect_power, perform, read

POWER = "publish"


@blueprint.post("/catalogue/<code>/variants")
def make_variant(code: str) -> ResponseReturnValue:
    """Begin a draft of one office's variant of this SOP."""
    expect_power(POWER)
    made = perform(begin_variant, code, request.form.get("office", "")[:40])
    return redirect(url_for("catalog.draw_draft", number=made.number))


@blueprint.get("/catalogue/<code>/variant")
def compare_variant(code: str) -> ResponseReturnValue:
    """What an office's variant says otherwise than the central SOP that it stands in for; of any other, its own page."""
    if not read(release_page, code).row.facts.get("variant_of"):
        return redirect(url_for("catalog.procedure", code=code))
    one = _variant(code)
    old, new = _both(one)
    return render_template(
        "catalog/variant.html",
        one=one,
        house=house_name(one.row.facts.get("office", "")),
        said=say_changes(compare(old, new, code)),
    )


@blueprint.get("/catalogue/<code>/variant/<side>.svg")
def variant_picture(code: str, side: str) -> ResponseReturnValue:
    """One of the two, with what differs in colour."""
    old, new = _both(_variant(code))
    return coloured(old if side == "before" else new, compare(old, new, code), side)


def _variant(code: str) -> VariantRow:
    found = next((each for each in read(variants) if each.row.code == code), None)
    if found is None or found.central is None:
        raise NotFound(what=f"procedure {code}")
    return found


def _both(one: VariantRow) -> tuple[Definitions, Definitions]:
    central = one.row.facts["variant_of"]
    old = read_drawing(read(release_page, central).release.drawings[central])
    new = read_drawing(read(release_page, one.row.code).release.drawings[one.row.code])
    return renamed(old, central, one.row.code), new


def house_name(code: str) -> str:
    """The name of an office, or its code where nobody knows it."""
    return next((each.name for each in read(offices) if each.code == code), code)


def told_of(code: str) -> dict[str, Any]:
    """What the page of one SOP says of variants: its own place, and the offices that have one of it."""
    rows = read(variants)
    own = next((each for each in rows if each.row.code == code), None)
    of_it = [each for each in rows if each.row.facts["variant_of"] == code]
    names = {each.code: each.name for each in read(offices)}
    return {
        "variant": own,
        "variants": [(each, names.get(each.row.facts.get("office", ""), "")) for each in of_it],
        "houses": names,
    }

"""The pages of the manager's desk. Every number on them leads to what it counts, and every choice stays in the address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from engine import NotFound, NotValid
from sop_catalog.compliance import MEASURES, marks, spreads
from web.audit import ahead, behind, exports, prevention, trail, unpublished, words
from web.audit.figures import figures, office_rows, one_sop, sop_rows, step_rows
from web.audit.showing import everywhere, page
from web.audit.sieve import sieve
from web.language import gettext, ngettext

blueprint = Blueprint("audit", __name__, template_folder="templates")
LEVELS = ("macro", "micro")
BARS = 8
blueprint.context_processor(everywhere)


@blueprint.get("/audit")
def overview() -> ResponseReturnValue:
    """How the SOPs are kept: the sums, and one line for each."""
    choice = sieve()
    level = choice.level if choice.level in LEVELS else "macro"
    found = figures(choice, ("sop" if level == "micro" else "macro",))
    rows = sop_rows(found.lines, choice, level=level)
    return page(
        "overview",
        choice,
        level=level,
        total=found.total,
        total_links=exports.links(choice),
        rows=rows,
        bars=[each for each in rows if each.line.all_late][:BARS],
        finding=_finding(rows),
    )


def _finding(rows: Any) -> str:
    if not rows or not rows[0].line.all_late:
        return gettext("Nothing was late")
    first = rows[0]
    late = first.line.all_late
    return ngettext(
        "%(name)s has most late steps: %(num)s",
        "%(name)s has most late steps: %(num)s",
        late,
        name=f"{first.code} {first.name}".strip(),
    )


@blueprint.get("/audit/offices")
def by_office() -> ResponseReturnValue:
    """All SOPs, office by office."""
    choice = sieve()
    found = figures(choice, ("office",))
    rows = office_rows(found.lines, choice)
    bars = [each for each in rows if each.line.all_late][:BARS]
    return page("offices", choice, total=found.total, rows=rows, bars=bars, finding=_finding(rows))


@blueprint.get("/audit/sop/<code>")
def sop(code: str) -> ResponseReturnValue:
    """One SOP over all offices, step by step, and on its diagram."""
    choice = sieve().with_(sop=code, process="", element="")
    measure = choice.measure if choice.measure in MEASURES else "late"
    found = one_sop(choice)
    waited, worked = spreads(found.times, lambda _: "").get("", (None, None))
    rows = office_rows(found.offices, choice, found.times)
    g.shows_diagram = True
    return page(
        "sop",
        choice,
        release=found.release,
        total=found.all.total,
        total_links=exports.links(choice),
        waited=waited,
        worked=worked,
        rows=rows,
        bars=[each for each in rows if each.line.all_late][:BARS],
        finding=_finding(rows),
        steps=step_rows(found, choice),
        measure=measure,
        measures=words.MEASURES,
    )


@blueprint.get("/audit/sop/<code>/marks/<process>")
def sop_marks(code: str, process: str) -> ResponseReturnValue:
    """The numbers at the steps of one drawing, for the viewer."""
    choice = sieve().with_(sop=code, process="", element="")
    measure = choice.measure if choice.measure in MEASURES else "late"
    found = one_sop(choice)
    if process not in found.release.drawings:
        raise NotFound(what=f"drawing {process}")
    told = marks(found.release, process, found.steps, found.times, measure=measure)
    entries = [
        {
            "element": each.element,
            "strength": each.strength,
            "label": _label(measure, each.number),
            "words": _said(measure, each),
        }
        for each in told
    ]
    return jsonify(entries=entries)


def _label(measure: str, number: float) -> str:
    if measure == "late":
        return words.percent(number)
    return f"{number:.1f}".replace(".", ",") if measure == "waiting" else str(int(number))


def _said(measure: str, mark: Any) -> str:
    name, label = words.MEASURES[measure], _label(measure, mark.number)
    return gettext("%(name)s: %(label)s, of %(done)s steps done", name=name, label=label, done=mark.done)


@blueprint.post("/audit/export")
def export() -> ResponseReturnValue:
    """One table as a file. Who takes it and what for is kept before it is made."""
    name, kind = request.form.get("table", ""), request.form.get("as", "")
    if name not in exports.TABLES:
        raise NotValid(what="the table", wanted=f"one of {', '.join(exports.TABLES)}", found=name[:40] or "missing")
    return exports.file(name, kind, sieve(request.form))


ahead.register(blueprint)
behind.register(blueprint)
prevention.register(blueprint)
trail.register(blueprint)
unpublished.register(blueprint)

"""The pages of the manager's desk. Every number on them leads to what it counts, and every choice stays in the address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, g, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound, NotValid
from engine.queries.chains import chain_of, check_chains
from engine.queries.oversight import (
    act_reasons,
    acts,
    cases_behind,
    offer_counts,
    offers_behind,
    overseen_offices,
    steps_behind,
    steps_of_case,
)
from sop_catalog.compliance import MEASURES, marks, spread, spreads
from web.audit import exports, prevention, words
from web.audit.figures import figures, office_rows, one_sop, sop_rows, step_rows
from web.audit.sieve import Sieve, periods, sieve
from web.identity import ask, expect_power, has_power, spoken_titles, wiring
from web.language import gettext, ngettext
from web.registers import post_title

blueprint = Blueprint("audit", __name__, template_folder="templates")
LEVELS = ("macro", "micro")
BARS = 8
RECIPE = (
    "Each record's hash is SHA-256 (hexadecimal) of the UTF-8 text of a JSON array of its columns in this order: case, seq, at, "
    "kind, officer, on_behalf, office, post, data, previous; written with sorted names, no blanks between, and characters "
    "beyond ASCII as they are. `previous` is the hash of the record before it, 64 zeros for the first. The last record's "
    "hash is `head_hash`. In Python: hashlib.sha256(json.dumps([r[c] for c in columns], sort_keys=True, "
    "separators=(',', ':'), ensure_ascii=False).encode()).hexdigest()"
)
COLUMNS = ("case", "seq", "at", "kind", "officer", "on_behalf", "office", "post", "data", "previous")


@blueprint.context_processor
def _everywhere() -> dict[str, Any]:
    return {
        "hours": words.hours,
        "band": words.band,
        "percent": words.percent,
        "count_names": words.COUNTS,
        "act_names": words.ACTS,
        "offer_names": words.OFFERS,
        "answer": words.answer,
        "recruiter": words.recruiter,
        "definitions": words.DEFINITIONS,
        "whys": words.WHYS,
        "may_check": has_power("audit"),
    }


def page(template: str, choice: Sieve, **more: Any) -> Response:
    """One page of the desk, with what all of them need."""
    return make_response(
        render_template(
            f"audit/{template}.html",
            choice=choice,
            periods=periods(),
            offices=ask(overseen_offices),
            titles=spoken_titles(),
            **more,
        )
    )


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


@blueprint.get("/audit/steps")
def steps() -> ResponseReturnValue:
    """The steps behind a number, or their cases."""
    choice = sieve()
    count = choice.count if choice.count in words.COUNTS else "done"
    query = cases_behind if choice.by == "case" else steps_behind
    with wiring().engine.reading(at=g.now) as reader:
        view = choice.view(reader, g.officer)
        found: Any = query(reader, g.officer, view, count=count, after=request.args.get("after"))
        beside = acts(reader, g.officer, view, kinds=("entered_late",)) if count in {"late", "entered_late"} else ()
        reasons = {
            each.row: told for each in beside if (told := act_reasons(reader, beside).get((each.kind, each.row)))
        }
    more = url_for("audit.steps", **choice.query(after=found.following)) if found.following else ""
    return page("steps", choice, count=count, rows=found.rows, more=more, reasons=reasons, post_title=post_title)


@blueprint.get("/audit/besides")
def besides() -> ResponseReturnValue:
    """What was done beside the usual way, and why."""
    choice = sieve()
    with wiring().engine.reading(at=g.now) as reader:
        every = acts(reader, g.officer, choice.view(reader, g.officer))
        shown = [each for each in every if not choice.kind or each.kind == choice.kind][:200]
        reasons = act_reasons(reader, shown)
    counted = {kind: number for kind in words.ACTS if (number := sum(each.kind == kind for each in every))}
    return page("besides", choice, rows=shown, counted=counted, number=len(every), reasons=reasons)


@blueprint.get("/audit/handovers")
def handovers() -> ResponseReturnValue:
    """Cases offered to each office: taken, declined or left lying, and how long it took."""
    choice = sieve()
    with wiring().engine.reading(at=g.now) as reader:
        view = choice.view(reader, g.officer)
        rows = [(each, spread(each.hours)) for each in offer_counts(reader, view)]
        shown = offers_behind(reader, g.officer, view, state=choice.state, to_office=choice.value)
    worst = max(rows, key=lambda each: each[0].expired + each[0].declined + each[0].waiting, default=None)
    return page("handovers", choice, rows=rows, shown=shown, worst=worst[0] if worst else None)


@blueprint.get("/audit/cases/<case>")
def case(case: str) -> ResponseReturnValue:
    """The steps of one case, without any person."""
    found = ask(steps_of_case, case)
    chain = ask(chain_of, case) if found[0].seen else None
    return page(
        "case",
        sieve(),
        case=case,
        rows=found,
        seen=found[0].seen,
        chain=chain,
        post_title=post_title,
        broken=words.broken,
    )


@blueprint.post("/audit/cases/<case>/evidence.json")
def evidence(case: str) -> ResponseReturnValue:
    """The whole chain of one case, with how to check it without this program."""
    chain = ask(chain_of, case)
    exports.note("evidence", "json", {"case": case})
    told: Mapping[str, Any] = {
        "format": "lajur-audit-chain-1",
        "case": chain.case,
        "made_at": g.now.isoformat(),
        "head_seq": chain.head_seq,
        "head_hash": chain.head_hash,
        "columns": COLUMNS,
        "recipe": RECIPE,
        "records": chain.records,
    }
    answer = Response(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{chain.case}-audit.json"'
    return answer


@blueprint.route("/audit/trail", methods=["GET", "POST"])
def trail() -> ResponseReturnValue:
    """Whether what was written is still what stands there; checked at the press of a button."""
    expect_power("audit")
    checked = ask(check_chains) if request.method == "POST" else None
    if checked is not None and not checked.breaks:
        flash(
            gettext(
                "The audit trail holds: %(records)s records in %(chains)s chains.",
                records=checked.records,
                chains=checked.chains,
            ),
            "good",
        )
    return page("trail", sieve(), checked=checked, broken=words.broken)


@blueprint.post("/audit/export")
def export() -> ResponseReturnValue:
    """One table as a file. Who takes it and what for is kept before it is made."""
    name, kind = request.form.get("table", ""), request.form.get("as", "")
    if name not in exports.TABLES:
        raise NotValid(what="the table", wanted=f"one of {', '.join(exports.TABLES)}", found=name[:40] or "missing")
    return exports.file(name, kind, sieve(request.form))


prevention.register(blueprint, page)

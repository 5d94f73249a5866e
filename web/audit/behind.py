"""What stands behind the numbers of the desk: steps, cases, acts beside the usual way, offers between offices; and one case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound
from engine.queries.chains import Chain, chain_of
from engine.queries.oversight import (
    act_counts,
    act_reasons,
    acts,
    cases_behind,
    late_reasons,
    offer_counts,
    offers_behind,
    steps_behind,
    steps_of_case,
)
from sop_catalog.compliance import spread
from web.audit import exports, words
from web.audit.showing import page
from web.audit.sieve import Sieve, sieve
from web.identity import ask, wiring
from web.registers import post_title

RECIPE = (
    "Each record's hash is SHA-256 (hexadecimal) of the UTF-8 text of a JSON array of its columns in this order: case, seq, at, "
    "kind, officer, on_behalf, office, post, data, previous; written with sorted names, no blanks between, and characters "
    "beyond ASCII as they are. `previous` is the hash of the record before it, 64 zeros for the first. The last record's "
    "hash is `head_hash`. In Python: hashlib.sha256(json.dumps([r[c] for c in columns], sort_keys=True, "
    "separators=(',', ':'), ensure_ascii=False).encode()).hexdigest()"
)
COLUMNS = ("case", "seq", "at", "kind", "officer", "on_behalf", "office", "post", "data", "previous")


def register(blueprint: Blueprint) -> None:
    """Add the pages to the place."""
    blueprint.add_url_rule("/audit/steps", "steps", steps)
    blueprint.add_url_rule("/audit/besides", "besides", besides)
    blueprint.add_url_rule("/audit/handovers", "handovers", handovers)
    blueprint.add_url_rule("/audit/cases/<case>", "case", one_case)
    blueprint.add_url_rule("/audit/cases/<case>/evidence.json", "evidence", evidence, methods=["POST"])


def steps() -> ResponseReturnValue:
    """The steps behind a number, or their cases."""
    choice = sieve()
    count = choice.count if choice.count in words.COUNTS else "done"
    asked: dict[str, Any] = {"count": count, "after": request.args.get("after")}
    reasons: Mapping[int, str] = {}
    found: Any
    with wiring().engine.reading(at=g.now) as reader:
        view = choice.view(reader, g.officer)
        if choice.by == "case":
            found = cases_behind(reader, g.officer, view, **asked)
        else:
            found = steps_behind(reader, g.officer, view, **asked)
            reasons = late_reasons(reader, found.rows)
    more = _more("audit.steps", choice, found.following)
    return page("steps", choice, count=count, rows=found.rows, more=more, reasons=reasons, post_title=post_title)


def besides() -> ResponseReturnValue:
    """What was done beside the usual way, and why."""
    choice = sieve()
    with wiring().engine.reading(at=g.now) as reader:
        view = choice.view(reader, g.officer)
        times = {each.kind: each.number for each in act_counts(reader, view, by=())}
        shown = acts(reader, g.officer, view, kind=choice.kind, after=request.args.get("after"))
        reasons = act_reasons(reader, shown.rows)
    return page(
        "besides",
        choice,
        rows=shown.rows,
        counted={kind: times[kind] for kind in words.ACTS if kind in times},
        number=sum(times.values()),
        reasons=reasons,
        more=_more("audit.besides", choice, shown.following),
    )


def handovers() -> ResponseReturnValue:
    """Cases offered to each office: taken, declined or left lying, and how long it took."""
    choice = sieve()
    asked: dict[str, Any] = {"state": choice.state, "to_office": choice.value, "after": request.args.get("after")}
    with wiring().engine.reading(at=g.now) as reader:
        view = choice.view(reader, g.officer)
        rows = [(each, spread(each.hours)) for each in offer_counts(reader, view)]
        shown = offers_behind(reader, g.officer, view, **asked)
    worst = max(rows, key=lambda each: each[0].expired + each[0].declined + each[0].waiting, default=None)
    more = _more("audit.handovers", choice, shown.following)
    return page("handovers", choice, rows=rows, shown=shown.rows, worst=worst[0] if worst else None, more=more)


def one_case(case: str) -> ResponseReturnValue:
    """The steps of one case, without any person."""
    found, chain = ask(steps_of_case, case), _chain(case)
    return page(
        "case",
        sieve(),
        case=case,
        rows=found,
        seen=chain is not None,
        chain=chain,
        post_title=post_title,
        broken=words.broken,
    )


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


def _chain(case: str) -> Chain | None:
    """None where the officer oversees steps of the case but may not open it."""
    with suppress(NotFound):
        return ask(chain_of, case)
    return None


def _more(endpoint: str, choice: Sieve, following: str | None) -> str:
    return url_for(endpoint, **choice.query(after=following)) if following else ""

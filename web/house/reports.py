"""The page of what goes to the placement system: the line, what nobody knows, and the two answers to that."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Refusal, resolve_dispatch
from engine.queries.reports import LISTS, outgoing, reports
from web.house import words
from web.identity import ask, perform, spoken_titles, wiring
from web.language import gettext, say

SERVER_FAULT = 500


def register(blueprint: Blueprint) -> None:
    """Every address of reports, on one page."""
    blueprint.add_url_rule("/house/reports", "reports", browse)
    blueprint.add_url_rule("/house/reports/<int:number>/resolve", "resolve_report", resolve, methods=["POST"])


def browse() -> ResponseReturnValue:
    """How the line is, and one of the lists."""
    listed = request.args.get("list", "unknown")
    if listed not in LISTS:
        listed = "unknown"
    page = ask(reports, listed=listed, after=request.args.get("after"))
    more = url_for("house.reports", list=listed, after=page.following) if page.following else ""
    return render_template(
        "house/reports.html",
        now=ask(outgoing),
        rows=page.rows,
        listed=listed,
        lists=words.REPORT_LISTS,
        more=more,
        kind=words.event,
        problem=words.problem,
        titles=spoken_titles(),
        by_rest=wiring().settings.siskop2mi == "rest",
    )


def resolve(number: int) -> ResponseReturnValue:
    """Say what became of one of which nobody knew."""
    arrived = request.form.get("arrived") == "yes"
    try:
        perform(resolve_dispatch, number, arrived=arrived)
    except Refusal as refusal:
        if refusal.status >= SERVER_FAULT:
            raise
        flash(say(refusal), "bad")
    else:
        said = gettext("Noted: it has arrived.") if arrived else gettext("It is sent again, under the same key.")
        flash(said, "good")
    return make_response(redirect(url_for("house.reports")))

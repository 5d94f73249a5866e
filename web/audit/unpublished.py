"""Figures that wait for a person of the head office: each can be looked at, and a whole period is put before the public."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Refusal, publish_figures
from engine.queries.figures import prepared_figures, prepared_file
from sop_catalog.figures import dataset
from web.identity import ask, has_power, perform
from web.language import gettext, say
from web.language import period as spoken
from web.shown_figures import shown_figures

SERVER_FAULT = 500


def register(blueprint: Blueprint) -> None:
    """Its addresses."""
    add = blueprint.add_url_rule
    add("/audit/figures", "unpublished", browse)
    add("/audit/figures/<int:number>", "unpublished_file", show)
    add("/audit/figures/<period>", "publish_figures", publish, methods=["POST"])


def browse() -> ResponseReturnValue:
    """Every period that waits, with its data sets."""
    periods = [
        (each, [(edition, dataset(edition.dataset)) for edition in each.editions]) for each in ask(prepared_figures)
    ]
    return render_template(
        "audit/unpublished.html", periods=periods, may_publish=has_power("figures"), spoken=_spoken()
    )


def show(number: int) -> ResponseReturnValue:
    """One data set as the public would see it."""
    found = ask(prepared_file, number)
    shown = shown_figures(found, _spoken())
    return render_template("audit/unpublished_file.html", found=found.edition, shown=shown, spoken=_spoken())


def publish(period: str) -> ResponseReturnValue:
    """Put a period before the public, as it was looked at."""
    try:
        done = perform(publish_figures, period[:7], seen=request.form.get("seen", "")[:2_000])
    except Refusal as refusal:
        if refusal.status >= SERVER_FAULT or refusal.status in {403, 404}:
            raise
        flash(say(refusal), "bad")
    else:
        flash(
            gettext("Published: %(number)s data sets of %(period)s.", number=done.number, period=spoken(period)), "good"
        )
    return redirect(url_for("audit.unpublished"))


def _spoken() -> str:
    return "en" if g.get("language") == "en" else "id"

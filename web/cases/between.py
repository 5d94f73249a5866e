"""Cases between offices: offering one, and the page on which the other office answers. What an offer means is the engine's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    Receipt,
    Refusal,
    accept_handover,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from engine.queries.handovers import handover_page
from web.identity import ask, perform, spoken_titles
from web.language import gettext, say

OFFER_DAYS = ("1", "3", "7", "14", "30")
"""Within how many days another office may be asked to answer."""

Refused = Callable[[str, Refusal], ResponseReturnValue]
"""Says a refusal on the page of a case."""


def start(blueprint: Blueprint, refused: Refused) -> None:
    """Answer the addresses of offers in the place of cases."""

    @blueprint.post("/cases/<case>/handovers")
    def offer(case: str) -> ResponseReturnValue:
        """Ask another office to take the case over."""
        days = request.form.get("days", "")
        until = g.now + timedelta(days=int(days) if days in OFFER_DAYS else 0)
        given = {"to_office": request.form.get("to_office", "")[:40], "reason": request.form.get("reason", "")[:4000]}
        try:
            perform(offer_handover, case, until=until, **given)
        except Refusal as refusal:
            return refused(case, refusal)
        flash(gettext("Offered: the other office sees it in its work list."), "good")
        return redirect(url_for("cases.show", case=case))

    blueprint.add_url_rule("/cases/handovers/<int:number>", "handover", _page)
    for verb, answer in (("accept", _accept), ("decline", _decline), ("withdraw", _withdraw)):
        blueprint.add_url_rule(f"/cases/handovers/<int:number>/{verb}", verb, answer, methods=["POST"])


def _accept(number: int) -> ResponseReturnValue:
    """Take the case over."""
    done = _answer(number, lambda: perform(accept_handover, number))
    if not isinstance(done, Receipt):
        return done
    flash(gettext("The case is now your office's. Its open steps wait below."), "good")
    return redirect(url_for("cases.show", case=done.case))


def _decline(number: int) -> ResponseReturnValue:
    """Leave the case where it is, and say why."""
    reason = request.form.get("reason", "")[:4000]
    done = _answer(number, lambda: perform(decline_handover, number, reason=reason))
    if not isinstance(done, Receipt):
        return done
    flash(gettext("Declined: the other office is told why."), "good")
    return redirect(url_for("work.mine"))


def _withdraw(number: int) -> ResponseReturnValue:
    """Offer the case no longer."""
    done = _answer(number, lambda: perform(withdraw_handover, number))
    if not isinstance(done, Receipt):
        return done
    flash(gettext("The offer was withdrawn."), "good")
    return redirect(url_for("cases.show", case=done.case))


def _answer(number: int, command: Callable[[], Receipt]) -> Receipt | ResponseReturnValue:
    """Give a command about an offer; what is refused is said on the offer's own page, with what was typed."""
    try:
        return command()
    except Refusal as refusal:
        if refusal.status not in {409, 422}:
            raise
        return _page(number, refusal)


def _page(number: int, refusal: Refusal | None = None) -> ResponseReturnValue:
    """One offer: before it is accepted, it tells nothing but the number, the stage, and who offers and why."""
    row = ask(handover_page, number)
    shown = render_template(
        "cases/handover.html",
        row=row,
        offer=row.offer,
        titles=spoken_titles(),
        open=row.offer.state.value == "offered" and row.offer.until > g.now,
        seen=row.offer.from_office in g.officer.offices or row.offer.state.value == "accepted",
        refusal=say(refusal) if refusal else "",
        typed=request.form.get("reason", ""),
    )
    return shown, refusal.status if refusal else 200

"""The pages of what leaves the house: mail and calls on their way or given up, and the programs that are told of events."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Receipt, Refusal, add_webhook, end_webhook, resend_dispatch, withdraw_dispatch
from engine.domain.dispatch import EVENTS
from engine.queries.notices import deliveries, listeners
from web.house import words
from web.identity import ask, look_at, perform
from web.language import gettext, say

SERVER_FAULT = 500


def register(blueprint: Blueprint) -> None:
    """Every address of deliveries and webhooks, on one page."""
    add = blueprint.add_url_rule
    add("/house/deliveries", "deliveries", browse)
    add("/house/deliveries/<int:number>/resend", "resend", resend, methods=["POST"])
    add("/house/deliveries/<int:number>/withdraw", "withdraw", withdraw, methods=["POST"])
    add("/house/webhooks", "webhooks", webhooks, methods=["GET", "POST"])
    add("/house/webhooks/<int:number>/end", "end_webhook", end, methods=["POST"])


def browse() -> ResponseReturnValue:
    """What was given up, or what is on its way."""
    failed = request.args.get("state", "failed") != "waiting"
    page = ask(deliveries, failed=failed, after=request.args.get("after"))
    state = "failed" if failed else "waiting"
    more = url_for("house.deliveries", state=state, after=page.following) if page.following else ""
    return render_template(
        "house/deliveries.html", rows=page.rows, failed=failed, more=more, event=words.event, problem=words.problem
    )


def resend(number: int) -> ResponseReturnValue:
    """Send a dead letter again."""
    return _done(resend_dispatch, number, gettext("It is sent again. If it fails once more, it stands here again."))


def withdraw(number: int) -> ResponseReturnValue:
    """Lay one aside."""
    return _done(withdraw_dispatch, number, gettext("Laid aside. It is not sent."))


def webhooks() -> ResponseReturnValue:
    """Every program that is told, and a form for one more; its secret is shown once."""
    if request.method != "POST":
        return _page()
    form = request.form
    said = {"name": form.get("name", ""), "url": form.get("url", ""), "kinds": form.getlist("kinds")}
    try:
        made = look_at(add_webhook, name=form.get("name", ""), url=form.get("url", ""), kinds=form.getlist("kinds"))
    except Refusal as refusal:
        if refusal.status >= SERVER_FAULT:
            raise
        return _page(said=said, refusal=refusal)
    return _page(secret=made.name)


def end(number: int) -> ResponseReturnValue:
    """Tell a program nothing any more."""
    return _done(end_webhook, number, gettext("It is told nothing any more."), back="house.webhooks")


def _page(*, said: object = None, refusal: Refusal | None = None, secret: str = "") -> Response:
    page = render_template(
        "house/webhooks.html",
        rows=ask(listeners),
        said=said or {"name": "", "url": "", "kinds": []},
        refusal=say(refusal) if refusal else "",
        secret=secret,
        events=[(each, words.event(each)) for each in EVENTS],
        event=words.event,
    )
    return make_response(page, refusal.status if refusal else 200)


def _done(command: Callable[..., Receipt], number: int, said: str, *, back: str = "house.deliveries") -> Response:
    """Carry one out and go back to the list with what came of it."""
    try:
        perform(command, number)
    except Refusal as refusal:
        if refusal.status >= SERVER_FAULT:
            raise
        flash(say(refusal), "bad")
    else:
        flash(said, "good")
    if request.form.get("from") == "reports":
        return make_response(redirect(url_for("house.reports", list="failed")))
    return make_response(redirect(url_for(back)))

"""The pages of what leaves the house: mail and calls on their way or given up, and the programs that are told of events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    NotValid,
    Receipt,
    Refusal,
    add_webhook,
    end_webhook,
    replay_dispatch,
    replay_dispatches,
    resend_dispatch,
    rotate_webhook_secret,
    try_webhook,
    withdraw_dispatch,
)
from engine.domain.dispatch import EVENTS, LONGEST_OVERLAP, DispatchState
from engine.queries.notices import call_to, calls_to, deliveries, listener, listeners
from web.house import words
from web.identity import ask, look_at, number_sent, perform
from web.language import gettext, local, ngettext, say

STATES = (DispatchState.PENDING, DispatchState.SENT, DispatchState.FAILED, DispatchState.WITHDRAWN)
"""What calls are sieved by; one in hand counts as one that waits."""
SERVER_FAULT = 500


def register(blueprint: Blueprint) -> None:
    """Every address of deliveries and webhooks, on one page."""
    add = blueprint.add_url_rule
    add("/house/deliveries", "deliveries", browse)
    add("/house/deliveries/<int:number>/resend", "resend", resend, methods=["POST"])
    add("/house/deliveries/<int:number>/withdraw", "withdraw", withdraw, methods=["POST"])
    add("/house/webhooks", "webhooks", webhooks, methods=["GET", "POST"])
    add("/house/webhooks/<int:number>", "webhook", show)
    add("/house/webhooks/<int:number>/end", "end_webhook", end, methods=["POST"])
    add("/house/webhooks/<int:number>/try", "try_webhook", try_, methods=["POST"])
    add("/house/webhooks/<int:number>/secret", "rotate_secret", rotate, methods=["POST"])
    add("/house/webhooks/<int:number>/replay", "replay", replay, methods=["POST"])


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


def show(number: int) -> ResponseReturnValue:
    """One program: what it was called with, and what became of each call."""
    return _show(number)


def try_(number: int) -> ResponseReturnValue:
    """Call it once with nothing to tell."""
    return _at(
        number,
        lambda: perform(try_webhook, number),
        gettext("It is being called. What became of it stands first below."),
    )


def rotate(number: int) -> ResponseReturnValue:
    """Give it a new secret, shown once."""
    days = request.form.get("days", "")
    try:
        made = look_at(rotate_webhook_secret, number, overlap=timedelta(days=_number(days, LONGEST_OVERLAP.days)))
    except Refusal as refusal:
        if refusal.status >= SERVER_FAULT:
            raise
        return _show(number, refusal=refusal)
    return _show(number, secret=made.name)


def replay(number: int) -> ResponseReturnValue:
    """Send one call again, or all of a span."""
    if request.form.get("call"):
        one = number_sent("call")
        ask(call_to, number, one)
        return _at(number, lambda: perform(replay_dispatch, one), gettext("It is sent again, under the same key."))
    since, until = (_moment(request.form.get(name, "")) for name in ("since", "until"))
    return _at(number, lambda: _span(number, since, until))


def _span(number: int, since: datetime, until: datetime) -> str:
    done = perform(replay_dispatches, number, since=since, until=until).number or 0
    return ngettext("%(num)s call is sent again.", "%(num)s calls are sent again.", done)


def _at(number: int, act: Callable[[], object], said: str = "") -> Response:
    """Do it and go back to the page of the program with what came of it."""
    try:
        done = act()
    except Refusal as refusal:
        if refusal.status >= SERVER_FAULT:
            raise
        return _show(number, refusal=refusal)
    flash(said or str(done), "good")
    return make_response(redirect(url_for("house.webhook", number=number)))


def _show(number: int, *, refusal: Refusal | None = None, secret: str = "") -> Response:
    state = request.args.get("state", "")
    chosen = DispatchState(state) if state in STATES else None
    calls = ask(calls_to, number, state=chosen, after=request.args.get("after"))
    kept: dict[str, Any] = {"number": number, "state": state or None}
    page = render_template(
        "house/webhook.html",
        one=ask(listener, number),
        calls=calls.rows,
        more=url_for("house.webhook", **kept, after=calls.following) if calls.following else "",
        state=chosen.value if chosen else "",
        states=[(each, words.DISPATCH_STATES[each]) for each in STATES],
        named=words.DISPATCH_STATES,
        refusal=say(refusal) if refusal else "",
        secret=secret,
        begins=local(g.now - timedelta(hours=1)),
        ends=local(g.now + timedelta(minutes=1)),
        longest=LONGEST_OVERLAP.days,
        event=words.event,
        problem=words.problem,
    )
    return make_response(page, refusal.status if refusal else 200)


def _number(text: str, most: int) -> int:
    if not text.isascii() or not text.isdecimal() or int(text[:6]) > most:
        raise NotValid(what="the overlap", wanted=f"at most {most} days", found=f"“{text[:20]}”")
    return int(text[:6])


def _moment(text: str) -> datetime:
    """What was typed into a field for day and time, on the reader's clock."""
    try:
        told = datetime.fromisoformat(text[:16])
    except ValueError:
        raise NotValid(what="the moment", wanted="a date and a time", found=f"“{text[:20]}”") from None
    return told.replace(tzinfo=local(g.now).tzinfo)


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

"""Tokens of other programs: one's own page of them, and what the page of whoever runs the house shares with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict

from engine import NotFound, NotValid, Refusal, create_token, revoke_token
from engine.domain.token import FASTEST, TokenScope
from engine.queries.tokens import TokenRow, tokens
from web.identity.asking import ask, look_at, number_sent, perform, wiring
from web.language import gettext, local, say

_ = lazy_gettext

SCOPES: Mapping[TokenScope, Any] = {
    TokenScope.CASES_READ: _("see where cases stand and what happened in them"),
    TokenScope.CASES_WRITE: _("begin cases, let them rest, go on and be opened again"),
    TokenScope.WORK_READ: _("see work lists and steps"),
    TokenScope.WORK_WRITE: _("take steps, complete them, give and send them back, correct them"),
    TokenScope.CLOCKS_READ: _("see the times of cases and their pauses"),
    TokenScope.CLOCKS_WRITE: _("begin pauses and end them"),
    TokenScope.DISPOSITIONS_WRITE: _("set courses for cases"),
    TokenScope.GROUPS_READ: _("see groups and where the cases of their people stand"),
    TokenScope.GROUPS_WRITE: _("open groups and add people to them"),
    TokenScope.MESSAGES_WRITE: _("deliver messages to cases that wait for them"),
    TokenScope.RELEASES_READ: _("see the procedures in force and how far drafts are"),
    TokenScope.RELEASES_WRITE: _("send in diagrams, which a second person still approves"),
}
USUAL = timedelta(days=90)
FARTHEST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form for a new token."""

    login: str
    name: str
    purpose: str
    scopes: tuple[str, ...]
    until: str
    rate: str


def mine() -> ResponseReturnValue:
    """One's own tokens, and a form for one more; it is shown once."""
    if request.method != "POST":
        return _page()
    typed = typed_in(request.form, login=g.officer.login)
    try:
        made = make(typed)
    except Refusal as refusal:
        if refusal.status >= 500:  # noqa: PLR2004 - a fault is told as a fault
            raise
        return _page(typed, say(refusal), refusal.status)
    return _page(secret=made)


def end_mine() -> ResponseReturnValue:
    """Take one of one's own away."""
    number = number_sent("token")
    if number not in {each.number for each in ask(tokens)}:
        raise NotFound(what=f"token {number}")
    return ended(number, url_for("identity.tokens"))


def typed_in(form: MultiDict[str, str], *, login: str) -> Typed:
    """What was typed, shortened to what any of it may be."""
    texts = {name: form.get(name, "").strip()[:600] for name in ("name", "purpose", "until", "rate")}
    return Typed(login=login, scopes=tuple(form.getlist("scopes"))[:50], **texts)


def untyped(login: str = "") -> Typed:
    """A form that is still empty."""
    return Typed(login, "", "", (), (local(g.now).date() + USUAL).isoformat(), "")


def make(typed: Typed) -> str:
    """Make the token that was asked for. Returns it. Raises what the engine refuses, and NotValid for no purpose or day."""
    if not typed.purpose:
        raise NotValid(what="the purpose", wanted="given", found="missing")
    rate: dict[str, Any] = {"rate": _rate(typed.rate)} if typed.rate else {}
    given: dict[str, Any] = {"name": typed.name, "purpose": typed.purpose, "scopes": typed.scopes}
    return look_at(create_token, typed.login, **given, **rate, lasts=_until(typed.until) - g.now).name


def ended(number: int, back: str) -> ResponseReturnValue:
    """Take a token away and go back."""
    try:
        perform(revoke_token, number)
    except Refusal as refusal:
        if refusal.status >= 500:  # noqa: PLR2004 - as above
            raise
        flash(say(refusal), "bad")
    else:
        flash(gettext("The token opens nothing any more."), "good")
    return redirect(back)


def on_page() -> dict[str, Any]:
    """What both pages of tokens show besides their rows."""
    today = local(g.now).date()
    return {
        "scopes": SCOPES,
        "first": today + timedelta(days=1),
        "last": today + FARTHEST,
        "house_rate": wiring().settings.api_rate,
        "fastest": FASTEST,
    }


def _page(typed: Typed | None = None, refusal: str = "", status: int = 200, *, secret: str = "") -> Response:
    rows: tuple[TokenRow, ...] = ask(tokens)
    page = render_template(
        "identity/tokens.html",
        rows=[each for each in rows if each.good],
        over=[each for each in rows if not each.good],
        typed=typed or untyped(g.officer.login),
        refusal=refusal,
        secret=secret,
        **on_page(),
    )
    return make_response(page, status)


def _until(text: str) -> datetime:
    """The end of a day on the reader's clock."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise NotValid(what="the day", wanted="a date", found=f"“{text[:20]}”") from None
    there = local(g.now)
    return datetime.combine(day, time(0), there.tzinfo) + timedelta(days=1)


def _rate(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise NotValid(what="the rate", wanted=f"1 to {FASTEST}", found=f"“{text[:20]}”")
    return int(text[:9])

"""The page of every program that acts for an officer: for what, how far, until when, and when it last did."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Refusal
from engine.queries.tokens import every_token
from web.identity import ask
from web.identity.tokens import Typed, ended, make, on_page, typed_in, untyped
from web.language import say

SERVER_FAULT = 500


def register(blueprint: Blueprint) -> None:
    """Every address of tokens, on one page."""
    add = blueprint.add_url_rule
    add("/house/tokens", "tokens", tokens, methods=["GET", "POST"])
    add("/house/tokens/<int:number>/end", "end_token", end, methods=["POST"])


def tokens() -> ResponseReturnValue:
    """Those that are good, or those that are over, and a form for one more; it is shown once."""
    if request.method != "POST":
        return _page(untyped(request.args.get("login", "").strip()[:80]))
    typed = typed_in(request.form, login=request.form.get("login", "").strip().lower()[:80])
    try:
        made = make(typed)
    except Refusal as refusal:
        if refusal.status >= SERVER_FAULT:
            raise
        return _page(typed, say(refusal), refusal.status)
    return _page(untyped(), secret=made)


def end(number: int) -> ResponseReturnValue:
    """Take one away."""
    return ended(number, url_for("house.tokens"))


def _page(typed: Typed, refusal: str = "", status: int = 200, *, secret: str = "") -> Response:
    good = request.args.get("show") != "over"
    page = ask(every_token, good=good, after=request.args.get("after"))
    show = None if good else "over"
    shown = render_template(
        "house/tokens.html",
        rows=page.rows,
        good=good,
        more=url_for("house.tokens", show=show, after=page.following) if page.following else "",
        typed=typed,
        refusal=refusal,
        secret=secret,
        **on_page(),
    )
    return make_response(shown, status)

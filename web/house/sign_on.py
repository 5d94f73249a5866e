"""The page of getting in: the provider, what its claims mean here, and who needs a second factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotValid, Refusal, add_claim_rule, end_claim_rule, require_factor, set_sign_on_rules
from engine.queries.people import offices, posts
from engine.queries.sign_on import sign_on_page
from web.identity import ask, number_sent, perform, read, spoken_titles, wiring
from web.language import gettext, say


def register(blueprint: Blueprint) -> None:
    """Every address of it, on one page."""
    blueprint.add_url_rule("/house/sign-on", "sign_on", show)
    blueprint.add_url_rule("/house/sign-on/<act>", "change_sign_on", change, methods=["POST"])


def show() -> ResponseReturnValue:
    """What has been said about getting in."""
    return _show()


def _show(refusal: str = "", status: int = 200) -> Response:
    page = ask(sign_on_page)
    titles = spoken_titles()
    shown = render_template(
        "house/sign_on.html",
        page=page,
        settings=wiring().settings,
        refusal=refusal,
        titles=titles,
        posts=sorted(read(posts), key=lambda each: titles.get(each.code, each.title)),
        offices=read(offices),
    )
    return make_response(shown, status)


def change(act: str) -> ResponseReturnValue:
    """Do one of the things that the page offers."""
    if act not in ACTS:
        raise NotValid(what="the act", wanted=", ".join(sorted(ACTS)), found=f"“{act[:20]}”")
    try:
        done = ACTS[act]()
    except Refusal as refusal:
        if refusal.status >= 500:  # noqa: PLR2004 - a fault is told as a fault
            raise
        return _show(say(refusal), refusal.status)
    flash(done, "good")
    return redirect(url_for("house.sign_on"))


def _rules() -> str:
    words = {name: request.form.get(name, "").replace(",", " ").split() for name in ("amr", "acr")}
    perform(set_sign_on_rules, link_by=request.form.get("link_by", "").strip()[:200], **words)
    return gettext("The rules of sign-on were stored.")


def _map() -> str:
    names = ("claim", "value", "post", "office")
    perform(add_claim_rule, **{name: request.form.get(name, "").strip()[:300] for name in names})
    return gettext("From the next sign-in on this value gives the post.")


def _unmap() -> str:
    perform(end_claim_rule, number_sent("rule"))
    return gettext("This value gives nothing any more: from the next sign-in on the post is over.")


def _require() -> str:
    perform(require_factor, request.form.get("post", "")[:60], since=_day())
    return gettext("From that day on these posts need a second factor.")


def _free() -> str:
    perform(require_factor, request.form.get("post", "")[:60], since=None)
    return gettext("These posts need no second factor any more.")


ACTS: dict[str, Callable[[], str]] = {
    "rules": _rules,
    "map": _map,
    "unmap": _unmap,
    "require": _require,
    "free": _free,
}


def _day() -> date:
    text = request.form.get("since", "").strip()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise NotValid(what="the day", wanted="a date", found=f"“{text[:20]}”") from None

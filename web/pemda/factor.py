"""The second factor of local governments: set up before anybody is shown, asked for at each sign-in. The engine checks codes."""

from __future__ import annotations

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    NotValid,
    Receipt,
    Refusal,
    begin_pemda_factor,
    confirm_pemda_factor,
    pass_pemda_factor,
    renew_pemda_codes,
)
from engine.domain.sign_on import Factor
from engine.queries.pemda import pemda_factor
from web.identity import read
from web.identity.device_key import LONGEST_CODE, key_groups, key_picture
from web.language import gettext, say
from web.pemda.sessions import login, look_at, secret_sent

ACTS = ("begin", "confirm", "renew")
SERVER_FAULT = 500


def register(blueprint: Blueprint) -> None:
    """Every address of it, on one page."""
    add = blueprint.add_url_rule
    add("/pemda/second", "second", second)
    add("/pemda/second", "show_second", show, methods=["POST"])
    add("/pemda/factor", "factor", factor)
    add("/pemda/factor/<act>", "change_factor", change, methods=["POST"])


def second() -> ResponseReturnValue:
    """Ask for the code; whoever has shown it already is led on."""
    return _second() if g.waiting is not None else redirect(url_for("pemda.citizens"))


def show() -> ResponseReturnValue:
    """Let the session in that shows a code which is good."""
    if g.waiting is None:
        return redirect(url_for("pemda.citizens"))
    receipt = look_at(pass_pemda_factor, code=_code(), session=secret_sent(), address=request.remote_addr or "")
    if receipt.state == "throttled":
        return _second(gettext("Too many wrong codes. Wait a quarter of an hour, or ask your administrator."), 429)
    if receipt.state != "passed":
        return _second(gettext("This code is not good now. Wait for the next one; each is good once."), 401)
    if receipt.name == Factor.RECOVERY:
        flash(
            gettext("You have used a recovery code. It is not good again; draw fresh ones while there are some left."),
            "note",
        )
    return redirect(url_for("pemda.citizens"))


def _second(wrong: str = "", status: int = 200) -> Response:
    return make_response(render_template("pemda/second.html", wrong=wrong, who=g.waiting.name), status)


def factor() -> ResponseReturnValue:
    """One's own second factor."""
    return _page()


def _page(wrong: str = "", codes: tuple[str, ...] = (), status: int = 200) -> Response:
    found = read(pemda_factor, login())
    page = render_template(
        "pemda/factor.html",
        found=found,
        wrong=wrong,
        codes=codes,
        picture=key_picture(found.secret, login()) if found.secret else "",
        groups=key_groups(found.secret),
    )
    return make_response(page, status)


def change(act: str) -> ResponseReturnValue:
    """Begin, confirm, or draw fresh recovery codes."""
    if act not in ACTS:
        raise NotValid(what="the act", wanted=", ".join(ACTS), found=f"“{act[:20]}”")
    try:
        receipt = _do(act)
    except Refusal as refusal:
        if refusal.status >= SERVER_FAULT:
            raise
        return _page(say(refusal), status=refusal.status)
    if receipt.state == "begun":
        return redirect(url_for("pemda.factor"))
    if receipt.state == "throttled":
        return _page(gettext("Too many wrong codes. Wait a quarter of an hour, or ask your administrator."), status=429)
    if receipt.state == "refused":
        return _page(
            gettext(
                "This code does not fit. Look whether the clock of your device is right, and type the code of now."
            ),
            status=422,
        )
    g.enrol = False
    return _page(codes=tuple(str(receipt.name).split()))


def _do(act: str) -> Receipt:
    if act == "begin":
        return look_at(begin_pemda_factor)
    if act == "confirm":
        return look_at(confirm_pemda_factor, code=_code(), session=secret_sent())
    return look_at(renew_pemda_codes, code=_code())


def _code() -> str:
    return str(request.form.get("code", ""))[:LONGEST_CODE]

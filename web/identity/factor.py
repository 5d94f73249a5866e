"""The second factor: showing it at sign-in, and setting up one's own. Codes are checked by the engine alone."""

from __future__ import annotations

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotValid, Receipt, Refusal, begin_factor, confirm_factor, pass_factor, renew_recovery_codes
from engine.domain.sign_on import Factor
from engine.queries.sign_on import my_factor
from web.identity.asking import ask, look_at, wiring
from web.identity.device_key import LONGEST_CODE, key_groups, key_picture
from web.identity.sessions import cookie, onward_to, own_address
from web.language import gettext, say

ACTS = ("begin", "confirm", "renew")


def second() -> ResponseReturnValue:
    """Ask for the code; whoever has shown it already, or need not, is led on."""
    return _second() if g.waiting is not None else redirect(onward_to(request.args.get("next", "")))


def show() -> ResponseReturnValue:
    """Let the session in that shows a code which is good."""
    if g.waiting is None:
        return redirect(url_for("work.mine"))
    given = {"code": _code(), "session": _secret(), "address": request.remote_addr or ""}
    receipt = wiring().engine.perform(pass_factor, **given, officer=g.waiting.login, at=g.now)
    if receipt.state == "throttled":
        return _second(gettext("Too many wrong codes. Wait a quarter of an hour, or ask your administrator."), 429)
    if receipt.state != "passed":
        return _second(gettext("This code is not good now. Wait for the next one; each is good once."), 401)
    if receipt.name == Factor.RECOVERY:
        flash(
            gettext("You have used a recovery code. It is not good again; draw fresh ones while there are some left."),
            "note",
        )
    return redirect(onward_to(str(request.form.get("next", ""))))


def _second(wrong: str = "", status: int = 200) -> Response:
    following = str(request.values.get("next", ""))
    page = render_template(
        "identity/second.html",
        wrong=wrong,
        who=g.waiting.name,
        next=following if own_address(following) else "",
    )
    return make_response(page, status)


def factor() -> ResponseReturnValue:
    """One's own second factor."""
    return _page()


def _page(wrong: str = "", codes: tuple[str, ...] = (), status: int = 200) -> Response:
    found = ask(my_factor)
    page = render_template(
        "identity/factor.html",
        found=found,
        wrong=wrong,
        codes=codes,
        picture=key_picture(found.secret, g.officer.login) if found.secret else "",
        groups=key_groups(found.secret),
        now=found.needed_since is not None and g.enrol,
    )
    return make_response(page, status)


def change(act: str) -> ResponseReturnValue:
    """Begin, confirm, or draw fresh recovery codes."""
    if act not in ACTS:
        raise NotValid(what="the act", wanted=", ".join(ACTS), found=f"“{act[:20]}”")
    try:
        receipt = _do(act)
    except Refusal as refusal:
        if refusal.status >= 500:  # noqa: PLR2004 - a fault is told as a fault
            raise
        return _page(say(refusal), status=refusal.status)
    if receipt.state == "begun":
        return redirect(url_for("identity.factor"))
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
        return look_at(begin_factor)
    if act == "confirm":
        return look_at(confirm_factor, code=_code(), session=_secret())
    return look_at(renew_recovery_codes, code=_code())


def _code() -> str:
    return str(request.form.get("code", ""))[:LONGEST_CODE]


def _secret() -> str:
    return request.cookies.get(cookie(wiring().settings), "")

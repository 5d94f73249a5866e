"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import expect_sound
from engine import sign_in as let_in
from engine import sign_out as let_out
from engine.domain.limits import LIMITS
from web.identity import factor, notices, profile, sign_on, tokens
from web.identity.asking import wiring
from web.identity.devices import device_of
from web.identity.passwords import fits
from web.identity.provider import NotVouchedFor, ProviderSilent
from web.identity.sessions import cookie, keep_before, onward_to, own_address, until
from web.language import gettext, say

blueprint = Blueprint("identity", __name__, template_folder="templates")
blueprint.add_url_rule("/me", "profile", profile.profile)
blueprint.add_url_rule("/me/password", "password", profile.password, methods=["POST"])
blueprint.add_url_rule("/me/language", "language", profile.language, methods=["POST"])
blueprint.add_url_rule("/me/mail", "mail", notices.mail, methods=["POST"])
blueprint.add_url_rule("/me/notices", "notices", notices.notices)
blueprint.add_url_rule("/me/notices/read", "read_notice", notices.read, methods=["POST"])
blueprint.add_url_rule("/me/factor", "factor", factor.factor)
blueprint.add_url_rule("/me/factor/<act>", "change_factor", factor.change, methods=["POST"])
blueprint.add_url_rule("/sign-in/second", "second", factor.second)
blueprint.add_url_rule("/sign-in/second", "show_second", factor.show, methods=["POST"])
blueprint.add_url_rule("/sign-in/provider/logout", "goodbye", sign_on.goodbye, methods=["POST"])
blueprint.add_url_rule("/me/sessions", "sessions", profile.sessions, methods=["POST"])
blueprint.add_url_rule("/me/tokens", "tokens", tokens.mine, methods=["GET", "POST"])
blueprint.add_url_rule("/me/tokens/end", "end_token", tokens.end_mine, methods=["POST"])


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """The form, and what becomes of it; somebody who is signed in already is led on."""
    if request.method == "POST":
        return _let_in()
    if g.officer is not None:
        return redirect(onward_to(request.args.get("next", "")))
    return _form(following=request.args.get("next", ""))


def _let_in() -> ResponseReturnValue:
    """Let in who knows the password; say the same of a wrong account and a wrong password."""
    login = str(request.form.get("login", "")).strip().lower()[:80]
    following = str(request.form.get("next", ""))
    expect_sound([login], LIMITS)
    engine = wiring().engine
    right = fits(engine.password_hash(login), str(request.form.get("password", "")))
    device = device_of(request.headers.get("User-Agent", ""))
    receipt = engine.perform(let_in, login, address=_address(), right=right, device=device, at=g.now)
    if receipt.state == "throttled":
        wrong = gettext(
            "Too many tries for this account or from this place. Wait a quarter of an hour, or ask your administrator."
        )
        return _form(login, following, wrong, 429)
    if receipt.state != "signed-in":
        return _form(login, following, gettext("Account and password do not fit together."), 401)
    engine.keep_session(receipt.name, at=g.now, until=until(g.now))
    response = redirect(onward_to(following))
    settings = wiring().settings
    response.set_cookie(cookie(settings), receipt.name, secure=settings.secure, httponly=True, samesite="Lax")
    return response


@blueprint.get("/sign-in/provider")
def go() -> ResponseReturnValue:
    """Lead to the provider; or say that it does not answer, and let one sign in here."""
    onward = onward_to(request.args.get("next", ""))
    try:
        return sign_on.begin(onward)
    except (NotVouchedFor, ProviderSilent) as wrong:
        sign_on.told(wrong)
        return _form(following=onward, wrong=say(wrong), status=wrong.status)


@blueprint.get("/sign-in/provider/back")
def back() -> ResponseReturnValue:
    """Let in whom the provider vouches for, or say what was wrong with its answer."""
    onward = unknown = ""
    try:
        response, onward, unknown = sign_on.back()
        if response is None:
            what = "this account belongs to no officer here" if unknown else "this officer does not work here any more"
            raise sign_on.provider().refuse(what)
    except (NotVouchedFor, ProviderSilent) as wrong:
        sign_on.told(wrong)
        return _form(following=onward, wrong=say(wrong), status=wrong.status, unknown=unknown)
    return response


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session on the server, not only in this browser; and at the provider, for who came from there."""
    settings, engine = wiring().settings, wiring().engine
    secret = request.cookies.get(cookie(settings), "")
    engine.perform(let_out, secret, officer=(g.officer or g.waiting).login, at=g.now)
    response = redirect(url_for("identity.sign_in", bye="1"))
    response.delete_cookie(cookie(settings), secure=settings.secure, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return sign_on.leave(response) if sign_on.came_by_provider() else response


def _form(
    login: str = "", following: str = "", wrong: str = "", status: int = 200, unknown: str = ""
) -> ResponseReturnValue:
    settings = wiring().settings
    accounts = settings.data_dir / "demo-accounts.txt"
    page = render_template(
        "identity/sign_in.html",
        login=login,
        next=following if own_address(following) else "",
        wrong=wrong,
        unknown=unknown,
        button=sign_on.button(),
        ended=_told(),
        demo=str(accounts) if accounts.exists() and settings.host in {"127.0.0.1", "localhost"} else "",
    )
    return keep_before(make_response(page, status))


def _told() -> str:
    if "bye" in request.args:
        return gettext("You have signed out.")
    return gettext("Sign in to go on where you were.") if request.args.get("next", "/").strip("/?") else ""


def _address() -> str:
    """Where the request comes from; a proxy's word is taken by the server only where it is trusted."""
    return request.remote_addr or ""

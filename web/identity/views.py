"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import expect_sound
from engine import sign_in as let_in
from engine import sign_out as let_out
from engine.domain.limits import LIMITS
from web.identity import notices, profile, tokens
from web.identity.asking import wiring
from web.identity.passwords import fits
from web.identity.sessions import cookie, keep_before, until
from web.language import gettext

blueprint = Blueprint("identity", __name__, template_folder="templates")
blueprint.add_url_rule("/me", "profile", profile.profile)
blueprint.add_url_rule("/me/password", "password", profile.password, methods=["POST"])
blueprint.add_url_rule("/me/language", "language", profile.language, methods=["POST"])
blueprint.add_url_rule("/me/mail", "mail", notices.mail, methods=["POST"])
blueprint.add_url_rule("/me/notices", "notices", notices.notices)
blueprint.add_url_rule("/me/notices/read", "read_notice", notices.read, methods=["POST"])
blueprint.add_url_rule("/me/sessions", "sessions", profile.sessions, methods=["POST"])
blueprint.add_url_rule("/me/tokens", "tokens", tokens.mine, methods=["GET", "POST"])
blueprint.add_url_rule("/me/tokens/end", "end_token", tokens.end_mine, methods=["POST"])


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """The form, and what becomes of it; somebody who is signed in already is led on."""
    if request.method == "POST":
        return _let_in()
    if g.officer is not None:
        return redirect(_onward(request.args.get("next", "")))
    return _form(following=request.args.get("next", ""))


def _let_in() -> ResponseReturnValue:
    """Let in who knows the password; say the same of a wrong account and a wrong password."""
    login = str(request.form.get("login", "")).strip().lower()[:80]
    following = str(request.form.get("next", ""))
    expect_sound([login], LIMITS)
    engine = wiring().engine
    right = fits(engine.password_hash(login), str(request.form.get("password", "")))
    receipt = engine.perform(let_in, login, address=_address(), right=right, at=g.now)
    if receipt.state == "throttled":
        wrong = gettext(
            "Too many tries for this account or from this place. Wait a quarter of an hour, or ask your administrator."
        )
        return _form(login, following, wrong, 429)
    if receipt.state != "signed-in":
        return _form(login, following, gettext("Account and password do not fit together."), 401)
    engine.keep_session(receipt.name, at=g.now, until=until(g.now))
    response = redirect(_onward(following))
    settings = wiring().settings
    response.set_cookie(cookie(settings), receipt.name, secure=settings.secure, httponly=True, samesite="Lax")
    return response


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session on the server, not only in this browser."""
    settings, engine = wiring().settings, wiring().engine
    secret = request.cookies.get(cookie(settings), "")
    engine.perform(let_out, secret, officer=g.officer.login, at=g.now)
    response = redirect(url_for("identity.sign_in", bye="1"))
    response.delete_cookie(cookie(settings), secure=settings.secure, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _form(login: str = "", following: str = "", wrong: str = "", status: int = 200) -> ResponseReturnValue:
    settings = wiring().settings
    accounts = settings.data_dir / "demo-accounts.txt"
    page = render_template(
        "identity/sign_in.html",
        login=login,
        next=following if _own(following) else "",
        wrong=wrong,
        ended=_told(),
        demo=str(accounts) if accounts.exists() and settings.host in {"127.0.0.1", "localhost"} else "",
    )
    return keep_before(make_response(page, status))


def _told() -> str:
    if "bye" in request.args:
        return gettext("You have signed out.")
    return gettext("Sign in to go on where you were.") if request.args.get("next", "/").strip("/?") else ""


def _onward(address: str) -> str:
    return address if _own(address) else url_for("work.mine")


def _own(address: str) -> bool:
    """Whether an address is one of ours: a path, never another site's. Browsers leave tabs and line ends out."""
    return address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()


def _address() -> str:
    """Where the request comes from; a proxy's word is taken by the server only where it is trusted."""
    return request.remote_addr or ""

"""One's own page: password, language, and where one is signed in. Posts are shown, and given by others."""

from __future__ import annotations

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotValid, Refusal, change_officer, end_session, set_password
from engine.queries.house import my_sessions
from engine.queries.notices import my_choices
from engine.queries.sign_on import my_factor
from engine.queries.tokens import tokens
from web.identity.asking import ask, look_at, perform, wiring
from web.identity.passwords import LONGEST, SHORTEST, fits, hash_password
from web.identity.sessions import cookie, own_handle
from web.language import gettext, say
from web.telling import MAILING_NAMES, TOPIC_NAMES

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def profile() -> ResponseReturnValue:
    """Who one is here."""
    return _page()


def _page(wrong: str = "", status: int = 200) -> Response:
    page = render_template(
        "identity/profile.html",
        wrong=wrong,
        once=g.get("once", False),
        held=g.get("held", ()),
        languages=LANGUAGES,
        zones=ZONES,
        sessions=ask(my_sessions),
        factor=ask(my_factor),
        tokens=[each for each in ask(tokens) if each.good],
        here=own_handle(),
        choices=ask(my_choices),
        topics=TOPIC_NAMES,
        ways=MAILING_NAMES,
        by_mail=bool(wiring().settings.smtp_url),
        shortest=SHORTEST,
    )
    return make_response(page, status)


def password() -> ResponseReturnValue:
    """Change one's own password; every other browser is signed out."""
    old, new, again = (str(request.form.get(name, "")) for name in ("old", "new", "again"))
    engine, login = wiring().engine, g.officer.login
    if not fits(engine.password_hash(login), old):
        return _page(gettext("The password of now is not this one. Nothing was changed."), 422)
    if not SHORTEST <= len(new) <= LONGEST:
        return _page(gettext("The new password needs at least %(number)s characters.", number=SHORTEST), 422)
    if new != again:
        return _page(gettext("The new password and its repetition differ. Nothing was changed."), 422)
    if new in {old, login}:
        return _page(gettext("The new password must be another one."), 422)
    look_at(set_password, login, password=hash_password(new), keep=_secret())
    flash(gettext("Your password was changed. Every other browser was signed out."), "good")
    return redirect(url_for("work.mine" if g.get("once") else "identity.profile"))


def language() -> ResponseReturnValue:
    """Choose one's language and clock."""
    zone = request.form.get("zone", "")
    if zone not in {"", *ZONES}:
        raise NotValid(what="the time zone", wanted=", ".join(ZONES), found=f"“{zone[:40]}”")
    chosen = request.form.get("language", "")
    perform(change_officer, g.officer.login, language=chosen, zone=zone)
    g.language = chosen
    flash(gettext("Your language and clock were changed."), "good")
    return redirect(url_for("identity.profile"))


def sessions() -> ResponseReturnValue:
    """Sign out elsewhere: one browser, or all but this."""
    session = request.form.get("session", "")[:64]
    try:
        perform(end_session, g.officer.login, session=session, but="" if session else _secret())
    except Refusal as refusal:
        if refusal.status >= 500:  # noqa: PLR2004 - a fault is told as a fault
            raise
        flash(say(refusal), "bad")
    else:
        flash(gettext("Signed out there."), "good")
    return redirect(url_for("identity.profile"))


def _secret() -> str:
    return request.cookies.get(cookie(wiring().settings), "")

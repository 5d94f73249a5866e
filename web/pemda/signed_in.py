"""Where somebody of a local government is signed in, and the buttons that end it there."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Refusal, end_pemda_session
from engine.queries.pemda import pemda_sessions
from web.identity import read
from web.language import gettext, say
from web.pemda.sessions import login, own_handle, perform, secret_sent

SERVER_FAULT = 500


def register(blueprint: Blueprint) -> None:
    """Every address of it, on one page."""
    blueprint.add_url_rule("/pemda/sessions", "sessions", sessions)
    blueprint.add_url_rule("/pemda/sessions", "end_sessions", end, methods=["POST"])


def sessions() -> ResponseReturnValue:
    """All of one's own, this one first among them."""
    found, here = read(pemda_sessions, login()), own_handle()
    return render_template(
        "pemda/sessions.html", sessions=sorted(found, key=lambda each: each.handle != here), here=here
    )


def end() -> ResponseReturnValue:
    """Sign out elsewhere: one browser, or all but this."""
    session = request.form.get("session", "")[:64]
    try:
        perform(end_pemda_session, session=session, but="" if session else secret_sent(), own=True)
    except Refusal as refusal:
        if refusal.status >= SERVER_FAULT:
            raise
        flash(say(refusal), "bad")
    else:
        flash(gettext("Signed out there."), "good")
    return redirect(url_for("pemda.sessions"))

"""What one has been told, and how one wants to be told: the bell on every page leads here."""

from __future__ import annotations

from flask import Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Refusal, choose_notices, read_notices, set_mail_address
from engine.domain.notice import Topic
from engine.queries.notices import MOST_COUNTED, my_notice, my_notices, unread_notices
from web.identity.asking import ask, look_at, number_sent
from web.language import gettext, say
from web.telling import place_of, said, sign_of


def start(app: Flask) -> None:
    """Let every page show how much has not been read."""
    app.jinja_env.globals.update(unread=unread, most_counted=MOST_COUNTED)


def unread() -> int:
    """How many notices wait; none before sign-in, while a password or a second factor has to be chosen, nor where nothing more is to be asked."""
    if g.get("officer") is None or g.get("once") or g.get("enrol"):
        return 0
    if "unread" in g:
        return int(g.unread)
    try:
        return ask(unread_notices)
    except Refusal:  # the page of a database that does not answer has a bell too
        return 0


def notices() -> ResponseReturnValue:
    """All notices, the newest first, or those that were not read."""
    only = request.args.get("show") == "unread"
    page = ask(my_notices, after=request.args.get("after"), unread=only)
    return render_template(
        "identity/notices.html",
        rows=page.rows,
        only=only,
        newest=page.rows[0].number if page.rows else 0,
        more=url_for("identity.notices", after=page.following, show="unread" if only else None)
        if page.following
        else "",
        said=said,
        sign_of=sign_of,
    )


def read() -> ResponseReturnValue:
    """Mark one as read and go where it leads, or mark all that were on the page and before."""
    if request.form.get("notice"):
        found = ask(my_notice, number_sent("notice"))
        look_at(read_notices, notice=found.number)
        return redirect(place_of(found))
    look_at(read_notices, until=number_sent("until"))
    flash(gettext("Marked as read."), "good")
    return redirect(url_for("identity.notices"))


def mail() -> ResponseReturnValue:
    """Choose where mail goes and what it brings."""
    chosen = {topic.value: request.form[topic.value] for topic in Topic if request.form.get(topic.value)}
    try:
        look_at(set_mail_address, g.officer.login, address=request.form.get("mail_to", ""))
        look_at(choose_notices, mail=chosen)
    except Refusal as refusal:
        if refusal.status >= 500:  # noqa: PLR2004 - a fault is told as a fault
            raise
        flash(say(refusal), "bad")
    else:
        flash(gettext("Your choice of notices was stored."), "good")
    return redirect(url_for("identity.profile") + "#mail")

"""The pages of officers: who they are, what they hold, and what lets them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    NotValid,
    Refusal,
    add_officer,
    assign_post,
    change_officer,
    deactivate_officer,
    end_holding,
    end_session,
    link_identity,
    reactivate_officer,
    reset_factor,
    revoke_token,
    set_password,
    unlink_identity,
)
from engine.domain.organisation import Acting
from engine.queries.house import OfficerPage, officer_lines, officer_page
from engine.queries.people import offices, posts
from web.identity import ask, expect_power, hash_password, look_at, perform, read, spoken_titles, wiring
from web.identity.passwords import one_time_password
from web.language import gettext, local, say


def register(blueprint: Blueprint) -> None:
    """Every address of officers, on one page."""
    add = blueprint.add_url_rule
    add("/house/officers", "officers", browse)
    add("/house/officers/new", "add_officer", new, methods=["POST"])
    add("/house/officers/<int:number>", "officer", show)
    add("/house/officers/<int:number>/<act>", "act_on_officer", change, methods=["POST"])


def browse() -> ResponseReturnValue:
    """Officers by name, office and post."""
    return _browse()


def _browse(said: Any = None, refusal: str = "", status: int = 200) -> Response:
    asked = {name: request.args.get(name, "").strip()[:80] for name in ("q", "office", "post", "gone")}
    page = ask(
        officer_lines,
        search=asked["q"],
        office=asked["office"],
        post_code=asked["post"],
        active=not asked["gone"],
        after=request.args.get("after"),
    )
    kept: dict[str, Any] = {name: value for name, value in asked.items() if value}
    shown = render_template(
        "house/officers.html",
        rows=page.rows,
        more=url_for("house.officers", **kept, after=page.following) if page.following else "",
        asked=asked,
        sieved=bool(kept),
        offices=read(offices),
        posts=read(posts),
        titles=spoken_titles(),
        said=said or {},
        refusal=refusal,
    )
    return make_response(shown, status)


def new() -> ResponseReturnValue:
    """Make an officer known; the password that they begin with is shown once."""
    said = {name: request.form.get(name, "").strip()[:200] for name in ("login", "name")}
    password = one_time_password()
    try:
        receipt = look_at(
            add_officer, said["login"].lower(), name=said["name"], password=hash_password(password), once=True
        )
    except Refusal as refusal:
        expect_power("administer")
        return _browse(said, say(refusal), refusal.status)
    return _show(receipt.number or 0, secret=password)


def show(number: int) -> ResponseReturnValue:
    """One officer."""
    return _show(number)


def _show(number: int, *, secret: str = "", refusal: str = "", status: int = 200) -> Response:
    page = ask(officer_page, number)
    shown = render_template(
        "house/officer.html",
        page=page,
        secret=secret,
        refusal=refusal,
        offices=read(offices),
        posts=read(posts),
        titles=spoken_titles(),
        actings=[each.value for each in Acting if each.value],
        today=local(g.now).date(),
        myself=page.line.login == g.officer.login,
        issuer=wiring().settings.oidc_issuer,
    )
    return make_response(shown, status)


def change(number: int, act: str) -> ResponseReturnValue:
    """Do one of the things that the page of an officer offers."""
    page = ask(officer_page, number)
    if act not in ACTS:
        raise NotValid(what="the act", wanted=", ".join(sorted(ACTS)), found=f"“{act[:20]}”")
    try:
        told = ACTS[act](page)
    except Refusal as refusal:
        if refusal.status >= 500:  # noqa: PLR2004 - a fault is told as a fault
            raise
        return _show(number, refusal=say(refusal), status=refusal.status)
    if isinstance(told, OneTime):
        return _show(number, secret=told.password)
    flash(told, "good")
    return redirect(url_for("house.officer", number=number))


@dataclass(frozen=True, slots=True)
class OneTime:
    """A password that is shown once."""

    password: str


Done = str | OneTime


def _rename(page: OfficerPage) -> Done:
    perform(change_officer, page.line.login, name=request.form.get("name", "").strip()[:300])
    return gettext("The name was changed.")


def _assign(page: OfficerPage) -> Done:
    acting = request.form.get("acting", "")
    if acting not in set(Acting):
        raise NotValid(what="in what capacity", wanted="Plt., Plh.", found=f"“{acting[:20]}”")
    begins = _day("begins_on") or local(g.now).date()
    held: dict[str, Any] = {"post": request.form.get("post", "")[:60], "office": request.form.get("office", "")[:40]}
    perform(assign_post, page.line.login, **held, begins_on=begins, ends_on=_day("ends_on"), acting=Acting(acting))
    return gettext("The post was given.")


def _end(page: OfficerPage) -> Done:
    number = request.form.get("holding", "")
    mine = {str(each.number): each for each in page.held}
    if number not in mine:
        raise NotValid(what="the post held", wanted=gettext("one of this officer's"), found=f"“{number[:20]}”")
    perform(end_holding, mine[number].number, ends_on=_day("ends_on") or local(g.now).date())
    return gettext("The post ends on the day given.")


def _new_password(page: OfficerPage) -> Done:
    password = one_time_password()
    look_at(set_password, page.line.login, password=hash_password(password), once=True)
    return OneTime(password)


def _deactivate(page: OfficerPage) -> Done:
    perform(deactivate_officer, page.line.login, reason=request.form.get("reason", "").strip()[:1000])
    return gettext("The officer cannot sign in any more. What was in hand is back with its posts.")


def _reactivate(page: OfficerPage) -> Done:
    perform(reactivate_officer, page.line.login)
    return gettext("The officer can sign in again.")


def _revoke(page: OfficerPage) -> Done:
    number = request.form.get("token", "")
    if number not in {str(each.number) for each in page.tokens}:
        raise NotValid(what="the token", wanted=gettext("one of this officer's"), found=f"“{number[:20]}”")
    perform(revoke_token, int(number))
    return gettext("The token opens nothing any more.")


def _sign_out(page: OfficerPage) -> Done:
    perform(end_session, page.line.login)
    return gettext("Signed out everywhere.")


def _end_session(page: OfficerPage) -> Done:
    perform(end_session, page.line.login, session=request.form.get("session", "")[:64])
    return gettext("Signed out there.")


def _link(page: OfficerPage) -> Done:
    issuer, subject = wiring().settings.oidc_issuer, request.form.get("subject", "").strip()[:300]
    perform(link_identity, page.line.login, issuer=issuer, subject=subject)
    return gettext("The account was linked: it lets this officer in.")


def _unlink(page: OfficerPage) -> Done:
    number = request.form.get("link", "")
    if number not in {str(each.number) for each in page.accounts}:
        raise NotValid(what="the account", wanted=gettext("one of this officer's"), found=f"“{number[:20]}”")
    perform(unlink_identity, int(number))
    return gettext("The account lets nobody in any more.")


def _reset_factor(page: OfficerPage) -> Done:
    perform(reset_factor, page.line.login, reason=request.form.get("reason", "").strip()[:1000])
    return gettext("The second factor was reset, and the officer is signed out everywhere.")


ACTS: dict[str, Callable[[OfficerPage], Done]] = {
    "rename": _rename,
    "assign": _assign,
    "end": _end,
    "password": _new_password,
    "deactivate": _deactivate,
    "reactivate": _reactivate,
    "revoke": _revoke,
    "sign-out": _sign_out,
    "end-session": _end_session,
    "link": _link,
    "unlink": _unlink,
    "reset-factor": _reset_factor,
}


def _day(name: str) -> date | None:
    text = request.form.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise NotValid(what="the day", wanted="a date", found=f"“{text[:20]}”") from None

"""The pages of local governments, for those who run the house: whom there is an agreement with, and who signs in for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    NotFound,
    NotValid,
    Refusal,
    add_pemda,
    add_pemda_user,
    end_pemda,
    end_pemda_session,
    end_pemda_user,
    reset_pemda_factor,
    set_pemda_password,
)
from engine.domain.pemda import Pemda
from engine.queries.pemda import PemdaRow, pemda_rows
from sop_catalog.registers import place_name
from web.identity import hash_password, look_at, perform, read
from web.identity.passwords import one_time_password
from web.language import gettext, say

TEXTS = ("area", "name", "legal_basis", "agreement", "valid_from", "valid_until")
BASIS = "PP 59/2021 Pasal 21; Permen P2MI 32/2025 Pasal 13 huruf e; UU 27/2022 Pasal 20"
"""What the form proposes; docs/pemda.md says which field stands on which."""
SERVER_FAULT = 500


def register(blueprint: Blueprint) -> None:
    """Every address of local governments, on one page."""
    add = blueprint.add_url_rule
    add("/house/pemda", "local_governments", browse, methods=["GET", "POST"])
    add("/house/pemda/<area>", "local_government", show)
    add("/house/pemda/<area>/users", "add_local_user", add_user, methods=["POST"])
    add("/house/pemda/<area>/users/<login>", "act_on_local_user", act_on_user, methods=["POST"])
    add("/house/pemda/<area>/end", "end_local_government", end, methods=["POST"])


def browse() -> ResponseReturnValue:
    """All of them, or with `?state=ended` those that were ended; and a form for one more."""
    said = {name: request.form.get(name, "").strip()[:200] for name in TEXTS}
    if request.method != "POST":
        return _list({**said, "legal_basis": BASIS})
    try:
        made = perform(add_pemda, _pemda(said))
    except Refusal as refusal:
        return _list(said, refusal)
    flash(gettext("%(name)s stands. Next, add whoever signs in for it.", name=said["name"]), "good")
    return redirect(url_for("house.local_government", area=made.name))


def show(area: str) -> ResponseReturnValue:
    return _one(area)


def add_user(area: str) -> ResponseReturnValue:
    """Let somebody sign in; the password is shown once."""
    login, password = request.form.get("login", "").strip()[:80], one_time_password()
    given = {"name": request.form.get("name", "")[:120], "password": hash_password(password)}
    try:
        look_at(add_pemda_user, area, login, **given)
    except Refusal as refusal:
        return _one(area, refusal=refusal, said={"login": login, "name": given["name"]})
    return _one(area, secret=(login, password))


def act_on_user(area: str, login: str) -> ResponseReturnValue:
    """Give another password, shown once; reset the second factor; sign somebody out everywhere; or end the account."""
    if login not in {each.login for each in _row(area).users}:
        raise NotFound(what=f"account {login}")
    act = request.form.get("act", "")
    try:
        if act in DONE:
            flash(DONE[act](login), "good")
            return redirect(url_for("house.local_government", area=area))
        password = one_time_password()
        look_at(set_pemda_password, login, password=hash_password(password), once=True)
    except Refusal as refusal:
        return _one(area, refusal=refusal)
    return _one(area, secret=(login, password))


def _end_user(login: str) -> str:
    perform(end_pemda_user, login)
    return gettext("%(login)s cannot sign in any more.", login=login)


def _reset_factor(login: str) -> str:
    perform(reset_pemda_factor, login, reason=request.form.get("reason", "").strip()[:1000])
    return gettext("The second factor of %(login)s was reset, and they are signed out everywhere.", login=login)


def _end_sessions(login: str) -> str:
    perform(end_pemda_session, login)
    return gettext("%(login)s was signed out everywhere.", login=login)


DONE: Mapping[str, Callable[[str], str]] = {
    "end": _end_user,
    "reset-factor": _reset_factor,
    "sessions-end": _end_sessions,
}
"""What a button does with an account, and what is said then."""


def end(area: str) -> ResponseReturnValue:
    """Tell it nothing any more."""
    try:
        perform(end_pemda, area, reason=request.form.get("reason", ""))
    except Refusal as refusal:
        return _one(area, refusal=refusal)
    flash(gettext("It was ended: its people were signed out."), "good")
    return redirect(url_for("house.local_governments"))


def _pemda(said: Mapping[str, str]) -> Pemda:
    first, last = _day(said["valid_from"]), _day(said["valid_until"])
    if first is None:
        raise NotValid(what="the first day", wanted="given", found="missing")
    if place_name(said["area"]) == said["area"]:
        raise NotValid(what="the working area", wanted="a code that is registered", found=f"“{said['area'][:20]}”")
    return Pemda(said["area"], said["name"], said["legal_basis"], said["agreement"], first, last)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotValid(what="the day", wanted="one like 2026-11-22", found=f"“{text[:20]}”") from None


def _list(said: Mapping[str, str], refusal: Refusal | None = None) -> Response:
    if refusal is not None and refusal.status >= SERVER_FAULT:
        raise refusal
    ended = request.args.get("state") == "ended"
    page = render_template(
        "house/local_governments.html",
        rows=read(pemda_rows, ended=ended),
        ended=ended,
        said=said,
        refusal=say(refusal) if refusal else "",
        place=place_name,
    )
    return make_response(page, refusal.status if refusal else 200)


def _row(area: str) -> PemdaRow:
    found = next((each for each in read(pemda_rows) if each.pemda.area == area), None)
    if found is None:
        raise NotFound(what=f"local government {area}")
    return found


def _one(
    area: str,
    *,
    secret: tuple[str, str] | None = None,
    refusal: Refusal | None = None,
    said: Mapping[str, str] | None = None,
) -> Response:
    if refusal is not None and refusal.status >= SERVER_FAULT:
        raise refusal
    page = render_template(
        "house/local_government.html",
        row=_row(area),
        secret=secret,
        said=said or {},
        refusal=say(refusal) if refusal else "",
        place=place_name,
    )
    return make_response(page, refusal.status if refusal else 200)

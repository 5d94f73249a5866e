"""Who of which local government asks: a session and a cookie of their own, which open nothing anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from engine import UnitOfWork, expect_sound
from engine.domain.limits import LIMITS
from engine.queries.pemda import pemda_session_of
from engine.queries.reader import Reader
from sop_catalog.registers import province_of
from web.config import Settings
from web.errors import answer
from web.identity import key_sent, read, wiring
from web.language import gettext

P = ParamSpec("P")
T = TypeVar("T")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = frozenset({"pemda.sign_in"})
CHOOSING = frozenset({"pemda.account", "pemda.password", "pemda.sign_out"})
"""What is open to whoever has signed in with a password that is good once, until they have chosen another."""
TOUCH = timedelta(seconds=60)
ZONES: Mapping[str, str] = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def start(app: Flask) -> None:
    """Know before each page of this place who asks. Called before officers are asked for, whose check reads the token."""
    app.before_request(_who_asks)


def cookie(settings: Settings) -> str:
    """The name of the session's cookie; over https it is bound to this host alone."""
    return "__Host-lajur-pemda" if settings.secure else "lajur-pemda"


def secret_sent() -> str:
    """The secret that this browser holds."""
    return request.cookies.get(cookie(wiring().settings), "")


def login() -> str:
    """Who is signed in. Only asked for on pages that need it."""
    if g.pemda is None:
        raise Forbidden
    known: str = g.pemda.login
    return known


def look_at(command: Callable[Concatenate[UnitOfWork, str, P], T], /, *args: P.args, **more: P.kwargs) -> T:
    """Give a command in the name of whoever is signed in, whose answer is shown and not kept."""
    given: Any = {"at": g.now, **more}
    return wiring().engine.perform(command, login(), *args, **given)


def perform(command: Callable[Concatenate[UnitOfWork, str, P], T], /, *args: P.args, **more: P.kwargs) -> T:
    """The same with the key of the form, so that twice is once; a key is one's own."""
    sent = key_sent()
    given: Any = {"at": g.now, "key": f"{login()}:{sent}"[:200] if sent else None, **more}
    return wiring().engine.perform(command, login(), *args, **given)


def until(begun: datetime) -> datetime:
    """When a session ends that was begun then and is used now."""
    settings = wiring().settings
    idle: datetime = g.now + timedelta(minutes=settings.session_idle_minutes)
    return min(idle, begun + timedelta(hours=settings.session_hours))


def _who_asks() -> ResponseReturnValue | None:
    if request.blueprint != "pemda":
        return None
    g.pemda, g.officer, g.once = None, None, False
    _find()
    if g.pemda is not None and g.once and request.endpoint not in CHOOSING:
        return redirect(url_for("pemda.account"))
    if g.pemda is None and request.endpoint not in OPEN:
        if request.method not in SAFE:
            return answer(401, gettext("Your session has ended. Sign in, go back and send it once more."))
        return redirect(url_for("pemda.sign_in"))
    return None


def _find() -> None:
    secret = secret_sent()
    if not secret:
        return
    expect_sound([secret], LIMITS)
    settings = wiring().settings
    found = read(_asked, secret)
    if found is None:
        return
    idle = g.now - found.seen_at > timedelta(minutes=settings.session_idle_minutes)
    if idle or g.now - found.created_at > timedelta(hours=settings.session_hours):
        return
    if g.now - found.seen_at > TOUCH:
        wiring().engine.keep_pemda_session(secret, at=g.now, until=until(found.created_at))
    g.pemda, g.once, g.csrf = found.user, found.user.once, found.csrf
    g.language = found.user.language
    province = province_of(found.user.pemda.area)
    g.zone = ZONES.get(province.zone, province.zone) if province else ""


def _asked(reader: Reader, secret: str) -> Any:
    return pemda_session_of(reader, secret)

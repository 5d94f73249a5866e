"""Who of which local government asks: a session and a cookie of their own, which open nothing anywhere else."""

from __future__ import annotations

import hashlib
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
from web.identity.sessions import WAITS
from web.language import gettext

P = ParamSpec("P")
T = TypeVar("T")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = frozenset({"pemda.sign_in"})
CHOOSING = frozenset({"pemda.account", "pemda.password", "pemda.sign_out"})
"""What is open to whoever has signed in with a password that is good once, until they have chosen another."""
ENROLLING = frozenset({"pemda.factor", "pemda.change_factor", "pemda.sign_out"})
"""What is open to whoever has no second factor yet: everybody of a local government needs one."""
WAITING = OPEN | {"pemda.second", "pemda.show_second", "pemda.sign_out"}
"""What is open to whoever has still to show the second factor."""
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


def own_handle() -> str:
    """The handle of the session of this very browser, as the list of sessions names it."""
    return hashlib.sha256(secret_sent().encode()).hexdigest()


def login() -> str:
    """Who is signed in, or has still to show the second factor. Only asked for on pages that need it."""
    user = g.pemda or g.waiting
    if user is None:
        raise Forbidden
    known: str = user.login
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
    g.pemda, g.officer, g.waiting, g.once, g.enrol = None, None, None, False, False
    _find()
    return _first_to_do()


def _first_to_do() -> ResponseReturnValue | None:
    """What comes before the page asked for: signing in, the second factor, a password of one's own, a second factor at all.

    Whoever has a second factor shows it before choosing a password: who was given the one has not stolen the other.
    """
    if g.waiting is not None and request.endpoint not in WAITING:
        return redirect(url_for("pemda.second"))
    if g.pemda is not None and g.once and request.endpoint not in CHOOSING:
        return redirect(url_for("pemda.account"))
    if g.pemda is not None and g.enrol and not g.once and request.endpoint not in ENROLLING:
        return redirect(url_for("pemda.factor"))
    if g.pemda is None and g.waiting is None and request.endpoint not in OPEN:
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
    g.language = found.user.language
    if found.waits:
        if g.now - found.created_at <= WAITS:
            g.waiting, g.csrf = found.user, found.csrf
        return
    if g.now - found.seen_at > TOUCH:
        wiring().engine.keep_pemda_session(secret, at=g.now, until=until(found.created_at))
    g.pemda, g.once, g.csrf = found.user, found.user.once, found.csrf
    g.enrol = not found.user.enrolled
    province = province_of(found.user.pemda.area)
    g.zone = ZONES.get(province.zone, province.zone) if province else ""


def _asked(reader: Reader, secret: str) -> Any:
    return pemda_session_of(reader, secret)

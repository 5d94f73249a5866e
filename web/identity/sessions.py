"""Server-side sessions: the browser holds a random secret, the database its hash, and idle ones end by themselves."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine import NotFound, Session
from engine.domain.organisation import Officer
from engine.domain.sign_on import needed_since
from engine.queries.people import HeldPost, me
from engine.queries.reader import Reader
from sop_catalog import registers
from web.config import Settings
from web.errors import answer
from web.identity.asking import read, spoken_titles, wiring
from web.language import gettext, local, titled

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PORTAL = frozenset(
    {
        "public.figure",
        "public.figure_csvw",
        "public.figure_schema",
        "public.figures",
        "public.figures_catalogue",
        "public.figures_edition",
        "public.figures_package",
        "public.newest_figures",
        "public.sop",
        "public.sop_data",
        "public.sop_drawing",
        "public.sop_picture",
        "public.sop_sheet",
        "public.sops",
    }
)
"""What is the same for everybody: it does not matter who asks."""
OPEN = PORTAL | {
    "static",
    "identity.sign_in",
    "identity.go",
    "identity.back",
    "identity.goodbye",
    "public.slip",
    "public.ask_for",
    "public.feedback",
    "public.give",
    "living.alive",
    "living.ready",
}
"""What nobody needs to be signed in for; the API asks for its own token."""
NO_OFFICERS = "pemda"
"""The place of local governments, who sign in there and nowhere else: an officer's session opens nothing in it."""
CHOOSING = frozenset({"static", "identity.profile", "identity.password", "identity.sign_out"})
"""What is open to whoever has signed in with a password that is good once, until they have chosen another."""
ENROLLING = frozenset({"static", "identity.factor", "identity.change_factor", "identity.sign_out"})
"""What is open to whoever needs a second factor and has none yet."""
WAITING = frozenset({"identity.second", "identity.show_second", "identity.sign_out"})
"""What is open to whoever has still to show the second factor, beside what is open to all."""
WAITS = timedelta(minutes=10)
"""So long is there to show it."""
UNFORGED = frozenset({"identity.goodbye"})
"""Called by another program, with a signature of its own in the place of our token."""
UNASKED = PORTAL | {"static", "living.alive", "living.ready"}
"""Where it does not matter who asks, so that no database is needed to find out."""
TOUCH = timedelta(seconds=60)
"""A session in use is noted as such at most so often."""


def start(app: Flask) -> None:
    """Know before each page who asks, and refuse forged forms."""
    from web.identity import notices  # noqa: PLC0415 - they need what stands here
    from web.identity.views import blueprint  # noqa: PLC0415 - as above

    app.register_blueprint(blueprint)
    notices.start(app)
    app.before_request(_who_asks)
    app.before_request(_expect_own_form)
    app.extensions["titles"] = spoken_titles
    app.jinja_env.globals.update(csrf=csrf_field, posts_of=posts_of)


def cookie(settings: Settings) -> str:
    """The name of the session's cookie; over https it is bound to this host alone."""
    return "__Host-lajur" if settings.secure else "lajur"


def before_cookie(settings: Settings) -> str:
    """The name of the cookie that protects the form of signing in, before there is a session."""
    return "__Host-lajur-before" if settings.secure else "lajur-before"


def _who_asks() -> ResponseReturnValue | None:
    if request.blueprint == NO_OFFICERS:
        return None
    g.officer, g.once, g.enrol, g.waiting = None, False, False, None
    if request.path.startswith("/api/") or request.endpoint in UNASKED:
        return None
    found = _session()
    if found is not None:
        _remember(*found)
    return _first_to_do()


def _first_to_do() -> ResponseReturnValue | None:
    """What has to be done before the page asked for: the second factor, a password of one's own, signing in."""
    if g.waiting is not None and request.endpoint not in OPEN | WAITING and request.endpoint is not None:
        return _sent_to("identity.second")
    if g.officer is not None and g.once and request.endpoint not in CHOOSING:
        return redirect(url_for("identity.profile"))
    if g.officer is not None and g.enrol and not g.once and request.endpoint not in ENROLLING:
        return _sent_to("identity.factor")
    if g.officer is None and g.waiting is None and request.endpoint not in OPEN and request.endpoint is not None:
        return _sent_to("identity.sign_in")
    return None


def _sent_to(door: str) -> ResponseReturnValue:
    """Lead to what has to be done first, and remember where one wanted to go."""
    if request.method not in SAFE:
        return answer(401, gettext("Your session has ended. Sign in, go back and send it once more."))
    return redirect(url_for(door, next=request.full_path.rstrip("?")))


def _session() -> tuple[str, Session] | None:
    settings, engine = wiring().settings, wiring().engine
    secret = request.cookies.get(cookie(settings), "")
    if not secret:
        return None
    found = engine.session(secret, at=g.now)
    return (secret, found) if found is not None and _good(found, g.now, settings) else None


def _good(found: Session, now: datetime, settings: Settings) -> bool:
    idle = now - found.seen_at > timedelta(minutes=settings.session_idle_minutes)
    old = now - found.created_at > timedelta(hours=settings.session_hours)
    return not idle and not old


def _remember(secret: str, found: Session) -> None:
    engine = wiring().engine
    try:
        officer = engine.officer(found.login, at=g.now)
    except NotFound:
        return
    if found.waits and g.now - found.created_at > WAITS:
        return
    g.way, g.csrf, g.language = found.way, found.csrf, officer.language
    if found.waits:
        g.waiting = officer
        return
    g.officer = officer
    if g.now - found.seen_at > TOUCH:
        engine.keep_session(secret, at=g.now, until=until(found.created_at))
    g.once = found.once
    g.held, g.zone, g.needed = read(_held, g.officer)
    g.enrol = g.needed is not None and not found.factor and g.needed <= local(g.now).date()


def own_handle() -> str:
    """The handle of the session of this very browser, as the list of sessions names it."""
    return hashlib.sha256(request.cookies.get(cookie(wiring().settings), "").encode()).hexdigest()


def until(begun: datetime) -> datetime:
    """When a session ends that was begun then and is used now."""
    settings = wiring().settings
    idle: datetime = g.now + timedelta(minutes=settings.session_idle_minutes)
    return min(idle, begun + timedelta(hours=settings.session_hours))


def onward_to(address: str) -> str:
    """Where one wanted to go, if it is here; else the work list."""
    return address if own_address(address) else url_for("work.mine")


def own_address(address: str) -> bool:
    """Whether an address is one of ours: a path, never another site's. Browsers leave tabs and line ends out."""
    return address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()


def _held(reader: Reader, officer: Officer) -> tuple[tuple[HeldPost, ...], str, date | None]:
    held = me(reader, officer).held
    zone = officer.zone or (reader.organisation.office(held[0].office).zone if held else "")
    return held, zone, needed_since(reader.organisation.factors, officer.holdings)


def posts_of(officer: Officer) -> str:
    """What stands under the officer's name: the first post and its office, and how many more."""
    del officer
    held = sorted(g.get("held", ()), key=_rank)
    if not held:
        return gettext("no post today")
    first = f"{held[0].acting.value} {titled(held[0].post, held[0].title)} · {held[0].office_name}".strip()
    return f"{first} +{len(held) - 1}" if len(held) > 1 else first


def _rank(held: HeldPost) -> int:
    """The head of an office stands before its archivist."""
    known = registers.post(held.post)
    return known.level if known else 9


def csrf_field() -> Markup:
    """The hidden field that a forged form cannot know."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(g.get("csrf") or before_token())


def before_token() -> str:
    """The token of a browser that is not signed in; its cookie is set with the answer."""
    if "before" not in g:
        g.before = request.cookies.get(before_cookie(wiring().settings), "") or secrets.token_urlsafe(24)
    token: str = g.before
    return token


def keep_before(response: Response) -> Response:
    """Set the cookie that belongs to `before_token`."""
    settings = wiring().settings
    response.set_cookie(before_cookie(settings), before_token(), secure=settings.secure, httponly=True, samesite="Lax")
    return response


def _expect_own_form() -> ResponseReturnValue | None:
    """Refuse what another site may have made this browser send."""
    if request.method in SAFE or request.path.startswith("/api/") or request.endpoint in UNFORGED | {None}:
        return None
    sent = str(request.form.get("csrf", ""))
    wanted = g.get("csrf") or request.cookies.get(before_cookie(wiring().settings), "")
    if not _own_origin() or not wanted or not hmac.compare_digest(sent.encode(), wanted.encode()):
        return answer(
            403,
            gettext(
                "This form did not come from a page of Lajur that is still valid. Load the page again and send it once more. Nothing was changed."
            ),
        )
    return None


def _own_origin() -> bool:
    said = request.headers.get("Origin")
    if said is None:
        return True
    settings = wiring().settings
    try:
        return urlsplit(said).netloc == (urlsplit(settings.origin).netloc if settings.origin else request.host)
    except ValueError:
        return False

"""Queries and commands in the name of whoever is signed in. A page never names the officer itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import current_app, g, request
from werkzeug.exceptions import BadRequest

from engine import NotValid, NotYours, UnitOfWork, expect_sound
from engine.domain.limits import LIMITS
from engine.domain.organisation import Officer, opens, opens_any
from engine.queries.people import titles_of
from engine.queries.reader import Reader
from web.language import gettext, titled
from web.wiring import Wiring

P = ParamSpec("P")
T = TypeVar("T")

LONGEST_KEY = 200


def wiring() -> Wiring:
    """What this app was made from."""
    made: Wiring = current_app.extensions["lajur"]
    return made


def read(query: Callable[Concatenate[Reader, P], T], /, *args: P.args, **more: P.kwargs) -> T:
    """Ask what everybody may know."""
    expect_sound([*args, *more.values()], LIMITS)
    with wiring().engine.reading(at=g.now) as reader:
        return query(reader, *args, **more)


def ask(query: Callable[Concatenate[Reader, Officer, P], T], /, *args: P.args, **more: P.kwargs) -> T:
    """Ask what this officer may know."""
    expect_sound([*args, *more.values()], LIMITS)
    with wiring().engine.reading(at=g.now) as reader:
        return query(reader, g.officer, *args, **more)


def spoken_titles() -> dict[str, str]:
    """Code → name of every post and office, and of every course under `disposition:code`, in the reader's language."""
    if "titles" not in g:
        g.titles = read(titles_of)
    return {code: titled(code, title) for code, title in g.titles.items()}


def perform(command: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **more: P.kwargs) -> T:
    """Give a command in this officer's name, with the key of the form or the header, so that twice is once."""
    engine = wiring().engine
    given: Any = {"officer": g.officer.login, "at": g.now, "key": key_sent() or None, **more}
    return engine.perform(command, *args, **given)


def look_at(command: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **more: P.kwargs) -> T:
    """Give a command whose answer is shown and not kept: looking twice is two looks."""
    given: Any = {"officer": g.officer.login, "at": g.now, **more}
    return wiring().engine.perform(command, *args, **given)


def key_sent() -> str:
    """The idempotency key of this request; empty where none was sent. Raises NotValid for one of a program that is too long.

    It is not shortened: two that differ only at their ends would do one thing once.
    """
    if request.path.startswith("/api/"):
        sent = request.headers.get("Idempotency-Key", "")
        if len(sent) > LONGEST_KEY:
            raise NotValid(what="the key", wanted=f"at most {LONGEST_KEY} characters", found=len(sent))
        return sent
    return str(request.form.get("key", ""))[:LONGEST_KEY]


def number_sent(name: str) -> int:
    """A whole number out of a form. Raises BadRequest where a page of ours would have sent one."""
    text = str(request.form.get(name, ""))
    if not text.isascii() or not text.isdecimal() or len(text) > 12:  # noqa: PLR2004 - more than any row has
        raise BadRequest(gettext("The form is incomplete."))
    return int(text)


def has_power(power: str) -> bool:
    """Whether one of the posts that the officer holds today carries a power, as the house has it now; nobody has none."""
    return g.get("officer") is not None and any(power in _powers().get(each.post, ()) for each in g.officer.holdings)


def opens_cases(code: str = "", office: str = "") -> bool:
    """Whether the officer opens cases: of this procedure, or of any; in this office, or in one of theirs."""
    held = [each.post for each in g.officer.holdings if office in ("", each.office)] if g.get("officer") else []
    return any(post_opens(each, code) for each in held)


def post_opens(post: str, code: str = "") -> bool:
    """Whether holders of the post open cases: of this procedure, or of any."""
    carried = _powers().get(post, frozenset())
    return opens(carried, code) if code else opens_any(carried)


def expect_power(power: str) -> None:
    """Refuse what only the holders of some posts may do."""
    if not has_power(power):
        posts = sorted(code for code, carried in _powers().items() if power in carried)
        raise NotYours(who=g.officer.name, act=power, post=", ".join(posts) or f"a post that may {power}")


def _powers() -> Mapping[str, frozenset[str]]:
    """Post → its powers: what an administrator gave it, asked once for each request."""
    if "powers" not in g:
        with wiring().engine.reading(at=g.now) as reader:
            g.powers = reader.organisation.powers
    powers: Mapping[str, frozenset[str]] = g.powers
    return powers

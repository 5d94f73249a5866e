"""Make a post known, or change its title."""

from __future__ import annotations

import re

from engine.domain.figures import FIGURES
from engine.domain.organisation import OPEN, Post
from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation import EXCHANGE, EXTEND
from engine.storage.organisation_rows import put_post

ADMINISTER = "administer"
POWERS = frozenset({"publish", ADMINISTER, "audit", "oversee", EXTEND, EXCHANGE, FIGURES, OPEN})
SERVICE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_OPENING = re.compile(rf"{OPEN}:[a-z][0-9]{{0,2}}")
"""The power to open cases of one area of the process map, or of all whose code begins with this letter."""


def add_post(work: UnitOfWork, post: Post) -> Receipt:
    """Store a post that lanes may name and officers hold. Refused to who does not administer.

    Refused too for an empty title, an unknown power, a service that is no word, and where nobody could administer the house any more.
    """
    who = expect_power(work, "administer", f"add post {post.code}")
    if not post.code.strip() or not post.title.strip():
        raise NotValid(what="the code and the title", wanted="given", found="missing")
    strange = sorted(each for each in set(post.powers) - POWERS if not _OPENING.fullmatch(each))
    if strange:
        raise NotValid(what="the powers", wanted=", ".join([*sorted(POWERS), f"{OPEN}:c3"]), found=", ".join(strange))
    if post.service and not SERVICE.fullmatch(post.service):
        raise NotValid(what="the service", wanted="small letters, digits and hyphens", found=f"“{post.service[:20]}”")
    powers = work.organisation.powers
    others = any(ADMINISTER in carried for code, carried in powers.items() if code != post.code)
    if ADMINISTER in powers.get(post.code, ()) and ADMINISTER not in post.powers and not others:
        raise WrongState(act=f"take this power from {post.code}", what=post.code, state="the last that may administer")
    put_post(work.connection, post)
    work.organisation_changed()
    work.record("post.added", None, **who, code=post.code, title=post.title, powers=sorted(post.powers), **_kept(post))
    return Receipt(state="added", name=post.code)


def _kept(post: Post) -> dict[str, str]:
    return {"service": post.service} if post.service else {}

"""Note that somebody takes numbers or steps out of the house: what, what for, and by whom. The file is made elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from engine.domain.receipt import Receipt
from engine.errors import NotValid, NotYours, WrongState
from engine.rights import expect_officer
from engine.storage import UnitOfWork

POWERS = frozenset({"audit", "oversee"})
KINDS = ("csv", "csv-comma", "xlsx", "xes", "json")
MOST, WITHIN = 60, timedelta(hours=1)
LONGEST = 200
_NOTED = "figures.exported"


class TooManyExports(WrongState):
    """Expected to hand out another file, but you have taken {most} within an hour. Please wait."""

    status = 429


def export_figures(
    work: UnitOfWork, what: str, *, kind: str, purpose: str, sieve: Mapping[str, str] | None = None
) -> Receipt:
    """Keep in the access record that a table is taken out, before it is. `sieve` says which rows were asked for.

    Refused without a purpose, to those who neither oversee nor audit, and after 60 within an hour.
    """
    officer = expect_officer(work, "take figures out")
    if not work.powers & POWERS:
        posts = sorted(code for code, carried in work.organisation.powers.items() if POWERS & carried)
        raise NotYours(who=officer.name, act="take figures out", post=", ".join(posts))
    if kind not in KINDS:
        raise NotValid(what="the kind of file", wanted=f"one of {', '.join(KINDS)}", found=kind or "missing")
    if not purpose.strip() or len(purpose) > LONGEST:
        raise NotValid(what="the purpose", wanted="given", found="missing")
    if work.trail.noted_since(_NOTED, work.login, work.at - WITHIN) >= MOST:
        raise TooManyExports(most=MOST)
    told = {"what": what[:40], "kind": kind, "purpose": purpose.strip(), "sieve": dict(sieve or {})}
    work.trail.note(_NOTED, work.at, work.login, **told)
    return Receipt(state="noted")

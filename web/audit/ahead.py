"""What will be late soon, while something can still be done: every clock that runs out, by office, SOP and kind."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue

from engine.queries.catalogue import catalogue
from engine.queries.soon_late import FARTHEST, late_counts, soon_late
from sop_catalog.procedure import Level, level_of
from web.audit.asked import SOON, asked_ahead
from web.audit.showing import page
from web.audit.sieve import Sieve, sieve
from web.identity import read, wiring
from web.language import ngettext
from web.remaining import KINDS, remaining


def register(blueprint: Blueprint) -> None:
    """Add the page to the place."""
    blueprint.add_url_rule("/audit/ahead", "ahead", ahead)


def ahead() -> ResponseReturnValue:
    """The clocks that run out within so many working days, or have already, the first due first."""
    choice = sieve()
    asked = asked_ahead(choice)
    with wiring().engine.reading(at=g.now) as reader:
        counts = late_counts(reader, g.officer, within=asked["within"], office=choice.office)
        found = soon_late(reader, g.officer, after=request.args.get("after"), **asked)
    known = [each for each in read(catalogue) if level_of(each.code) is not Level.MICRO]
    return page(
        "ahead",
        choice,
        within=asked["within"],
        farthest=FARTHEST,
        days=SOON,
        late=asked["late"],
        counts=counts,
        rows=[(each, remaining(each.left, each.clock.due_at, each.clock.allowance)) for each in found.rows],
        kinds=KINDS,
        known=known,
        link=_link,
        within_words=ngettext("within %(num)s working day", "within %(num)s working days", asked["within"]),
        more=_link(choice, after=found.following) if found.following else "",
    )


def _link(choice: Sieve, **changes: Any) -> str:
    """The same page with another choice; the period does not belong to it."""
    query = choice.query(**changes)
    return url_for("audit.ahead", **{name: value for name, value in query.items() if name not in {"since", "until"}})

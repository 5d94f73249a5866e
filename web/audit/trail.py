"""Whether what was written is still what stands there: the last check, a button for the next, and what to keep outside."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, current_app, flash, g, redirect, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from engine import start_trail_check
from engine.queries.chains import ends_of_chains, last_check
from web.audit import exports, words
from web.audit.showing import page
from web.audit.sieve import sieve
from web.identity import ask, expect_power, look_at, wiring
from web.language import gettext


def register(blueprint: Blueprint) -> None:
    """Add the pages to the place."""
    blueprint.add_url_rule("/audit/trail", "trail", trail)
    blueprint.add_url_rule("/audit/trail", "start_check", start_check, methods=["POST"])
    blueprint.add_url_rule("/audit/trail/ends.csv", "ends", ends, methods=["POST"])


def trail() -> ResponseReturnValue:
    """What the last check found."""
    expect_power("audit")
    return page("trail", sieve(), checked=ask(last_check), broken=words.broken, advice=words.advice)


def start_check() -> ResponseReturnValue:
    """Ask for another. It is done by the worker, so that nobody waits for it."""
    look_at(start_trail_check)
    wiring().engine.ring()
    flash(gettext("The check has begun. Its result stands here when every record has been read."), "good")
    return redirect(url_for("audit.trail"))


def ends() -> ResponseReturnValue:
    """The ends of all chains as a file, written as it is read."""
    ask(ends_of_chains)
    exports.note("ends-of-chains", "csv-comma", {})
    engine, at, officer = current_app.extensions["lajur"].engine, g.now, g.officer

    def lines() -> Iterator[str]:
        yield "chain,record,hash\r\n"
        with engine.reading(at=at) as reader:
            for chain, seq, last in ends_of_chains(reader, officer):
                yield f"{chain},{seq},{last}\r\n"

    answer = Response(stream_with_context(lines()), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="lajur-ends-{at:%Y-%m-%d}.csv"'
    return answer

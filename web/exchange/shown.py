"""What other pages show of the exchange: the small block on the page of a case."""

from __future__ import annotations

from flask import Flask

from engine.queries.exchange import PlacementOfCase, placement_of_case
from web.exchange import words
from web.identity import ask


def start(app: Flask) -> None:
    """Let the page of a case say how its placement stands."""
    app.jinja_env.globals.update(placement_of=placement_of, kind_of_news=words.kind, why_of_news=words.why)


def placement_of(number: str) -> PlacementOfCase | None:
    """The placement of a case, where there is one."""
    return ask(placement_of_case, number)

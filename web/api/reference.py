"""The interface as a page, made from its own OpenAPI document, with the examples that the tests run.

The frame is Indonesian or English, as every page. What is said of operations and fields is English only: it is the text
of the document itself, which is pinned, compared and read by programs, and whose names are English; a translation beside
it would be a second contract that nobody compares.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, Flask, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from engine.domain.dispatch import EVENTS
from engine.domain.quota import WINDOW
from web.api.examples import CHECK_IN_PYTHON, CHECK_IN_SHELL, VARIABLES
from web.api.reading import Operation, operations
from web.identity import wiring
from web.identity.tokens import SCOPES

reference = Blueprint("reference", __name__, template_folder="templates")


@reference.get("/api/v1/docs")
def docs() -> ResponseReturnValue:
    """Every operation: what it does, what it needs, what goes in, what comes out, and how to call it."""
    g.language = "en" if request.args.get("lang") == "en" else "id"
    known: tuple[Operation, ...] = current_app.extensions["lajur-operations"]
    rooms = [(room, list(each)) for room, each in groupby(sorted(known, key=_room), key=_room)]
    english = g.language == "en"
    return render_template(
        "api/docs.html",
        rooms=rooms,
        scopes=SCOPES,
        variables=VARIABLES,
        events=EVENTS,
        rate=wiring().settings.api_rate,
        window=WINDOW,
        check_in_python=CHECK_IN_PYTHON,
        check_in_shell=CHECK_IN_SHELL,
        contract=current_app.config["API_VERSION"],
        address=wiring().settings.address,
        ticked=ticked,
        lang="en" if english else None,
        other=url_for("reference.docs", lang=None if english else "en"),
    )


def keep(app: Flask, document: dict[str, Any]) -> None:
    """Read the document once: it does not change while the program runs."""
    app.extensions["lajur-operations"] = operations(document)


def ticked(text: str) -> Markup:
    """A text whose `ticked` words are code."""
    parts = str(text).split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


def _room(operation: Operation) -> str:
    """What an operation is about: the first part of its scope; last, what is open to everybody."""
    return operation.scope.partition(":")[0] or "~open"

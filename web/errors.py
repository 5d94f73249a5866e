"""How a refusal or a fault is told: a page that says what to do now, or a problem (RFC 9457) for another program.

A fault of the program is never explained to the person outside: they get its number, which stands in the log.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, make_response, render_template, request
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException

from engine import FormNotValid, Refusal, Unavailable
from web.language import gettext, raw, say

log = structlog.get_logger("web")

_ = lazy_gettext

TITLES = {
    400: _("This request could not be read"),
    401: _("Please sign in"),
    403: _("This is not your work"),
    404: _("There is nothing here"),
    405: _("This address is not used that way"),
    409: _("This has changed in the meantime"),
    413: _("This is too large"),
    415: _("This kind of content is not read here"),
    422: _("Something in it is not right yet"),
    429: _("Too many tries"),
    500: _("This did not work"),
    503: _("Not available just now"),
    507: _("There is no room left"),
}
WORDS = {
    400: _("What your browser sent is incomplete. Go back, load the page again and send it once more."),
    401: _("You are not signed in, or your session has ended."),
    403: _("Your posts do not include this. Nothing was changed."),
    404: _("The address is mistyped, or it belongs to something that does not exist or that you may not see."),
    405: _("You have probably loaded a page again that only answers a button. Go back and press the button."),
    409: _("Somebody else was faster, or your page is old. Nothing of yours was changed."),
    413: _("What you sent is larger than this page takes. Nothing was stored."),
    415: _("Send the form with its own button, or the file as BPMN 2.0."),
    422: _("Nothing was stored. Go back: what you typed is still there."),
    429: _("Wait a few minutes and try again."),
    500: _(
        "The program failed; nothing of this step was stored. It has been noted. Try again; if it fails again, tell your administrator this number."
    ),
    503: _("The database does not answer. Nothing was changed. Wait a moment and load the page again."),
    507: _("The database is full. Nothing was changed. Tell your administrator."),
}
"""What the page says where the refusal has no sentence of its own."""

NEXT = {
    403: _("Ask the holder of the post, or choose another item from your work list."),
    404: _("Look for it in your work list, among the cases or in the catalogue."),
    409: _("Open the page again to see how things stand now."),
    422: _("Go back and put it right."),
    503: _("Try again in a moment."),
}


def start(app: Flask) -> None:
    """Answer every refusal and every fault of the app here."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, wrong_request)
    app.register_error_handler(Exception, failed)


def refused(refusal: Refusal) -> Response:
    """Tell a person or a program what was refused, and why."""
    log.info("refused", kind=type(refusal).__name__, status=refusal.status, route=request.endpoint)
    more = {}
    if isinstance(refusal, FormNotValid):
        more["errors"] = {name: [raw(each) for each in said] for name, said in refusal.errors.items()}
    if isinstance(refusal, Unavailable):
        _ask_nothing_more()
    return answer(refusal.status, say(refusal), kind=type(refusal).__name__, more=more)


def wrong_request(error: HTTPException) -> Response:
    """Tell of what HTTP itself refuses, keeping what it says in headers (405 names what is allowed)."""
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    told = getattr(error, "data", None) or {}
    response = answer(status, "", more={"errors": told["messages"]} if "messages" in told else {})
    for name, value in error.get_headers(request.environ):
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def failed(error: Exception) -> Response:
    """Note a fault under a number and say only the number."""
    number = secrets.token_hex(6)
    log.error("failed", number=number, route=request.endpoint, exc_info=error)
    if g.get("raise_faults"):
        raise error
    _ask_nothing_more()
    return answer(500, "", number=number)


def _ask_nothing_more() -> None:
    """Have no powers, where they are not known yet, and no bell: to ask now could fail again, and the menu can do without."""
    g.setdefault("powers", {})
    g.unread = 0


def answer(
    status: int, sentence: str, *, kind: str = "", number: str = "", more: Mapping[str, Any] | None = None
) -> Response:
    """Make the page or the problem."""
    title = str(TITLES.get(status) or _phrase(status))
    if for_program():
        return problem(status, title, sentence or str(WORDS.get(status, "")), kind=kind, number=number, **(more or {}))
    page = render_template(
        "wrong.html",
        status=status,
        title=title,
        sentence=sentence or WORDS.get(status) or gettext("Nothing was changed."),
        to_do=NEXT.get(status, ""),
        number=number,
    )
    return make_response(page, status)


def problem(status: int, title: str, detail: str, *, kind: str = "", number: str = "", **more: Any) -> Response:
    """RFC 9457: what happened, for another program."""
    body = {
        "type": f"urn:lajur:problem:{_slug(kind)}" if kind else "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        **({"instance": f"urn:lajur:fault:{number}"} if number else {}),
        **more,
    }
    return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/problem+json")


def for_program() -> bool:
    """Whether another program asks, rather than a person with a browser."""
    return request.path.startswith("/api/")


def _slug(kind: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in kind).strip("-")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return str(status)

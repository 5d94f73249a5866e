"""Puts the web program together: one Flask app, its places and the headers that every answer carries."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request

from engine.domain.limits import LIMITS
from web import (
    api,
    audit,
    browser_parts,
    cases,
    catalog,
    clocks,
    errors,
    exchange,
    groups,
    house,
    identity,
    language,
    logs,
    menu,
    papers,
    pemda,
    people,
    public,
    work,
)
from web.config import Settings
from web.wiring import Wiring

FORM_BYTES = 256_000
"""The most that a form may hold."""
FILE_BYTES = 2_000_000 + 20_000
"""A BPMN file with what a browser wraps round it."""
ARCHIVE_BYTES = 20_000_000 + 20_000
"""BPMN files and zips of them, all that are sent at once."""
TABLE_BYTES = 6_000_000
"""A table of people: a file of 5 MB, or the same as a page carries it."""
CARRIED_BYTES = 7_100_000
"""A table of 5 MB as a page carries it from its preview, in letters."""
SHEET_BYTES = 6_000_000
"""The sheet of an SOP, likewise."""
PAPER_BYTES = LIMITS.attachment_bytes + 20_000
"""A document with what a browser wraps round it."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
WITH_DIAGRAM = POLICY + "; style-src-attr 'unsafe-inline'"
"""bpmn-js writes its mark and its overlays with style attributes; scripts stay ours alone."""


def create_app(wiring: Wiring) -> Flask:
    """Make the app over an engine that is ready."""
    settings = wiring.settings
    app = Flask("web", root_path=str(Path(__file__).parent))
    app.extensions["lajur"] = wiring
    app.config.update(_configuration(settings))
    app.secret_key = wiring.secret
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    language.start(app, settings.language)
    browser_parts.start(app)
    errors.start(app)
    logs.follow(app)
    app.before_request(_begin)
    app.after_request(_headers)
    pemda.start(app)  # before officers are asked for: whoever signs in under /pemda is none
    identity.start(app)
    menu.start(app)
    for place in (work, cases, clocks, groups, catalog, papers, public, people, house, audit, exchange, pemda):
        app.register_blueprint(place.blueprint)
    app.register_blueprint(house.living)
    app.register_blueprint(exchange.hearing)
    papers.start(app)
    clocks.start(app)
    exchange.start(app)
    api.start(app)
    app.jinja_env.globals.update(new_key=lambda: secrets.token_urlsafe(18))
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "TESTING": settings.testing,
        "MAX_CONTENT_LENGTH": FORM_BYTES,
        "MAX_FORM_MEMORY_SIZE": FORM_BYTES,
        "MAX_FORM_PARTS": 500,
        "SESSION_COOKIE_NAME": "__Host-lajur-said" if settings.secure else "lajur-said",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }


LARGER = {
    "catalog.publish": FILE_BYTES,
    "catalog.bring_in": ARCHIVE_BYTES,
    **dict.fromkeys(("catalog.begin", "catalog.save", "catalog.check"), FILE_BYTES),
    **dict.fromkeys(("catalog.read_sheet_in", "catalog.draft_from_sheet"), SHEET_BYTES),
    "api.add_release": FILE_BYTES,
    **dict.fromkeys(("papers.attach", "pemda.handover", "pemda.arrival"), PAPER_BYTES),
    **dict.fromkeys(("people.columns", "people.take"), TABLE_BYTES),
    **dict.fromkeys(
        ("exchange.preview", "exchange.take_in", "exchange.acknowledge", "exchange.compare"), CARRIED_BYTES
    ),
    **dict.fromkeys(("groups.columns", "groups.add", "groups.refused_rows", "api.add_people"), TABLE_BYTES),
}
"""Where more may be sent than a form holds."""


def _begin() -> None:
    g.now = current_app.extensions["lajur"].clock()
    if request.endpoint in LARGER:
        request.max_content_length = request.max_form_memory_size = LARGER[request.endpoint]


def _headers(response: Response) -> Response:
    """Keep other sites, caches and guesses away from what is answered."""
    shows_diagram = bool(g.get("shows_diagram"))
    response.headers.setdefault("Content-Security-Policy", WITH_DIAGRAM if shows_diagram else POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = (
        "same-origin"  # with none at all a browser sends no origin with a form, which is then refused
    )
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    open_file = g.get("open_file", "")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if open_file else "same-origin"
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    if open_file and response.status_code < HTTPStatus.BAD_REQUEST:
        response.headers["Cache-Control"] = open_file
    elif g.get("for_everybody"):
        response.headers["Cache-Control"] = "public, no-cache"
    elif request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    elif request.path.startswith("/static/dist/assets/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if request.is_secure or response.headers.get("Strict-Transport-Security"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response

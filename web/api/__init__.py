"""The REST interface under /api/v1, described at /api/v1/openapi.json. It shows nothing that a page would not."""

from __future__ import annotations

from flask import Flask
from flask_smorest import Api

from web.api import clocks, groups, views
from web.api.bodies import StrictJson
from web.api.describing import TOKEN, describe_problems
from web.api.interface import blueprint
from web.api.reference import keep, reference
from web.api.schemas import ProblemOut

PREFIX = "/api/v1"
CONTRACT = "1.1.0"
"""The version of the contract. `docs/api-changes.md` says of each what changed, and a test that none changes unsaid."""
ROOMS = (views, clocks, groups)
"""Rooms whose addresses stand on the same blueprint."""


DESCRIPTION = (
    "Cases and their times, work items, dispositions, groups and releases, as the pages of Lajur show them: a program sees "
    "and does what the officer may for whom its token acts, and of that only what the token's scopes name. Nothing of a "
    "person is told. Problems are told as RFC 9457."
)


class LajurApi(Api):  # type: ignore[misc] # flask-smorest has no types
    """flask-smorest's API with our own answers: its error handler drops the headers of a 405."""

    DEFAULT_ERROR_RESPONSE_NAME = None
    """Each operation names its problems itself."""

    def _register_error_handlers(self) -> None:
        """Leave every error to `web.errors`."""


def start(app: Flask) -> None:
    """Serve the interface and its description."""
    app.json = StrictJson(app)
    app.config.update(
        API_TITLE="Lajur",
        API_VERSION=CONTRACT,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {"description": DESCRIPTION},
            "components": {"securitySchemes": {TOKEN: {"type": "http", "scheme": "bearer"}}},
            "security": [{TOKEN: []}],
        },
    )
    api = LajurApi(app)
    api.spec.components.schema("Problem", schema=ProblemOut)
    describe_problems(api.spec)
    api.register_blueprint(blueprint, url_prefix=PREFIX)
    app.register_blueprint(reference)
    keep(app, api.spec.to_dict())

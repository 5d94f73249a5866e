"""The REST interface under /api/v1, described at /api/v1/openapi.json. It shows nothing that a page would not."""

from __future__ import annotations

from flask import Flask
from flask_smorest import Api

from web.api import clocks, groups
from web.api.bodies import StrictJson
from web.api.views import blueprint

PREFIX = "/api/v1"
FURTHER = (clocks, groups)
"""Rooms whose addresses stand on the same blueprint."""


class LajurApi(Api):  # type: ignore[misc] # flask-smorest has no types
    """flask-smorest's API with our own answers: its error handler drops the headers of a 405."""

    def _register_error_handlers(self) -> None:
        """Leave every error to `web.errors`."""


def start(app: Flask) -> None:
    """Serve the interface and its description."""
    app.json = StrictJson(app)
    app.config.update(
        API_TITLE="Lajur",
        API_VERSION="v1",
        OPENAPI_VERSION="3.0.3",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": "Cases and their times, work items, dispositions and releases. Problems are told as RFC 9457."
            },
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
            "security": [{"token": []}],
        },
    )
    api = LajurApi(app)
    api.register_blueprint(blueprint, url_prefix=PREFIX)

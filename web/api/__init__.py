"""The REST interface under /api/v1, described at /api/v1/openapi.json. It shows nothing that a page would not."""

from __future__ import annotations

import json
import math
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_smorest import Api

from web.api.views import blueprint

PREFIX = "/api/v1"
DEEPEST = 16
"""Levels of nesting that a body may have."""


class StrictJson(DefaultJSONProvider):
    """JSON as RFC 8259 has it: no NaN, no infinity, and not nested without end."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read a body. Raises ValueError for what is no JSON."""
        value = json.loads(s, parse_constant=_no_constant, parse_float=_finite, **kwargs)
        if _deeper(value, DEEPEST):
            raise ValueError("nested too deeply")
        return value


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
            "info": {"description": "Cases, work items, dispositions and releases. Problems are told as RFC 9457."},
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
            "security": [{"token": []}],
        },
    )
    api = LajurApi(app)
    api.register_blueprint(blueprint, url_prefix=PREFIX)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is too large")
    return value


def _deeper(value: Any, left: int) -> bool:
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return left == 0 or any(_deeper(each, left - 1) for each in inside)
    return False

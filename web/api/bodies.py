"""What another program sends as JSON, read strictly; what is in it, the schemas say."""

from __future__ import annotations

import json
import math
from typing import Any

from flask import Request
from flask.json.provider import DefaultJSONProvider
from webargs.core import missing
from webargs.flaskparser import FlaskParser

DEEPEST = 16
"""Levels of nesting that a body may have."""


class StrictJson(DefaultJSONProvider):
    """JSON as RFC 8259 has it: no NaN, no infinity, and not nested without end."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read a body. Raises ValueError for what is no JSON."""
        try:
            value = json.loads(s, parse_constant=_no_constant, parse_float=_finite, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        if _deeper(value, DEEPEST):
            raise ValueError("nested too deeply")
        return value


class StrictParser(FlaskParser):
    """webargs' parser with the app's own reading: by itself it takes NaN and nests without end."""

    def load_json(self, req: Request, schema: Any) -> Any:  # noqa: ARG002 - the signature is webargs'
        """Read the body; nothing where there is none, or none of JSON. Raises BadRequest."""
        return req.get_json() if req.is_json and req.get_data() else missing


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

"""What another program asks to know whether this one lives and can work. It needs no sign-in and tells no figure."""

from __future__ import annotations

import threading
import time
from typing import Any

from flask import Blueprint, Response, current_app, jsonify

from engine import Refusal
from engine.queries.health import Health, health
from web.identity import read, wiring

living = Blueprint("living", __name__)
KEPT_SECONDS = 5.0
"""However often it is asked, the database is not counted more often than that."""
_counting = threading.Lock()


@living.get("/healthz")
def alive() -> Response:
    """This process answers. Nothing else is looked at."""
    return jsonify(status="pass")


@living.get("/ready")
def ready() -> tuple[Response, int]:
    """Whether it can work: 503 while the database does not answer or has another shape; the rest is told beside it."""
    told, status = _checks()
    return jsonify(told), status


def _checks() -> tuple[dict[str, Any], int]:
    kept: dict[str, Any] = current_app.extensions.setdefault("ready", {})
    with _counting:
        if kept.get("until", 0.0) < time.monotonic():
            kept["answer"] = _look()
            kept["until"] = time.monotonic() + KEPT_SECONDS
        answer: tuple[dict[str, Any], int] = kept["answer"]
    return answer


def _look() -> tuple[dict[str, Any], int]:
    try:
        wiring().engine.check()
        found = read(health)
    except Refusal:
        return {"ready": False, "checks": {"database": "fail"}}, 503
    return {"ready": True, "checks": {"database": "pass", **_told(found)}}, 200


def _told(found: Health) -> dict[str, str]:
    wrong = {
        "worker": not found.worker_alive,
        "timers": found.overdue_timers > 0,
        "deliveries": found.failed_announcements + found.unknown_dispatches > 0,
        "cases": bool(found.silent_cases),
        "incidents": found.open_incidents > 0,
        "calendar": bool(found.years_without_decree),
    }
    return {name: "warn" if bad else "pass" for name, bad in wrong.items()}

"""The addresses of the contract, as the stand-in serves them."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from engine.domain.placement import ReportKind
from engine.domain.report import OF_THE_PERSON, REASONS
from web.simulator.store import Problem, Store

MOST: Final = 500
USUAL: Final = 100
KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""What the key of a report looks like."""
_ALL: Final = {"key", "kind", "case", "office", "occurred_at"}
_PERSON: Final = {"consent", "person", "documents"}


def contract(store: Store, token: str) -> Blueprint:
    """The addresses over this store; an empty token lets everybody in."""
    found, says = Blueprint("contract", __name__, url_prefix="/v1"), _Contract(store, token)
    found.before_request(says.admit)
    found.register_error_handler(Problem, problem)
    add = found.add_url_rule
    add("/placements", "begin", says.begin, methods=["POST"])
    add("/placements", "placements", says.placements)
    add("/placements/<case>", "change", says.change, methods=["PUT"])
    add("/placements/<case>/closing", "close", says.close, methods=["POST"])
    add("/receipts/<key>", "receipt", says.receipt)
    add("/events", "events", says.events)
    add("/line", "line", says.line)
    return found


class _Contract:
    """What is answered at each address."""

    def __init__(self, store: Store, token: str) -> None:
        self._store, self._token = store, token

    def admit(self) -> ResponseReturnValue | None:
        given = request.headers.get("Authorization", "")
        if self._token and not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            return problem(Problem(401, "no-token", "The token is missing or another."))
        return None

    def begin(self) -> ResponseReturnValue:
        return _taken(self._store, ReportKind.BEGUN)

    def change(self, case: str) -> ResponseReturnValue:
        return _taken(self._store, ReportKind.CHANGED, case)

    def close(self, case: str) -> ResponseReturnValue:
        return _taken(self._store, ReportKind.CLOSED, case)

    def receipt(self, key: str) -> ResponseReturnValue:
        return jsonify(self._store.receipt(key))

    def placements(self) -> ResponseReturnValue:
        return jsonify(self._store.records(*_asked()))

    def events(self) -> ResponseReturnValue:
        return jsonify(self._store.events(*_asked()))

    def line(self) -> ResponseReturnValue:
        return jsonify({"at": datetime.now(UTC).isoformat()})


def problem(trouble: Problem) -> Response:
    """A refusal as it travels."""
    answer = jsonify(trouble.told())
    answer.status_code, answer.content_type = trouble.status, "application/problem+json"
    return answer


def _taken(store: Store, kind: ReportKind, case: str | None = None) -> ResponseReturnValue:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Problem(400, "not-valid", "The body is no JSON object.")
    wrong = wrong_in(kind, body)
    if not wrong and body["key"] != request.headers.get("Idempotency-Key"):
        wrong = "key"
    if not wrong and case not in (None, body["case"]):
        wrong = "case"
    if wrong:
        raise Problem(422, "not-valid", f"Not as agreed: {wrong}.")
    receipt, new = store.take(kind, body)
    answer = jsonify(receipt)
    answer.status_code = 201 if new else 200
    return answer


def wrong_in(kind: ReportKind, body: Mapping[str, Any]) -> str:
    """The name of the first thing in a report that is not as agreed; never what stands there."""
    wanted = _ALL | (_PERSON if kind in OF_THE_PERSON else {"reason"})
    if body.keys() != wanted:
        return ", ".join(sorted(body.keys() ^ wanted))
    if body["kind"] != kind.value:
        return "kind"
    if not isinstance(body["key"], str) or not KEY.fullmatch(body["key"]):
        return "key"
    if not isinstance(body["case"], str) or not body["case"]:
        return "case"
    if kind not in OF_THE_PERSON:
        return "" if body["reason"] in REASONS else "reason"
    return _wrong_of_person(body)


def _wrong_of_person(body: Mapping[str, Any]) -> str:
    consent, person = body["consent"], body["person"]
    if not isinstance(consent, dict) or consent.get("given") is not True:
        return "consent"
    if not isinstance(person, dict) or not all(isinstance(each, str) for each in person.values()):
        return "person"
    if not person.get("name") or not person.get("born_on"):
        return "person"
    return "" if isinstance(body["documents"], list) else "documents"


def _asked() -> tuple[str, int]:
    """From where, and how many. Raises Problem."""
    limit = request.args.get("limit", str(USUAL))
    if not limit.isascii() or not limit.isdecimal() or not 1 <= int(limit[:6]) <= MOST:
        raise Problem(422, "not-valid", "Not as agreed: limit.")
    return request.args.get("after", ""), int(limit)

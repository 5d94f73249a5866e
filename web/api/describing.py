"""What the OpenAPI document says of every operation besides its bodies: scope, key, quota and problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.domain.token import TokenScope

TOKEN: Final = "token"  # noqa: S105 - the name of the scheme in the document, and of the one quota there is
PROBLEM: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an operation needs, and how it may refuse."""

    scope: TokenScope | None
    """None: open to everybody."""
    refused: tuple[int, ...]
    asked: frozenset[str] = frozenset()
    """The names that may stand behind ? in its address."""


KEY: Final[Mapping[str, Any]] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same request sent again under its key does nothing twice and gets the same answer. Kept for 7 days.",
    "schema": {"type": "string", "maxLength": 200},
}
REFUSED: Final[Mapping[int, str]] = {
    400: "The body is no JSON as RFC 8259 has it, or nested too deeply.",
    401: "No token, or none that is good.",
    403: "The token lacks the scope, or its officer may not do this.",
    404: "There is none that this officer may see.",
    409: "It has changed in the meantime, or its state does not allow this.",
    413: "The body is too large.",
    415: "This kind of content is not read.",
    422: "Something in it is not right: `errors` names the fields.",
    429: "The quota of the token is spent: ask again after `Retry-After` seconds.",
    503: "The database does not answer. Nothing was changed; try again.",
}
"""What each status means here."""
QUOTA_HEADERS: Final[Mapping[str, Any]] = {
    "RateLimit-Policy": {
        "description": 'How many requests (`q`) in how many seconds (`w`): `"token";q=600;w=60`.',
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": 'How many are left (`r`) until the next minute begins in `t` seconds: `"token";r=599;t=42`.',
        "schema": {"type": "string"},
    },
}
RETRY: Final[Mapping[str, Any]] = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
}
AUTHENTICATE: Final[Mapping[str, Any]] = {
    "WWW-Authenticate": {"description": "How to ask (RFC 6750).", "schema": {"type": "string"}}
}


HEADERS: Final[Mapping[str, Any]] = {**QUOTA_HEADERS, **RETRY, **AUTHENTICATE}


def _header(*names: str) -> dict[str, Any]:
    return {each: {"$ref": f"#/components/headers/{each}"} for each in names}


def named(status: int) -> str:
    """What the answer with a status is called among the components of the document."""
    return f"Problem{status}"


def describe_problems(spec: Any) -> None:
    """Put every problem among the components of the document."""
    for name, header in HEADERS.items():
        spec.components.header(name, dict(header))
    spec.components.parameter("Idempotency-Key", "header", dict(KEY))
    for status, meaning in REFUSED.items():
        headers = {} if status == 401 else _header(*QUOTA_HEADERS)  # noqa: PLR2004 - nobody has a quota who is not known
        headers |= _header(*RETRY) if status == 429 else {}  # noqa: PLR2004 - see REFUSED
        headers |= _header(*AUTHENTICATE) if status in (401, 403) else {}
        schema = {"$ref": "#/components/schemas/Problem"}
        answer = {"description": meaning, "headers": headers, "content": {PROBLEM: {"schema": schema}}}
        spec.components.response(named(status), answer)


def finished(doc: dict[str, Any], info: Mapping[str, Any], *, method: str, **_: Any) -> dict[str, Any]:
    """Say of one operation its name, its scope, the key that it takes and every problem with which it may answer."""
    needed: Asked = info["asks"]
    doc["operationId"] = info["name"]
    doc["security"] = [] if needed.scope is None else [{TOKEN: [needed.scope.value]}]
    if method == "post":
        doc["parameters"] = [*doc.get("parameters", []), "Idempotency-Key"]
    own = {int(status): told for status, told in doc["responses"].items() if isinstance(told, dict)}
    told = {status: _told(needed, status, answer) for status, answer in own.items()}
    refused = {status: named(status) for status in sorted(_refusals(doc, needed, method) - told.keys())}
    doc["responses"] = {str(status): answer for status, answer in sorted((told | refused).items())}
    return doc


def _refusals(doc: Mapping[str, Any], needed: Asked, method: str) -> set[int]:
    """The statuses of every problem that there may be."""
    statuses = {503, *needed.refused}
    if needed.scope is not None:
        statuses |= {401, 403, 422, 429}
    if "requestBody" in doc:
        statuses |= {400, 413}
    if method == "post":
        statuses |= {409}
    if doc.get("parameters") or "requestBody" in doc:
        statuses |= {422}
    return statuses


def _told(needed: Asked, status: int, answer: dict[str, Any]) -> dict[str, Any]:
    """An answer of the operation's own with what every answer carries; a refusal may be a plain problem too."""
    if needed.scope is not None:
        answer["headers"] = {**_header(*QUOTA_HEADERS), **answer.get("headers", {})}
    if status in REFUSED:
        answer["content"][PROBLEM] = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return answer

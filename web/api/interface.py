"""The one place that every operation of the interface hangs on: who may call it, how often, and how its problems are told.

An operation says with `asks` which scope of a token it needs and with which problems it may answer; the same words go
into the OpenAPI document and are what is checked, so that neither can say otherwise than the other.
"""

# mypy: disallow-untyped-decorators=False
# flask-smorest has no types; its decorators leave the function as it is
from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Response, g, request
from flask_smorest import Blueprint

from engine import NotYours, Refusal
from engine.domain.quota import WINDOW, Spent
from engine.domain.token import Token, TokenScope
from web.api.bodies import StrictParser
from web.api.describing import TOKEN, Asked, finished
from web.errors import TITLES, problem
from web.identity import token_sent, wiring
from web.language import gettext, say

View = TypeVar("View", bound=Callable[..., Any])
QUOTA_TYPE: Final = "https://iana.org/assignments/http-problem-types#quota-exceeded"


class BeyondScope(NotYours):
    """Expected the token “{name}” to reach as far as {scope}, but it was made for {scopes} only."""


class QuotaSpent(Refusal):
    """Expected at most {rate} requests a minute with the token “{name}”, but there were more. Ask again in {seconds} s."""

    status = 429


NEEDED: dict[str, Asked] = {}
"""The endpoint of each operation → what it needs."""


class _Interface(Blueprint):  # type: ignore[misc] # flask-smorest has no types
    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, *args: Any, **more: Any) -> None:
        """Finish the description of each operation after flask-smorest has begun it."""
        super().__init__(*args, **more)
        self._prepare_doc_cbks.append(finished)


blueprint = _Interface("api", __name__, description="Lajur's interface for other programs")


def asks(scope: TokenScope | None, *refused: int) -> Callable[[View], View]:
    """Mark an operation with the scope that it needs and the statuses with which it may refuse besides those of all."""

    def mark(view: View) -> View:
        told = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
        named = frozenset(name for each in told if each["in"] == "query" for name in each["schema"]().fields)
        needed = Asked(scope, refused, named)
        NEEDED[f"{blueprint.name}.{view.__name__}"] = needed
        view._apidoc = {**getattr(view, "_apidoc", {}), "asks": needed, "name": view.__name__}  # type: ignore[attr-defined] # noqa: SLF001 - where flask-smorest keeps what it tells
        return view

    return mark


@blueprint.before_request
def expect_token() -> Response | None:
    """Know who asks; refuse who does not say, who asks too often and who reaches too far. Programs are answered in English."""
    g.language = "en"
    needed = NEEDED[str(request.endpoint)]
    if needed.scope is None:
        return None
    token = token_sent()
    if token is None:
        return _unknown()
    g.spent = wiring().engine.spend(token, rate=wiring().settings.api_rate, at=g.now)
    if not g.spent.allowed:
        return _too_often(token, g.spent)
    if not token.may(needed.scope):
        return _too_far(token, needed.scope)
    if strange := sorted(set(request.args) - needed.asked):
        return _not_asked_for(strange)
    g.officer = wiring().engine.officer(token.login, at=g.now)
    return None


@blueprint.after_request
def tell_quota(response: Response) -> Response:
    """Say how much is left, as draft-ietf-httpapi-ratelimit-headers has it."""
    spent: Spent | None = g.get("spent")
    if spent is not None:
        response.headers["RateLimit-Policy"] = f'"{TOKEN}";q={spent.rate};w={WINDOW}'
        response.headers["RateLimit"] = f'"{TOKEN}";r={spent.left};t={spent.resets_in}'
    return response


def _unknown() -> Response:
    refused = problem(
        401,
        gettext("Please sign in"),
        gettext("Send a token as `Authorization: Bearer …`; `lajur token create` makes one."),
    )
    refused.headers["WWW-Authenticate"] = "Bearer"
    return refused


def _too_often(token: Token, spent: Spent) -> Response:
    refusal = QuotaSpent(rate=spent.rate, name=token.name, seconds=spent.resets_in)
    more: dict[str, Any] = {"type": QUOTA_TYPE, "violated-policies": [TOKEN]}
    refused = problem(429, str(TITLES[429]), say(refusal), **more)
    refused.headers["Retry-After"] = str(spent.resets_in)
    return refused


def _not_asked_for(strange: list[str]) -> Response:
    """A name behind ? that is misspelt would otherwise be left out unseen."""
    errors = {"query": {name[:80]: ["Unknown field."] for name in strange[:20]}}
    return problem(422, str(TITLES[422]), gettext("This address takes no such parameter."), errors=errors)


def _too_far(token: Token, scope: TokenScope) -> Response:
    refusal = BeyondScope(name=token.name, scope=scope.value, scopes=", ".join(sorted(token.scopes)))
    wiring().engine.note_refusal(refusal, officer=token.login, what=str(request.endpoint), at=g.now)
    told = gettext("This token does not reach so far")
    refused = problem(403, told, say(refusal), kind=BeyondScope.__name__, scope=scope.value)
    refused.headers["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{scope.value}"'
    return refused

"""Other programs: each request of theirs carries a token that somebody has made for them."""

from __future__ import annotations

from flask import g, request

from engine.domain.token import Token
from web.identity.asking import wiring

SCHEME = "bearer "


def token_sent() -> Token | None:
    """The token of this request; None where it carries none that is good."""
    said = request.headers.get("Authorization", "")
    if not said.lower().startswith(SCHEME) or len(said) > 200:  # noqa: PLR2004 - ours are 50 long
        return None
    return wiring().engine.token(said[len(SCHEME) :].strip(), at=g.now)

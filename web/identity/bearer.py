"""Other programs: each request of theirs carries a token that an officer's administrator has made."""

from __future__ import annotations

from flask import g, request

from web.identity.asking import wiring

SCHEME = "bearer "


def bearer_login() -> str | None:
    """The login that the token of this request acts for; None where it carries none that is good."""
    said = request.headers.get("Authorization", "")
    if not said.lower().startswith(SCHEME) or len(said) > 200:  # noqa: PLR2004 - ours are 50 long
        return None
    return wiring().engine.token(said[len(SCHEME) :].strip(), at=g.now)

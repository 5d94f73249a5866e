"""Accounts of a provider that does not exist, and devices that show codes, for the tests of getting in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp

from engine import (
    Receipt,
    admit_identity,
    begin_factor,
    confirm_factor,
    link_identity,
    sign_in,
)
from engine.storage import tables
from tests.small_office import Play

ISSUER = "https://sso.contoh.example"
ADDRESS = "192.0.2.7"


def link(play: Play, login: str = "sri", subject: str = "a-1", officer: str | None = None) -> Receipt:
    return play.engine.perform(link_identity, login, issuer=ISSUER, subject=subject, officer=officer, at=play.now)


def come(play: Play, subject: str = "a-1", *, session: str = "", **claims: Any) -> Receipt:
    """Sign in with an account, and what the token says of it."""
    return play.engine.perform(
        admit_identity,
        issuer=ISSUER,
        subject=subject,
        claims=claims,
        address=ADDRESS,
        device="Firefox · Linux",
        provider_session=session,
        at=play.now,
    )


def enter(play: Play, login: str = "sri") -> str:
    """Sign in by password; returns the session's secret."""
    return play.engine.perform(sign_in, login, address=ADDRESS, right=True, at=play.now).name


def shown(play: Play, secret: str) -> str:
    """What the device shows now."""
    return pyotp.TOTP(secret).at(play.now)


def enrol(play: Play, login: str = "sri") -> tuple[str, list[str], str]:
    """Set a second factor up: its secret, the recovery codes, and the session in which it was done."""
    session = enter(play, login)
    secret = play.engine.perform(begin_factor, officer=login, at=play.now).name
    done = play.engine.perform(confirm_factor, code=shown(play, secret), session=session, officer=login, at=play.now)
    play.now += timedelta(minutes=1)
    return secret, done.name.split(), session


def held(play: Play, login: str = "sri") -> list[tuple[str, str]]:
    """The posts in effect now."""
    return [(each.post, each.office) for each in play.engine.officer(login, at=play.now).holdings]


def kinds(play: Play) -> list[str]:
    return [each["kind"] for each in play.rows(tables.audit)]

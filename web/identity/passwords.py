"""Passwords: kept as argon2 hashes, verified in even time whether or not an account exists."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without what is read one for another on a slip of paper."""


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash that no password fits, so that an unknown account takes as long as a known one."""
    return _hasher().hash("\0nobody")


def hash_password(clear: str) -> str:
    """What may be stored of a password."""
    return _hasher().hash(clear)


def fits(kept: str | None, clear: str) -> bool:
    """Whether a password is the one that was kept; False for an account that does not exist or has none."""
    try:
        return _hasher().verify(kept or _nobody(), clear[:LONGEST]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def one_time_password() -> str:
    """A password to be told and changed: four groups of four, about 80 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))

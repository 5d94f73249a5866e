"""A token: what lets another program act in an officer's name, for a purpose, within scopes, at a rate, until a day.

It never gives more than its officer has: a scope only takes away. It is no session: nobody signs in with it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from engine.errors import NotValid


class TokenScope(StrEnum):
    """What a program may do: each operation of the interface asks for one. A closed list; one without a scope does not exist."""

    CASES_READ = "cases:read"
    """Where cases stand, and what happened in them."""
    CASES_WRITE = "cases:write"
    """Begin cases; let them rest, go on and be opened again."""
    CLOCKS_READ = "clocks:read"
    """The clocks of cases and their pauses."""
    CLOCKS_WRITE = "clocks:write"
    """Begin pauses and end them."""
    DISPOSITIONS_WRITE = "dispositions:write"
    """Set courses for cases."""
    GROUPS_READ = "groups:read"
    """Groups, and where the case of each of their people stands."""
    GROUPS_WRITE = "groups:write"
    """Open groups and add people to them."""
    MESSAGES_WRITE = "messages:write"
    """Deliver messages to the cases that wait for them, or begin cases with them."""
    RELEASES_READ = "releases:read"
    """The procedures in force, and how far drafts are."""
    RELEASES_WRITE = "releases:write"
    """Send in drawings. A second person still approves them, on a page."""
    WORK_READ = "work:read"
    """Work lists and work items."""
    WORK_WRITE = "work:write"
    """Take work items, complete them, give and send them back, correct them."""


EVERY_SCOPE: Final = tuple(TokenScope)
LONGEST: Final = timedelta(days=366)
"""A year, and the day of a leap year."""
TOLD_BEFORE: Final = timedelta(days=14)
"""How long before its end the owner of a token is told of it."""
LONGEST_NAME: Final = 120
LONGEST_PURPOSE: Final = 500
FASTEST: Final = 100_000
"""Requests a minute: beyond that a limit protects nothing."""


@dataclass(frozen=True, slots=True)
class Token:
    """One that is good: for whom it acts, and how far."""

    number: int
    login: str
    name: str
    scopes: frozenset[str]
    rate: int | None
    """Requests a minute; None: as many as the house grants to every program."""
    expires_at: datetime

    def may(self, scope: TokenScope) -> bool:
        """Whether it reaches so far."""
        return scope in self.scopes


def scopes_asked(names: Collection[str]) -> tuple[str, ...]:
    """The scopes of these names, sorted. Raises NotValid for none and for what is none."""
    known = {each.value for each in TokenScope}
    if not names:
        raise NotValid(what="the scopes", wanted="at least one", found="missing")
    if strange := sorted(set(names) - known):
        raise NotValid(what="the scopes", wanted=", ".join(sorted(known)), found=", ".join(strange)[:80])
    return tuple(sorted(set(names)))

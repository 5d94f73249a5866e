"""What a verified token says, read by the rules of this house: which posts it gives, and whether it stands for two factors.

A claim is never a post. It is a word of another house, and an administrator's table says what it means in this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from engine.domain.organisation import Holding

ANY_POST: Final = ""
"""In a rule about the second factor: whoever holds any post."""
MOST_VALUES: Final = 500
"""So many values of one claim are read."""
GOOD_FOR: Final = timedelta(minutes=10)
"""So long is there to type a password at the provider."""


class Way(StrEnum):
    """How a session began."""

    PASSWORD = "password"  # noqa: S105 - the name of a way
    PROVIDER = "provider"


class Factor(StrEnum):
    """What was shown beside the first proof."""

    NONE = ""
    TOTP = "totp"
    RECOVERY = "recovery"
    PROVIDER = "provider"
    """The other house has asked for two factors, and the rule here takes its word."""


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """One line of the table: who has this value in this claim holds this post in this office."""

    number: int
    claim: str
    value: str
    post: str
    office: str


@dataclass(frozen=True, slots=True)
class SignOnRules:
    """What an administrator has said about accounts of another house."""

    link_by: str = ""
    """The claim whose value is the login here; empty: only an administrator links."""
    amr: tuple[str, ...] = ()
    """Words of the claim `amr` (RFC 8176) each of which stands for two factors."""
    acr: tuple[str, ...] = ()
    """Values of the claim `acr`, likewise."""

    def trusts(self, claims: Mapping[str, Any]) -> bool:
        """Whether the token says that two factors were asked for, in words that this house believes."""
        return not said(claims, "amr").isdisjoint(self.amr) or not said(claims, "acr").isdisjoint(self.acr)


@dataclass(frozen=True, slots=True)
class Begun:
    """A way to the provider that has come back."""

    nonce: str
    verifier: str
    following: str
    begun_at: datetime
    used: bool
    """Whether it had come back before."""
    same_browser: bool


def said(claims: Mapping[str, Any], name: str) -> frozenset[str]:
    """The values of a claim as texts; of one within another by a path: `realm_access.roles`. Empty where there is none."""
    found: Any = claims.get(name)
    if found is None and "." in name:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    many = found if isinstance(found, list | tuple) else [found]
    return frozenset(str(each) for each in many[:MOST_VALUES] if isinstance(each, str | int) and each not in ("", True))


def given_by(rules: Iterable[ClaimRule], claims: Mapping[str, Any]) -> dict[tuple[str, str], ClaimRule]:
    """Post and office → the first rule that gives them."""
    found: dict[tuple[str, str], ClaimRule] = {}
    for rule in rules:
        if rule.value in said(claims, rule.claim):
            found.setdefault((rule.post, rule.office), rule)
    return found


def needed_since(factors: Mapping[str, date], holdings: Iterable[Holding]) -> date | None:
    """The first day on which who holds these posts needs a second factor; None where no rule asks for one."""
    held = {each.post for each in holdings}
    days = [since for post, since in factors.items() if post in held or (post == ANY_POST and held)]
    return min(days, default=None)

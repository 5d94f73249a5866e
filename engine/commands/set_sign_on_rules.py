"""Say how far the word of another house goes: which claim links accounts, and which words stand for two factors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.sign_on import set_rule

LONGEST: Final = 120
MOST: Final = 20
NEVER: Final = frozenset({"email", "name", "given_name", "family_name", "nickname", "phone_number", "sub"})
"""Claims that many providers let people write themselves, or that name nobody here."""


def set_sign_on_rules(
    work: UnitOfWork, *, link_by: str = "", amr: Collection[str] = (), acr: Collection[str] = ()
) -> Receipt:
    """Keep the rules in place of those before: nothing given, nothing believed.

    With `link_by` an account that is unknown is linked at its first sign-in to the officer whose login is the value of
    that claim. Refused without the power, and for claims that people choose for themselves, such as `email`.
    """
    who = expect_power(work, "administer", "change the rules of sign-on")
    claim = link_by.strip()
    if claim in NEVER:
        raise NotValid(what="the claim", wanted="one that only the provider writes", found=f"“{claim}”")
    words = {"amr": sorted(set(amr)), "acr": sorted(set(acr))}
    for what, given in (("the claim", [claim]), ("amr", words["amr"]), ("acr", words["acr"])):
        if len(given) > MOST or any(len(each) > LONGEST for each in given):
            raise NotValid(what=what, wanted=f"at most {MOST} words of {LONGEST} letters", found=f"{len(given)}")
    set_rule(work.connection, "link_by", claim, work.at)
    for name, given in words.items():
        set_rule(work.connection, name, given, work.at)
    work.record("sign_on_rules.set", None, **who, link_by=claim, amr=words["amr"], acr=words["acr"])
    return Receipt(state="set")

"""Say which post in which office a value of a claim gives."""

from __future__ import annotations

from typing import Final

from engine.domain.receipt import Receipt
from engine.domain.sign_on import ClaimRule
from engine.errors import NotFound, NotValid, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import post_exists
from engine.storage.sign_on import add_claim_rule as put_claim_rule
from engine.storage.sign_on import claim_rules

LONGEST_CLAIM: Final = 120
LONGEST_VALUE: Final = 255


def add_claim_rule(work: UnitOfWork, *, claim: str, value: str, post: str, office: str) -> Receipt:
    """Give the post from the next sign-in on to everybody whose token has this value in this claim.

    Refused without the power, for unknown names, and for a line that stands in the table already.
    """
    who = expect_power(work, "administer", "change the table of claims")
    rule = ClaimRule(0, claim.strip(), value.strip(), post, office)
    for what, text, most in (("the claim", rule.claim, LONGEST_CLAIM), ("the value", rule.value, LONGEST_VALUE)):
        if not 0 < len(text) <= most:
            raise NotValid(what=what, wanted=f"1 to {most} letters", found=f"{len(text)}")
    if not post_exists(work.connection, post):
        raise NotFound(what=f"post {post}")
    work.organisation.office(office)
    said = [(each.claim, each.value, each.post, each.office) for each in claim_rules(work.connection)]
    if (rule.claim, rule.value, post, office) in said:
        raise WrongState(act="change the table of claims", what="this line", state="in it already")
    by = work.officer.number if work.officer else None
    made = put_claim_rule(work.connection, rule, by=by, at=work.at)
    gives = {"claim": rule.claim, "value": rule.value, "held": post, "at": office}
    work.record("claim_rule.added", None, **who, rule=made, gives=gives)
    return Receipt(state="added", number=made)

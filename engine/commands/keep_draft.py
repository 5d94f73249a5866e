"""Keep what an officer is still typing, so that a lost line or a lost machine loses nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import expect_holder, expect_officer
from engine.storage import UnitOfWork

MOST_FIELDS = 300
LONGEST = 64_000
"""Characters of all answers together."""
LONGEST_NAME = 200


def keep_draft(work: UnitOfWork, item_id: int, *, answers: Mapping[str, str | Sequence[str]]) -> Receipt:
    """Keep the answers typed so far, encrypted, in place of those kept before; nothing of them is looked at.

    Refused to whoever may not complete the item, once it is over, and when it is too much.
    """
    held, item, changer = work.cases.lock_for_item(item_id)
    officer = expect_officer(work, "keep drafts")
    expect_holder(work, held.case, item, "keep a draft of")
    tell = {"who": changer, "when": work.clock_face(item.changed_at)}
    item.check("keep a draft of", by=officer.number, seen=item.version, tell=tell)
    plain = {name: _plain(value) for name, value in answers.items()}
    size = sum(len(name) + len("".join(value)) for name, value in plain.items())
    if len(plain) > MOST_FIELDS or size > LONGEST or any(len(name) > LONGEST_NAME for name in plain):
        raise NotValid(what="the draft", wanted=f"at most {LONGEST:,} characters", found=f"{size:,}")
    work.drafts.keep(item.number, officer.number, plain, work.at)
    return Receipt(case=held.case.number, state="kept", number=item.number)


def _plain(value: object) -> str | list[str]:
    match value:
        case str():
            return value
        case list() | tuple() if all(isinstance(each, str) for each in value):
            return list(value)
    raise NotValid(what="every answer of a draft", wanted="a text or texts", found=type(value).__name__)

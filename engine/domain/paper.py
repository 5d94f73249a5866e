"""A paper: a file that belongs to a case, and what of it may be said aloud. Not its content, and not the name it came with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from engine.errors import NotValid, WrongState

KIND = re.compile(r"[a-z][a-z0-9_]{0,62}")
OTHER = "lainnya"
"""The kind of a paper that no step asks for."""


class AlreadyWithdrawn(WrongState):
    """Expected to withdraw this document, but {who} has done so at {when}."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of a case. A withdrawn one stays, marked with who, when and why."""

    number: int
    case: int
    kind: str
    """The name of the document field that it answers, or `lainnya`."""
    type: str
    """Its media type, as its content says it."""
    size: int
    """Bytes, as it is stored."""
    sha256: str
    added_at: datetime
    added_by: int | None
    """None where no officer brought it: the person by the slip, or a local government."""
    item: int | None = None
    """The work item at which it was attached."""
    withdrawn_at: datetime | None = None
    withdrawn_by: int | None = None
    reason: str = ""

    @property
    def counts(self) -> bool:
        """Whether it answers a document field: one that was withdrawn does not."""
        return self.withdrawn_at is None

    def withdraw(self, *, by: int, at: datetime, reason: str) -> Paper:
        """Mark it as not to be used; it stays readable, with the reason."""
        return replace(self, withdrawn_at=at, withdrawn_by=by, reason=reason)


def expect_kind(kind: str) -> str:
    """Refuse what no document field could be named."""
    if not KIND.fullmatch(kind):
        raise NotValid(what="the kind of a document", wanted="a name in small letters", found=f"“{kind[:70]}”")
    return kind

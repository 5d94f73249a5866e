"""Tell a local government of its own citizens: each look is recorded in the same transaction, or nothing is shown."""

from __future__ import annotations

from dataclasses import dataclass

from engine.course.by_pemda import citizens, expect_told, note_look
from engine.domain.pemda import Pemda
from engine.errors import NotValid
from engine.storage import UnitOfWork
from engine.storage.citizens import Citizen

AT_ONCE, MOST = 50, 5_000
PURPOSES = ("list", "print", "csv")


@dataclass(frozen=True, slots=True)
class CitizenList:
    """Some of the citizens of one local government."""

    pemda: Pemda
    rows: tuple[Citizen, ...]
    whole: int
    """How many there are."""
    following: int | None
    """Where the next ones begin."""
    protected: str
    """How many there were at the end of last month of whom nothing may be told, in bands; empty for none."""


def list_citizens(
    work: UnitOfWork, login: str, *, search: str = "", begin: int = 0, purpose: str = "list"
) -> CitizenList:
    """Return those whose case is disposed of, the latest first: fifty for a page, all to be printed or taken away."""
    user = expect_told(work, login, "see its citizens")
    if purpose not in PURPOSES:
        raise NotValid(what="the purpose", wanted=", ".join(PURPOSES), found=f"“{purpose[:20]}”")
    told = citizens(work)
    most = AT_ONCE if purpose == "list" else MOST
    begin = begin if purpose == "list" else 0
    some, whole = told.of(user.pemda, search=search[:100], begin=begin, most=most)
    for each in some:
        note_look(work, user, "citizens.listed", each, purpose)
    further = begin + AT_ONCE if purpose == "list" and whole > begin + AT_ONCE else None
    return CitizenList(user.pemda, tuple(each.citizen for each in some), whole, further, told.protected(user.pemda))

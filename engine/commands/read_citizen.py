"""Tell a local government of one of its citizens, with what it has reported and asked: recorded, or not shown."""

from __future__ import annotations

from dataclasses import dataclass

from engine.course.by_pemda import expect_citizen, expect_told, note_look
from engine.domain.pemda import Pemda
from engine.storage import UnitOfWork
from engine.storage.citizens import Citizen
from engine.storage.pemda import PemdaPaper, PemdaReport, PemdaWords, papers_of, reports_of, words_of


@dataclass(frozen=True, slots=True)
class CitizenPage:
    """One citizen, and what passed between this local government and the office."""

    pemda: Pemda
    citizen: Citizen
    reports: tuple[PemdaReport, ...]
    words: tuple[PemdaWords, ...]
    papers: tuple[PemdaPaper, ...]
    """What this local government brought itself: no paper of anybody else is told of."""


def read_citizen(work: UnitOfWork, login: str, number: str) -> CitizenPage:
    """Return one citizen by the number of the case. Refused like something that does not exist for every other one."""
    user = expect_told(work, login, "see its citizens")
    seen = expect_citizen(work, user, number)
    note_look(work, user, "citizen.read", seen)
    mine = user.pemda.number
    return CitizenPage(
        user.pemda,
        seen.citizen,
        reports_of(work.connection, work.keys, seen.case, mine),
        words_of(work.connection, work.keys, seen.case, mine),
        papers_of(work.connection, seen.case, mine),
    )

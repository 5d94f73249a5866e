"""Say at intake that the person of a case is somebody whom the register knows already."""

from __future__ import annotations

from dataclasses import replace

from engine.course.persons import differences, expect_person
from engine.domain.receipt import Receipt
from engine.errors import WrongState
from engine.rights import capacity, expect_officer, expect_part
from engine.storage import UnitOfWork
from engine.storage.merges import MergeStands, MergeState


class LinkedAlready(WrongState):
    """Expected to join case {case} to person {person}, but its person is joined to {found}. Undo that first."""


def link_subject(work: UnitOfWork, number: str, *, subject: int, reason: str = "") -> Receipt:
    """Join the case to a person of the register. What was written for the case stays as it is, beside what was known.

    The receipt's number is the joining, by which it can be undone; its notes name the fields that are known differently.
    Refused (NotFound) for a person whom none of the officer's offices knows.
    """
    officer = expect_officer(work, "join a case to a person")
    case = work.cases.lock(number).case
    expect_part(work, case)
    person = expect_person(work, subject)
    if case.subject is None:
        case = replace(case, subject=work.subjects.add(work.at).number)
        work.cases.save(case)
    own = case.subject or 0
    work.subjects.lock_rows([person, own])
    if work.subjects.person(own) != own or person == own:
        raise LinkedAlready(case=case.number, person=person, found=work.subjects.person(own))
    if standing := work.merges.standing(own):
        raise MergeStands(other=own, merge=standing.number)
    differ = differences(work, person, own)
    state = MergeState.CONFIRMED
    made = work.merges.add(person, own, kind="link", state=state, reason=reason.strip(), at=work.at, by=officer.number)
    work.subjects.join(own, person)
    held = next((each for each in officer.holdings if each.office == case.office), officer.holdings[0])
    work.record("subject.linked", case, **capacity(held), person=person, merge=made.number, differ=list(differ))
    return Receipt(case=case.number, state=case.state.value, number=made.number, notes=differ)

"""Take in a message from outside: it goes to the one case that waits for it, or begins one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.course import DISPOSITIONS_CLOSED, Happening, arrive, begin
from engine.course.answers import plain_facts, write_facts
from engine.course.beginning import draft
from engine.course.messages import keep_message
from engine.domain.case import Case, CaseState
from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.feel import from_json, to_json
from engine.rights import expect_opener, expect_part
from engine.storage import UnitOfWork


class NobodyWaits(WrongState):
    """Expected a case that waits for the message “{message}” or a procedure that begins with it, but there is none."""


class NotFromOutside(NotValid):
    """Expected a message that comes from outside, but “{message}” is what the house tells a case by itself."""


class SeveralWait(NotValid):
    """Expected the message “{message}” to be meant for one case or procedure, but its keys fit several."""


def receive_message(
    work: UnitOfWork,
    name: str,
    *,
    keys: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    office: str | None = None,
) -> Receipt:
    """Deliver a message; a suspended case gets it when it is resumed. `keys` is `{"case": number}`, or names and values of facts that the case must have.

    Refused where no case waits for it and no procedure begins with it, where several do, and where it is the house's own.
    """
    if name == DISPOSITIONS_CLOSED:
        raise NotFromOutside(message=name)
    named, given = dict(keys or {}), dict(facts or {})
    case = _addressed(work, name, named)
    if case is None:
        return _begin(work, name, given, office)
    if case.state is not CaseState.SUSPENDED:
        case.running("deliver a message")
    written = plain_facts(work, work.releases.get(case.release), given)
    if case.state is CaseState.SUSPENDED:
        keep_message(work, case, name, written)
        return Receipt(case=case.number, state=case.state.value, notes=("message.kept",))
    stored = work.facts.read(case.id, written.keys())
    notes = write_facts(work, case, written, stored)
    told = {"facts": {fact: to_json(value) for fact, value in written.items()}} if written else {}
    case = arrive(work, case, name, **told)
    return Receipt(case=case.number, state=case.state.value, notes=notes)


def _addressed(work: UnitOfWork, name: str, keys: dict[str, Any]) -> Case | None:
    if "case" in keys:
        case = work.cases.lock(str(keys["case"])).case
        expect_part(work, case)
        if work.waits.waiting(case.id, name) is None:
            raise NobodyWaits(message=name)
        return case
    offices = None if work.officer is None else work.officer.offices
    waiting = work.waits.waiting_with(name, {key: _plain(value) for key, value in keys.items()}, offices)
    if len({each.case for each in waiting}) > 1:
        raise SeveralWait(message=name)
    if not waiting:
        return None
    case = work.cases.lock(waiting[0].case).case
    return case if work.waits.waiting(case.id, name) else None


def _plain(value: Any) -> Any:
    try:
        return to_json(from_json(value))
    except ValueError as wrong:
        raise NotValid(what="every key", wanted="a value that FEEL knows", found="another") from wrong


def _begin(work: UnitOfWork, name: str, given: dict[str, Any], office: str | None) -> Receipt:
    started = work.releases.started_by(name)
    if not started:
        raise NobodyWaits(message=name)
    if len(started) > 1:
        raise SeveralWait(message=name)
    place = work.organisation.office(office or work.organisation.head).code
    ((release, start),) = work.releases.started_in(name, place)
    if work.officer is not None and place not in work.officer.offices:
        raise NobodyWaits(message=name)
    who = expect_opener(work, release, place, f"open a case of office {place}")
    case = draft(work, release, place)
    happening = Happening("case.opened", {"message": name}, who if work.officer else {})
    case = begin(work, release, case, plain_facts(work, release, given), start=start, happening=happening)
    return Receipt(case=case.number, state=case.state.value)

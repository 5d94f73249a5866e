"""News from the placement system, as it moves a case: each once, in the order of its numbers, and only where the drawing waits for it.

It does not decide what is asked of whom: the drawing does. What the case cannot use any more is set aside with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

import marshmallow as ma

from engine.course.answers import document_names, fact_names, of_persons, write_facts
from engine.course.messages import keep_message
from engine.course.progress import arrive
from engine.domain.case import Case, CaseState
from engine.domain.placement import MESSAGES, EventKind, EventState
from engine.domain.release import Release
from engine.errors import NotFound
from engine.feel import from_json, to_json
from engine.forms import schema_of
from engine.rights import capacity, expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation import EXCHANGE, HOME_ZONE
from engine.storage.partner_cases import know_reference
from engine.storage.placements import KnownCase, Told

NUMBER, DAY = "siskop2mi_nomor", "siskop2mi_tanggal"
"""What every piece of news tells, for drawings that read it: the placement's number, and the day of what happened."""
RENUMBERED: Final = "renumbered"
"""The partner has begun the placement anew, under another number."""
_ORDER: Final = {kind.value: place for place, kind in enumerate(MESSAGES)}
_HOME: Final = ZoneInfo(HOME_ZONE)
"""By whose calendar something happened on a day: by that of Greenwich it would be the day before until seven in the morning."""
_ALWAYS: Final = EventKind.CANCELLED.value
"""It may come at any time, so that waiting for it does not tell how far a case is."""


def expect_exchange(work: UnitOfWork, case: Case | None, act: str) -> dict[str, str]:
    """Refuse who holds no post with the power to exchange in the office that runs the case. Returns the capacity.

    News that belongs to no case is anybody's who holds the power.
    """
    who = expect_power(work, EXCHANGE, act)
    if work.officer is None or case is None:
        return who
    return expect_exchange_in(work, case.office, act, what=f"case {case.number}")


def expect_exchange_in(work: UnitOfWork, office: str, act: str, *, what: str = "") -> dict[str, str]:
    """Refuse who holds no post with the power to exchange in this office. Returns the capacity."""
    who = expect_power(work, EXCHANGE, act)
    if work.officer is None:
        return who
    powers = work.organisation.powers
    held = [each for each in work.officer.holdings if each.office == office and EXCHANGE in powers.get(each.post, ())]
    if not held:
        raise NotFound(what=what or f"office {office}")
    return capacity(held[0])


def move_on(work: UnitOfWork, known: KnownCase, *, without_missing: bool = False) -> int:
    """Let every piece of news that is next come to the family of a case. Returns how many were dealt with.

    `known` is held. With `without_missing`, numbers that have not come are waited for no more.
    """
    done = 0
    while True:
        known = _without_laid_aside(work, known)
        waiting = work.placements.waiting(known.case)
        if without_missing and waiting and waiting[0].sequence > known.sequence + 1:
            work.placements.count(known.case, waiting[0].sequence - 1)
            known, without_missing = _again(work, known), False
        dealt = _next(work, known, waiting)
        if not dealt:
            return done
        done += dealt
        known = _again(work, known)


def _without_laid_aside(work: UnitOfWork, known: KnownCase) -> KnownCase:
    """Wait for no number that a person has set aside before its turn came."""
    while work.placements.laid_aside(known.case, known.sequence + 1):
        work.placements.count(known.case, known.sequence + 1)
        known = _again(work, known)
    return known


def _again(work: UnitOfWork, known: KnownCase) -> KnownCase:
    found = work.placements.lock(known.case)
    if found is None:  # pragma: no cover - it is held
        raise NotFound(what=f"placement of case {known.case}")
    return found


def _next(work: UnitOfWork, known: KnownCase, waiting: Sequence[Told]) -> int:
    """Deal with the first piece of news that waits, where there is something to be done with it."""
    if waiting and waiting[0].sequence <= known.sequence:
        return _set_aside(work, known, waiting[:1], "passed", count=False)
    if waiting and work.placements.all_over(known.case):
        return _set_aside(work, known, waiting, "over")
    if not waiting or waiting[0].sequence > known.sequence + 1:
        if waiting:
            work.placements.say_why(waiting[0].number, f"missing {known.sequence + 1}")
        return 0
    first = waiting[0]
    family = work.placements.family(known.case)
    work.waits.flush()  # the piece before may have led to the next wait
    wanted = work.placements.messages_waited_for(family)
    message = _wanted(first, wanted)
    lies = bool(message) and work.announcements.kept(wanted[message], message)
    if message and not lies:
        _come(work, known, first, message, wanted[message])
        return 1
    if not lies and _behind(known, first, waiting, wanted, _own(work, known, wanted)):
        return _set_aside(work, known, [first], "by-hand")
    work.placements.say_why(first.number, "early")
    return 0


def _wanted(event: Told, wanted: Mapping[str, int]) -> str:
    message = MESSAGES[EventKind(event.kind)] if event.kind in _ORDER else ""
    return message if message in wanted else ""


def _own(work: UnitOfWork, known: KnownCase, wanted: Mapping[str, int]) -> frozenset[str]:
    """The messages that tell how far a placement is: those its own case waits for; once that is over, those of the family."""
    if work.cases.state_of(known.case) in (CaseState.RUNNING, CaseState.SUSPENDED):
        return frozenset(message for message, held in wanted.items() if held == known.case)
    return frozenset(wanted)


def _behind(
    known: KnownCase, first: Told, waiting: Sequence[Told], wanted: Mapping[str, int], own: frozenset[str]
) -> bool:
    """Whether the case has gone on without this: it waits for news of a later kind, or for what follows at once."""
    place = _ORDER.get(first.kind, -1)
    if any(_ORDER[kind] > place for kind, message in _KINDS if kind != _ALWAYS and message in own):
        return True
    after = {each.sequence: each for each in waiting}
    number = known.sequence + 2
    while later := after.get(number):
        if _wanted(later, wanted) and (later.kind == _ALWAYS or _ORDER[later.kind] > place):
            return True
        number += 1
    return False


_KINDS: Final = tuple((kind.value, message) for kind, message in MESSAGES.items())


def _come(work: UnitOfWork, known: KnownCase, event: Told, message: str, held: int) -> None:
    """Let one piece of news come to the case that waits for it, with what the drawing may know of it."""
    case = work.cases.lock(held).case
    release = work.releases.get(case.release)
    told = work.placements.body(event.message).get("facts") or {}
    told = {**told, NUMBER: event.reference, DAY: event.occurred_at.astimezone(_HOME).date().isoformat()}
    facts = declared(work, release, told)
    work.placements.settle([event.number], EventState.APPLIED, work.at)
    work.placements.move(known.case, event, stage=event.kind)
    if event.kind == _ALWAYS:
        work.placements.close(known.case, work.at)
    said: dict[str, Any] = {"event": event.number, "of": event.kind, "sequence": event.sequence, "facts": sorted(facts)}
    if case.state is CaseState.SUSPENDED:
        keep_message(work, case, message, facts)
        work.record("placement.moved", case, kept=True, **said)
        return
    work.record("placement.moved", case, **said)
    write_facts(work, case, facts, work.facts.read(case.id, facts.keys()))
    data = {"facts": {name: to_json(value) for name, value in facts.items()}} if facts else {}
    arrive(work, case, message, **data)


def declared(work: UnitOfWork, release: Release, told: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was told, what the drawing reads or a form of it asks for, in the kind that it asks for; never of a person.

    What it does not know, or what is not of that kind, stays with the news and comes to no case.
    """
    _, program = work.programs.for_new(release)
    fields = {field.name: field for each in release.activities.values() for field in each.form}
    forms = [each.form for each in release.activities.values()]
    known = program.reads.union(*map(fact_names, forms)) - of_persons(release)
    known -= frozenset().union(*map(document_names, forms))
    found: dict[str, Any] = {}
    for name in sorted(known & told.keys()):
        try:
            given = told[name]
            found[name] = schema_of((fields[name],)).load({name: given})[name] if name in fields else from_json(given)
        except (ma.ValidationError, ValueError, RecursionError):
            continue
    return found


def _set_aside(work: UnitOfWork, known: KnownCase, events: Sequence[Told], why: str, *, count: bool = True) -> int:
    work.placements.settle([each.number for each in events], EventState.SET_ASIDE, work.at, why=why)
    for each in events:
        if count and each.sequence > known.sequence:
            work.placements.move(known.case, each)
        note_set_aside(work, known.case, each, why)
    return len(events)


def know_number(work: UnitOfWork, held: int, reference: str, *, begins: bool) -> bool:
    """Know the number that the partner gives to a case; news that came under it belongs to the case now.

    Whoever had forgotten a placement and is told of its beginning again gives it a new number and counts anew: what still
    waits under the old one is set aside. Returns False where the number is another's, or comes with no beginning.
    """
    if know_reference(work.connection, held, reference):
        work.placements.name(held, reference)
        return True
    if not begins or work.placements.by_reference(reference) is not None:
        return False
    known = work.placements.lock(held)
    if known and (waiting := work.placements.waiting(held)):
        _set_aside(work, known, waiting, RENUMBERED, count=False)
    work.placements.count_anew(held)
    work.placements.name(held, reference)
    return True


def note_set_aside(work: UnitOfWork, held: int, event: Told, why: str, **who: str) -> None:
    """Keep in the case's own chain that a piece of news did not move it."""
    case = work.cases.lock(held).case
    work.record("placement.set_aside", case, event=event.number, of=event.kind, sequence=event.sequence, why=why, **who)

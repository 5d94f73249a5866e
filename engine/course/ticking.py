"""Clocks begun and ended just where the case moves, and counted anew where something stops, adds to or moves them.

A step without anything beside its items to be watched costs one row that is added and one that is ended, in the round
trip that it takes anyway. Where a procedure, a stage or a duty may have begun or ended, what is open is compared with
what the case waits for. See docs/decisions/0011-one-ledger.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

from engine.course.overdue import settle_overdue
from engine.domain.case import Case
from engine.domain.clock import CaseClock, ClockKind, ClockState, PauseReason
from engine.domain.deadline import Move, Reason, Reckoning, explain, reckon
from engine.domain.release import DEFAULT_LADDER, Activity, Allowance, Duty, Release, Rung
from engine.domain.watched import Watched
from engine.domain.work_item import WorkItem
from engine.process import Passed, Step, Wait
from engine.storage import UnitOfWork
from engine.storage.clocks import Turn
from engine.storage.extensions import ExtensionRow
from engine.storage.organisation import Organisation
from engine.storage.pauses import PauseRow

_CAME, _WENT = frozenset({"entered", "passed"}), frozenset({"left", "passed"})


Key: TypeAlias = "tuple[ClockKind, str, str]"
"""What tells an open clock of a case from its others: kind, token and code."""


class Moved(NamedTuple):
    """A clock whose deadline fell elsewhere after counting anew; None where it is paused."""

    clock: int
    before: datetime | None
    after: datetime | None

    @property
    def told(self) -> list[Any]:
        """As an audit record keeps it."""
        return [self.clock, *(each and each.astimezone(UTC).isoformat() for each in (self.before, self.after))]


def told_moves(moved: Iterable[Moved]) -> dict[str, Any]:
    """What an audit record says of deadlines that fell elsewhere: the clock, from when and to when; nothing where none did."""
    told = [each.told for each in moved]
    return {"clocks": told} if told else {}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What bears on the clocks of one case beside their allowances and calendars."""

    pauses: Sequence[PauseRow] = ()
    extensions: Sequence[ExtensionRow] = ()
    turns: Mapping[int, Sequence[Turn]] = field(default_factory=dict)


def reckoning_of(
    one: CaseClock, organisation: Organisation, around: Circumstances, *, now: datetime | None = None
) -> Reckoning:
    """Count a clock: by the calendar of whoever had it when, with its pauses and extensions."""
    return reckon(one.started_at, one.allowance, **_around(one, organisation, around, now))


def reasons_of(
    one: CaseClock, organisation: Organisation, around: Circumstances, *, now: datetime | None = None
) -> tuple[Reason, ...]:
    """Why a clock is due when it is, line by line."""
    return explain(one.started_at, one.allowance, **_around(one, organisation, around, now))


def _around(one: CaseClock, organisation: Organisation, around: Circumstances, now: datetime | None) -> dict[str, Any]:
    turns = around.turns.get(one.number) or [Turn(one.started_at, one.office, one.service)]
    first, *later = [
        Move(each.at, organisation.calendar(each.office, each.service), organisation.office(each.office).name)
        for each in turns
    ]
    return {
        "calendar": first.calendar,
        "pauses": [each.span(one) for each in around.pauses if each.case == one.case and each.holds(one)],
        "extensions": [added for each in around.extensions if each.clock == one.number and (added := each.counts)],
        "moves": later,
        "now": now,
    }


def begin_step(work: UnitOfWork, case: Case, release: Release, item: WorkItem, activity: Activity) -> datetime | None:
    """Begin the clock of an item, if its step has a time. Returns when it is due; None where it stands still or has none."""
    if activity.allowance is None:
        return None
    code = f"{item.process}/{item.element}"
    made = _begin(
        work,
        case,
        (ClockKind.STEP, item.token, code),
        activity.allowance,
        name=item.name,
        office=item.office,
        service=work.organisation.services.get(item.post, ""),
        ladder=release.ladder(item.process),
    )
    return made.due_at


def end_step(work: UnitOfWork, case: Case, item: WorkItem) -> None:
    """End the clock of an item that has been done."""
    if item.due_at is None and not case.pauses:
        return
    work.clocks.end_steps(case.id, [item.token], work.at, done=True)
    if case.pauses:
        recount(work, case, work.clocks.of_items(case.id, [item.token]))


def follow_step(work: UnitOfWork, before: Case, case: Case, release: Release, step: Step) -> None:
    """Begin and end what a step of the case has begun and ended beside its items."""
    known = work.watched(release)
    if not before.snapshot:
        if known.anything:
            _settle(work, case, release, known, step.opened, passed=step.passed, there=())
        return
    if _looks_different(known, before, case, step.passed):
        _settle(work, case, release, known, _waits(work, case, release), passed=step.passed)


def stand_as_before(work: UnitOfWork, case: Case, since: datetime) -> None:
    """Let clocks run again that an act at this moment had ended, and no others: the case stands where it stood before."""
    release = work.releases.get(case.release)
    known = work.watched(release)
    if known.anything:
        _settle(work, case, release, known, _waits(work, case, release), since=since)


def go_on_with(work: UnitOfWork, case: Case, tokens: Collection[str]) -> None:
    """Let the clocks of these items run again, with the time that they had."""
    again = [each.go_on() for each in work.clocks.of_items(case.id, tokens) if not each.going]
    if again:
        work.clocks.save(again)
        recount(work, case, again)


def end_duties(work: UnitOfWork, case: Case, release: Release, passed: Iterable[Passed]) -> None:
    """End the duties that were fulfilled on the way to the end of a case."""
    ends = work.watched(release).ends
    went = [each for each in passed if each.how in _WENT]
    met = {_key(_run_of(each), duty) for each in went for duty in ends.get((each.process, each.element), ())}
    if met:
        going = [each for each in work.clocks.of(case.id, steps=False) if each.going]
        _store_over(work, case, [each.end(work.at) for each in going if each.key in met])


def end_all(work: UnitOfWork, case: Case, *, done: bool) -> None:
    """End every clock and pause of a case that ends."""
    going = [each for each in work.clocks.of(case.id) if each.going]
    owed = {duty.code for each in work.watched(work.releases.get(case.release)).ends.values() for duty in each}
    over = [each.end(work.at, done=done and _is_done(each, owed)) for each in going]
    work.clocks.save(over)
    if case.pauses:
        for each in work.pauses.of(case.id):
            if each.open:
                work.pauses.end(each.number, at=max(work.at, each.begins_at), by=None)
        note_pauses(work, case, over)
    settle_overdue(work, case)


def hand_on(work: UnitOfWork, case: Case, from_office: str, items: Collection[WorkItem]) -> tuple[Moved, ...]:
    """Let the clocks of a case that another office runs now go on in its working time: those of these items, and of the whole."""
    tokens = {each.token for each in items}
    mine = [each for each in work.clocks.of(case.id) if each.going and each.office == from_office]
    mine = [each for each in mine if each.token in tokens or each.kind is not ClockKind.STEP]
    for each in mine:
        work.clocks.give(each, case.office, each.service, work.at)
    return recount(work, case, mine, office=case.office)


def stand_still(work: UnitOfWork, case: Case, by: int) -> tuple[Moved, ...]:
    """Let every clock of a case stand still that is being suspended."""
    work.pauses.add(case.id, PauseReason.SUSPENDED, "", begins_at=work.at, ends_at=None, by=by, at=work.at)
    return note_pauses(work, case, [each for each in work.clocks.of(case.id) if each.going])


def run_again(work: UnitOfWork, case: Case, by: int) -> tuple[Moved, ...]:
    """Let the clocks of a case go on that was suspended."""
    for each in work.pauses.of(case.id):
        if each.open and each.reason is PauseReason.SUSPENDED:
            work.pauses.end(each.number, at=work.at, by=by)
    return note_pauses(work, case, [each for each in work.clocks.of(case.id) if each.going])


def note_pauses(work: UnitOfWork, case: Case, clocks: Collection[CaseClock]) -> tuple[Moved, ...]:
    """Count clocks anew whose pauses have changed, and keep with the case how many pauses are open. Returns what moved."""
    work.clocks.note_pauses(case.id, sum(each.open for each in work.pauses.of(case.id)))
    return recount(work, case, clocks)


def recount(
    work: UnitOfWork, case: Case, clocks: Collection[CaseClock], *, office: str | None = None
) -> tuple[Moved, ...]:
    """Count clocks of a held case anew and store how they stand. Returns those whose deadline fell elsewhere."""
    around = circumstances(work, case, clocks)
    fresh = [_fresh(work, each, around, office) for each in clocks]
    work.clocks.save(fresh)
    return tuple(
        Moved(new.number, old.due_at, new.due_at)
        for old, new in zip(clocks, fresh, strict=True)
        if new.due_at != old.due_at
    )


def circumstances(work: UnitOfWork, case: Case, clocks: Collection[CaseClock]) -> Circumstances:
    """What bears on clocks of a case, as it is stored."""
    turns = work.clocks.turns([each.number for each in clocks])
    return Circumstances(work.pauses.of(case.id), work.extensions.of_case(case.id), turns)


def _fresh(work: UnitOfWork, one: CaseClock, around: Circumstances, office: str | None) -> CaseClock:
    one = one if office is None else replace(one, office=office)
    now = work.at if one.going else None
    return one.counted(reckoning_of(one, work.organisation, around, now=now), work.organisation.edition)


def _begin(
    work: UnitOfWork,
    case: Case,
    key: tuple[ClockKind, str, str],
    allowance: Allowance,
    *,
    name: str,
    office: str,
    ladder: Sequence[Rung],
    service: str = "",
) -> CaseClock:
    kind, token, code = key
    own = None if tuple(ladder) == DEFAULT_LADDER else tuple(ladder)
    new = CaseClock(0, case.id, kind, token, name, code, office, allowance, work.at, None, service=service, ladder=own)
    pauses = [each for each in work.pauses.of(case.id) if each.open and each.whole] if case.pauses else []
    new = _fresh(work, new, Circumstances(pauses), None)
    work.clocks.begin(new)
    return new


def _store_over(work: UnitOfWork, case: Case, over: Collection[CaseClock]) -> None:
    """Store clocks that have just ended; of those that stood still, when they would have been due."""
    if over:
        work.clocks.save(over)
        if case.pauses:
            recount(work, case, over)
        settle_overdue(work, case)


def _looks_different(known: Watched, before: Case, case: Case, passed: Iterable[Passed]) -> bool:
    """Whether a step may have begun or ended something beside items that is watched."""
    if not known.anything:
        return False
    if before.stage != case.stage and not known.stages.keys().isdisjoint((before.stage, case.stage)):
        return True
    for each in passed:
        place = (each.process, each.element)
        if place in known.doors or place in known.begins or place in known.ends:
            return True
        if known.doors and each.how == "cancelled":
            return True
    return False


def _waits(work: UnitOfWork, case: Case, release: Release) -> tuple[Wait, ...]:
    interpreter, program = work.programs.for_case(release, case.snapshot)
    return interpreter.waits(program, case.snapshot)


def _settle(
    work: UnitOfWork,
    case: Case,
    release: Release,
    known: Watched,
    waits: Collection[Wait],
    *,
    passed: Iterable[Passed] = (),
    there: Sequence[CaseClock] | None = None,
    since: datetime | None = None,
) -> None:
    """Let the open clocks beside those of steps be what the waits of the case say.

    `since`: what was ended at this moment runs again rather than anew, and what was begun then was never needed.
    """
    all_ = work.clocks.of(case.id, steps=False) if there is None else there
    going = {each.key: each for each in all_ if each.going}
    calls = _calls(waits)
    runs = {"": release.code, **{token: call.process for token, call in calls.items()}}
    wanted = _spans(known, release, case, calls)
    duties = _Duties(known, runs, all_)
    if since is None:
        duties.pass_by(passed)
    else:
        duties.go_back(since)
    wanted |= {key: (duty.title, duty.allowance) for key, duty in duties.owed.items()}
    gone = [each for key, each in going.items() if key not in wanted or key in duties.anew]
    _store_over(work, case, [each.end(work.at, done=since is None and duties.is_done(each)) for each in gone])
    missing = [key for key in wanted if key not in going or key in duties.anew]
    again = _ended_at(all_, missing, since)
    if again:
        fresh = [each.go_on() for each in again.values()]
        work.clocks.save(fresh)
        recount(work, case, fresh)
    for key in missing:
        if key not in again:
            name, allowance = wanted[key]
            ladder = release.ladder(runs.get(key[1], release.code))
            _begin(work, case, key, allowance, name=name, office=case.office, ladder=ladder)


def _ended_at(clocks: Iterable[CaseClock], keys: Collection[Key], since: datetime | None) -> dict[Key, CaseClock]:
    """The last clock of each of these keys that was ended then."""
    if since is None:
        return {}
    return {each.key: each for each in clocks if not each.going and each.ended_at == since and each.key in keys}


class _Call(NamedTuple):
    """One run of a procedure that is called."""

    token: str
    place: tuple[str, str]
    process: str


def _calls(waits: Iterable[Wait]) -> dict[str, _Call]:
    """Each run of a called procedure in which something waits, by its token."""
    return {call.token: call for wait in waits for call in _calls_around(wait)}


def _calls_around(at: Wait | Passed) -> list[_Call]:
    """The calls around a place, the outermost first: a sub-process stays within its procedure and is none."""
    places = [each.partition("/") for each in at.path]
    inside = [*(process for process, _, _ in places[1:]), at.process]
    return [
        _Call(token, (process, element), inner)
        for token, (process, _, element), inner in zip(at.scopes, places, inside, strict=False)
        if inner != process
    ]


def _run_of(at: Passed) -> str:
    """The token of the call in which a place stands; empty in the procedure of the case itself."""
    calls = _calls_around(at)
    return calls[-1].token if calls else ""


def _spans(
    known: Watched, release: Release, case: Case, calls: Mapping[str, _Call]
) -> dict[Key, tuple[str, Allowance]]:
    """What is open of the case itself, its stage and the procedures it is in, where that has a time."""
    wanted: dict[Key, tuple[str, Allowance]] = {}
    if release.code in known.promised:
        wanted[ClockKind.CASE, "", release.code] = (release.title, known.promised[release.code])
    if case.stage in known.stages:
        wanted[ClockKind.STAGE, "", case.stage] = (case.stage, known.stages[case.stage])
    for call in calls.values():
        if call.process in known.promised:
            step = release.activities.get(call.place)
            name = step.name if step and step.name else call.process
            wanted[ClockKind.PROCEDURE, call.token, call.process] = (name, known.promised[call.process])
    return wanted


class _Duties:
    """Which duties are owed, as elements are passed by."""

    def __init__(self, known: Watched, runs: Mapping[str, str], clocks: Sequence[CaseClock]) -> None:
        self._known = known
        self._runs = runs
        self._clocks = [each for each in clocks if each.kind is ClockKind.DUTY]
        self._all = {duty.code: duty for each in known.duties.values() for duty in each}
        going = [each for each in self._clocks if each.going]
        self._left = {each.key for each in going if each.token not in runs}
        self.owed = {each.key: self._all[each.code] for each in going if each.token in runs}
        self._fulfilled: set[Key] = set()
        self.anew: set[Key] = set()
        """Those that ended and began again within one step."""

    def pass_by(self, passed: Iterable[Passed]) -> None:
        """Let elements begin and end duties, and each procedure that has just begun those of the whole."""
        ever = {each.key for each in self._clocks}
        for token, process in self._runs.items():
            for duty in self._known.duties.get(process, ()):
                if not duty.begins and (key := _key(token, duty)) not in ever:
                    self.owed[key] = duty
        for each in passed:
            token = _run_of(each)
            place = (each.process, each.element)
            if each.how in _WENT:
                self._end(token, self._known.ends.get(place, ()))
            if each.how in _CAME and token in self._runs:
                self._begin(token, self._known.begins.get(place, ()))

    def go_back(self, since: datetime) -> None:
        """Owe what was owed before that moment."""
        for each in self._clocks:
            if each.going and each.started_at == since:
                self.owed.pop(each.key, None)
            elif self._ended_then(each, since):
                self.owed[each.key] = self._all[each.code]

    def is_done(self, one: CaseClock) -> bool:
        """Whether a clock that ends has come to its own end, and was not just left behind with its procedure."""
        return one.key not in self._left or one.key in self._fulfilled or not self._all[one.code].ends

    def _ended_then(self, one: CaseClock, since: datetime) -> bool:
        """Whether a clock was going until that moment, and not just for that moment."""
        lasted = one.started_at < since or one.state is ClockState.WITHDRAWN
        return not one.going and one.ended_at == since and lasted and one.token in self._runs

    def _end(self, token: str, duties: Iterable[Duty]) -> None:
        for each in duties:
            key = _key(token, each)
            if self.owed.pop(key, None) or key in self._left:
                self._fulfilled.add(key)

    def _begin(self, token: str, duties: Iterable[Duty]) -> None:
        for each in duties:
            key = _key(token, each)
            self.owed.setdefault(key, each)
            if key in self._fulfilled:
                self.anew.add(key)


def _key(token: str, duty: Duty) -> Key:
    return ClockKind.DUTY, token, duty.code


def _is_done(one: CaseClock, owed: Collection[str]) -> bool:
    """Whether a clock that is open at the end of its case has come to its own end with it."""
    return one.kind is not ClockKind.STEP and (one.kind is not ClockKind.DUTY or one.code not in owed)

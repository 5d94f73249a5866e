"""How steps were done against what was promised: numbers for those who oversee, and the steps and cases behind each.

Who oversees an office is told of the steps of that office; who audits from the head office, of all. It counts what is in
the tables and defines no measure of a SOP: that is the catalogue's business. It names no person, neither of a case nor of
the house.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, String, and_, case, exists, func, literal, literal_column, or_, select
from sqlalchemy import union_all as together
from sqlalchemy.sql.selectable import Select

from engine.domain.deadline import time_left
from engine.domain.organisation import Office, OfficeKind, Officer
from engine.domain.work_item import BY_PERSONS
from engine.errors import NotFound, NotValid, NotYours
from engine.queries.access import seen_by
from engine.queries.pages import LENGTH, Page, checked_length, cut, moment_and_number
from engine.queries.reader import Reader
from engine.storage.columns import FAR, Moment
from engine.storage.comments import comment_of
from engine.storage.tables import audit, comment, counter_step, disposition, disposition_kind, release, work_item
from engine.storage.tables import case as cases
from engine.storage.tables import handover as handovers

POWERS = frozenset({"audit", "oversee"})
"""Any of these lets its holder see the numbers of the office; the first, held in the head office, those of all."""
DURATIONS = 4_000
"""Steps of one SOP whose working time is counted, the latest: it is counted one by one."""
ACTS = 5_000
"""Acts beside the steps that one page counts, the latest."""
MAP = "p-"
"""How the codes of maps begin: all steps of the cases that run on a map are the map's."""
BEGINNING = datetime.fromisoformat("2000-01-01T00:00:00+00:00")

_DONE_AT = func.coalesce(work_item.c.happened_at, work_item.c.closed_at)
_NEVER = literal(FAR, Moment)
_PROMISED = work_item.c.due_at < _NEVER
_COMPLETED = work_item.c.state == literal_column("'completed'")
_OPEN = work_item.c.state.in_([literal_column("'ready'"), literal_column("'reserved'")])
_BY_PERSONS = work_item.c.kind.in_(sorted(BY_PERSONS))
_LATE = and_(_COMPLETED, work_item.c.due_at < _DONE_AT)
_earlier = work_item.alias("earlier")
_REPEATED = and_(
    _COMPLETED,
    work_item.c.instance.is_(None),
    exists().where(
        _earlier.c.case_id == work_item.c.case_id,
        _earlier.c.process == work_item.c.process,
        _earlier.c.element == work_item.c.element,
        _earlier.c.state == literal_column("'completed'"),
        _earlier.c.id < work_item.c.id,
    ),
)
_MACRO = case(
    (
        work_item.c.process.like("%-m__-__"),
        func.substr(work_item.c.process, 1, func.length(work_item.c.process) - 3, type_=String),
    ),
    else_=work_item.c.process,
)
KEYS: Mapping[str, ColumnElement[Any]] = {
    "sop": work_item.c.process,
    "macro": _MACRO,
    "office": work_item.c.office,
    "element": work_item.c.element,
}
"""What steps may be counted by. A macro's own steps and those of its micros are the macro's."""
COUNTS = ("done", "promised", "late", "entered_late", "repeated", "open", "open_late")
"""The numbers behind which stand steps."""


@dataclass(frozen=True, slots=True)
class View:
    """What one officer is told of: steps of these offices, of a SOP and a step where they are named, ended in a period."""

    offices: tuple[str, ...]
    since: datetime
    until: datetime
    sop: str = ""
    """A map, a macro with its micros, or a micro; empty for all."""
    element: str = ""
    process: str = ""
    """The drawing in which the element stands, where it is not the SOP itself."""


@dataclass(frozen=True, slots=True)
class StepCounts:
    """How many steps were done, and how."""

    key: tuple[str, ...]
    done: int = 0
    promised: int = 0
    """Of those done, how many had a time allowed."""
    late: int = 0
    entered_late: int = 0
    """Done earlier than they were entered, which was recorded with a reason."""
    repeated: int = 0
    """Done again in the same case, outside multi-instance activities."""
    cases: int = 0
    """Cases in which at least one was done."""
    open: int = 0
    """Waiting now, whatever the period."""
    open_late: int = 0
    """Of those, past their time already."""

    @property
    def breach(self) -> float | None:
        """Which part of those that had a time allowed were late; None where none had."""
        return self.late / self.promised if self.promised else None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of one case. It names no person."""

    item: int
    case: str
    seen: bool
    """Whether the officer may open the case."""
    process: str
    element: str
    name: str
    post: str
    office: str
    state: str
    opened_at: datetime
    claimed_at: datetime | None
    closed_at: datetime | None
    happened_at: datetime | None
    due_at: datetime | None
    over: timedelta | None
    """By how much working time it was, or is, late; None where it was not."""


@dataclass(frozen=True, slots=True)
class Duration:
    """How long one step waited and was worked on, in working time of its office."""

    process: str
    element: str
    office: str
    waited: timedelta
    """From its opening until somebody took it, or did it without taking it first."""
    worked: timedelta | None
    """From then until it was done; None where nobody took it first."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something done beside the usual way."""

    kind: str
    """`reassigned`, `taken_back`, `returned`, `corrected`, `replaced`, `cancelled`, `reopened`, `suspended`, `entered_late`, `set_aside`."""
    case: str
    seen: bool
    sop: str
    """The drawing of the step, or the procedure of the course or case."""
    element: str
    name: str
    office: str
    at: datetime
    row: int
    """Its row in the table that keeps it."""
    release: str
    """The procedure on which the case runs."""


@dataclass(frozen=True, slots=True)
class OfferCounts:
    """Offers of cases to one office."""

    office: str
    offered: int
    accepted: int
    declined: int
    expired: int
    waiting: int
    hours: tuple[timedelta, ...] = field(default=())
    """Working time until each was accepted or declined, in the receiving office's hours."""


@dataclass(frozen=True, slots=True)
class CaseCount:
    """One case with how its steps were done."""

    case: str
    seen: bool
    office: str
    state: str
    opened_at: datetime
    done: int
    late: int


def overseen_offices(reader: Reader, officer: Officer) -> tuple[Office, ...]:
    """The offices whose steps an officer is told of. Raises NotYours for one who oversees none."""
    powers, known = reader.organisation.powers, reader.organisation.offices
    held = {each.office: each for each in officer.holdings if POWERS & powers.get(each.post, frozenset())}
    heads = {code for code in held if known[code].kind is OfficeKind.HEAD}
    if any("audit" in powers.get(each.post, ()) and each.office in heads for each in officer.holdings):
        return tuple(known[code] for code in sorted(known))
    if not held:
        posts = sorted(code for code, carried in powers.items() if POWERS & carried)
        raise NotYours(who=officer.name, act="oversee the work of an office", post=", ".join(posts))
    return tuple(known[code] for code in sorted(held))


def view_of(
    reader: Reader,
    officer: Officer,
    *,
    office: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    sop: str = "",
    element: str = "",
    process: str = "",
) -> View:
    """What the officer may count. Raises NotYours, and NotFound for an office that the officer does not oversee."""
    offices = tuple(each.code for each in overseen_offices(reader, officer))
    if office:
        if office not in offices:
            raise NotFound(what=f"office {office}")
        offices = (office,)
    return View(offices, since or BEGINNING, until or reader.at, sop, element, process)


def step_counts(reader: Reader, view: View, *, by: Sequence[str]) -> tuple[StepCounts, ...]:
    """Steps by what is named in `by` (of `KEYS`), those of most steps first; with no key, one sum."""
    keys = [KEYS[each] for each in by]
    counted = [
        func.count().label("done"),
        _sum(_PROMISED).label("promised"),
        _sum(_LATE).label("late"),
        _sum(work_item.c.happened_at.is_not(None)).label("entered_late"),
        _sum(_REPEATED).label("repeated"),
        func.count(work_item.c.case_id.distinct()).label("cases"),
    ]
    found: dict[tuple[str, ...], dict[str, int]] = {}
    done = select(*keys, *counted).where(*_ended(view)).group_by(*keys)
    waiting = [func.count().label("open"), _sum(work_item.c.due_at < literal(reader.at, Moment)).label("open_late")]
    still = select(*keys, *waiting).where(_OPEN, *_of(view)).group_by(*keys)
    for names, query in (((*COUNTS[:5], "cases"), done), (COUNTS[5:], still)):
        for row in reader.connection.execute(query):
            numbers = found.setdefault(tuple(row[: len(keys)]), {})
            numbers.update({name: int(getattr(row, name) or 0) for name in names})
    rows = [StepCounts(key, **numbers) for key, numbers in found.items()]
    return tuple(sorted(rows, key=lambda each: (-each.done, each.key)))


def steps_behind(
    reader: Reader, officer: Officer, view: View, *, count: str, after: str | None = None, length: int = LENGTH
) -> Page[StepRow]:
    """The steps behind one number of `COUNTS`, the latest first. Raises NotAPage, and NotValid for another number."""
    moment = work_item.c.due_at if count in {"open", "open_late"} else work_item.c.closed_at
    found = (
        select(work_item, cases.c.number, seen_by(officer).label("seen"), func.coalesce(moment, _NEVER).label("key"))
        .join(cases, cases.c.id == work_item.c.case_id)
        .where(*_behind(reader, view, count))
        .order_by(moment.desc(), work_item.c.id.desc())
        .limit(checked_length(length) + 1)
    )
    if after is not None:
        at, number = moment_and_number(after)
        found = found.where(or_(moment < at, and_(moment == at, work_item.c.id < number)))
    rows = reader.connection.execute(found).all()
    return cut(rows, length, lambda row: _step(reader, row), lambda row: (row.key or FAR, row.id))


def cases_behind(
    reader: Reader, officer: Officer, view: View, *, count: str = "done", after: str | None = None, length: int = LENGTH
) -> Page[CaseCount]:
    """The cases behind a number, the latest opened first."""
    found = (
        select(
            cases.c.id,
            cases.c.number,
            cases.c.office,
            cases.c.state,
            cases.c.opened_at,
            seen_by(officer).label("seen"),
            func.count().label("done"),
            _sum(_LATE).label("late"),
        )
        .join(cases, cases.c.id == work_item.c.case_id)
        .where(*_behind(reader, view, count))
        .group_by(cases.c.id, cases.c.number, cases.c.office, cases.c.state, cases.c.opened_at)
        .order_by(cases.c.opened_at.desc(), cases.c.id.desc())
        .limit(checked_length(length) + 1)
    )
    if after is not None:
        at, number = moment_and_number(after)
        found = found.where(
            or_(cases.c.opened_at < at, and_(cases.c.opened_at == at, cases.c.id < number)),
        )
    rows = reader.connection.execute(found).all()
    return cut(
        rows,
        length,
        lambda row: CaseCount(row.number, bool(row.seen), row.office, row.state, row.opened_at, row.done, row.late),
        lambda row: (row.opened_at, row.id),
    )


def durations(reader: Reader, view: View, *, most: int = DURATIONS) -> tuple[Duration, ...]:
    """How long the steps of a view waited and were worked on, of the latest that were done."""
    times = (work_item.c.opened_at, work_item.c.claimed_at, _DONE_AT.label("ended"))
    found = select(work_item.c.process, work_item.c.element, work_item.c.office, *times).where(*_ended(view))
    rows: Any = reader.connection.execute(found.order_by(work_item.c.closed_at.desc()).limit(most))
    return tuple(_duration(reader, row) for row in rows)


def acts(reader: Reader, officer: Officer, view: View, *, kinds: Collection[str] = ()) -> tuple[Act, ...]:
    """What was done beside the usual way in the period, the latest first; at most `ACTS` of them."""
    own = work_item.c.office.in_(view.offices)
    columns = ("kind", "row", "case_id", "sop", "element", "name", "office", "at")
    of_items = (work_item.c.process, work_item.c.element, work_item.c.name, work_item.c.office)
    of_cases = (release.c.code, literal(""), literal(""), cases.c.office)
    stepped = (
        select(counter_step.c.kind, counter_step.c.id, counter_step.c.case_id, *of_items, counter_step.c.at)
        .join(work_item, work_item.c.id == counter_step.c.item_id)
        .where(own, *_within(view, counter_step.c.at))
    )
    whole = (
        select(counter_step.c.kind, counter_step.c.id, counter_step.c.case_id, *of_cases, counter_step.c.at)
        .join(cases, cases.c.id == counter_step.c.case_id)
        .join(release, release.c.id == cases.c.release_id)
        .where(counter_step.c.item_id.is_(None), counter_step.c.kind != "resumed")
        .where(cases.c.office.in_(view.offices), *_within(view, counter_step.c.at))
    )
    replaced = (
        select(literal("replaced"), disposition.c.id, disposition.c.case_id, disposition_kind.c.procedure)
        .add_columns(literal(""), disposition_kind.c.title, cases.c.office, disposition.c.closed_at)
        .join(cases, cases.c.id == disposition.c.case_id)
        .join(disposition_kind, disposition_kind.c.code == disposition.c.kind)
        .where(disposition.c.state == "replaced", cases.c.office.in_(view.offices))
        .where(*_within(view, disposition.c.closed_at))
    )
    cancelled = (
        select(literal("cancelled"), cases.c.id, cases.c.id, *of_cases, cases.c.ended_at)
        .join(release, release.c.id == cases.c.release_id)
        .where(cases.c.state == "cancelled", cases.c.office.in_(view.offices), *_within(view, cases.c.ended_at))
    )
    late = select(literal("entered_late"), work_item.c.id, work_item.c.case_id, *of_items, work_item.c.closed_at).where(
        work_item.c.happened_at.is_not(None), *_ended(view)
    )
    parts = [_named(each, columns) for each in (stepped, whole, replaced, cancelled, late)]
    every = together(*parts).subquery()
    found = _with_case(officer, every)
    rows = [
        Act(
            row.kind,
            row.number,
            bool(row.seen),
            row.sop,
            row.element,
            row.name,
            row.office,
            row.at,
            row.row,
            row.release,
        )
        for row in reader.connection.execute(found.order_by(every.c.at.desc()).limit(ACTS))
    ]
    rows += _told_by_audit(reader, officer, view)
    kept = [each for each in rows if _in_sop(view, each) and (not kinds or each.kind in kinds)]
    return tuple(sorted(kept, key=lambda each: each.at, reverse=True)[:ACTS])


def offer_counts(reader: Reader, view: View) -> tuple[OfferCounts, ...]:
    """What became of the cases offered to each office in the period, by office."""
    found = select(handovers.c.to_office, handovers.c.state, handovers.c.offered_at, handovers.c.answered_at)
    rows: dict[str, list[Row[Any]]] = {}
    told: Any = reader.connection.execute(found.where(*_offers(view)).limit(ACTS))
    for row in told:
        rows.setdefault(row.to_office, []).append(row)
    return tuple(_offered(reader, office, found) for office, found in sorted(rows.items()))


def _offered(reader: Reader, office: str, rows: Sequence[Row[Any]]) -> OfferCounts:
    states = [each.state for each in rows]
    calendar = reader.organisation.calendar(office)
    answered = [each for each in rows if each.state in {"accepted", "declined"} and each.answered_at is not None]
    hours = tuple(time_left(each.offered_at, each.answered_at, calendar).working for each in answered)
    named = {name: states.count(name) for name in ("accepted", "declined", "expired")}
    return OfferCounts(office, len(rows), **named, waiting=states.count("offered"), hours=hours)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer of a case to another office. Why it was declined stands with the case."""

    number: int
    case: str
    seen: bool
    from_office: str
    to_office: str
    state: str
    offered_at: datetime
    until: datetime
    answered_at: datetime | None
    reason: str
    answer: str
    """Both only for officers of the two offices."""
    concerned: bool


def offers_behind(
    reader: Reader, officer: Officer, view: View, *, state: str = "", to_office: str = ""
) -> tuple[OfferRow, ...]:
    """The offers behind a number, the latest first, at most 200."""
    found = (
        select(handovers, cases.c.number, seen_by(officer).label("seen"))
        .join(cases, cases.c.id == handovers.c.case_id)
        .where(*_offers(view))
        .order_by(handovers.c.offered_at.desc())
        .limit(200)
    )
    if state:
        found = found.where(handovers.c.state == state)
    if to_office:
        found = found.where(handovers.c.to_office == to_office)
    return tuple(_offer(reader, officer, row) for row in reader.connection.execute(found))


def _offer(reader: Reader, officer: Officer, row: Row[Any]) -> OfferRow:
    concerned = bool({row.from_office, row.to_office} & officer.offices)
    reason, answer = (
        reader.keys.unlock(cell, f"handover.{column}.{row.id}") if concerned and cell else ""
        for column, cell in (("reason", row.reason), ("answer", row.answer))
    )
    where = (row.from_office, row.to_office, row.state, row.offered_at, row.until, row.answered_at)
    return OfferRow(row.id, row.number, bool(row.seen), *where, reason, answer, concerned)


def act_reasons(reader: Reader, shown: Sequence[Act]) -> dict[tuple[str, int], str]:
    """Why these were done, for the cases that the officer may open: (kind, row) → the reason."""
    seen = [each for each in shown if each.seen]
    steps = [each.row for each in seen if each.kind in _COUNTER]
    told: dict[tuple[str, int], str] = {}
    for row in reader.connection.execute(select(counter_step).where(counter_step.c.id.in_(steps))) if steps else ():
        told[row.kind, row.id] = reader.keys.unlock(row.reason, f"counter_step.reason.{row.id}")
    items = [each.row for each in seen if each.kind == "entered_late"]
    said = select(comment).where(comment.c.item_id.in_(items), comment.c.kind == "late").order_by(comment.c.id)
    for row in reader.connection.execute(said) if items else ():
        told["entered_late", row.item_id] = comment_of(row, reader.keys).text
    ended = [each.row for each in seen if each.kind == "cancelled"]
    how = select(cases.c.id, cases.c.ended_how, cases.c.closing).where(cases.c.id.in_(ended))
    for row in reader.connection.execute(how) if ended else ():
        told["cancelled", row.id] = row.closing or ""
    return told


_COUNTER = {"taken_back", "returned", "corrected", "reopened", "suspended"}


def events_of(reader: Reader, officer: Officer, view: View) -> Iterator[StepRow]:
    """Every completed step of a view, case by case in the order done, read as they are asked for."""
    found = (
        select(work_item, cases.c.number, seen_by(officer).label("seen"))
        .join(cases, cases.c.id == work_item.c.case_id)
        .where(*_ended(view))
        .order_by(work_item.c.case_id, work_item.c.closed_at, work_item.c.id)
        .execution_options(yield_per=500)
    )
    for row in reader.connection.execute(found):
        yield _step(reader, row)


def steps_of_case(reader: Reader, officer: Officer, number: str) -> tuple[StepRow, ...]:
    """The steps of one case in the order in which they were opened, those of offices that one oversees.

    Raises NotFound for a case with no step of such an office.
    """
    view = view_of(reader, officer)
    found = (
        select(work_item, cases.c.number, seen_by(officer).label("seen"))
        .join(cases, cases.c.id == work_item.c.case_id)
        .where(cases.c.number == number, _BY_PERSONS, work_item.c.office.in_(view.offices))
        .order_by(work_item.c.opened_at, work_item.c.id)
    )
    rows = tuple(_step(reader, row) for row in reader.connection.execute(found))
    if not rows:
        raise NotFound(what=f"case {number}")
    return rows


def _told_by_audit(reader: Reader, officer: Officer, view: View) -> Iterator[Act]:
    """Passings-on, and faults that were laid aside by hand: only the audit tells of them."""
    kinds = ("work_item.reassigned", "incident.resolved")
    found = (
        select(audit.c.seq, audit.c.at, audit.c.kind, audit.c.data, cases.c.number, cases.c.office, release.c.code)
        .add_columns(seen_by(officer).label("seen"))
        .join(cases, cases.c.id == audit.c.case_id)
        .join(release, release.c.id == cases.c.release_id)
        .where(audit.c.kind.in_([literal_column(f"'{each}'") for each in kinds]), *_within(view, audit.c.at))
        .where(or_(audit.c.office.in_(view.offices), cases.c.office.in_(view.offices)))
        .order_by(audit.c.at.desc())
        .limit(ACTS)
    )
    rows = reader.connection.execute(found).all()
    items = [row.data["item"] for row in rows if row.kind == kinds[0]]
    columns = (work_item.c.id, work_item.c.process, work_item.c.element, work_item.c.name, work_item.c.office)
    named = select(*columns).where(work_item.c.id.in_(items))
    known = {row.id: row for row in reader.connection.execute(named)} if items else {}
    for row in rows:
        item = known.get(row.data.get("item"))
        if item is not None and item.office in view.offices:
            where = (item.process, item.element, item.name, item.office)
            yield Act("reassigned", row.number, bool(row.seen), *where, row.at, row.seq, row.code)
        elif row.kind == kinds[1] and row.office in view.offices:
            yield Act("set_aside", row.number, bool(row.seen), row.code, "", "", row.office, row.at, row.seq, row.code)


def _named(part: Select[Any], columns: Sequence[str]) -> Select[Any]:
    """The same, its columns under these names."""
    return select(*(each.label(name) for each, name in zip(part.subquery().c, columns, strict=True)))


def _with_case(officer: Officer, every: Any) -> Select[Any]:
    found = select(every, cases.c.number, release.c.code.label("release"), seen_by(officer).label("seen"))
    return found.join(cases, cases.c.id == every.c.case_id).join(release, release.c.id == cases.c.release_id)


def _in_sop(view: View, act: Act) -> bool:
    if (view.process and act.sop != view.process) or (view.element and act.element != view.element):
        return False
    if view.sop.startswith(MAP):
        return act.release == view.sop
    return not view.sop or act.sop == view.sop or act.sop.startswith(f"{view.sop}-")


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _within(view: View, moment: Any) -> tuple[ColumnElement[bool], ...]:
    return (moment >= view.since, moment < view.until)


def _of(view: View) -> list[ColumnElement[bool]]:
    """The steps of a view, whenever they ended."""
    found: list[ColumnElement[bool]] = [_BY_PERSONS, work_item.c.office.in_(view.offices)]
    if view.sop.startswith(MAP):
        run = select(cases.c.id).join(release, release.c.id == cases.c.release_id).where(release.c.code == view.sop)
        found.append(work_item.c.case_id.in_(run))
    elif view.sop:
        process = work_item.c.process
        found.append(or_(process == view.sop, process.startswith(f"{view.sop}-", autoescape=True)))
    if view.process:
        found.append(work_item.c.process == view.process)
    if view.element:
        found.append(work_item.c.element == view.element)
    return found


def _ended(view: View) -> list[ColumnElement[bool]]:
    """The steps of a view that were completed in its period."""
    return [_COMPLETED, *_of(view), *_within(view, work_item.c.closed_at)]


def _offers(view: View) -> tuple[ColumnElement[bool], ...]:
    """Offers in which one of the offices takes part, to whichever of them: who waits for an answer sees it as well."""
    mine = or_(handovers.c.to_office.in_(view.offices), handovers.c.from_office.in_(view.offices))
    return (mine, *_within(view, handovers.c.offered_at))


def _behind(reader: Reader, view: View, count: str) -> list[ColumnElement[bool]]:
    now = literal(reader.at, Moment)
    more: dict[str, list[ColumnElement[bool]]] = {
        "done": [],
        "promised": [_PROMISED],
        "late": [_LATE],
        "entered_late": [work_item.c.happened_at.is_not(None)],
        "repeated": [_REPEATED],
    }
    if count in more:
        return [*_ended(view), *more[count]]
    if count in {"open", "open_late"}:
        return [_OPEN, *_of(view), *([work_item.c.due_at < now] if count == "open_late" else [])]
    raise NotValid(what="the number", wanted=f"one of {', '.join(COUNTS)}", found=count)


def _step(reader: Reader, row: Row[Any]) -> StepRow:
    ended = row.happened_at or row.closed_at
    until = ended or reader.at
    late = row.due_at is not None and row.state != "exited" and until > row.due_at
    calendar = reader.organisation.calendar(row.office)
    return StepRow(
        row.id,
        row.number,
        bool(row.seen),
        row.process,
        row.element,
        row.name,
        row.post,
        row.office,
        row.state,
        row.opened_at,
        row.claimed_at,
        row.closed_at,
        row.happened_at,
        row.due_at,
        time_left(row.due_at, until, calendar).working if late else None,
    )


def _duration(reader: Reader, row: Row[Any]) -> Duration:
    calendar = reader.organisation.calendar(row.office)
    begun, ended = row.opened_at, max(row.ended, row.opened_at)
    taken = min(max(row.claimed_at, begun), ended) if row.claimed_at is not None else None
    waited = time_left(begun, taken or ended, calendar).working
    worked = time_left(taken, ended, calendar).working if taken is not None else None
    return Duration(row.process, row.element, row.office, waited, worked)

"""What lies where between this house and the placement system: files, news, reports, what differs. Nothing of a person is read.

Who may exchange for an office sees its cases; who runs the house sees numbers, and no case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select

from engine.course.acknowledging import as_news, problem_of
from engine.domain.batch import Batch
from engine.domain.dispatch import Channel, DispatchState
from engine.domain.organisation import Officer
from engine.domain.partner_line import Line
from engine.domain.placement import MESSAGES, PARTNER, EventState
from engine.domain.placement_differences import MENDS, DifferenceKind, Mending
from engine.errors import NotYours
from engine.queries.access import visible_case
from engine.queries.pages import LENGTH, Page, cut, number_alone
from engine.queries.reader import Reader
from engine.storage.batches import batch_of
from engine.storage.organisation import EXCHANGE
from engine.storage.partner_lines import read_line
from engine.storage.placements import Placements, Told, line_of, told_of
from engine.storage.reconciling import ASKED, last_run
from engine.storage.tables import (
    case,
    difference,
    dispatch,
    exchange_batch,
    partner_case,
    partner_event,
    subscription,
)

UNSENT = (DispatchState.PENDING, DispatchState.SENDING, DispatchState.FAILED, DispatchState.UNKNOWN)
_SEEN_BY_NUMBERS = "administer"


@dataclass(frozen=True, slots=True)
class Overview:
    """How many of what lie where."""

    line: Line
    asked_at: datetime | None
    """When news was asked for last."""
    offices: tuple[str, ...]
    """The offices for which this officer exchanges; none for who sees numbers alone."""
    events: Mapping[str, int]
    """State → how many: of one's own offices, or of all for who runs the house."""
    reports: Mapping[str, int]
    differences: Mapping[str, int]
    """Kind → how many are open."""
    compared_at: datetime | None
    compared: int
    source: str
    comparison_asked_at: datetime | None
    """When somebody asked for a comparison that has not come yet."""


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news as it stands in the list."""

    told: Told
    case: str
    """The number of its case; empty where it belongs to none."""


@dataclass(frozen=True, slots=True)
class Differing:
    """One thing that differs, with what both sides say."""

    number: int
    kind: DifferenceKind
    case: str
    reference: str
    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]
    acts: tuple[Mending, ...]


@dataclass(frozen=True, slots=True)
class PlacementOfCase:
    """What the page of a case says of its placement."""

    case: str
    """The case that stands for it: this one or one of its family."""
    reference: str
    stage: str
    stage_at: datetime | None
    begun_at: datetime
    closed_at: datetime | None
    waits_for: tuple[str, ...]
    """Kinds of news that the drawing waits for now."""
    waiting: tuple[Told, ...]
    """News that has come and waits."""
    unsent: int
    """Reports that have not arrived yet."""


def expect_exchanger(reader: Reader, officer: Officer) -> frozenset[str]:
    """The offices for which this officer exchanges. Refuses who neither exchanges nor runs the house."""
    offices = reader.organisation.exchanged_by(officer)
    powers = reader.organisation.powers
    runs = any(_SEEN_BY_NUMBERS in powers.get(each.post, ()) for each in officer.holdings)
    if not offices and not runs:
        posts = sorted(code for code, carried in powers.items() if {EXCHANGE, _SEEN_BY_NUMBERS} & carried)
        raise NotYours(who=officer.name, act="exchange with the placement system", post=", ".join(posts))
    return offices


def exchange_overview(reader: Reader, officer: Officer) -> Overview:
    """Numbers alone. Raises NotYours."""
    offices = expect_exchanger(reader, officer)
    ask, line, run = reader.connection.execute, line_of(reader.connection), last_run(reader.connection)
    asked = last_run(reader.connection, ASKED)
    own = _own(offices) if offices else None
    events = select(partner_event.c.state, func.count()).where(partner_event.c.partner == PARTNER)
    reports = select(dispatch.c.state, func.count()).where(dispatch.c.channel == Channel.SISKOP2MI)
    differs = select(difference.c.kind, func.count()).where(difference.c.mended_at.is_(None))
    if own is not None:
        events = events.outerjoin(case, case.c.id == partner_event.c.case_id).where(_own_or_nobodys(offices))
        reports = reports.join(case, case.c.id == dispatch.c.case_id).where(own)
        differs = differs.outerjoin(case, case.c.id == difference.c.case_id).where(_own_or_nobodys(offices))
    reports = reports.where(dispatch.c.state.in_(UNSENT))
    return Overview(
        line=read_line(reader.connection, PARTNER),
        asked_at=line.asked_at if line else None,
        offices=tuple(sorted(offices)),
        events={row[0]: row[1] for row in ask(events.group_by(partner_event.c.state))},
        reports={row[0]: row[1] for row in ask(reports.group_by(dispatch.c.state))},
        differences={row[0]: row[1] for row in ask(differs.group_by(difference.c.kind))},
        compared_at=run.at if run else None,
        compared=run.compared if run else 0,
        source=run.source if run else "",
        comparison_asked_at=asked.at if asked and (run is None or asked.at > run.at) else None,
    )


def exchange_news(
    reader: Reader, officer: Officer, *, state: str = "waiting", after: str | None = None, length: int = LENGTH
) -> Page[News]:
    """One page of the news of one's own offices in a state, the newest first; of nobody's too. Raises NotYours, NotAPage."""
    offices = expect_exchanger(reader, officer)
    wanted = EventState(state) if state in set(EventState) else EventState.WAITING
    found = (
        select(partner_event, case.c.number)
        .outerjoin(case, case.c.id == partner_event.c.case_id)
        .where(partner_event.c.partner == PARTNER, partner_event.c.state == wanted, _own_or_nobodys(offices))
    )
    if after:
        found = found.where(partner_event.c.id < number_alone(after))
    rows = list(reader.connection.execute(found.order_by(partner_event.c.id.desc()).limit(length + 1)))
    return cut(rows, length, lambda row: News(told_of(row), row.number or ""), lambda row: (row.id,))


def exchange_batches(
    reader: Reader, officer: Officer, *, after: str | None = None, length: int = LENGTH
) -> Page[Batch]:
    """One page of the files of one's own offices, the newest first. Raises NotYours, NotAPage."""
    offices = expect_exchanger(reader, officer)
    found = select(*(each for each in exchange_batch.c if each.name != "content"))
    found = found.where(exchange_batch.c.partner == PARTNER)
    if after:
        found = found.where(exchange_batch.c.id < number_alone(after))
    rows = reader.connection.execute(found.order_by(exchange_batch.c.id.desc()))
    mine = [row for row in rows if (row.problem or {}).get("office") in offices]
    return cut(mine[: length + 1], length, batch_of, lambda row: (row.id,))


def exchange_differences(
    reader: Reader, officer: Officer, *, after: str | None = None, length: int = LENGTH
) -> Page[Differing]:
    """One page of what differs in cases of one's own offices, or in none. Raises NotYours, NotAPage."""
    offices = expect_exchanger(reader, officer)
    found = (
        select(difference, case.c.number)
        .outerjoin(case, case.c.id == difference.c.case_id)
        .where(difference.c.mended_at.is_(None), _own_or_nobodys(offices))
    )
    if after:
        found = found.where(difference.c.id > number_alone(after))
    rows = list(reader.connection.execute(found.order_by(difference.c.id).limit(length + 1)))
    return cut(rows, length, _differing, lambda row: (row.id,))


def placement_of_case(reader: Reader, officer: Officer, number: str) -> PlacementOfCase | None:
    """What the partner and this house know of the placement of a case; None where there is none. Raises NotFound."""
    seen = visible_case(reader, officer, number)
    placements = Placements(reader.connection, reader.keys)
    known = placements.in_family(seen.id)
    if known is None:
        return None
    family = placements.family(known.case)
    messages = select(subscription.c.message).where(subscription.c.case_id.in_(sorted(family)))
    waited = frozenset(reader.connection.execute(messages).scalars())
    mine = (partner_event.c.case_id == known.case) & (partner_event.c.state == EventState.WAITING)
    rows = reader.connection.execute(select(partner_event).where(mine).order_by(partner_event.c.sequence).limit(LENGTH))
    unsent = select(func.count()).where(
        dispatch.c.channel == Channel.SISKOP2MI, dispatch.c.case_id == known.case, dispatch.c.state.in_(UNSENT)
    )
    stands = select(case.c.number).where(case.c.id == known.case)
    return PlacementOfCase(
        case=str(reader.connection.execute(stands).scalar_one()),
        reference=known.reference,
        stage=known.stage,
        stage_at=known.stage_at,
        begun_at=known.begun_at,
        closed_at=known.closed_at,
        waits_for=tuple(kind.value for kind, message in MESSAGES.items() if message in waited),
        waiting=tuple(told_of(row) for row in rows),
        unsent=reader.connection.execute(unsent).scalar_one(),
    )


@dataclass(frozen=True, slots=True)
class Previewed:
    """What would become of one row of a file."""

    row: int
    problem: str
    """`unreadable kind`, `known`, `known-otherwise`, `no-case`; empty where it is in order."""
    kind: str
    reference: str
    sequence: str


def preview_news(reader: Reader, officer: Officer, rows: Sequence[Mapping[str, Any]]) -> tuple[Previewed, ...]:
    """What would become of each row of a file with news. Nothing is kept. Raises NotYours."""
    expect_exchanger(reader, officer)
    messages = [as_news(each)["message"] for each in rows]
    kept = select(partner_event.c.message).where(partner_event.c.partner == PARTNER)
    known = frozenset(reader.connection.execute(kept.where(partner_event.c.message.in_(messages))).scalars())
    referred = [as_news(each)["reference"] for each in rows]
    named = frozenset(
        reader.connection.execute(
            select(partner_case.c.reference).where(partner_case.c.reference.in_(referred))
        ).scalars()
    )
    return tuple(_previewed(place, each, known, named) for place, each in enumerate(rows, 1))


def _previewed(place: int, given: Mapping[str, Any], known: frozenset[str], named: frozenset[str | None]) -> Previewed:
    said = as_news(given)
    if field := problem_of(given):
        problem = f"unreadable {field}"
    elif said["message"] in known:
        problem = "known"
    elif said["reference"] not in named and not said["case"]:
        problem = "no-case"
    else:
        problem = ""
    row = int(given.get("row", place))
    return Previewed(row, problem, said["kind"][:20], said["reference"][:60], said["sequence"][:6])


def _differing(row: Any) -> Differing:
    kind = DifferenceKind(row.kind)
    acts = tuple(each for each in MENDS[kind] if row.case_id is not None or each is Mending.NOTE)
    return Differing(row.id, kind, row.number or "", row.reference, row.ours, row.theirs, acts)


def _own(offices: frozenset[str]) -> ColumnElement[bool]:
    return case.c.office.in_(sorted(offices)) if offices else false()


def _own_or_nobodys(offices: frozenset[str]) -> ColumnElement[bool]:
    """Of a case that one of these offices runs, or of none at all; nothing for who runs no office's exchange."""
    return or_(_own(offices), case.c.id.is_(None)) if offices else false()

"""Plays walks through the real commands, as the officers of an office would, and looks at what is left in the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Table, func, select

from engine import (
    Engine,
    attach_paper,
    claim_work_item,
    complete_work_item,
    decide_disposition,
    open_case,
    pass_time,
    receive_message,
    verify_audit,
)
from engine.commands.answer_citizen_handover import MESSAGE as HANDOVER_ANSWERED
from engine.commands.deliver_announcement import deliver_announcement
from engine.commands.report_citizen_arrival import MESSAGE as ARRIVAL_REPORTED
from engine.domain.clock import DEADLINE
from engine.domain.placement import MESSAGES
from engine.domain.release import Activity
from engine.domain.work_item import WorkItem
from engine.machine import Machine
from engine.process import Arrived, Bundle, Due, Program, StartKind
from engine.storage import tables
from engine.storage.cases import case_of, work_item_of
from sop_catalog import registers
from sop_catalog.diagram.extension import read_activities
from sop_catalog.soundness import Move, Walk, Walked, replay
from sop_catalog.soundness.ground import Ground, Spot
from sop_catalog.soundness.walk import BEGIN
from tests.shipped import BPMN, HOUSE
from tests.sop_catalog.soundness.shelf import drawing, drawings
from tests.whole.answers import DESTINATION, PLACES, Activities, filled_in, papers_for, walk_through_forms
from tests.whole.office import OPENED, login_of

HEAD = "pusat"
OPENER = login_of("kepala-bp3mi", DESTINATION)
SCAN = b"%PDF-1.4\n% Contoh\n%%EOF\n"
"""What stands for any document."""
NEWS = frozenset({*MESSAGES.values(), HANDOVER_ANSWERED, ARRIVAL_REPORTED})
"""What others tell and no case of the house does."""
CLAIMS_EVERY = 3
"""How often an officer takes an item before completing it: every third time."""
OPEN_ITEM = tables.work_item.c.state.in_(["ready", "reserved"])


@dataclass(frozen=True, slots=True)
class Course:
    """A release, laid out, and the walks over it that officers can take."""

    code: str
    ground: Ground
    program: Program
    over: Walked
    activities: Activities

    @property
    def walks(self) -> tuple[Walk, ...]:
        return self.over.walks

    @property
    def is_central(self) -> bool:
        """Whether all its own work is done by posts that the head office alone has; the house opens cases of such by itself."""
        posts = {each.code: each for each in registers.posts()}
        own = [each.performer for (process, _), each in self.activities.items() if process == self.code]
        return bool(own) and all(each is not None and posts[each.post].offices == ("head",) for each in own)


FILES = [each.relative_to(BPMN).as_posix() for each in HOUSE]
EVERY = slice(None)


def courses(which: slice = EVERY) -> tuple[Course, ...]:
    """Diagrams of the house: every one, or those that a slice of their names takes."""
    return tuple(_course(file) for file in FILES[which])


def course(code: str) -> Course:
    """One of them."""
    return _course(next(each for each in FILES if drawing(each).processes[0].id == code))


@cache
def few(code: str) -> tuple[Walk, ...]:
    """The fewest walks over a diagram that come over every branch of its own, as a greedy hand picks them.

    Those of the macros and micros that it calls are walked for themselves.
    """
    of = course(code)
    own = {spot for spot in of.ground.spots if spot[0] == code}
    left = {index: passed(of, each) & own for index, each in enumerate(of.walks)}
    wanted = set().union(*left.values())
    picked = []
    while wanted:
        best = max(left, key=lambda index: (len(left[index] & wanted), -len(of.walks[index].moves)))
        picked.append(of.walks[best])
        wanted -= left.pop(best)
    return tuple(picked)


def passed(of: Course, each: Walk) -> set[Spot]:
    """Nodes and arrows that a walk comes over."""
    steps = replay(each, Machine(), of.program)
    return {(one.process, one.element) for _, step in steps for one in step.passed if one.how != "cancelled"}


@dataclass
class Player:
    """All officers of the house."""

    engine: Engine
    now: datetime = OPENED
    done: int = 0
    cases: dict[int, str] = field(default_factory=dict)
    """Row of every case that was opened → the walk that it was opened for."""

    def play(self, of: Course, each: Walk, name: str) -> None:
        """Take one walk from its start to its end. Raises what the office refuses."""
        self.now = max(self.now, BEGIN)
        row = self._open(of, each)
        self.cases[row] = name
        self._walk(row, of, each.moves, name)

    def _open(self, of: Course, each: Walk) -> int:
        start = next(one for one in of.program.starts if one.element == each.start)
        self._tick()
        where = {"office": HEAD, "officer": None} if of.is_central else {"office": DESTINATION, "officer": OPENER}
        more: dict[str, Any] = {**where, "facts": each.facts, "at": self.now}
        if start.kind is StartKind.MESSAGE:
            receipt = self.engine.perform(receive_message, start.message or "", **more)
        else:
            receipt = self.engine.perform(open_case, of.code, start=start.element, **(PLACES | more))
        return self._row(receipt.case or "")

    def _walk(self, row: int, of: Course, moves: Sequence[Move], name: str) -> None:
        known: dict[str, Any] = {}
        for move in moves:
            if issubclass(move.how, Due):
                self._let_pass(row, move)
            elif issubclass(move.how, Arrived):
                if not self._tell(row, move):
                    self._go_home(row, name)
            else:
                self._complete(row, of, move, known)
                known |= move.facts
        self._deliver(row)
        self._go_home(row, name)

    def _complete(self, row: int, of: Course, move: Move, known: Mapping[str, Any]) -> None:
        item = self._item(row, move)
        if not item.post:
            self._deliver(row, "send")  # a send task: the house completes it when what it sends has gone
            return
        activity = of.activities[item.process, item.element]
        self._tick()
        who: dict[str, Any] = {"officer": login_of(item.post, item.office), "at": self.now}
        seen = item.version
        self.done += 1
        if self.done % CLAIMS_EVERY == 0:
            self.engine.perform(claim_work_item, item.number, seen=seen, **who)
            seen += 1
        if activity.act and not self._subs(row, running=True):
            self.engine.perform(decide_disposition, self._number(row), kind="pulang", ground="Keluarga siap.", **who)
        for kind in papers_for(activity.form, move.facts, known):
            file: dict[str, Any] = {"name": f"{kind}.pdf", "content": SCAN}
            self.engine.perform(attach_paper, self._number(row), kind=kind, item=item.number, **file, **who)
        told: dict[str, Any] = {**who, "seen": seen, "outcome": move.outcome or ""}
        self.engine.perform(complete_work_item, item.number, facts=filled_in(activity.form, move.facts, known), **told)

    def _tell(self, row: int, move: Move) -> bool:
        """Let news of the placement system or of a local government arrive; False for what the house tells by itself."""
        with self.engine.reading(at=self.now) as reader:
            held = case_of(reader.connection.execute(select(tables.case).where(tables.case.c.id == row)).one())
            place = (move.process, move.element, move.path, move.instance)
            waits = [
                each for each in reader.waits(held) if (each.process, each.element, each.path, each.instance) == place
            ]
        message = waits[move.nth].message if len(waits) > move.nth else ""
        if message not in NEWS:
            return False
        self._tick()
        self.engine.perform(receive_message, message or "", keys={"case": held.number}, facts=move.facts, at=self.now)
        return True

    def _let_pass(self, row: int, move: Move) -> None:
        timer = tables.timer
        due = self._one(
            select(timer.c.due_at).where(timer.c.case_id == row, timer.c.element == move.element).order_by(timer.c.id)
        )
        self.now = max(self.now, due)
        self.engine.perform(pass_time, case=row, at=self.now)

    def _deliver(self, row: int, kind: str = "message") -> None:
        """Let what a case has told come where it is waited for, or begin what begins with it."""
        told = tables.announcement
        query = select(told.c.id).where(told.c.case_id == row, told.c.kind == kind, told.c.state == "pending")
        with self.engine.database.reading() as connection:
            numbers = list(connection.execute(query).scalars())
        for number in numbers:
            self.engine.perform(deliver_announcement, number, at=self.now)

    def _go_home(self, row: int, name: str) -> None:
        """Play every sub-case that is open: when the last of them ends, its parent goes on by itself."""
        for sub in self._subs(row, running=True):
            self.cases[sub] = f"{name}, sub-case"
            of, walk = self._shortest(sub)
            self._walk(sub, of, walk.moves, name)

    def _shortest(self, sub: int) -> tuple[Course, Walk]:
        """The procedure of a sub-case, and the shortest walk from where it began, without waiting if there is one."""
        release, case = tables.release, tables.case
        of = course(
            self._one(select(release.c.code).join(case, case.c.release_id == release.c.id).where(case.c.id == sub))
        )
        told = self._one(select(case.c.disposition_id).where(case.c.id == sub)) is None
        begun = {each.element for each in of.program.starts if (each.kind is StartKind.MESSAGE) == told}
        walks = [each for each in of.walks if each.start in begun]
        return of, min(walks, key=lambda each: (any(issubclass(one.how, Due) for one in each.moves), len(each.moves)))

    def _item(self, row: int, move: Move) -> WorkItem:
        with self.engine.database.reading() as connection:
            rows = connection.execute(
                select(tables.work_item)
                .where(tables.work_item.c.case_id == row, OPEN_ITEM)
                .order_by(tables.work_item.c.id)
            )
            items = [work_item_of(each) for each in rows]
        place = (move.process, move.element, move.path, move.instance)
        alike = [each for each in items if (each.process, each.element, each.path, each.instance) == place]
        if len(alike) <= move.nth:
            raise LookupError(f"nothing is open at {move}, but {sorted(each.element for each in items)}")
        return alike[move.nth]

    def _tick(self) -> None:
        self.now += timedelta(minutes=1)

    def _one(self, query: Any) -> Any:
        with self.engine.database.reading() as connection:
            return connection.execute(query).scalars().first()

    def _row(self, number: str) -> int:
        return int(self._one(select(tables.case.c.id).where(tables.case.c.number == number)))

    def _number(self, row: int) -> str:
        return str(self._one(select(tables.case.c.number).where(tables.case.c.id == row)))

    def _subs(self, row: int, *, running: bool = False) -> list[int]:
        query = select(tables.case.c.id).where(tables.case.c.parent_id == row).order_by(tables.case.c.id)
        query = query.where(tables.case.c.state == "running") if running else query
        with self.engine.database.reading() as connection:
            return list(connection.execute(query).scalars())


@dataclass
class Remains:
    """What stands in the tables when every walk is over."""

    engine: Engine
    cases: Mapping[int, str]

    def problems(self) -> Iterator[str]:
        """Whatever should not be there, with the walk that it belongs to."""
        for row in self._rows(tables.case):
            if row["state"] != "completed" or row["snapshot"]:
                yield f"{self._name(row['id'])}: {row['number']} is {row['state']}, snapshot {len(row['snapshot'])} bytes"
        for table, is_open in (
            (tables.work_item, OPEN_ITEM),
            (tables.timer, tables.timer.c.case_id.is_not(None)),
            (tables.subscription, True),
            (tables.disposition, tables.disposition.c.state != "closed"),
            (tables.incident, (tables.incident.c.event != DEADLINE) | (tables.incident.c.state == "open")),
            (tables.clock, tables.clock.c.state.in_(["running", "paused"])),
        ):
            for row in self._rows(table, is_open):
                yield f"{self._name(row['case_id'])}: {table.name} {row['id']} is left"
        for row in self._rows(tables.announcement, tables.announcement.c.state == "pending"):
            yield f"{self._name(row['case_id'])}: announcement {row['id']} is left"
        with self.engine.database.reading() as connection:
            for broken in verify_audit(connection):
                yield f"{self._name(broken.case)}: audit {broken.seq}: {broken.what}"
        yield from self._uncounted()

    def spots(self) -> dict[str, set[Spot]]:
        """Walk → the nodes and arrows that its audit says it came over."""
        found: dict[str, set[Spot]] = {}
        for row in self._rows(tables.audit):
            way = found.setdefault(self._name(row["case_id"]), set())
            way |= {
                (process, element) for process, element, how, *_ in row["data"].get("passed", ()) if how != "cancelled"
            }
        return found

    def _uncounted(self) -> Iterator[str]:
        """Completed items without their one record, and gaps in the chains."""
        told = [row["data"]["item"] for row in self._rows(tables.audit) if row["kind"] == "work_item.completed"]
        done = [row["id"] for row in self._rows(tables.work_item, tables.work_item.c.state == "completed")]
        if sorted(told) != sorted(done):
            yield f"{len(told)} records tell of {len(done)} completed items"
        counted = select(
            tables.audit.c.case_id, func.count(), func.min(tables.audit.c.seq), func.max(tables.audit.c.seq)
        )
        with self.engine.database.reading() as connection:
            for case, count, first, last in connection.execute(counted.group_by(tables.audit.c.case_id)):
                if (first, last) != (1, count):
                    yield f"{self._name(case)}: {count} records from {first} to {last}"

    def _name(self, row: int) -> str:
        return self.cases.get(row, f"case {row}")

    def _rows(self, table: Table, where: Any = True) -> list[dict[str, Any]]:
        query = select(table).order_by(*table.primary_key)
        with self.engine.database.reading() as connection:
            found = connection.execute(query if where is True else query.where(where)).mappings()
            return [dict(row) for row in found]


@cache
def _course(file: str) -> Course:
    (process,) = drawing(file).processes
    bundle = Bundle(process.id, drawings())
    walks = walk_through_forms(bundle, _activities())
    return Course(process.id, Ground(bundle), Machine().compile(bundle), walks, _activities())


@cache
def _activities() -> dict[Spot, Activity]:
    """Those of every diagram of the house."""
    return {(each.process, each.element): each for file in FILES for each in read_activities(drawing(file))}

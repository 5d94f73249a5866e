"""The ways of making one completed user task durable that are compared. Each does the same steps of the same cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from unittest import mock

import sqlalchemy
from SpiffWorkflow.bpmn.parser import BpmnParser  # stock, beside engine.spiff: what the makers' own documentation shows
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import Connection, CursorResult, event, select

from benchmarks.houses import open_engine
from benchmarks.procedures import MONDAY, STEPS, stock
from engine import Database, complete_work_item, open_case
from engine.process import Interpreter
from engine.storage import hot_path
from engine.storage.tables import work_item


class Design(Protocol):
    """One way to complete steps durably, one call a step."""

    name: str

    def prepare(self) -> None:
        """Look up what is to be done next, unmeasured, as the page before the click has done."""
        ...

    def step(self) -> None:
        """Complete the next user task: when this returns, it is on disk."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


def answer(number: int, code: str) -> tuple[str, dict[str, str]]:
    """What the officer says at the n-th step of a case (from 0): the outcome and the facts."""
    decides = code == "loop" or number % STEPS == 3
    outcome = ("ulang" if code == "loop" else "lanjut") if decides else ""
    return outcome, {"catatan": f"Catatan {number}"}


def open_cases(url: str, interpreter: Interpreter, code: str, count: int) -> list[str]:
    """Begin so many cases; return their numbers."""
    engine = open_engine(url, interpreter)
    made = [engine.perform(open_case, code, office="JATENG", officer="sri", at=MONDAY).case for _ in range(count)]
    engine.close()
    return [str(each) for each in made]


@dataclass
class Lajur:
    """This program: one command, one transaction, with an idempotency key and the version that the page showed."""

    name: str
    url: str
    interpreter: Interpreter
    code: str
    done: int = 0
    at: datetime = MONDAY
    queue: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.engine = open_engine(self.url, self.interpreter)
        self.queue = self._open_items()

    def step(self) -> None:
        """Complete the first item that waits."""
        if not self.queue:
            self.queue = self._open_items()
        item, seen = self.queue.pop(0)
        outcome, facts = answer(self._place(item), self.code)
        self.at += timedelta(seconds=1)
        key = f"bench-{self.done}"
        said = {"seen": seen, "outcome": outcome, "facts": facts}
        self.engine.perform(complete_work_item, item, officer="sri", at=self.at, key=key, **said)
        self.done += 1

    def prepare(self) -> None:
        """Look up what waits next, as the page before the click has done."""
        if not self.queue:
            self.queue = self._open_items()

    def close(self) -> None:
        self.engine.close()

    def _open_items(self) -> list[tuple[int, int]]:
        waiting = work_item.c.state.in_(["ready", "reserved"])
        found = select(work_item.c.id, work_item.c.version, work_item.c.element).where(waiting)
        with self.engine.database.reading() as connection:
            rows = connection.execute(found.order_by(work_item.c.id)).all()
        self._elements = {row.id: row.element for row in rows}
        return [(row.id, row.version) for row in rows]

    def _place(self, item: int) -> int:
        return int(self._elements[item].removeprefix("t")) - 1


@dataclass
class Floor:
    """The very statements of the machine's run, with their values, through the same driver and nothing else."""

    url: str
    statements: list[Said]
    name: str = "floor: the same statements, no engine"
    done: int = 0

    def __post_init__(self) -> None:
        self.database = Database(self.url)

    def step(self) -> None:
        """Run what the next step of the machine ran."""
        with self.database.writing() as connection:
            repeat(connection, self.statements[self.done])
        self.done += 1

    def prepare(self) -> None:
        """Nothing to look up."""

    def close(self) -> None:
        self.database.close()


@dataclass(frozen=True, slots=True)
class Trip:
    """What went to the database before the first answer was read: over the hot path, or through SQLAlchemy."""

    sentences: Sequence[tuple[str, Any]]
    hot: bool


Said = list[Trip]
"""Every trip of one step but for the beginning and the end of the transaction."""


def repeat(connection: Connection, said: Said) -> None:
    """Make trips again that were written down, in the same way, and read what they give."""
    for trip in said:
        if trip.hot:
            hot_path.run(connection, trip.sentences)
            continue
        for statement, values in trip.sentences:
            result = connection.exec_driver_sql(statement, values)
            if result.returns_rows:
                result.fetchall()


@contextmanager
def recorded(into: Said) -> Iterator[None]:
    """Write down every trip that any connection makes meanwhile."""
    run = hot_path.run

    def listen(_c: object, _u: object, statement: str, values: Any, _x: object, _many: bool) -> None:
        into.append(Trip([(statement, values)], hot=False))

    def tell(connection: Connection, sentences: Sequence[tuple[str, Any]]) -> list[hot_path.Answer]:
        into.append(Trip(sentences, hot=True))
        return run(connection, sentences)

    event.listen(sqlalchemy.Engine, "before_cursor_execute", listen)
    try:
        with mock.patch.object(hot_path, "run", tell):
            yield
    finally:
        event.remove(sqlalchemy.Engine, "before_cursor_execute", listen)


@dataclass
class Stock:
    """SpiffWorkflow as its documentation shows it, without an ORM: load, run, serialise, store.

    By itself it does far less for a step than this program: no audit, no deadline, no work item, no check of who asks,
    no version guard. With `statements` it also writes and reads, in the same transaction, every row that this program does.
    """

    url: str
    code: str
    cases: int
    statements: list[Said] = field(default_factory=list)
    name: str = "stock SpiffWorkflow: load, run, serialise, store"
    done: int = 0

    def __post_init__(self) -> None:
        self.database = Database(self.url, create=True)
        self.serializer = BpmnWorkflowSerializer()
        parser = BpmnParser()
        parser.add_bpmn_str(stock(self.code))
        spec = parser.get_spec(self.code)
        with self.database.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE stock (id integer PRIMARY KEY, state text NOT NULL)")
            for number in range(self.cases):
                workflow = BpmnWorkflow(spec)
                workflow.do_engine_steps()
                self._run(
                    connection, "INSERT INTO stock VALUES (?, ?)", number, self.serializer.serialize_json(workflow)
                )

    def step(self) -> None:
        """Complete the one task of the next case in turn."""
        case, number = self.done % self.cases, self.done // self.cases
        outcome, facts = answer(number, self.code)
        with self.database.writing() as connection:
            found = self._run(connection, "SELECT state FROM stock WHERE id = ?", case)
            workflow = self.serializer.deserialize_json(found.scalar_one())
            (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
            task.data.update({**facts, "outcome": outcome})
            task.run()
            workflow.do_engine_steps()
            state = self.serializer.serialize_json(workflow)
            self._run(connection, "UPDATE stock SET state = ? WHERE id = ?", state, case)
            if self.statements:
                repeat(connection, self.statements[self.done])
        self.done += 1

    def prepare(self) -> None:
        """Nothing to look up."""

    def close(self) -> None:
        self.database.close()

    def _run(self, connection: Connection, statement: str, *values: object) -> CursorResult[Any]:
        return connection.exec_driver_sql(statement if self.database.sqlite else statement.replace("?", "%s"), values)

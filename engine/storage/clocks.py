"""Clocks as rows: begun and ended with what they measure, in the round trip that the step takes anyway.

Open or over, a clock keeps its row. When it is due is counted elsewhere (`engine.course.ticking`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, literal_column, select, update

from engine.domain.clock import CaseClock, ClockKind, ClockState
from engine.domain.release import Allowance, Clock, Rung, Timing
from engine.errors import NotFound
from engine.storage.hot_path import write
from engine.storage.release_text import read_timings, write_timings
from engine.storage.tables import case, clock, clock_turn, work_item
from engine.storage.upsert import add_or_set
from engine.storage.writer import Writer

OPEN = clock.c.state.in_([literal_column(f"'{each}'") for each in (ClockState.RUNNING, ClockState.PAUSED)])
"""Written out and not bound, so that both databases see that the partial indexes apply."""
_STEP = clock.c.kind == literal_column("'step'")
_ADD = insert(clock)
_END = (
    update(clock)
    .where(clock.c.case_id == bindparam("of"), clock.c.token == bindparam("token_"), _STEP, OPEN)
    .values(state=bindparam("new_state"), ended_at=bindparam("now"))
)
_MOVED = ("office", "service", "due_at", "state", "ended_at", "edition", "rung", "next_at")
_SAVE = (
    update(clock)
    .where(clock.c.id == bindparam("of"))
    .values({clock.c[name]: bindparam(f"new_{name}") for name in _MOVED})
)
_DUE = (
    update(work_item)
    .where(work_item.c.case_id == bindparam("of"), work_item.c.token == bindparam("token_"))
    .values(due_at=bindparam("due"))
)


class Turn(NamedTuple):
    """From when on which office's working time counts."""

    at: datetime
    office: str
    service: str


class Clocks:
    """The clocks that one unit of work begins, ends and moves."""

    def __init__(self, connection: Connection) -> None:
        """Collect what is to be written."""
        self._connection = connection
        self._new: list[CaseClock] = []
        self._ends: list[dict[str, Any]] = []
        self.earliest: datetime | None = None
        """The earliest instant stored at which a rung is due: a worker may be asleep until after it."""

    def begin(self, new: CaseClock) -> None:
        """Make the clock at the end."""
        self._new.append(new)
        self._tell(new.next_at)

    def end_steps(self, held: int, tokens: Collection[str], at: datetime, *, done: bool) -> None:
        """End the open clocks of these items of a case at the end, if they have any."""
        if any(new.token in tokens for new in self._new):
            self.flush()
        state = ClockState.ENDED if done else ClockState.WITHDRAWN
        self._ends += [{"of": held, "token_": token, "now": at, "new_state": state} for token in sorted(tokens)]

    def of(self, held: int, *, steps: bool = True) -> tuple[CaseClock, ...]:
        """Every clock of a case, open or over, in the order of their beginning; without those of its steps on request."""
        self.flush()
        found = select(clock).where(clock.c.case_id == held).order_by(clock.c.id)
        rows = self._connection.execute(found if steps else found.where(~_STEP))
        return tuple(clock_of(row) for row in rows)

    def of_items(self, held: int, tokens: Collection[str]) -> tuple[CaseClock, ...]:
        """The clocks of these items of a case, open or over."""
        self.flush()
        mine = (clock.c.case_id == held) & clock.c.token.in_(sorted(tokens)) & _STEP
        return tuple(clock_of(row) for row in self._connection.execute(select(clock).where(mine).order_by(clock.c.id)))

    def get(self, number: int) -> CaseClock:
        """One of them. Raises NotFound."""
        self.flush()
        row = self._connection.execute(select(clock).where(clock.c.id == number)).first()
        if row is None:
            raise NotFound(what=f"clock {number}")
        return clock_of(row)

    def save(self, changed: Collection[CaseClock]) -> None:
        """Store how clocks of a held case stand now, and the same moment with the items of which they are the clocks."""
        self.flush()
        rows = [{"of": each.number, **{f"new_{name}": getattr(each, name) for name in _MOVED}} for each in changed]
        steps = [each for each in changed if each.kind is ClockKind.STEP]
        due = [{"of": each.case, "token_": each.token, "due": each.due_at} for each in steps]
        write(self._connection, [(_SAVE, rows, True), (_DUE, due, False)])
        for each in changed:
            self._tell(each.next_at)

    def turns(self, numbers: Collection[int]) -> Mapping[int, Sequence[Turn]]:
        """Through which offices clocks went, the first first; nothing of those that stayed where they began."""
        found = select(clock_turn).where(clock_turn.c.clock_id.in_(sorted(numbers)))
        turns: dict[int, list[Turn]] = {}
        for row in self._connection.execute(found.order_by(clock_turn.c.clock_id, clock_turn.c.begins_at)):
            turns.setdefault(row.clock_id, []).append(Turn(row.begins_at, row.office, row.service))
        return turns

    def give(self, one: CaseClock, office: str, service: str, at: datetime) -> None:
        """Let another office's working time count from now on; what was counted before stays counted."""
        turns = [Turn(at, office, service)]
        if not self.turns([one.number]):
            turns.insert(0, Turn(one.started_at, one.office, one.service))
        rows = [{"clock_id": one.number, "begins_at": t.at, "office": t.office, "service": t.service} for t in turns]
        self._connection.execute(add_or_set(self._connection, clock_turn), rows)

    def note_pauses(self, held: int, count: int) -> None:
        """Keep with a case how many of its pauses are open, so that steps of all others need not ask."""
        self._connection.execute(update(case).where(case.c.id == held).values(pauses=count))

    def note_real_end(self, held: int, token: str, at: datetime) -> None:
        """Keep when an item was really done that was entered later."""
        self.flush()
        mine = (clock.c.case_id == held) & (clock.c.token == token) & _STEP & ~OPEN
        self._connection.execute(update(clock).where(mine).values(ended_at=at))

    def flush(self, writer: Writer | None = None) -> None:
        """Write what has been collected."""
        own = writer or Writer(self._connection)
        own.put(_END, self._ends)
        own.put(_ADD, [row_of(each) for each in self._new])
        self._ends, self._new = [], []
        if writer is None:
            own.send()

    def _tell(self, due: datetime | None) -> None:
        if due is not None:
            self.earliest = due if self.earliest is None else min(due, self.earliest)


def clock_of(row: Any) -> CaseClock:
    """Read a clock from a row that has all of its columns."""
    return CaseClock(
        row.id,
        row.case_id,
        ClockKind(row.kind),
        row.token,
        row.name,
        row.code,
        row.office,
        Allowance(row.amount, Clock(row.clock), row.basis),
        row.started_at,
        row.due_at,
        ClockState(row.state),
        row.service,
        row.ended_at,
        row.edition,
        row.rung,
        row.next_at,
        None if row.ladder is None else _read_ladder(row.ladder),
    )


def row_of(one: CaseClock) -> dict[str, Any]:
    """A clock as it is stored."""
    return {
        "case_id": one.case,
        "kind": one.kind,
        "token": one.token,
        "name": one.name,
        "code": one.code,
        "office": one.office,
        "service": one.service,
        "amount": one.allowance.amount,
        "clock": one.allowance.clock,
        "basis": one.allowance.basis,
        "started_at": one.started_at,
        "due_at": one.due_at,
        "state": one.state,
        "ended_at": one.ended_at,
        "edition": one.edition,
        "rung": one.rung,
        "next_at": one.next_at,
        "ladder": None if one.ladder is None else _written_ladder(one.ladder),
    }


def _written_ladder(ladder: tuple[Rung, ...]) -> Any:
    return write_timings({"": Timing(ladder=ladder)})[""].get("ladder", [])


def _read_ladder(rows: Any) -> tuple[Rung, ...]:
    return read_timings({"": {"ladder": rows}})[""].ladder


__all__ = ["OPEN", "Clocks", "Turn", "clock_of"]

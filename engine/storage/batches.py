"""The rows of files that were exchanged: each numbered, hashed and encrypted, and which reports went with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Text, bindparam, exists, literal_column, select, type_coerce, update
from sqlalchemy import insert as insert_

from engine.domain.batch import Batch, BatchState
from engine.domain.dispatch import Channel, DispatchState
from engine.domain.placement import PARTNER
from engine.storage.columns import FAR
from engine.storage.counters import count_up
from engine.storage.key_ring import KeyRing
from engine.storage.tables import case, dispatch, exchange_batch

_LETTERS: Final = {"out": "K", "in": "M"}


class Batches:
    """The files that one unit of work makes and takes in."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    def number(self, direction: str, at: datetime) -> str:
        """The next number of the year."""
        letter = _LETTERS[direction]
        return f"{letter}-{at.year}-{count_up(self._connection, f'batch.{letter}.{at.year}'):06}"

    def known(self, direction: str, sha256: str) -> str:
        """The number of the batch with this very content; empty where there is none."""
        mine = (exchange_batch.c.partner == PARTNER) & (exchange_batch.c.direction == direction)
        found = select(exchange_batch.c.number).where(mine, exchange_batch.c.sha256 == sha256)
        return str(self._connection.execute(found).scalar() or "")

    def add(
        self,
        content: bytes,
        *,
        number: str,
        direction: str,
        format_: str,
        sha256: str,
        rows: int,
        state: BatchState,
        office: str,
        at: datetime,
        by: int | None,
        problems: Sequence[Mapping[str, Any]] = (),
    ) -> int:
        """Keep a file. Returns its row."""
        row: dict[str, Any] = {
            "number": number,
            "partner": PARTNER,
            "direction": direction,
            "format": format_,
            "sha256": sha256,
        }
        row |= {"rows": rows, "content": self._keys.lock_bytes(content, _place(number)), "state": state}
        row |= {"problem": {"office": office, "rows": list(problems)}, "made_at": at, "made_by": by}
        row |= {"settled_at": at if direction == "in" else None}
        made = self._connection.execute(insert_(exchange_batch).returning(exchange_batch.c.id), row)
        return int(made.scalar_one())

    def lock(self, number: str) -> Batch | None:
        """Hold a batch by its number."""
        mine = select(exchange_batch).where(exchange_batch.c.number == number).with_for_update()
        row = self._connection.execute(mine).first()
        return batch_of(row) if row else None

    def read(self, number: str) -> bytes:
        """The content of a batch. Raises KeyMissing, CellChanged."""
        found = select(exchange_batch.c.content).where(exchange_batch.c.number == number)
        return self._keys.unlock_bytes(bytes(self._connection.execute(found).scalar_one()), _place(number))

    def settle(
        self, batch: Batch, state: BatchState, at: datetime, problems: Sequence[Mapping[str, Any]] | None = None
    ) -> None:
        """Note how far a batch is; with `problems`, what was refused of it."""
        values: dict[str, Any] = {"state": state}
        if state is not BatchState.FETCHED:
            values |= {"settled_at": at}
        if problems is not None:
            values |= {"problem": {"office": batch.office, "rows": list(problems)}}
        self._connection.execute(update(exchange_batch).where(exchange_batch.c.id == batch.row).values(**values))

    def to_report(self, office: str, most: int) -> list[Any]:
        """Reports of the cases that this office runs, which wait to go out and are held now, the oldest first.

        What was given up or rests unknown holds up what came after it in its case, as over a line.
        """
        waiting = (dispatch.c.channel == Channel.SISKOP2MI) & (dispatch.c.state == literal_column("'pending'"))
        earlier = dispatch.alias("earlier")
        stuck = earlier.c.state.in_([literal_column("'failed'"), literal_column("'unknown'")])
        before = (earlier.c.target == dispatch.c.target) & (earlier.c.case_id == dispatch.c.case_id)
        waiting &= ~exists().where(before, stuck, earlier.c.id < dispatch.c.id)
        found = (
            select(dispatch)
            .join(case, case.c.id == dispatch.c.case_id)
            .where(waiting, case.c.office == office)
            .order_by(dispatch.c.id)
            .limit(most)
            .with_for_update(of=dispatch)
        )
        rows = self._connection.execute(found).all()
        in_hand = {"state": DispatchState.SENDING, "next_at": FAR}
        self._connection.execute(update(dispatch).where(dispatch.c.id.in_([row.id for row in rows])).values(**in_hand))
        return list(rows)

    def put_into(self, numbers: Sequence[int], batch: str) -> None:
        """Note in which batch reports went out."""
        rows = self._connection.execute(select(dispatch.c.id, dispatch.c.payload).where(dispatch.c.id.in_(numbers)))
        went = [{"row": row.id, "said": {**(row.payload or {}), "batch": batch}} for row in rows]
        each = update(dispatch).where(dispatch.c.id == bindparam("row")).values(payload=bindparam("said"))
        self._connection.execute(each, went)

    def reports(self, batch: str) -> list[Any]:
        """Every report that was put into a batch and not taken out of it, answered or not, the oldest first."""
        mine = (dispatch.c.channel == Channel.SISKOP2MI) & (dispatch.c.state != literal_column("'withdrawn'"))
        within = type_coerce(dispatch.c.payload, Text).contains(f'"batch":"{batch}"', autoescape=True)
        return list(self._connection.execute(select(dispatch).where(mine, within).order_by(dispatch.c.id)).all())

    def make_anew(self, batch: Batch, content: bytes, *, sha256: str, rows: int) -> None:
        """Put another content into a batch that nobody has fetched yet."""
        values = {"content": self._keys.lock_bytes(content, _place(batch.number)), "sha256": sha256, "rows": rows}
        self._connection.execute(update(exchange_batch).where(exchange_batch.c.id == batch.row).values(**values))

    def went_with(self, batch: str) -> dict[str, Any]:
        """Key → row of the reports that went out with a batch and wait for their answer."""
        waiting = (dispatch.c.channel == Channel.SISKOP2MI) & (dispatch.c.state == literal_column("'sending'"))
        rows = self._connection.execute(select(dispatch).where(waiting))
        return {row.key: row for row in rows if (row.payload or {}).get("batch") == batch}

    def on_their_way(self, held: int, kinds: Collection[str]) -> bool:
        """Whether a report of one of these kinds has not been answered yet."""
        mine = (dispatch.c.channel == Channel.SISKOP2MI) & (dispatch.c.case_id == held)
        still = dispatch.c.state.in_([literal_column("'pending'"), literal_column("'sending'")])
        found = select(dispatch.c.id).where(mine, still, dispatch.c.event.in_(sorted(kinds))).limit(1)
        return self._connection.execute(found).first() is not None


def batch_of(row: Any) -> Batch:
    """A batch, as its row says it."""
    said = row.problem or {}
    return Batch(
        number=row.number,
        row=row.id,
        direction=row.direction,
        format=row.format,
        sha256=row.sha256,
        rows=row.rows,
        state=BatchState(row.state),
        office=said.get("office", ""),
        made_at=row.made_at,
        made_by=row.made_by,
        settled_at=row.settled_at,
        problems=tuple(said.get("rows", ())),
    )


def _place(number: str) -> str:
    return f"exchange_batch.content.{number}"

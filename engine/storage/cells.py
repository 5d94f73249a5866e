"""Every place where something encrypted stands, so that a new key can be carried to all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Table, func, select, update

from engine.storage.key_ring import KeyRing
from engine.storage.tables import (
    answer_draft,
    comment,
    counter_step,
    event,
    exchange_batch,
    extension,
    handover,
    mail_address,
    paper,
    paper_content,
    partner_event,
    pause,
    pemda_factor,
    pemda_question,
    pemda_report,
    recruiter,
    second_factor,
    subject_field,
    webhook,
)


@dataclass(frozen=True, slots=True)
class Cells:
    """One column of cells, and the place that each is bound to, told by the row's key."""

    column: Column[Any]
    place: Callable[[Any], str]
    beside: tuple[Any, ...] = ()
    """What else of the row its place is made of."""

    @property
    def table(self) -> Table:
        return self.column.table


_PARTS = select(paper.c.parts).where(paper.c.id == paper_content.c.paper_id).scalar_subquery().label("parts")

CELLS = (
    Cells(subject_field.c.value, lambda row: f"subject_field.{row.name}.{row.subject_id}"),
    Cells(recruiter.c.name, lambda row: f"recruiter.name.{row.id}"),
    Cells(recruiter.c.phone, lambda row: f"recruiter.phone.{row.id}"),
    Cells(answer_draft.c.answers, lambda row: f"answer_draft.answers.{row.item_id}.{row.officer_id}"),
    Cells(comment.c.text, lambda row: f"comment.text.{row.id}"),
    Cells(handover.c.reason, lambda row: f"handover.reason.{row.id}"),
    Cells(handover.c.answer, lambda row: f"handover.answer.{row.id}"),
    Cells(counter_step.c.reason, lambda row: f"counter_step.reason.{row.id}"),
    Cells(pause.c.text, lambda row: f"pause.text.{row.id}"),
    Cells(pause.c.voided_why, lambda row: f"pause.voided_why.{row.id}"),
    Cells(extension.c.reason, lambda row: f"extension.reason.{row.id}"),
    Cells(extension.c.answer, lambda row: f"extension.answer.{row.id}"),
    Cells(mail_address.c.address, lambda row: f"mail_address.address.{row.officer_id}"),
    Cells(second_factor.c.secret, lambda row: f"second_factor.secret.{row.officer_id}"),
    Cells(pemda_factor.c.secret, lambda row: f"pemda_factor.secret.{row.user_id}"),
    Cells(webhook.c.url, lambda row: f"webhook.url.{row.id}"),
    Cells(webhook.c.secret, lambda row: f"webhook.secret.{row.id}"),
    Cells(pemda_report.c.protocol, lambda row: f"pemda_report.protocol.{row.id}"),
    Cells(pemda_report.c.note, lambda row: f"pemda_report.note.{row.id}"),
    Cells(pemda_question.c.text, lambda row: f"pemda_question.text.{row.id}"),
    Cells(webhook.c.secret_before, lambda row: f"webhook.secret_before.{row.id}"),
    Cells(event.c.note, lambda row: f"event.note.{row.id}"),
    Cells(paper.c.name, lambda row: f"paper.name.{row.id}"),
    Cells(
        paper_content.c.content, lambda row: f"paper_content.content.{row.paper_id}.{row.part}.{row.parts}", (_PARTS,)
    ),
    Cells(
        partner_event.c.body,
        lambda row: f"partner_event.body.{row.partner}.{row.message}",
        (partner_event.c.partner, partner_event.c.message),
    ),
    Cells(exchange_batch.c.content, lambda row: f"exchange_batch.content.{row.number}", (exchange_batch.c.number,)),
)


def relock(connection: Connection, keys: KeyRing, most: int) -> int:
    """Encrypt with the current key up to so many cells that still stand under another. Returns how many; 0 when none is left."""
    ring = keys.newest()
    done = 0
    for each in CELLS:
        rows = connection.execute(
            _under_others(each, ring.current).limit(_many(each, most - done)).with_for_update(of=each.table)
        ).all()
        for row in rows:
            _relock(connection, ring, each, row)
        done += len(rows)
        if done >= most:
            break
    return done


def _many(each: Cells, most: int) -> int:
    """How many at once: a part of a document is up to a megabyte."""
    return min(most, 10) if isinstance(each.column.type, LargeBinary) else most


def cells_under(connection: Connection, key: str) -> int:
    """How many cells stand under a key."""
    return sum(
        connection.execute(select(func.count()).select_from(each.table).where(_begins(each, key))).scalar_one()
        for each in CELLS
    )


def _relock(connection: Connection, ring: KeyRing, each: Cells, row: Any) -> None:
    cell, place = row._mapping[each.column.name], each.place(row)  # noqa: SLF001 - SQLAlchemy's public name for it
    if isinstance(each.column.type, LargeBinary):
        fresh: str | bytes = ring.lock_bytes(ring.unlock_bytes(bytes(cell), place), place)
    else:
        fresh = ring.lock(ring.unlock(cell, place), place)
    this = [key == row._mapping[key.name] for key in each.table.primary_key]  # noqa: SLF001 - as above
    connection.execute(update(each.table).where(*this).values({each.column.name: fresh}))


def _under_others(each: Cells, current: str) -> Any:
    """The cells under another key, in the order of their rows."""
    filled = each.column.is_not(None) & (func.length(each.column) > 0)
    found = select(*each.table.primary_key, each.column, *each.beside).where(filled, ~_begins(each, current))
    return found.order_by(*each.table.primary_key)


def _begins(each: Cells, key: str) -> Any:
    begin = f"1.{key}."
    if isinstance(each.column.type, LargeBinary):
        return func.substr(each.column, 1, len(begin)) == begin.encode()
    return func.substr(each.column, 1, len(begin)) == begin

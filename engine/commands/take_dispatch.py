"""Take a delivery in hand: nobody else sends it meanwhile, and if one is not heard of again, somebody else will."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from engine.course.reporting import what_is_told
from engine.domain.dispatch import Channel, DispatchState, Parcel
from engine.storage import UnitOfWork
from engine.storage.dispatches import doubt, settle, take
from engine.storage.letters import notices_in, reader_of
from engine.storage.notices import address_of
from engine.storage.webhooks import get_webhook

IN_HAND: Final = "it is being sent"
"""Stands in the row of a report while somebody has it in hand: if they are not heard of again, it may have gone."""


def take_dispatch(work: UnitOfWork, number: int, *, until: datetime) -> Parcel | None:
    """Have it until then, with all that sending it needs. None where somebody has it, or where it is not needed any more.

    Not needed is a mail to an officer who has gone or wants none, a digest of which everything has been read, and a
    call to a program that is told nothing any more: it is withdrawn. A report of a person is read here and noted; it
    is withdrawn where the person has not consented.
    """
    row = take(work.connection, number, until=until, at=work.at)
    if row is None:
        return None
    if row.channel == Channel.SISKOP2MI:
        return _report(work, row)
    parcel = _mail(work, row) if row.channel == Channel.MAIL else _call(work, row)
    if parcel is None:
        settle(work.connection, number, DispatchState.WITHDRAWN, work.at)
    return parcel


def _mail(work: UnitOfWork, row: Any) -> Parcel | None:
    address, reader = address_of(work.connection, work.keys, row.officer_id), reader_of(work.connection, row.officer_id)
    told = notices_in(work.connection, row.id, unread=row.digest)
    if not address or reader is None or not told:
        return None
    return Parcel(
        row.id,
        row.key,
        Channel.MAIL,
        row.tries,
        row.target,
        address,
        told,
        digest=row.digest,
        language=reader.language,
        zone=reader.zone,
    )


def _call(work: UnitOfWork, row: Any) -> Parcel | None:
    found = get_webhook(work.connection, work.keys, row.webhook_id)
    if found is None or found.ended_at is not None:
        return None
    body = {"id": row.key, "event": row.event, **row.payload}
    secret, *before = found.secrets_at(work.at)
    return Parcel(
        row.id,
        row.key,
        Channel.WEBHOOK,
        row.tries,
        row.target,
        found.url,
        secret=secret,
        secret_before=next(iter(before), ""),
        body=body,
    )


def _report(work: UnitOfWork, row: Any) -> Parcel | None:
    body = what_is_told(work, row)
    if body is None:
        return None
    doubt(work.connection, row.id, IN_HAND)
    doubtful = row.tries > 0 or bool(row.problem)
    return Parcel(row.id, row.key, Channel.SISKOP2MI, row.tries, row.target, "", body=body, doubtful=doubtful)

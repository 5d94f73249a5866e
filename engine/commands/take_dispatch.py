"""Take a delivery in hand: nobody else sends it meanwhile, and if one is not heard of again, somebody else will."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.domain.dispatch import Channel, DispatchState, Parcel
from engine.storage import UnitOfWork
from engine.storage.dispatches import settle, take
from engine.storage.letters import notices_in, reader_of
from engine.storage.notices import address_of
from engine.storage.webhooks import get_webhook


def take_dispatch(work: UnitOfWork, number: int, *, until: datetime) -> Parcel | None:
    """Have it until then, with all that sending it needs. None where somebody has it, or where it is not needed any more.

    Not needed is a mail to an officer who has gone or wants none, a digest of which everything has been read, and a
    call to a program that is told nothing any more: it is withdrawn.
    """
    row = take(work.connection, number, until=until, at=work.at)
    if row is None:
        return None
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

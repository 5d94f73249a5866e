"""Offices, posts and officers as they are written; reading them is `organisation`'s business."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from engine.domain.organisation import Acting, Holding, Office, Post
from engine.storage.counters import count_up
from engine.storage.organisation import VERSION
from engine.storage.tables import holding, office, office_area, officer, post, work_item
from engine.storage.upsert import add_or_set


def put_office(connection: Connection, one: Office, regions: Collection[str]) -> None:
    """Store an office with the regions it serves."""
    row = {"code": one.code, "name": one.name, "city": one.city, "province": one.province}
    row |= {"zone": one.zone, "kind": one.kind.value, "phone": one.phone}
    connection.execute(add_or_set(connection, office), row)
    areas = [{"region": region, "office": one.code} for region in sorted(regions)]
    if areas:
        connection.execute(add_or_set(connection, office_area), areas)
    count_up(connection, VERSION)


def set_areas(connection: Connection, code: str, regions: Collection[str]) -> None:
    """Let an office serve these regions and no others; one that another office served is taken over."""
    gone = (office_area.c.office == code) & office_area.c.region.not_in(sorted(regions))
    connection.execute(delete(office_area).where(gone))
    areas = [{"region": region, "office": code} for region in sorted(regions)]
    if areas:
        connection.execute(add_or_set(connection, office_area), areas)
    count_up(connection, VERSION)


def put_post(connection: Connection, one: Post) -> None:
    """Store a post."""
    row = {"code": one.code, "title": one.title, "powers": sorted(one.powers), "service": one.service}
    connection.execute(add_or_set(connection, post), row)
    count_up(connection, VERSION)


def login_taken(connection: Connection, login: str) -> bool:
    """Whether anybody has this login, active or not."""
    return connection.execute(select(officer.c.id).where(officer.c.login == login)).first() is not None


def officer_row(connection: Connection, login: str) -> int | None:
    """The row of an active officer."""
    found = select(officer.c.id).where(officer.c.login == login, officer.c.active.is_(True))
    return connection.execute(found).scalar()


def insert_officer(connection: Connection, *, at: datetime, **row: Any) -> int:
    """Store an officer. Returns the row's number."""
    made = insert(officer).returning(officer.c.id)
    return int(connection.execute(made, {**row, "active": True, "added_at": at}).scalar_one())


def inactive_officer_row(connection: Connection, login: str) -> int | None:
    """The row of an officer who has been taken out."""
    found = select(officer.c.id).where(officer.c.login == login, officer.c.active.is_(False))
    return connection.execute(found).scalar()


def set_active(connection: Connection, number: int, *, active: bool) -> None:
    """Let an officer in, or no longer."""
    connection.execute(update(officer).where(officer.c.id == number).values(active=active))


def update_officer(connection: Connection, number: int, **changes: str) -> None:
    """Change what is known of an officer."""
    connection.execute(update(officer).where(officer.c.id == number).values(**changes))


def reserved_by(connection: Connection, number: int) -> tuple[int, ...]:
    """The work items that an officer has in hand, in the order of their cases."""
    mine = (work_item.c.officer_id == number) & (work_item.c.state == "reserved")
    found = select(work_item.c.id).where(mine).order_by(work_item.c.case_id, work_item.c.id)
    return tuple(connection.execute(found).scalars())


def set_password_hash(connection: Connection, number: int, password: str, *, once: bool) -> None:
    """Store a hash, and whether whoever signs in with it has to choose another."""
    connection.execute(update(officer).where(officer.c.id == number).values(password=password, once=once))


def post_exists(connection: Connection, code: str) -> bool:
    """Whether lanes may name it."""
    return connection.execute(select(post.c.code).where(post.c.code == code)).first() is not None


def holding_row(connection: Connection, number: int) -> tuple[str, Holding] | None:
    """Whose holding it is, and of what."""
    found = select(holding, officer.c.login).join(officer, officer.c.id == holding.c.officer_id)
    row = connection.execute(found.where(holding.c.id == number)).first()
    if row is None:
        return None
    return row.login, Holding(row.post, row.office, row.begins_on, row.ends_on, Acting(row.acting))


def set_holding_end(connection: Connection, number: int, ends_on: date) -> None:
    """Store the last day of a holding."""
    connection.execute(update(holding).where(holding.c.id == number).values(ends_on=ends_on))


def insert_holding(connection: Connection, number: int, held: Holding) -> int:
    """Store who holds a post. Returns the holding's number."""
    row = {"officer_id": number, "post": held.post, "office": held.office, "acting": held.acting.value}
    made = insert(holding).returning(holding.c.id)
    return int(connection.execute(made, {**row, "begins_on": held.begins_on, "ends_on": held.ends_on}).scalar_one())

"""Who is who and who holds what: officers, offices, posts and holdings, as pages name them. Never a password, never a person of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, or_, select

from engine.domain.organisation import Acting, Office, Officer
from engine.errors import NotFound
from engine.queries.reader import Reader
from engine.storage.tables import disposition_kind, holding, office, office_area, post
from engine.storage.tables import officer as officers


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post that an officer holds, with the names that people use."""

    post: str
    title: str
    office: str
    office_name: str
    acting: Acting
    begins_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Me:
    """The officer whose page this is."""

    officer: Officer
    held: tuple[HeldPost, ...]
    """The posts held today, by office."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post of the register."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer as others see them."""

    number: int
    login: str
    name: str
    acting: Acting
    """In what capacity the post that was asked for is held."""


def me(reader: Reader, officer: Officer) -> Me:
    """Who is asking, and what they are today."""
    held = {(each.office, each.post): each for each in officer.holdings}
    titles = {each.code: each.title for each in posts(reader)}
    return Me(
        officer,
        tuple(
            HeldPost(
                each.post,
                titles.get(each.post, each.post),
                each.office,
                reader.organisation.office(each.office).name,
                each.acting,
                each.begins_on,
                each.ends_on,
            )
            for _, each in sorted(held.items())
        ),
    )


def offices(reader: Reader) -> tuple[Office, ...]:
    """Every office, by code."""
    return tuple(each for _, each in sorted(reader.organisation.offices.items()))


def posts(reader: Reader) -> tuple[PostRow, ...]:
    """Every post, by title."""
    return tuple(PostRow(row.code, row.title) for row in reader.connection.execute(select(post).order_by(post.c.title)))


def holders(reader: Reader, office_code: str, post_code: str) -> tuple[Colleague, ...]:
    """Who holds a post in an office today, on that office's calendar, by name. Raises NotFound for an unknown office."""
    today = reader.organisation.calendar(office_code).local(reader.at).date()
    found = (
        select(officers, holding.c.acting)
        .join(holding, holding.c.officer_id == officers.c.id)
        .where(holding.c.office == office_code, holding.c.post == post_code, officers.c.active.is_(True))
        .where(holding.c.begins_on <= today, or_(holding.c.ends_on.is_(None), holding.c.ends_on >= today))
        .order_by(officers.c.name, officers.c.id)
    )
    return tuple(Colleague(row.id, row.login, row.name, Acting(row.acting)) for row in reader.connection.execute(found))


def officer_named(reader: Reader, login: str) -> Colleague:
    """One officer by login, active or not. Raises NotFound."""
    row = reader.connection.execute(select(officers).where(officers.c.login == login)).first()
    if row is None:
        raise NotFound(what=f"officer {login}")
    return Colleague(row.id, row.login, row.name, Acting.NO)


def office_for(reader: Reader, region: str) -> Office | None:
    """The office in whose working area a region lies: its own entry, or else that of the region around it."""
    inward = region.split(".")
    asked = [".".join(inward[:length]) for length in range(len(inward), 0, -1)]
    rows = reader.connection.execute(select(office_area).where(office_area.c.region.in_(asked)))
    found: dict[str, Row[tuple[object, ...]]] = {row.region: row for row in rows}
    nearest = next((found[each] for each in asked if each in found), None)
    return None if nearest is None else reader.organisation.office(nearest.office)


def names_of(reader: Reader, numbers: set[int]) -> dict[int, str]:
    """The names of officers by their rows."""
    if not numbers:
        return {}
    rows = reader.connection.execute(select(officers.c.id, officers.c.name).where(officers.c.id.in_(sorted(numbers))))
    return {row.id: row.name for row in rows}


def titles_of(reader: Reader) -> dict[str, str]:
    """Code → name of every post and office, and of every course under `disposition:code`, for pages that show them."""
    named = {row.code: row.title for row in reader.connection.execute(select(post.c.code, post.c.title))}
    named |= {row.code: row.name for row in reader.connection.execute(select(office.c.code, office.c.name))}
    courses = reader.connection.execute(select(disposition_kind.c.code, disposition_kind.c.title))
    return named | {f"disposition:{row.code}": row.title for row in courses}

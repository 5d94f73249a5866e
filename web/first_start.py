"""What a new database is filled with: offices, posts, days off and courses out of the registers, then the procedures.

It overwrites nothing: what is there already is an administrator's, and stays.
"""

from __future__ import annotations

from datetime import datetime

from engine import (
    Engine,
    UnitOfWork,
    add_disposition_kind,
    add_office,
    add_post,
    change_calendar,
)
from engine.domain.disposition import DispositionKind
from engine.domain.organisation import Office, OfficeKind, Post
from engine.queries import disposition_kinds, offices, posts
from sop_catalog import registers


def load_registers(engine: Engine, *, at: datetime) -> int:
    """Store what the registers hold and the database does not. Returns how many rows were new."""
    with engine.reading(at=at) as reader:
        known = {each.code for each in offices(reader)}
        known_posts = {each.code for each in posts(reader)}
        known_kinds = {each.kind.code for each in disposition_kinds(reader)}
    with engine.begin(at=at) as work:
        new = _posts(work, known_posts) + _offices(work, known) + _kinds(work, known_kinds)
        if not known:
            new += _calendar(work)
    return new


def _posts(work: UnitOfWork, known: set[str]) -> int:
    fresh = [each for each in registers.posts() if each.code not in known]
    for each in fresh:
        add_post(work, Post(each.code, each.name, each.powers, each.service))
    return len(fresh)


def _offices(work: UnitOfWork, known: set[str]) -> int:
    areas: dict[str, list[str]] = {}
    for region, office in registers.working_areas().items():
        areas.setdefault(office, []).append(region)
    fresh = [each for each in registers.offices() if each.code not in known]
    for each in fresh:
        made = Office(each.code, each.name, each.city, each.province, each.zone, OfficeKind(each.kind))
        add_office(work, made, regions=areas.get(each.code, ()))
    return len(fresh)


def _calendar(work: UnitOfWork) -> int:
    book = registers.first_book(registers.offices())
    change_calendar(work, book, decree="; ".join(registers.decreed().values()), note="Benih awal dari register.")
    return len(book.days)


def _kinds(work: UnitOfWork, known: set[str]) -> int:
    fresh = [each for each in registers.dispositions() if each.code not in known]
    for each in fresh:
        add_disposition_kind(work, DispositionKind(each.code, each.name, each.procedure))
    return len(fresh)

"""A whole house: every register, every procedure of the house (`tests.shipped`), and an officer who does not exist for each post of three offices."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from engine import Engine, add_officer, assign_post
from sop_catalog import registers
from sop_catalog.publishing import load_folder
from sop_catalog.soundness.walk import BEGIN
from tests.shipped import house_folder
from tests.whole.answers import DESTINATION, ORIGIN
from web.first_start import load_registers

OFFICES = (DESTINATION, ORIGIN, "pusat")
OPENED = BEGIN - timedelta(days=1)


def furnish(engine: Engine, *, at: datetime = OPENED) -> None:
    """Fill an empty database."""
    engine.migrate()
    load_registers(engine, at=at)
    with house_folder() as diagrams:
        loaded = load_folder(engine, diagrams, at=at)
    if loaded.refused:
        raise ValueError([each.as_json() for each in loaded.refused])
    with engine.begin(at=at) as work:
        for office in OFFICES:
            kind = "head" if office == "pusat" else "regional"
            for post in registers.posts():
                if kind in post.offices:
                    login = login_of(post.code, office)
                    add_officer(work, login, name=f"{post.name} Contoh")
                    assign_post(work, login, post=post.code, office=office, begins_on=date(2026, 1, 1))


def login_of(post: str, office: str) -> str:
    """The officer who holds this post in this office."""
    return f"{post}.{office}"

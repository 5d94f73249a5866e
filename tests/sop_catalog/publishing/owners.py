"""Gives officers of the small office the post that publishes."""

from __future__ import annotations

from datetime import date

from engine import Engine, add_post, assign_post
from engine.domain.organisation import Post
from tests.small_office import MORNING

POST = "pemilik-proses"


def make_owners(engine: Engine, *logins: str) -> None:
    """Each of them becomes a process owner in the head office."""
    with engine.begin(at=MORNING) as work:
        add_post(work, Post(POST, "Pemilik Proses", ("publish",)))
        for login in logins:
            assign_post(work, login, post=POST, office="PUSAT", begins_on=date(2026, 1, 1))

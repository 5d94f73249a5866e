"""Gives officers of the small office the post that publishes, and sets the stage with what is in force."""

from __future__ import annotations

from datetime import date, datetime

from engine import Engine, Receipt, add_post, assign_post
from engine.domain.organisation import Post
from engine.machine import Machine
from sop_catalog.publishing import put_in_force
from sop_catalog.publishing.releasing import weigh
from tests.small_office import MORNING

POST = "pemilik-proses"


def make_owners(engine: Engine, *logins: str) -> None:
    """Each of them becomes a process owner in the head office."""
    with engine.begin(at=MORNING) as work:
        add_post(work, Post(POST, "Pemilik Proses", ("publish",)))
        for login in logins:
            assign_post(work, login, post=POST, office="PUSAT", begins_on=date(2026, 1, 1))


def enact(engine: Engine, text: bytes, *, at: datetime, by: str = "tini") -> Receipt:
    """Let a drawing be in force, without the way there."""
    weighed = weigh(engine, text, at=at, interpreters=[Machine()], by=by)
    assert weighed.release is not None, [str(each) for each in weighed.verdict.findings]
    receipt: Receipt = engine.perform(put_in_force, weighed.release, officer=by, at=at)
    return receipt

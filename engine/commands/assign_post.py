"""Give an officer a post in an office for a time, in their own right or acting (Plt., Plh.)."""

from __future__ import annotations

from datetime import date

from engine.domain.organisation import Acting, Holding
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import insert_holding, officer_row, post_exists


def assign_post(
    work: UnitOfWork,
    login: str,
    *,
    post: str,
    office: str,
    begins_on: date,
    ends_on: date | None = None,
    acting: Acting = Acting.NO,
) -> Receipt:
    """Store who holds which post where and since when. Refused for unknown names and for an end before the beginning."""
    who = expect_power(work, "administer", f"assign post {post}")
    number = officer_row(work.connection, login)
    if number is None:
        raise NotFound(what=f"officer {login}")
    if not post_exists(work.connection, post):
        raise NotFound(what=f"post {post}")
    work.organisation.office(office)
    if ends_on is not None and ends_on < begins_on:
        raise NotValid(what="the last day", wanted=f"{begins_on} or later", found=ends_on)
    insert_holding(work.connection, number, Holding(post, office, begins_on, ends_on, acting))
    until = ends_on.isoformat() if ends_on else ""
    where = {"held": post, "at": office, "acting": acting.value}
    work.record(
        "post.assigned", None, **who, login=login, begins_on=begins_on.isoformat(), ends_on=until, holding=where
    )
    return Receipt(state="assigned", number=number, name=login)

"""Who may look at the house, and which posts are held today: on the clock of the office where each is held."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_

from engine.domain.organisation import Officer
from engine.errors import NotYours
from engine.queries.reader import Reader
from engine.storage.tables import holding


def expect_administrator(reader: Reader, officer: Officer) -> None:
    """Refuse whoever holds no post that administers."""
    powers = reader.organisation.powers
    if not any("administer" in powers.get(each.post, ()) for each in officer.holdings):
        posts = sorted(code for code, carried in powers.items() if "administer" in carried)
        raise NotYours(who=officer.name, act="administer", post=", ".join(posts) or "a post that may administer")


def held_today(reader: Reader) -> ColumnElement[bool]:
    """Whether a holding is in effect now: between midnight in Jayapura and in Jakarta it is two days at once."""
    days: dict[date, list[str]] = defaultdict(list)
    for code in reader.organisation.offices:
        days[reader.organisation.calendar(code).local(reader.at).date()].append(code)
    return or_(
        false(),
        *(
            and_(
                holding.c.office.in_(codes),
                holding.c.begins_on <= day,
                or_(holding.c.ends_on.is_(None), holding.c.ends_on >= day),
            )
            for day, codes in days.items()
        ),
    )

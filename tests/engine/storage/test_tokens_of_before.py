"""A database from before scopes: its tokens keep all that they may do, and open to nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Table, insert, text
from sqlalchemy.schema import MetaData

from engine.domain.token import EVERY_SCOPE
from engine.storage.database import Database
from engine.storage.identity import find_token, hashed
from engine.storage.schema import migrate
from tests.small_office import MORNING

NEVER_LONGER = timedelta(days=90)


def test_a_token_of_before_keeps_every_scope_and_the_rate_of_the_house(empty: Database) -> None:
    migrate(empty, to="0014")
    _fill(empty, MORNING)

    migrate(empty)

    with empty.reading() as connection:
        token = find_token(connection, "lajur_dahulu", MORNING)
        over = find_token(connection, "lajur_dahulu", MORNING + NEVER_LONGER)
    assert token is not None
    assert (token.login, token.name, token.rate) == ("sri", "laporan", None)
    assert token.scopes == {each.value for each in EVERY_SCOPE}
    assert over is None


def _fill(database: Database, at: datetime) -> None:
    with database.writing() as connection:
        old = MetaData()
        officer, token = (Table(each, old, autoload_with=connection) for each in ("officer", "api_token"))
        given = {"login": "sri", "name": "Sri", "password": "", "language": "id", "zone": "", "active": True}
        moment = text(f"'{at:%Y-%m-%d %H:%M:%S.%f}'") if database.sqlite else at
        until = at + NEVER_LONGER
        end = text(f"'{until:%Y-%m-%d %H:%M:%S.%f}'") if database.sqlite else until
        connection.execute(insert(officer).values(id=1, **given, added_at=moment))
        row = {"hash": hashed("lajur_dahulu"), "officer_id": 1, "name": "laporan"}
        connection.execute(insert(token).values(id=1, **row, created_at=moment, expires_at=end))

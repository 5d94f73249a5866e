"""A database server that lets go of its connections while the program runs."""

from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from engine import open_case
from engine.storage import tables
from engine.storage.database import OutcomeUnknown
from tests.small_office import MORNING, Play

CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture
def cut(play: Play, new_engine: Any) -> Any:
    """Cut every connection of the program."""
    if play.engine.database.sqlite:
        pytest.skip("PostgreSQL only: SQLite has no server")
    other = new_engine()

    def now() -> None:
        with other.database.writing() as connection:
            connection.execute(text(CUT))

    return now


def test_a_command_is_given_again_over_a_new_connection(play: Play, cut: Any) -> None:
    play.publish("start -> user A -> end")
    cut()

    assert play.open() == "S-2026-00001"
    assert play.count(tables.incident) == 0


def test_a_page_is_read_over_a_new_connection(play: Play, cut: Any) -> None:
    play.publish("start -> user A -> end")
    cut()

    assert play.engine.officer("sri", at=MORNING).name == "Sri"


class _Broken:
    """A connection whose commit reaches the database and whose answer does not come back."""

    def __init__(self, times: int) -> None:
        self.left = times

    def commit(self, connection: Any, really: Any) -> None:
        really(connection)
        self.left -= 1
        if self.left >= 0:
            raise OperationalError("COMMIT", {}, Exception("gone"), connection_invalidated=True)


@pytest.mark.parametrize(("key", "cases"), [("k", 1), (None, 1)])
def test_a_commit_without_an_answer_is_asked_again_only_under_a_key(
    play: Play, monkeypatch: pytest.MonkeyPatch, key: str | None, cases: int
) -> None:
    play.publish("start -> user A -> end")
    broken, really = _Broken(1), Connection.commit
    monkeypatch.setattr(Connection, "commit", lambda self: broken.commit(self, really))
    give: dict[str, Any] = {"office": "JATENG", "officer": "sri", "at": MORNING, "key": key}

    if key is None:
        with pytest.raises(OutcomeUnknown):
            play.engine.perform(open_case, "main", **give)
    else:
        assert play.engine.perform(open_case, "main", **give).case == "S-2026-00001"

    assert play.count(tables.case) == cases

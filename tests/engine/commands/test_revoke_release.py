"""Taking a procedure out of force."""

import pytest

from engine import NotFound, NotValid, NotYours, revoke_release
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture(autouse=True)
def number(play: Play) -> str:
    play.publish("start -> user A -> end")
    return play.open()


def test_a_revoked_procedure_begins_no_case_and_its_running_ones_go_on(play: Play, number: str) -> None:
    play.engine.perform(revoke_release, "main", reason="Dicabut", at=play.now)

    with pytest.raises(NotFound):
        play.open()
    play.complete("A")
    assert play.state(number) == "completed"


def test_a_revocation_is_recorded_with_its_reason(play: Play) -> None:
    play.engine.perform(revoke_release, "main", reason=" Dicabut ", at=play.now)

    (record,) = [row for row in play.rows(tables.audit) if row["kind"] == "release.revoked"]
    assert record["data"] == {"code": "main", "reason": "Dicabut"}


def test_a_procedure_is_not_revoked_without_a_reason(play: Play) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(revoke_release, "main", reason=" ", at=play.now)


def test_what_is_not_in_force_cannot_be_revoked(play: Play) -> None:
    play.engine.perform(revoke_release, "main", reason="Dicabut", at=play.now)

    with pytest.raises(NotFound):
        play.engine.perform(revoke_release, "main", reason="Dicabut", at=play.now)


def test_only_whoever_may_publish_revokes(play: Play) -> None:
    with pytest.raises(NotYours, match="revoke a procedure"):
        play.engine.perform(revoke_release, "main", reason="Dicabut", officer="sri", at=play.now)

    assert play.open()

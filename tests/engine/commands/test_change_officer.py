"""Putting right what is known of an officer."""

import pytest

from engine import NotValid, NotYours, change_officer
from engine.storage import tables
from tests.small_office import Play


def test_an_officer_chooses_their_own_language_and_zone(play: Play) -> None:
    play.engine.perform(change_officer, "sri", language="en", zone="Asia/Jayapura", officer="sri", at=play.now)

    sri = play.rows(tables.officer)[0]
    assert (sri["login"], sri["name"], sri["language"], sri["zone"]) == ("sri", "Sri", "en", "Asia/Jayapura")
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]["changed"]) == ("officer.changed", ["language", "zone"])


def test_nobody_renames_themselves_or_changes_another(play: Play) -> None:
    with pytest.raises(NotYours):
        play.engine.perform(change_officer, "sri", name="Kepala", officer="sri", at=play.now)
    with pytest.raises(NotYours):
        play.engine.perform(change_officer, "budi", language="en", officer="sri", at=play.now)


@pytest.mark.parametrize("wrong", [{"language": "jv"}, {"zone": "Mars/Olympus"}, {"name": " "}, {"name": "x" * 201}])
def test_what_cannot_be_is_refused(play: Play, wrong: dict[str, str]) -> None:
    before = play.rows(tables.officer)

    with pytest.raises(NotValid):
        play.engine.perform(change_officer, "sri", at=play.now, **wrong)

    assert play.rows(tables.officer) == before

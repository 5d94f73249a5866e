"""Adding an office."""

import pytest

from engine import NotValid, add_office
from engine.domain.organisation import Office
from engine.storage import tables
from tests.small_office import Play

SOLO = Office("SOLO", "Pos Solo", "Surakarta", "Jawa Tengah", "Asia/Jakarta")


def test_a_new_office_is_stored_and_recorded(play: Play) -> None:
    play.engine.perform(add_office, SOLO, at=play.now)

    assert "SOLO" in [row["code"] for row in play.rows(tables.office)]
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]["code"]) == ("office.added", "SOLO")


def test_an_office_whose_hours_cannot_be_counted_leaves_no_trace(play: Play) -> None:
    before = play.rows(tables.audit)
    odd = Office("SOLO", "Pos Solo", "Surakarta", "Jawa Tengah", "Asia/Jakarta", pattern={"week": ["night"] * 7})

    with pytest.raises(NotValid):
        play.engine.perform(add_office, odd, at=play.now)

    assert "SOLO" not in [row["code"] for row in play.rows(tables.office)]
    assert play.rows(tables.audit) == before

"""Giving an officer a post."""

from datetime import date

import pytest

from engine import NotFound, NotValid, assign_post
from engine.storage import tables
from tests.small_office import Play


def test_who_holds_which_post_where_and_since_when_is_stored_and_recorded(play: Play) -> None:
    play.engine.perform(assign_post, "budi", post="ketua", office="NTB", begins_on=date(2026, 6, 1), at=play.now)

    assert (play.rows(tables.holding)[-1]["post"], play.rows(tables.holding)[-1]["office"]) == ("ketua", "NTB")
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]["login"], last["data"]["begins_on"]) == ("post.assigned", "budi", "2026-06-01")


def test_a_post_cannot_end_before_it_begins(play: Play) -> None:
    begins, ends = date(2026, 6, 2), date(2026, 6, 1)

    with pytest.raises(NotValid):
        play.engine.perform(
            assign_post, "budi", post="ketua", office="NTB", begins_on=begins, ends_on=ends, at=play.now
        )


def test_nobody_gets_a_post_who_is_not_an_officer(play: Play) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(assign_post, "siapa", post="ketua", office="NTB", begins_on=date(2026, 6, 1), at=play.now)

"""Having a delivery in hand: one at a time, and not for ever."""

import pytest

from engine import deactivate_officer
from engine.storage import tables
from tests.engine.commands.letters_out import LATER, one_mail, row, take
from tests.small_office import Play


@pytest.fixture(autouse=True)
def waiting(play: Play) -> None:
    one_mail(play)


def test_it_holds_all_that_sending_needs(play: Play) -> None:
    parcel = take(play)

    assert (parcel.address, parcel.language, parcel.zone) == ("wayan@contoh.example", "id", "Asia/Makassar")
    assert [(each.kind, each.case) for each in parcel.notices] == [("handover.offered", "S-2026-00001")]
    assert "wayan" not in repr(parcel)


def test_nobody_else_has_it_until_it_is_thought_lost(play: Play) -> None:
    first, second = take(play), take(play)
    play.now += LATER

    assert (first is not None, second) == (True, None)
    assert take(play).key == first.key


def test_a_mail_to_somebody_who_has_gone_is_withdrawn(play: Play) -> None:
    play.engine.perform(deactivate_officer, "wayan", reason="Pensiun", at=play.now)

    assert take(play) is None
    assert row(play)["state"] == "withdrawn"


def test_it_leaves_no_link_in_the_chain(play: Play) -> None:
    before = play.count(tables.audit)

    take(play)

    assert play.count(tables.audit) == before

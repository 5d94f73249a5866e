"""Saying of a report of which nobody knew whether it had arrived what became of it."""

import pytest

from engine import NotFound, NotYours, resolve_dispatch
from engine.commands.resolve_dispatch import NotUnknown
from engine.commands.settle_dispatch import settle_dispatch
from engine.commands.take_dispatch import take_dispatch
from engine.domain.dispatch import Channel
from engine.storage import tables
from tests.engine.commands.letters_out import LATER
from tests.engine.placements_out import Reports
from tests.small_office import Play


@pytest.fixture
def reports(play: Play) -> Reports:
    made = Reports(play)
    made.begin()
    play.engine.perform(take_dispatch, 1, until=play.now + LATER, at=play.now)
    play.engine.perform(settle_dispatch, 1, problem="no whole answer came", unknown=True, at=play.now)
    made.on("B")
    return made


def due(play: Play) -> list[int]:
    return [number for number, _ in play.engine.to_send(Channel.SISKOP2MI, at=play.now)]


def test_until_then_it_rests_and_holds_up_what_comes_after_it(reports: Reports) -> None:
    assert reports.states() == [("placement.begun", "unknown"), ("placement.changed", "pending")]
    assert due(reports.play) == []


def test_it_has_arrived(reports: Reports) -> None:
    reports.play.engine.perform(resolve_dispatch, 1, arrived=True, at=reports.play.now)

    assert reports.states()[0] == ("placement.begun", "sent")
    assert due(reports.play) == [2]
    (record,) = [row for row in reports.play.rows(tables.audit) if row["kind"] == "dispatch.resolved"]
    assert record["data"]["arrived"] is True


def test_it_is_sent_again_under_the_same_key_and_asked_for_first(reports: Reports) -> None:
    play = reports.play
    key = reports.rows()[0]["key"]

    play.engine.perform(resolve_dispatch, 1, arrived=False, at=play.now)

    parcel = play.engine.perform(take_dispatch, 1, until=play.now + LATER, at=play.now)
    assert parcel is not None
    assert (parcel.key, parcel.tries, parcel.doubtful) == (key, 0, True)


def test_only_what_is_unknown_is_resolved(reports: Reports) -> None:
    play = reports.play

    with pytest.raises(NotUnknown):
        play.engine.perform(resolve_dispatch, 2, arrived=True, at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(resolve_dispatch, 9, arrived=True, at=play.now)


def test_it_is_for_who_administers(reports: Reports) -> None:
    with pytest.raises(NotYours):
        reports.play.engine.perform(resolve_dispatch, 1, arrived=True, officer="sri", at=reports.play.now)

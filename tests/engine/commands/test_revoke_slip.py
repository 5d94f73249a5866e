"""Ending a slip."""

import pytest

from engine import NotFound, issue_slip, read_slip, revoke_slip
from engine.storage import tables
from tests.small_office import Play


def test_an_ended_slip_leads_nowhere_and_there_is_no_second_to_end(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()
    slip = play.engine.perform(issue_slip, number, officer="sri", at=play.now)

    play.engine.perform(revoke_slip, number, officer="budi", at=play.now)

    assert play.engine.perform(read_slip, slip.code, slip.pin, address="a", at=play.now) is None
    assert play.rows(tables.audit)[-1]["kind"] == "slip.revoked"
    with pytest.raises(NotFound):
        play.engine.perform(revoke_slip, number, officer="budi", at=play.now)

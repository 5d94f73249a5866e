"""Taking an offer back."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotYours, accept_handover, offer_handover, withdraw_handover
from engine.domain.handover import HandoverOver
from engine.storage import tables
from tests.small_office import Play


@pytest.fixture
def made(play: Play) -> int:
    play.publish("start -> user A -> end")
    given: dict[str, Any] = {"to_office": "NTB", "reason": "Dekat keluarga", "until": play.now + timedelta(days=3)}
    return int(play.engine.perform(offer_handover, play.open(), officer="sri", at=play.now, **given).number or 0)


def test_an_offer_that_was_taken_back_is_recorded_and_accepted_by_nobody(play: Play, made: int) -> None:
    play.engine.perform(withdraw_handover, made, officer="budi", at=play.now)

    assert play.rows(tables.audit)[-1]["kind"] == "handover.withdrawn"
    with pytest.raises(HandoverOver, match="withdrawn"):
        play.engine.perform(accept_handover, made, officer="wayan", at=play.now)


@pytest.mark.parametrize("officer", ["wayan", "hana"])
def test_only_the_office_that_offered_takes_it_back(play: Play, made: int, officer: str) -> None:
    with pytest.raises((NotYours, NotFound)):
        play.engine.perform(withdraw_handover, made, officer=officer, at=play.now)

    assert [row["state"] for row in play.rows(tables.handover)] == ["offered"]

"""Saying no to a case that another office has offered."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, NotYours, decline_handover, offer_handover
from engine.queries.handovers import ended_handovers
from engine.storage import tables
from tests.small_office import Play

WHY = "Rumah Ramah kami penuh sampai akhir bulan."


@pytest.fixture
def made(play: Play) -> int:
    play.publish("start -> user A -> end")
    given: dict[str, Any] = {"to_office": "NTB", "reason": "Dekat keluarga", "until": play.now + timedelta(days=3)}
    return int(play.engine.perform(offer_handover, play.open(), officer="sri", at=play.now, **given).number or 0)


def decline(play: Play, made: int, officer: str = "wayan", reason: str = WHY) -> None:
    play.engine.perform(decline_handover, made, reason=reason, officer=officer, at=play.now)


def test_the_case_stays_and_the_office_that_offered_is_told_why(play: Play, made: int) -> None:
    decline(play, made)

    with play.engine.reading(at=play.now) as reader:
        (told,) = ended_handovers(reader, play.engine.officer("sri", at=play.now))

    assert (told.offer.state, told.offer.answer, told.answered_by) == ("declined", WHY, "Wayan")
    assert (play.item("A").office, play.rows(tables.audit)[-1]["kind"]) == ("JATENG", "handover.declined")
    assert WHY not in str(play.rows(tables.audit)) + str(play.rows(tables.handover))


@pytest.mark.parametrize(("officer", "refusal"), [("sri", NotYours), ("hana", NotFound)])
def test_only_the_office_that_was_asked_says_no(play: Play, made: int, officer: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        decline(play, made, officer)

    assert [row["state"] for row in play.rows(tables.handover)] == ["offered"]


def test_a_no_has_a_reason(play: Play, made: int) -> None:
    with pytest.raises(NotValid):
        decline(play, made, reason=" ")

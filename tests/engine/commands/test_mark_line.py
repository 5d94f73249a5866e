"""Noting what came of a call: five failures in a row open the breaker, one answer closes it."""

from datetime import timedelta

from engine.commands.mark_line import mark_line
from engine.commands.settle_dispatch import settle_dispatch
from engine.commands.take_dispatch import take_dispatch
from engine.domain.partner_line import OPENS_AFTER, RESTS_FOR
from engine.domain.placement import PARTNER
from tests.engine.placements_out import Reports
from tests.small_office import Play


def mark(play: Play, *answers: bool) -> list[str]:
    return [play.engine.perform(mark_line, PARTNER, answered=each, at=play.now).state for each in answers]


def test_a_line_that_nobody_has_used_is_closed(play: Play) -> None:
    assert not play.engine.line(PARTNER).open


def test_failures_in_a_row_open_it(play: Play) -> None:
    assert mark(play, *[False] * OPENS_AFTER) == ["same"] * 4 + ["opened"]

    line = play.engine.line(PARTNER)
    assert (line.open, line.opened_at, line.try_at) == (True, play.now, play.now + RESTS_FOR)


def test_an_answer_in_between_begins_the_count_anew(play: Play) -> None:
    assert mark(play, False, False, False, False, True, False, False, False, False) == ["same"] * 9

    assert play.engine.line(PARTNER).failures == 4


def test_one_answer_closes_it(play: Play) -> None:
    mark(play, *[False] * 7)

    assert mark(play, True) == ["closed"]
    line = play.engine.line(PARTNER)
    assert (line.open, line.failures, line.answered_at) == (False, 0, play.now)


def test_what_was_put_off_goes_at_once_when_it_closes(play: Play) -> None:
    Reports(play).begin()
    play.engine.perform(take_dispatch, 1, until=play.now + timedelta(minutes=2), at=play.now)
    later = play.now + timedelta(hours=3)
    play.engine.perform(settle_dispatch, 1, problem="no whole answer came", until=later, at=play.now)
    mark(play, *[False] * OPENS_AFTER)
    assert play.engine.perform(take_dispatch, 1, until=later, at=play.now) is None

    mark(play, True)

    assert play.engine.perform(take_dispatch, 1, until=later, at=play.now) is not None

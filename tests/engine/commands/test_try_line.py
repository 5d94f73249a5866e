"""Asking to try whether a partner is back: one at a time."""

import pytest

from engine.commands.mark_line import mark_line
from engine.commands.try_line import try_line
from engine.domain.partner_line import OPENS_AFTER, RESTS_FOR
from engine.domain.placement import PARTNER
from tests.small_office import Play


@pytest.fixture
def opened(play: Play) -> Play:
    for _ in range(OPENS_AFTER):
        play.engine.perform(mark_line, PARTNER, answered=False, at=play.now)
    return play


def ask(play: Play) -> str:
    return play.engine.perform(try_line, PARTNER, at=play.now).state


def test_there_is_nothing_to_try_while_everything_goes_through(play: Play) -> None:
    assert ask(play) == "closed"


def test_nobody_tries_before_it_has_rested(opened: Play) -> None:
    assert ask(opened) == "open"


def test_one_may_try_and_the_others_wait(opened: Play) -> None:
    opened.now += RESTS_FOR

    assert [ask(opened), ask(opened)] == ["try", "open"]


def test_whoever_tried_and_is_not_heard_of_is_not_waited_for_longer_than_that(opened: Play) -> None:
    opened.now += RESTS_FOR
    ask(opened)
    opened.now += RESTS_FOR

    assert ask(opened) == "try"

"""Sessions that end because somebody has signed out at the provider."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, end_provider_sessions
from tests.engine.signing_on import ISSUER, come, enter, kinds, link
from tests.small_office import Play


def say(play: Play, subject: str = "a-1", **more: Any) -> int:
    told = {"issuer": ISSUER, "subject": subject, "said_at": play.now, **more}
    return play.engine.perform(end_provider_sessions, **told, at=play.now).number or 0


def test_one_session_there_ends_those_that_began_with_it(play: Play) -> None:
    link(play)
    first, second, own = come(play, session="s-1").name, come(play, session="s-2").name, enter(play)

    ended = say(play, provider_session="s-1")

    good = [each for each in (first, second, own) if play.engine.session(each, at=play.now)]
    assert (ended, good) == (1, [second, own])
    assert kinds(play)[-1] == "provider_sessions.ended"


def test_without_a_session_the_whole_account_is_out_and_twice_is_once(play: Play) -> None:
    link(play)
    come(play, session="s-1")
    come(play)

    assert (say(play), say(play)) == (2, 0)


def test_what_was_said_before_a_session_began_does_not_end_it(play: Play) -> None:
    link(play)
    said_at = play.now
    play.now += timedelta(minutes=1)
    later = come(play).name

    assert say(play, said_at=said_at) == 0
    assert play.engine.session(later, at=play.now) is not None


def test_a_session_there_that_is_over_takes_ours_with_it_whichever_clock_is_behind(play: Play) -> None:
    link(play)
    there = come(play, session="s-1").name

    assert say(play, provider_session="s-1", said_at=play.now - timedelta(minutes=2)) == 1
    assert play.engine.session(there, at=play.now) is None


def test_sessions_of_which_the_provider_told_no_name_do_not_outlive_a_named_one(play: Play) -> None:
    link(play)
    nameless, other = come(play).name, come(play, session="s-2").name
    said_at = play.now
    play.now += timedelta(minutes=2)
    later = come(play).name

    assert say(play, provider_session="s-1", said_at=said_at) == 1
    good = [each for each in (nameless, other, later) if play.engine.session(each, at=play.now)]
    assert good == [other, later]


def test_an_unknown_account_is_told_so(play: Play) -> None:
    with pytest.raises(NotFound):
        say(play, "a-9")

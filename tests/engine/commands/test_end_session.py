"""Ending sessions from elsewhere."""

import pytest

from engine import NotFound, NotYours, end_session, sign_in
from engine.queries.house import my_sessions
from engine.storage import tables
from tests.small_office import Play


def signed_in(play: Play, login: str) -> str:
    return play.engine.perform(sign_in, login, address="192.0.2.1", right=True, at=play.now).name


def handles(play: Play, login: str) -> list[str]:
    with play.engine.reading(at=play.now) as reader:
        return [each.handle for each in my_sessions(reader, play.engine.officer(login, at=play.now))]


def test_an_officer_ends_one_session_or_all_but_this_one(play: Play) -> None:
    here, there, third = (signed_in(play, "sri") for _ in range(3))
    one = handles(play, "sri")[0]

    first = play.engine.perform(end_session, "sri", session=one, officer="sri", at=play.now)
    left = [each for each in (here, there, third) if play.engine.session(each, at=play.now)]
    rest = play.engine.perform(end_session, "sri", but=left[0], officer="sri", at=play.now)

    assert (first.number, len(left), rest.number) == (1, 2, 1)
    assert play.engine.session(left[0], at=play.now) is not None
    assert play.rows(tables.audit)[-1]["kind"] == "session.ended"


def test_nobody_ends_anothers_and_a_handle_opens_nothing(play: Play) -> None:
    signed_in(play, "sri")
    (handle,) = handles(play, "sri")

    with pytest.raises(NotYours):
        play.engine.perform(end_session, "sri", session=handle, officer="budi", at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(end_session, "budi", session=handle, officer="budi", at=play.now)

    assert play.engine.session(handle, at=play.now) is None
    assert handles(play, "sri") == [handle]

"""Ending sessions of local governments from elsewhere."""

import pytest

from engine import NotFound, NotYours, end_pemda_session, end_pemda_user
from engine.queries.pemda import pemda_sessions
from engine.storage.pemda import PemdaSessionLine
from tests.engine.commands.test_confirm_pemda_factor import waits
from tests.engine.homes import Homes


def lines(homes: Homes, login: str) -> tuple[PemdaSessionLine, ...]:
    with homes.play.engine.reading(at=homes.play.now) as reader:
        return pemda_sessions(reader, login)


def test_one_sees_where_one_is_signed_in_and_ends_one(homes: Homes) -> None:
    login = homes.pemda()
    kept = homes.enter(login)
    told = lines(homes, login)
    assert {(each.device, each.address) for each in told} == {("Firefox · Linux", "192.0.2.7")}
    assert kept not in str(told)

    first = next(each.handle for each in told if each.factor == "totp")
    homes.do(end_pemda_session, login, session=first, own=True)

    assert [each.factor for each in lines(homes, login)] == [""]
    assert [each["data"]["sessions"] for each in homes.records("pemda_session.ended")] == [1]


def test_all_but_this_one_end_or_all(homes: Homes) -> None:
    login = homes.pemda()
    here, there = homes.enter(login), homes.enter(login)

    assert homes.do(end_pemda_session, login, but=here, own=True).number == 2
    assert (waits(homes, here), waits(homes, there)) == (True, None)

    homes.do(end_pemda_session, login)
    assert lines(homes, login) == ()


def test_anothers_session_is_none_and_neither_is_one_that_is_over(homes: Homes) -> None:
    login, other = homes.pemda(), homes.pemda("35.08")
    (theirs,) = lines(homes, other)

    for _ in range(2):
        with pytest.raises(NotFound):
            homes.do(end_pemda_session, login, session=theirs.handle, own=True)
        if lines(homes, other):
            homes.do(end_pemda_session, other, session=theirs.handle, own=True)


def test_somebody_elses_end_by_whoever_administers(homes: Homes) -> None:
    with pytest.raises(NotYours):
        homes.do(end_pemda_session, homes.pemda(), officer="sri")
    with pytest.raises(NotFound):
        homes.do(end_pemda_session, "nobody")


def test_an_account_that_is_ended_ends_them_all_at_once(homes: Homes) -> None:
    login = homes.pemda()
    sessions = [homes.enter(login) for _ in range(2)]

    homes.do(end_pemda_user, login)

    assert [waits(homes, each) for each in sessions] == [None, None]

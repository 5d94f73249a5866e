"""Confirming a second factor of a local government with its first code."""

import pytest

from engine import WrongState, begin_pemda_factor, confirm_pemda_factor
from engine.queries.pemda import pemda_session_of
from engine.storage import tables
from tests.engine.homes import Homes


def waits(homes: Homes, session: str) -> bool | None:
    with homes.play.engine.reading(at=homes.play.now) as reader:
        found = pemda_session_of(reader, session)
    return found.waits if found is not None else None


def test_from_then_on_every_other_session_waits_for_a_code(homes: Homes) -> None:
    login = homes.pemda(enrolled=False)
    other = homes.enter(login)
    assert waits(homes, other) is False

    _, codes, here = homes.enrol(login)

    assert [waits(homes, each) for each in (here, other, homes.enter(login))] == [False, True, True]
    assert len(set(codes)) == 10
    assert len(homes.records("pemda_factor.confirmed")) == 1


def test_recovery_codes_are_kept_as_hashes_only(homes: Homes) -> None:
    _, codes, _ = homes.enrol(homes.pemda(enrolled=False))

    everything = str([homes.play.rows(each) for each in tables.metadata.sorted_tables])
    assert [each for each in codes if each in everything or each.replace("-", "") in everything] == []


def test_a_wrong_code_changes_nothing(homes: Homes) -> None:
    login = homes.pemda(enrolled=False)
    session, secret = homes.enter(login), homes.do(begin_pemda_factor, login).name
    right = homes.shown(secret)

    for code in (f"{(int(right) + 1) % 1_000_000:06d}", "", "12345", "abcdef", right + "0"):
        assert homes.do(confirm_pemda_factor, login, code=code, session=session).state == "refused"

    assert homes.play.rows(tables.pemda_factor)[0]["confirmed_at"] is None


def test_there_is_something_to_confirm_once(homes: Homes) -> None:
    login = homes.pemda(enrolled=False)
    with pytest.raises(WrongState):
        homes.do(confirm_pemda_factor, login, code="123456", session="x")
    homes.enrol(login)
    with pytest.raises(WrongState):
        homes.do(confirm_pemda_factor, login, code="123456", session="x")


def test_a_code_opens_no_session_of_somebody_else(homes: Homes) -> None:
    login, other = homes.pemda(enrolled=False), homes.pemda("35.08")
    theirs, secret = homes.enter(other), homes.do(begin_pemda_factor, login).name

    homes.do(confirm_pemda_factor, login, code=homes.shown(secret), session=theirs)

    assert waits(homes, theirs) is True

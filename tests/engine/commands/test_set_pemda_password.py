"""Another password for somebody of a local government."""

import pytest

from engine import NotFound, NotValid, NotYours, end_pemda, set_pemda_password, sign_in_pemda
from engine.queries.pemda import pemda_password, pemda_session_of
from engine.storage import tables
from tests.engine.homes import HASH, Homes

OTHER = HASH.replace("c3ludGV0aWs", "bGFpbg")


def test_ones_own_ends_every_other_session_and_has_been_chosen(homes: Homes) -> None:
    login = homes.pemda()
    here, there = (homes.do(sign_in_pemda, login, address="10.0.0.1", right=True).name for _ in range(2))

    homes.do(set_pemda_password, login, password=OTHER, own=True, keep=here)

    with homes.play.engine.reading(at=homes.play.now) as reader:
        assert pemda_session_of(reader, here) is not None
        assert pemda_session_of(reader, there) is None
        assert pemda_password(reader, login) == OTHER
    assert [row["once"] for row in homes.play.rows(tables.pemda_user)] == [False]
    assert [each["data"]["login"] for each in homes.records("pemda_password.set")] == [login]


def test_an_administrators_is_good_for_one_sign_in(homes: Homes) -> None:
    login = homes.pemda()
    homes.do(set_pemda_password, login, password=OTHER, once=True)

    assert [row["once"] for row in homes.play.rows(tables.pemda_user)] == [True]
    with pytest.raises(NotYours):
        homes.do(set_pemda_password, login, password=OTHER, officer="sri")


def test_clear_text_strangers_and_ended_ones_are_refused(homes: Homes) -> None:
    login = homes.pemda()
    with pytest.raises(NotValid):
        homes.do(set_pemda_password, login, password="rahasia-sekali")
    with pytest.raises(NotFound):
        homes.do(set_pemda_password, "siapa", password=OTHER)

    homes.do(end_pemda, "35.07", reason="Selesai")
    with pytest.raises(NotYours):
        homes.do(set_pemda_password, login, password=OTHER, own=True)

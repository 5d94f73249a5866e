"""Letting somebody of a local government sign in no more."""

import pytest

from engine import NotFound, NotYours, end_pemda_user, sign_in_pemda
from engine.queries.pemda import pemda_password, pemda_session_of
from tests.engine.homes import Homes


def test_every_session_ends_and_no_password_fits_any_more(homes: Homes) -> None:
    login = homes.pemda()
    secret = homes.do(sign_in_pemda, login, address="10.0.0.1", right=True).name

    homes.do(end_pemda_user, login)

    with homes.play.engine.reading(at=homes.play.now) as reader:
        assert pemda_session_of(reader, secret) is None
        assert pemda_password(reader, login) is None
    assert [each["data"]["login"] for each in homes.records("pemda_user.ended")] == [login]


def test_nobody_is_ended_twice_and_not_by_everybody(homes: Homes) -> None:
    login = homes.pemda()
    with pytest.raises(NotYours):
        homes.do(end_pemda_user, login, officer="sri")

    homes.do(end_pemda_user, login)
    with pytest.raises(NotFound):
        homes.do(end_pemda_user, login)

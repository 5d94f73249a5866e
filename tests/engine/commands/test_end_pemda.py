"""Telling a local government nothing any more."""

import pytest

from engine import NotFound, NotValid, NotYours, end_pemda, sign_in_pemda
from engine.queries.pemda import pemda_rows, pemda_session_of
from tests.engine.homes import Homes


def test_its_people_are_signed_out_at_once_and_do_not_get_in_again(homes: Homes) -> None:
    login = homes.pemda()
    secret = homes.do(sign_in_pemda, login, address="10.0.0.1", right=True).name

    homes.do(end_pemda, "35.07", reason="Perjanjian diakhiri")

    with homes.play.engine.reading(at=homes.play.now) as reader:
        assert pemda_session_of(reader, secret) is None
        assert pemda_rows(reader) == ()
        assert [each.ended_why for each in pemda_rows(reader, ended=True)] == ["Perjanjian diakhiri"]
    assert homes.do(sign_in_pemda, login, address="10.0.0.1", right=True).state == "refused"
    assert [each["data"]["area"] for each in homes.records("pemda.ended")] == ["35.07"]


def test_it_needs_a_reason_and_one_that_stands_and_a_post(homes: Homes) -> None:
    homes.pemda()

    with pytest.raises(NotValid):
        homes.do(end_pemda, "35.07", reason=" ")
    with pytest.raises(NotFound):
        homes.do(end_pemda, "36", reason="Tidak ada")
    with pytest.raises(NotYours):
        homes.do(end_pemda, "35.07", reason="Iseng", officer="sri")

"""Saying where mail reaches somebody."""

import pytest

from engine import NotYours, rotate_keys, set_mail_address
from engine.domain.notice import NotAMailAddress
from engine.storage import tables
from engine.storage.notices import address_of
from tests.small_office import KEYS, Play


def give(play: Play, address: str, login: str = "sri", officer: str = "sri") -> None:
    play.engine.perform(set_mail_address, login, address=address, officer=officer, at=play.now)


def kept(play: Play) -> str:
    with play.engine.reading(at=play.now) as reader:
        return address_of(reader.connection, KEYS, 1)


def test_the_last_one_counts_and_stands_nowhere_in_clear(play: Play) -> None:
    give(play, "sri@contoh.example")
    give(play, " sri.lain@contoh.example ")

    (row,) = play.rows(tables.mail_address)
    assert kept(play) == "sri.lain@contoh.example"
    assert "contoh" not in row["address"] + str(play.rows(tables.audit))
    assert "mail_address.set" in [each["kind"] for each in play.rows(tables.audit)]


def test_an_empty_one_ends_all_mail(play: Play) -> None:
    give(play, "sri@contoh.example")

    give(play, "")

    assert (kept(play), play.count(tables.mail_address)) == ("", 0)


@pytest.mark.parametrize(
    "address",
    [
        "sri",
        "sri@contoh",
        "sri@contoh.example\nBcc: x@y.test",
        "a@b.test, c@d.test",
        "Sri <sri@contoh.example>",
        "s..@x.test",
    ],
)
def test_what_is_no_address_is_refused(play: Play, address: str) -> None:
    with pytest.raises(NotAMailAddress):
        give(play, address)

    assert play.count(tables.mail_address) == 0


def test_that_of_somebody_else_is_for_who_administers(play: Play) -> None:
    with pytest.raises(NotYours):
        give(play, "x@contoh.example", login="sri", officer="budi")


def test_a_new_key_is_carried_to_it(play: Play) -> None:
    give(play, "sri@contoh.example")

    done = play.engine.perform(rotate_keys, at=play.now)

    assert done.number == 0
    assert kept(play) == "sri@contoh.example"

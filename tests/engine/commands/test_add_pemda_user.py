"""Letting somebody sign in for a local government."""

from typing import Any

import pytest

from engine import NotFound, NotValid, NotYours, add_pemda, add_pemda_user
from engine.storage import tables
from tests.engine.homes import HASH, Homes, malang


def add(homes: Homes, area: str = "35.07", login: str = "petugas.malang", **more: Any) -> None:
    homes.do(add_pemda_user, area, login, **{"name": "Petugas Contoh", "password": HASH, **more})


@pytest.fixture
def ready(homes: Homes) -> Homes:
    homes.do(add_pemda, malang())
    return homes


def test_they_have_to_choose_a_password_of_their_own(ready: Homes) -> None:
    add(ready)

    (row,) = ready.play.rows(tables.pemda_user)
    assert (row["login"], row["once"], row["active"], row["language"]) == ("petugas.malang", True, True, "id")
    assert [each["data"]["login"] for each in ready.records("pemda_user.added")] == ["petugas.malang"]
    assert HASH not in str(ready.play.rows(tables.audit))


def test_a_login_is_had_once_in_all_local_governments(ready: Homes) -> None:
    ready.do(add_pemda, malang("36"))
    add(ready)

    with pytest.raises(NotValid):
        add(ready, "36")


@pytest.mark.parametrize("wrong", [{"login": "Huruf Besar"}, {"password": "rahasia"}, {"name": " "}], ids=str)
def test_it_is_refused_without_what_it_needs(ready: Homes, wrong: dict[str, str]) -> None:
    with pytest.raises(NotValid):
        add(ready, **wrong)


def test_only_for_one_that_stands_and_by_whoever_administers_the_house(ready: Homes) -> None:
    with pytest.raises(NotFound):
        add(ready, "36")
    with pytest.raises(NotYours):
        ready.do(add_pemda_user, "35.07", "lain", name="Lain", password=HASH, officer="sri")

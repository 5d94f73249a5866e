"""Getting in as somebody of a local government."""

from datetime import date, timedelta
from typing import Any

import pytest

from engine import Receipt, sign_in_pemda
from engine.queries.pemda import pemda_session_of
from engine.storage import tables
from tests.engine.homes import Homes


def enter(homes: Homes, login: str, *, right: bool = True, address: str = "10.0.0.1") -> Receipt:
    made: Receipt = homes.do(sign_in_pemda, login, address=address, right=right)
    return made


def test_a_session_knows_who_it_is_and_is_kept_by_its_hash(homes: Homes) -> None:
    login = homes.pemda()
    secret = enter(homes, login).name

    with homes.play.engine.reading(at=homes.play.now) as reader:
        found = pemda_session_of(reader, secret)
    assert found is not None
    assert (found.user.login, found.user.pemda.area, found.user.once) == (login, "35.07", True)
    assert secret not in str(homes.play.rows(tables.pemda_session))
    assert {each["officer"] for each in homes.looks("pemda.signed_in")} == {f"pemda:{login}"}
    assert (found.factor, found.waits) == ("", True)


@pytest.mark.parametrize(
    "changes", [{"valid_from": date(2026, 6, 1)}, {"valid_until": date(2026, 4, 30)}], ids=["not yet", "over"]
)
def test_outside_of_the_agreement_a_right_password_does_not_help(homes: Homes, changes: dict[str, Any]) -> None:
    assert enter(homes, homes.pemda(**changes)).state == "refused"


def test_a_session_ends_with_the_agreement(homes: Homes) -> None:
    secret = enter(homes, homes.pemda(valid_until=homes.play.now.date())).name

    with homes.play.engine.reading(at=homes.play.now + timedelta(hours=11)) as reader:
        assert pemda_session_of(reader, secret) is not None
    with homes.play.engine.reading(at=homes.play.now + timedelta(hours=17)) as reader:
        assert pemda_session_of(reader, secret) is None


def test_after_five_wrong_tries_the_right_password_waits(homes: Homes) -> None:
    login = homes.pemda()
    for _ in range(5):
        assert enter(homes, login, right=False).state == "refused"

    assert enter(homes, login).state == "throttled"
    homes.play.now += timedelta(minutes=16)
    assert enter(homes, login).state == "signed-in"


def test_an_officer_of_the_same_name_is_somebody_else(homes: Homes) -> None:
    homes.pemda(login="wayan")
    for _ in range(5):
        enter(homes, "wayan", right=False)

    assert enter(homes, "sri").state == "refused"
    assert {row["login"] for row in homes.play.rows(tables.sign_in_attempt)} == {"pemda:wayan", "pemda:sri"}

"""Fresh recovery codes of somebody of a local government."""

from datetime import timedelta

import pytest

from engine import Receipt, WrongState, renew_pemda_codes
from tests.engine.commands.test_pass_pemda_factor import give
from tests.engine.homes import Homes


def renew(homes: Homes, login: str, code: str) -> Receipt:
    made: Receipt = homes.do(renew_pemda_codes, login, code=code)
    return made


def test_those_before_are_not_good_any_more(homes: Homes) -> None:
    login = homes.pemda(enrolled=False)
    secret, old, _ = homes.enrol(login)
    homes.play.now += timedelta(minutes=1)

    done = renew(homes, login, homes.shown(secret))

    assert give(homes, login, homes.enter(login), old[0]) == "refused"
    assert give(homes, login, homes.enter(login), done.name.split()[0]) == "passed"
    assert len(homes.records("pemda_codes.renewed")) == 1


def test_a_recovery_code_draws_no_others_and_wrong_ones_are_counted(homes: Homes) -> None:
    login = homes.pemda(enrolled=False)
    secret, codes, _ = homes.enrol(login)
    homes.play.now += timedelta(minutes=1)

    said = [renew(homes, login, each).state for each in (codes[0], *["000000"] * 4, homes.shown(secret))]

    assert said == ["refused"] * 5 + ["throttled"]


def test_who_has_none_has_none_to_renew(homes: Homes) -> None:
    with pytest.raises(WrongState):
        renew(homes, homes.pemda(enrolled=False), "123456")

"""Letting a local government be told of its own citizens."""

from datetime import date
from typing import Any

import pytest

from engine import NotValid, NotYours, WrongState, add_pemda, end_pemda
from engine.queries.pemda import pemda_rows
from tests.engine.homes import Homes, malang


def test_it_stands_with_its_legal_basis_and_agreement(homes: Homes) -> None:
    homes.do(add_pemda, malang(valid_until=date(2027, 12, 31)))

    with homes.play.engine.reading(at=homes.play.now) as reader:
        (row,) = pemda_rows(reader)

    assert (row.pemda.area, row.pemda.agreement) == ("35.07", "PKS-35.07/2026")
    assert row.pemda.legal_basis.startswith("PP 59/2021")
    assert row.pemda.valid_until == date(2027, 12, 31)
    assert [each["data"]["agreement"] for each in homes.records("pemda.added")] == ["PKS-35.07/2026"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"area": "3507"},
        {"area": "35.07.11.20"},
        {"name": " "},
        {"legal_basis": ""},
        {"agreement": ""},
        {"valid_until": date(2025, 1, 1)},
    ],
    ids=str,
)
def test_without_a_ground_or_with_an_area_that_is_none_nobody_is_told_anything(
    homes: Homes, wrong: dict[str, Any]
) -> None:
    with pytest.raises(NotValid):
        homes.do(add_pemda, malang(**{"area": "35.07", **wrong}))


def test_an_area_has_one_at_a_time(homes: Homes) -> None:
    homes.do(add_pemda, malang())
    with pytest.raises(WrongState):
        homes.do(add_pemda, malang())

    homes.do(end_pemda, "35.07", reason="Perjanjian baru")
    homes.do(add_pemda, malang())


def test_it_is_the_work_of_whoever_administers_the_house(homes: Homes) -> None:
    with pytest.raises(NotYours):
        homes.do(add_pemda, malang(), officer="sri")

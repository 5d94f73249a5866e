"""Saying which village somebody is from, and whether their local government may know of them."""

import pytest

from engine import NotFound, NotValid, place_citizen
from engine.queries.pemda import pemda_side
from tests.engine.homes import Homes


def test_it_becomes_facts_of_the_case_and_the_record_says_which_but_not_what(homes: Homes) -> None:
    number = homes.case()
    homes.do(place_citizen, number, village="35.07.11.2003", consent=True, officer="sri")

    with homes.play.engine.reading(at=homes.play.now) as reader:
        side = pemda_side(reader, homes.play.engine.officer("sri", at=homes.play.now), number)

    assert (side.standing.region, side.standing.agreed, side.standing.protected) == ("35.07.11.2003", True, False)
    assert [each["data"] for each in homes.records("citizen.placed")] == [{"facts": ["desa_asal", "setuju_data_pemda"]}]


def test_both_can_be_taken_away_again(homes: Homes) -> None:
    number = homes.case(hasil_penapisan="terindikasi")
    homes.do(place_citizen, number, village="35.07.11.2003", consent=True, officer="sri")
    homes.do(place_citizen, number, officer="sri")

    with homes.play.engine.reading(at=homes.play.now) as reader:
        side = pemda_side(reader, homes.play.engine.officer("sri", at=homes.play.now), number)
    assert (side.standing.region, side.standing.agreed, side.standing.protected) == ("35.07", None, True)


@pytest.mark.parametrize("village", ["Sumberpetung", "35.08.11.2003", "35.07.11.20", "35.0711"])
def test_a_village_has_a_code_and_lies_in_the_regency_that_the_case_knows(homes: Homes, village: str) -> None:
    number = homes.case()

    with pytest.raises(NotValid):
        homes.do(place_citizen, number, village=village, officer="sri")


def test_another_office_says_nothing(homes: Homes) -> None:
    number = homes.case()

    with pytest.raises(NotFound):
        homes.do(place_citizen, number, consent=True, officer="wayan")


def test_what_the_person_wants_can_be_written_down_after_the_case_has_ended_too(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    homes.play.complete("B")
    homes.play.complete("H", facts={})
    homes.play.complete("I")
    assert homes.play.state(number) == "completed"

    homes.do(place_citizen, number, consent=False, officer="sri")

    assert homes.listed(login) == ()

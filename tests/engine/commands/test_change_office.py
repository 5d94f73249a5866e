"""Putting right what is known of an office."""

import pytest

from engine import NotFound, NotValid, NotYours, change_office
from engine.queries import office_for
from engine.storage import tables
from tests.small_office import Play


def test_what_is_given_changes_and_the_rest_stays(play: Play) -> None:
    play.engine.perform(change_office, "NTB", phone=" 0370 555 010 ", city="Praya", at=play.now)

    ntb = next(each for each in play.rows(tables.office) if each["code"] == "NTB")
    assert (ntb["phone"], ntb["city"], ntb["name"]) == ("0370 555 010", "Praya", "BP3MI Nusa Tenggara Barat")
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]["changed"]) == ("office.changed", ["city", "phone"])


def test_the_regions_given_are_all_it_serves_then_and_are_taken_over(play: Play) -> None:
    play.engine.perform(change_office, "NTB", regions=["52", "51"], at=play.now)
    play.engine.perform(change_office, "JATENG", regions=["33", "51"], at=play.now)
    play.engine.perform(change_office, "NTB", regions=["52.01"], at=play.now)

    with play.engine.reading(at=play.now) as reader:
        found = {each: office_for(reader, each) for each in ("51.02", "52.01", "52.02", "33.01")}

    assert {each: office and office.code for each, office in found.items()} == {
        "51.02": "JATENG", "52.01": "NTB", "52.02": None, "33.01": "JATENG"}  # fmt: skip


@pytest.mark.parametrize("wrong", [{"name": " "}, {"zone": "Mars/Olympus"}, {"kind": "head"}, {"city": "x" * 121}])
def test_what_cannot_be_is_refused(play: Play, wrong: dict[str, str]) -> None:
    before = play.rows(tables.office)

    with pytest.raises(NotValid):
        play.engine.perform(change_office, "NTB", at=play.now, **wrong)

    assert play.rows(tables.office) == before


def test_it_takes_the_power_and_an_office(play: Play) -> None:
    with pytest.raises(NotYours):
        play.engine.perform(change_office, "NTB", city="Praya", officer="sri", at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(change_office, "NTT", city="Kupang", at=play.now)

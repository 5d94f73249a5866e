"""Beginning a case by hand."""

from dataclasses import replace

import pytest

from engine import FormNotValid, NotFound, NotYours, add_post, open_case, publish_release
from engine.domain.organisation import Post, opens
from engine.domain.release import Activity, Bound, Field
from engine.storage import tables
from tests.small_office import MORNING, Play, release_of


def test_numbers_count_up_by_year(play: Play) -> None:
    play.publish("start -> user A -> end")

    assert [play.open(), play.open()] == ["S-2026-00001", "S-2026-00002"]


def test_a_procedure_that_is_not_in_force_cannot_be_begun(play: Play) -> None:
    with pytest.raises(NotFound):
        play.open("elsewhere")


def test_an_officer_opens_cases_of_their_own_office_only(play: Play) -> None:
    play.publish("start -> user A -> end")

    with pytest.raises(NotYours):
        play.engine.perform(open_case, "main", office="NTB", officer="sri", at=MORNING)

    assert play.count(tables.case) == 0


def test_a_post_opens_the_cases_that_its_powers_name_and_the_others_are_told_who_does(play: Play) -> None:
    play.publish("start -> user A -> end", "c3-m05")
    play.publish("start -> user A -> end", "s11-m01")
    play.engine.perform(add_post, Post("petugas", "Petugas", ("open:c3",)), at=MORNING)

    opened = play.open("c3-m05")
    with pytest.raises(NotYours, match="Sri to open a case of “S11-M01”, but that is the work of ketua"):
        play.open("s11-m01")

    assert opened == "S-2026-00001"
    assert play.count(tables.case) == 1


@pytest.mark.parametrize(
    ("power", "code", "may"),
    [
        ("open", "anything", True),
        ("open:c", "c3-m05", True),
        ("open:c", "p-c3-01", True),
        ("open:c3", "p-c3-01", True),
        ("open:c3", "c2-m01", False),
        ("open:s1", "s11-m01", False),
        ("open:c", "p-s11-01", False),
        ("oversee", "c3-m05", False),
        ("open:c3", "order-handling", True),
        ("oversee", "order-handling", False),
    ],
)
def test_the_power_to_open_is_of_everything_of_a_group_of_areas_or_of_one(power: str, code: str, may: bool) -> None:
    assert opens([power], code) is may


def test_facts_that_the_procedure_does_not_know_are_refused_by_name(play: Play) -> None:
    play.publish("start -> user A -> xor x\n x -[n > 1]-> end\n x -[*]-> user B -> end b")

    with pytest.raises(FormNotValid, match="colour"):
        play.open(facts={"n": 2, "colour": "red"})


def test_the_start_event_s_form_is_asked_where_it_has_one(play: Play) -> None:
    form = (Field("nik", "NIK", bound=Bound.SUBJECT), Field("found_at", "Ditemukan di", required=True))
    release = release_of("start s -> user A -> end")
    activities = {**release.activities, ("main", "s"): Activity("main", "s", "Mulai", "startEvent", form=form)}
    play.engine.perform(publish_release, replace(release, activities=activities), at=MORNING)

    number = play.open(facts={"nik": "3300000000000001", "found_at": "bandara"})

    (case,) = play.rows(tables.case)
    assert (case["number"], case["subject_id"]) == (number, 1)
    assert [row["name"] for row in play.rows(tables.fact)] == ["found_at"]

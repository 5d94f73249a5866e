"""Who recruits, from where, by which route: numbers for managers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, link_subject
from engine.queries.prevention import overseen, prevention, recruiters, repeaters
from tests.engine.people import FACTS, FORM, OTHER, SITI, SITI_AGAIN, People
from tests.small_office import Play

JOKO = {"perekrut_nama": "Joko Contoh", "perekrut_telepon": "081300000001"}
BATAM: dict[str, str] = {"rute": "Batam", "daerah_asal": "33.21", "perekrut_jenis": "calo"}


@pytest.fixture
def told(play: Play) -> People:
    """Siti came twice through Joko; Bambang once, in another office."""
    people = People(play)
    play.publish("start -> user A -> user B -> end", A=FORM, B=FACTS)
    first, again = people.case({**SITI, **JOKO}), people.case({**SITI_AGAIN, **JOKO})
    there = people.case({**OTHER, **JOKO}, "wayan", "NTB")
    for case, officer in ((first, "sri"), (again, "sri"), (there, "wayan")):
        people.tell(case, officer, **BATAM)
    people.do(link_subject, again, subject=people.person(first))
    return people


def ask(people: People, query: Any, login: str, **more: Any) -> Any:
    with people.play.engine.reading(at=people.play.now) as reader:
        return query(reader, people.play.engine.officer(login, at=people.play.now), **more)


def test_an_office_sees_its_own_recruiters_as_numbers(told: People) -> None:
    (row,) = ask(told, recruiters, "sri")

    assert (row.number, row.persons, row.repeaters, len(row.cases)) == (1, 1, 1, 2)
    assert (row.routes, row.origins, row.kinds) == ((("Batam", 2),), (("33.21", 2),), (("calo", 2),))


def test_the_head_office_sees_numbers_of_all_and_no_case(told: People) -> None:
    (row,) = ask(told, recruiters, "hana")

    assert (row.persons, row.offices, row.cases) == (2, (("JATENG", 2), ("NTB", 1)), ())
    assert {each.code for each in ask(told, overseen, "hana")} == {"PUSAT", "JATENG", "NTB"}


def test_who_recruited_the_repeaters_and_from_where(told: People) -> None:
    (row,) = ask(told, recruiters, "hana", repeated=True)

    assert (row.persons, row.origins, row.offices) == (1, (("33.21", 2),), (("JATENG", 2),))


def test_the_picture_counts_cases_persons_and_repeaters(told: People) -> None:
    (row,) = ask(told, prevention, "hana", by="rute")

    assert (row.value, row.cases, row.persons, row.repeaters) == ("Batam", 3, 2, 1)


def test_repeaters_are_told_with_their_recruiters(told: People) -> None:
    (row,) = ask(told, repeaters, "sri")

    assert (row.attempts, len(row.cases), row.recruiters, row.routes) == (2, 2, (1,), (("Batam", 2),))


def test_a_period_leaves_out_what_was_opened_elsewhen(told: People) -> None:
    later = told.play.now + timedelta(days=1)

    assert ask(told, recruiters, "hana", since=later) == ()
    assert ask(told, repeaters, "hana", until=told.play.now - timedelta(days=1)) == ()


def test_an_office_that_one_does_not_oversee_does_not_exist(told: People) -> None:
    with pytest.raises(NotFound):
        ask(told, prevention, "sri", office="NTB")
    with pytest.raises(NotValid):
        ask(told, prevention, "sri", by="agama")

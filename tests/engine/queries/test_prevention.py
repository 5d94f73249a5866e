"""Who recruits, from where, by which route: numbers for managers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, add_post, issue_slip, link_subject, open_request, reopen_case
from engine.domain.organisation import Post
from engine.queries.persons import attempts
from engine.queries.prevention import Sieve, cases_told, overseen, prevention, recruiters, repeaters
from engine.queries.prevention_by_office import by_office
from tests.engine.people import FACTS, FORM, OTHER, SITI, SITI_AGAIN, People, hire
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


def ask(people: People, query: Any, login: str, *args: Any, **more: Any) -> Any:
    with people.play.engine.reading(at=people.play.now) as reader:
        return query(reader, people.play.engine.officer(login, at=people.play.now), *args, **more)


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


def by_quarter(told: People) -> list[tuple[str, int, int, int]]:
    spans = [(told.play.now - timedelta(days=30), told.play.now + timedelta(days=1))]
    return [(row.office, row.cases, row.persons, row.again) for row in ask(told, by_office, "hana", spans)]


def test_what_a_person_asks_of_their_data_is_no_attempt(told: People) -> None:
    told.play.publish("start -> user Check -> end", code="p-s11-01")
    (row,) = ask(told, repeaters, "sri")
    quarter, asked = by_quarter(told), {"kind": "akses", "text": "Apa yang disimpan?", "address": "10.0.0.1"}

    for number in row.cases:
        slip = told.do(issue_slip, number)
        assert told.do(open_request, slip.code, slip.pin, **asked) is not None

    assert ask(told, repeaters, "sri") == (row,)
    assert [each.cases for each in ask(told, prevention, "hana", by="rute")] == [3]
    assert by_quarter(told) == quarter
    third = told.case({**SITI_AGAIN, **JOKO})
    told.do(link_subject, third, subject=row.person)
    assert ask(told, attempts, "sri", third).earlier == row.cases


def test_a_case_that_takes_a_completed_one_up_again_is_no_attempt(told: People) -> None:
    (row,) = ask(told, repeaters, "sri")

    again = told.do(reopen_case, row.cases[0], reason="Ada kabar baru").case

    assert again not in row.cases
    assert ask(told, repeaters, "sri") == (row,)


@pytest.mark.parametrize(
    ("sieve", "cases", "persons"),
    [
        (Sieve(), 3, 2),
        (Sieve(by="rute", value="Batam"), 3, 2),
        (Sieve(by="rute", value=""), 0, 0),
        (Sieve(again=True), 2, 1),
        (Sieve(recruiter=1), 3, 2),
        (Sieve(outcome="pulang:open"), 0, 0),
    ],
)
def test_every_number_of_the_picture_has_its_cases(told: People, sieve: Sieve, cases: int, persons: int) -> None:
    found = ask(told, cases_told, "hana", sieve)

    assert (found.cases, len(found.page.rows), found.persons) == (cases, cases, persons)


def test_a_case_is_told_by_its_number_to_who_may_open_it_or_oversees_its_office(told: People) -> None:
    with told.play.engine.begin(at=told.play.now) as work:
        add_post(work, Post("auditor", "Auditor", ("audit",)))
    hire(told.play, "dewi", ("auditor", "PUSAT"))

    found = {login: ask(told, cases_told, login, Sieve()) for login in ("hana", "sri", "dewi")}

    shown = {login: [bool(row.case) for row in each.page.rows] for login, each in found.items()}
    assert shown == {"hana": [False] * 3, "sri": [True] * 2, "dewi": [True] * 3}


def test_the_attempts_of_one_person_are_told_of_all_time(told: People) -> None:
    (row,) = ask(told, repeaters, "sri")

    later = told.play.now + timedelta(days=1)
    found = ask(told, cases_told, "sri", Sieve(person=row.person), since=later)

    assert (found.cases, found.persons, found.elsewhere) == (row.attempts, 1, 0)

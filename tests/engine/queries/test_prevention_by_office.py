"""Prevention by office and quarter, counted by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engine import decide_disposition, link_subject
from engine.queries.prevention_by_office import by_office, courses_by_office
from tests.engine.people import OTHER, SITI, SITI_AGAIN, People
from tests.small_office import MORNING, Play

DAY = timedelta(days=1)
SPANS = [(MORNING - 90 * DAY, MORNING - DAY), (MORNING - DAY, MORNING + DAY)]


def ask(play: Play, query: Any, login: str, *args: Any, **more: Any) -> Any:
    with play.engine.reading(at=play.now) as reader:
        return query(reader, play.engine.officer(login, at=play.now), *args, **more)


def test_cases_persons_and_returns_are_counted_in_their_quarter(play: Play) -> None:
    people = People(play)
    first, again = people.case(SITI), people.case(SITI_AGAIN)
    people.case(OTHER, "wayan", "NTB")
    people.do(link_subject, again, subject=people.person(first))

    found = ask(play, by_office, "hana", SPANS)

    told = sorted((each.office, each.span, each.cases, each.persons, each.again) for each in found)
    assert told == [("JATENG", 1, 2, 1, 2), ("NTB", 1, 1, 1, 0)]
    assert [each.office for each in ask(play, by_office, "wayan", SPANS)] == ["NTB"]


def test_courses_are_counted_by_what_became_of_them(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.publish("start -> user H -> end", "home")
    case = play.open()
    play.engine.perform(decide_disposition, case, kind="pulang", ground="Pilihan sendiri", officer="sri", at=play.now)

    found = ask(play, courses_by_office, "hana", since=MORNING - DAY, until=MORNING + DAY)

    assert [(each.office, each.kind, each.state, each.number) for each in found] == [("JATENG", "pulang", "open", 1)]

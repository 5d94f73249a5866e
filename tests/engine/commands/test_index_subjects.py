"""Making anew what persons are found by."""

import pytest
from sqlalchemy import delete, update

from engine import NotYours, index_subjects, search_subjects
from engine.storage import tables
from tests.engine.people import SITI, People


def test_persons_of_an_earlier_edition_are_found_again(people: People) -> None:
    person = people.person(people.case(SITI))
    with people.play.engine.database.writing() as connection:
        connection.execute(delete(tables.subject_key))
        connection.execute(update(tables.subject).values(indexed=0))

    done = people.play.engine.perform(index_subjects, at=people.play.now)

    assert done.number == 1
    assert people.do(search_subjects, fields={"nama": "Siti Nurjanah"}).known[0].person == person
    assert people.play.engine.perform(index_subjects, at=people.play.now).number == 0
    assert "subjects.indexed" in people.kinds()


def test_no_officer_does_it(people: People) -> None:
    with pytest.raises(NotYours):
        people.do(index_subjects)

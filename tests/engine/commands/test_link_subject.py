"""Joining a case to a person whom the register knows."""

import pytest

from engine import NotFound, WrongState, link_subject, reveal_subject, undo_merge
from engine.queries.persons import attempts
from tests.engine.people import OTHER, SITI, SITI_AGAIN, WHY, People


def test_what_was_known_fills_what_the_case_does_not_tell_and_nothing_is_lost(people: People) -> None:
    first, again = (
        people.case({**SITI, "perekrut_nama": "Joko Contoh"}),
        people.case({**SITI_AGAIN, "alamat": "Jalan Baru"}),
    )

    receipt = people.do(link_subject, again, subject=people.person(first))

    seen = dict(people.do(reveal_subject, again, reason=WHY).fields)
    assert (seen["nama"], seen["nik"], seen["alamat"]) == ("Sitti Nurjannah", SITI["nik"], "Jalan Baru")
    assert "perekrut_nama" not in seen
    assert receipt.notes == ("nama", "tempat_lahir")
    assert people.do(reveal_subject, first, reason=WHY).fields["nama"] == "Siti Noerjanah"
    assert "subject.linked" in people.kinds()


def test_the_case_knows_that_it_is_not_the_first(people: People) -> None:
    first, again = people.case(SITI), people.case(SITI_AGAIN)
    people.do(link_subject, again, subject=people.person(first))

    with people.play.engine.reading(at=people.play.now) as reader:
        told = attempts(reader, people.play.engine.officer("sri", at=people.play.now), again)

    assert (told.attempt, told.earlier, told.hidden) == (2, (first,), 0)


def test_undoing_it_gives_back_exactly_what_was(people: People) -> None:
    first, again = people.case(SITI), people.case(SITI_AGAIN)
    merge = people.do(link_subject, again, subject=people.person(first)).number

    people.do(undo_merge, merge, reason="Ternyata orang lain")

    assert dict(people.do(reveal_subject, again, reason=WHY).fields) == SITI_AGAIN
    assert dict(people.do(reveal_subject, first, reason=WHY).fields) == SITI


def test_a_person_of_another_office_does_not_exist(people: People) -> None:
    theirs = people.person(people.case(SITI, "wayan", "NTB"))
    mine = people.case(OTHER)

    with pytest.raises(NotFound):
        people.do(link_subject, mine, subject=theirs)


def test_a_case_is_joined_only_once(people: People) -> None:
    first, again, third = people.case(SITI), people.case(SITI_AGAIN), people.case(OTHER)
    people.do(link_subject, again, subject=people.person(first))

    with pytest.raises(WrongState):
        people.do(link_subject, again, subject=people.person(third))

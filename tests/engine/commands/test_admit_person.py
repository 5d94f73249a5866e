"""Taking in the people of a group, one by one."""

import pytest

from engine import FormNotValid, NotFound, NotValid
from engine.commands.admit_person import ADMITTED, THERE, AlreadyThere
from engine.queries.work_item import work_item_page
from engine.storage import tables
from tests.engine.commands.rombongan import DEWI, admit, opened
from tests.small_office import Play


def test_a_row_becomes_a_person_and_a_case_that_belongs_to_the_group(play: Play) -> None:
    number = opened(play)

    done = admit(play, number)

    (case,), (person,) = play.rows(tables.case), play.rows(tables.event_person)
    assert (done.state, done.case, done.number) == (ADMITTED, case["number"], 1)
    assert (case["event_id"], case["subject_id"], person["case_id"]) == (person["event_id"], 1, case["id"])
    assert [(row["name"], row["value"]) for row in play.rows(tables.fact)] == [("anak", False)]
    assert {"case.opened", "person.admitted"} <= {row["kind"] for row in play.rows(tables.audit) if row["case_id"]}


def test_what_is_said_of_the_person_stands_nowhere_in_clear(play: Play) -> None:
    admit(play, opened(play))

    for table in (tables.subject_field, tables.event_person, tables.audit, tables.fact, tables.access_record):
        assert not any("Dewi" in str(row) or DEWI["nik"] in str(row) for row in play.rows(table)), table.name


def test_the_same_row_sent_twice_adds_nobody(play: Play) -> None:
    number = opened(play)
    first = admit(play, number)

    again = admit(play, number)

    assert (again.state, again.case) == (THERE, first.case)
    assert (play.count(tables.case), play.count(tables.event_person), play.count(tables.subject)) == (1, 1, 1)


def test_the_same_row_of_another_group_is_taken_and_points_to_the_earlier_case(play: Play) -> None:
    earlier = admit(play, opened(play))

    later = admit(play, opened(play))

    assert (later.state, later.notes) == (ADMITTED, (earlier.case,))
    assert play.rows(tables.event_person)[1]["alike"] == [earlier.case]


def test_an_identity_number_that_is_in_the_group_already_is_refused_and_leaves_nothing(play: Play) -> None:
    number = opened(play)
    admit(play, number)

    with pytest.raises(AlreadyThere, match="S-2026-00001"):
        admit(play, number, nama="Dewi S. Contoh", nik="9912 3456 7890 1234")

    assert (play.count(tables.case), play.count(tables.subject)) == (1, 1)


def test_the_same_name_and_year_are_marked_and_nobody_is_merged(play: Play) -> None:
    number = opened(play)
    first = admit(play, number, nama="Sinta Contoh Dewi", tanggal_lahir="1994-03-12")

    second = admit(play, number, nama="Sinta Contoh Dewi", tanggal_lahir="1994-09-01")

    assert (second.state, second.notes) == (ADMITTED, (first.case,))
    assert play.count(tables.subject) == 2


def test_an_answer_that_no_form_takes_refuses_the_row_alone(play: Play) -> None:
    number = opened(play)

    with pytest.raises(FormNotValid, match="tanggal_lahir"):
        admit(play, number, nama="Rini Contoh", tanggal_lahir="kemarin")
    admit(play, number)

    assert (play.count(tables.case), play.count(tables.subject)) == (1, 1)


def test_an_empty_row_and_another_office_s_group_are_refused(play: Play) -> None:
    number = opened(play)

    with pytest.raises(NotValid):
        admit(play, number, nama=" ")
    with pytest.raises(NotFound):
        admit(play, number, officer="wayan")

    assert play.count(tables.case) == 0


def test_what_the_table_said_is_what_the_form_of_a_later_step_begins_with(play: Play) -> None:
    admit(play, opened(play))
    item = play.item("A").number

    with play.engine.reading(at=play.now) as reader:
        page = work_item_page(reader, play.engine.officer("sri", at=play.now), item)

    assert page.values == {"anak": False}

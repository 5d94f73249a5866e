from datetime import timedelta

import pytest

from engine.domain.case import CaseState
from engine.errors import NotFound
from engine.queries.access import visible_case, visible_case_by_row
from engine.queries.case import Progress, case_page, stages
from engine.queries.search import search_cases
from engine.storage import tables
from tests.engine.queries.small_house import NOW, House, activities, of_drawings

KASUS = ("pengelola-kasus", "jateng")


def test_an_office_that_takes_part_sees_the_case_and_any_other_finds_nothing(house: House) -> None:
    row = house.case("S-1", "jateng", house.release(), also=("jabar",))
    house.office("bali")
    own, guest, stranger = (house.officer(at, ("pengelola-kasus", at)) for at in ("jateng", "jabar", "bali"))

    assert visible_case(house.reader(), own, "S-1").id == row
    assert visible_case(house.reader(), guest, "S-1").id == row
    with pytest.raises(NotFound):
        visible_case_by_row(house.reader(), stranger, row)


def test_a_case_of_another_office_answers_word_for_word_like_one_that_does_not_exist(house: House) -> None:
    house.case("S-1", "jabar", house.release())
    sri = house.officer("sri", KASUS)

    said = []
    for number in ("S-1", "S-2"):
        with pytest.raises(NotFound) as refusal:
            case_page(house.reader(), sri, number)
        said.append(str(refusal.value).replace(number, "…"))

    assert said[0] == said[1]


def test_the_page_shows_what_waits_who_has_what_and_what_is_over(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    house.item(row, "jateng", state="completed", officer_id=sri.number, closed_at=NOW, due_at=NOW - timedelta(hours=1))
    house.item(row, "jateng", state="reserved", officer_id=sri.number)

    page = case_page(house.reader(), sri, "S-1")

    assert [(each.holder, each.late) for each in page.open_items] == [("Sri", False)]
    assert [(each.holder, each.late) for each in page.closed_items] == [("Sri", True)]


def test_due_dates_and_timers_stand_in_one_list_the_next_first(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    house.item(row, "jateng", due_at=NOW + timedelta(hours=5))
    house.item(row, "jateng", due_at=None)
    timer = {"token": "t", "element": "tunggu", "interrupting": True, "fired": 0}
    house.add(tables.timer, case_id=row, due_at=NOW + timedelta(hours=1), **timer)

    due = case_page(house.reader(), sri, "S-1").due

    assert [(each.what, each.timer) for each in due] == [("tunggu", True), ("Memeriksa", False)]


def test_the_page_lists_sub_cases_incidents_and_awaited_messages(house: House) -> None:
    sri, release = house.officer("sri", KASUS), house.release()
    row = house.case("S-1", "jateng", release)
    house.case("S-1.1", "jateng", release, parent_id=row)
    house.add(tables.subscription, case_id=row, token="t", message="dispositions_closed")
    fault = {"code": "x", "element": "a", "event": "e", "place": "p", "tries": 1, "state": "open", "resolved_by": ""}
    house.add(tables.incident, case_id=row, opened_at=NOW, last_at=NOW, **fault)

    page = case_page(house.reader(), sri, "S-1")

    assert [each.number for each in page.sub_cases] == ["S-1.1"]
    assert page.messages == ("dispositions_closed",)
    assert [each.code for each in page.incidents] == ["x"]
    assert case_page(house.reader(), sri, "S-1.1").head.parent == "S-1"


def test_of_the_person_only_the_names_of_the_fields_are_told(house: House) -> None:
    sri, person = house.officer("sri", KASUS), house.add(tables.subject, created_at=NOW)
    house.add(tables.subject_field, subject_id=person, name="nama", value="1.k.n.rahasia")
    house.case("S-1", "jateng", house.release(), subject_id=person)

    page = case_page(house.reader(), sri, "S-1")

    assert page.head.person == ("nama",)
    assert "rahasia" not in repr(page)


def test_stages_before_the_current_one_are_done_and_at_the_end_all_are(house: House) -> None:
    release = house.release()
    running, over = (
        house.case(number, "jateng", release, stage="Pemulangan", state=state)
        for number, state in (("S-1", "running"), ("S-2", "completed"))
    )
    sri = house.officer("sri", KASUS)

    found = [stages(of_drawings(), visible_case_by_row(house.reader(), sri, row)) for row in (running, over)]

    assert [each[0].progress for each in found] == [Progress.CURRENT, Progress.DONE]
    assert [each.stage for each in activities().values() if each.stage] == ["Pemulangan"]


def test_a_stage_that_only_something_called_says_comes_after_those_of_the_map(house: House) -> None:
    row = house.case("S-1", "jateng", house.release(), stage="Di jalan")
    sri = house.officer("sri", KASUS)

    found = stages(of_drawings(), visible_case_by_row(house.reader(), sri, row))

    assert [(each.name, each.progress) for each in found] == [
        ("Pemulangan", Progress.DONE),
        ("Di jalan", Progress.CURRENT),
    ]


def test_cases_are_found_by_the_beginning_of_their_number_the_newest_first(house: House) -> None:
    sri, release = house.officer("sri", KASUS), house.release()
    for n in range(5):
        house.case(f"S-2026-0000{n}", "jateng", release, opened_at=NOW + timedelta(minutes=n // 2))
    house.case("S-2026-00009", "jabar", release)

    first = search_cases(house.reader(), sri, number="s-2026", length=3)
    second = search_cases(house.reader(), sri, number="s-2026", length=3, after=first.following)

    assert [each.number[-1] for each in (*first.rows, *second.rows)] == ["4", "3", "2", "1", "0"]
    assert second.following is None


def test_cases_can_be_kept_to_one_state(house: House) -> None:
    sri, release = house.officer("sri", KASUS), house.release()
    house.case("S-1", "jateng", release)
    house.case("S-2", "jateng", release, state="completed")

    assert [each.number for each in search_cases(house.reader(), sri, state=CaseState.COMPLETED).rows] == ["S-2"]

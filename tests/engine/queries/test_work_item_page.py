from datetime import timedelta

import pytest

from engine.errors import NotFound
from engine.queries.work_item import work_item_page
from engine.storage import tables
from tests.engine.queries.small_house import NOW, House

KASUS = ("pengelola-kasus", "jateng")


def test_the_page_says_what_to_do_where_it_stands_and_who_is_next(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())

    page = work_item_page(house.reader(), sri, house.item(row, "jateng"))

    assert page.activity.name == "Memeriksa"
    assert [each.name for each in page.crumbs] == ["Konfirmasi", "Memeriksa"]
    assert (page.step, page.steps) == (1, 2)
    assert [step.performer.post for each in page.ahead for step in each.steps if step.performer] == ["petugas-sispopmi"]


def test_the_page_explains_the_due_date_that_is_stored(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    kept = house.item(row, "jateng", opened_at=NOW, due_at=NOW + timedelta(hours=5))  # four hours and the break

    why = [each.sentence() for each in work_item_page(house.reader(), sri, kept).why]

    assert any(each.startswith("It is due on 2026-05-04 15:00") for each in why)
    assert not any("calendar has changed" in each for each in why)


def test_a_due_date_that_the_calendar_would_now_put_elsewhere_says_so(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    moved = house.item(row, "jateng", opened_at=NOW, due_at=NOW + timedelta(days=3))

    why = work_item_page(house.reader(), sri, moved).why

    assert why[-1].message.startswith("The calendar has changed since")


@pytest.mark.parametrize(
    ("login", "claim", "complete"), [("holder", True, True), ("colleague", False, False), ("guest", False, False)]
)
def test_only_who_holds_the_post_may_claim_and_complete(house: House, login: str, claim: bool, complete: bool) -> None:
    row = house.case("S-1", "jateng", house.release(), also=("jabar",))
    officers = {
        "holder": house.officer("holder", KASUS),
        "colleague": house.officer("colleague", ("petugas-sispopmi", "jateng")),
        "guest": house.officer("guest", ("pengelola-kasus", "jabar")),
    }

    page = work_item_page(house.reader(), officers[login], house.item(row, "jateng"))

    assert (page.may_claim, page.may_complete) == (claim, complete)


def test_an_item_that_a_colleague_has_taken_is_neither_claimed_nor_completed(house: House) -> None:
    sri, budi = house.officer("sri", KASUS), house.officer("budi", KASUS)
    row = house.case("S-1", "jateng", house.release())
    taken = house.item(row, "jateng", state="reserved", officer_id=budi.number)

    page = work_item_page(house.reader(), sri, taken)

    assert (page.may_claim, page.may_complete, page.holder) == (False, False, "Budi")


def test_earlier_decisions_of_the_case_are_told_in_the_words_of_their_buttons(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    house.item(row, "jateng", state="completed", outcome="tidak", officer_id=sri.number, closed_at=NOW)

    notes = work_item_page(house.reader(), sri, house.item(row, "jateng")).notes

    assert [(each.name, each.outcome, each.by) for each in notes] == [("Memeriksa", "Belum", "Sri")]


def test_an_item_of_a_case_that_the_officer_may_not_see_is_not_found_under_its_own_number(house: House) -> None:
    hidden = house.item(house.case("S-1", "jabar", house.release()), "jabar")
    sri = house.officer("sri", KASUS)

    for number in (hidden, 999):
        with pytest.raises(NotFound, match=f"work item {number}"):
            work_item_page(house.reader(), sri, number)


def test_known_facts_that_the_form_asks_for_come_with_the_page(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    written = {"written_in": 1, "written_at": NOW}
    house.add(tables.fact, case_id=row, name="alamat", value="Jalan Contoh", **written)
    house.add(tables.fact, case_id=row, name="lain", value="x", **written)

    values = work_item_page(house.reader(), sri, house.item(row, "jateng")).values

    assert values == {"alamat": "Jalan Contoh"}

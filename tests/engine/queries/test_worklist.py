from datetime import timedelta

import pytest
from sqlalchemy import event

from engine.domain.work_item import WorkItemState
from engine.errors import NotValid
from engine.queries.pages import NotAPage
from engine.queries.worklist import COUNTED, Scope, counts, worklist
from tests.engine.queries.small_house import NOW, House

KASUS, SISPOPMI = ("pengelola-kasus", "jateng"), ("petugas-sispopmi", "jateng")


def test_the_item_with_the_least_time_left_comes_first_across_the_posts(house: House) -> None:
    sri, case = house.officer("sri", KASUS, SISPOPMI), house.case("S-1", "jateng", house.release())
    late = house.item(case, "jateng", "petugas-sispopmi", due_at=NOW - timedelta(hours=2))
    soon, never = house.item(case, "jateng", due_at=NOW + timedelta(hours=1)), house.item(case, "jateng", due_at=None)

    page = worklist(house.reader(), sri, Scope.POSTS)

    assert [each.item for each in page.rows] == [late, soon, never]
    assert page.following is None


def test_time_left_is_working_time_of_the_office_whose_work_it_is(house: House) -> None:
    sri, case = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    house.item(case, "jateng", due_at=NOW + timedelta(days=1))

    left = worklist(house.reader(), sri, Scope.POSTS).rows[0].left

    assert left is not None
    assert left.working == timedelta(hours=7.5)  # one office day, ten to ten
    assert left.running == timedelta(days=1)


def test_my_list_holds_what_i_have_taken_and_nothing_else(house: House) -> None:
    sri, budi = house.officer("sri", KASUS), house.officer("budi", KASUS)
    case = house.case("S-1", "jateng", house.release())
    house.item(case, "jateng")
    mine = house.item(case, "jateng", state="reserved", officer_id=sri.number)
    house.item(case, "jateng", state="reserved", officer_id=budi.number)

    rows = worklist(house.reader(), sri, Scope.MINE).rows

    assert [each.item for each in rows] == [mine]
    assert (rows[0].mine, rows[0].holder, rows[0].state) == (True, "Sri", WorkItemState.RESERVED)


def test_the_list_of_my_posts_leaves_out_other_posts_and_other_offices(house: House) -> None:
    sri, release = house.officer("sri", KASUS), house.release()
    mine = house.item(house.case("S-1", "jateng", release), "jateng")
    house.item(house.case("S-2", "jateng", release), "jateng", "petugas-sispopmi")
    house.item(house.case("S-3", "jabar", release), "jabar")

    assert [each.item for each in worklist(house.reader(), sri, Scope.POSTS).rows] == [mine]


def test_the_list_of_my_office_shows_who_has_what(house: House) -> None:
    sri, budi = house.officer("sri", KASUS), house.officer("budi", SISPOPMI)
    case = house.case("S-1", "jateng", house.release())
    house.item(case, "jateng", "petugas-sispopmi", state="reserved", officer_id=budi.number)
    house.item(case, "jateng", state="completed")

    rows = worklist(house.reader(), sri, Scope.OFFICE).rows

    assert [(each.holder, each.mine) for each in rows] == [("Budi", False)]


def test_an_officer_without_a_post_has_an_empty_list_in_every_scope(house: House) -> None:
    nobody = house.officer("nobody")
    house.item(house.case("S-1", "jateng", house.release()), "jateng")

    assert all(worklist(house.reader(), nobody, scope).rows == () for scope in Scope)


@pytest.mark.parametrize("scope", [Scope.POSTS, Scope.OFFICE])
def test_pages_follow_each_other_without_a_gap_or_a_double(house: House, scope: Scope) -> None:
    sri, case = house.officer("sri", KASUS, SISPOPMI), house.case("S-1", "jateng", house.release())
    due = [None, *(NOW + timedelta(hours=n // 3) for n in range(10))]  # several at one moment
    made = {
        house.item(case, "jateng", post, due_at=each)
        for each in due
        for post in ("pengelola-kasus", "petugas-sispopmi")
    }

    seen, after = [], None
    while True:
        page = worklist(house.reader(), sri, scope, after=after, length=3)
        seen += [each.item for each in page.rows]
        after = page.following
        if after is None:
            break

    assert len(seen) == len(set(seen))
    assert set(seen) == made


@pytest.mark.parametrize("after", ["", "x", "W10=", "WyJ4IiwxXQ==", "WyIyMDI2LTAxLTAxIiwxXQ==", "é"])
def test_a_page_address_that_no_list_gave_is_refused(house: House, after: str) -> None:
    with pytest.raises(NotAPage):
        worklist(house.reader(), house.officer("sri", KASUS), Scope.POSTS, after=after)


@pytest.mark.parametrize("length", [0, -1, 201])
def test_a_page_longer_or_shorter_than_a_page_is_refused(house: House, length: int) -> None:
    with pytest.raises(NotValid):
        worklist(house.reader(), house.officer("sri", KASUS), Scope.POSTS, length=length)


@pytest.mark.parametrize(
    ("search", "found"),
    [("ELEPON", {"Menelepon"}), ("s-2026-7", {"Memeriksa"}), ("100%", set()), ("  ", {"Memeriksa", "Menelepon"})],
)
def test_a_search_looks_at_the_step_and_the_case_number(house: House, search: str, found: set[str]) -> None:
    sri, release = house.officer("sri", KASUS), house.release()
    house.item(house.case("S-2026-7", "jateng", release), "jateng")
    house.item(house.case("S-2026-8", "jateng", release), "jateng", name="Menelepon")

    assert {each.name for each in worklist(house.reader(), sri, Scope.POSTS, search=search).rows} == found


def test_one_post_can_be_picked_out(house: House) -> None:
    sri, case = house.officer("sri", KASUS, SISPOPMI), house.case("S-1", "jateng", house.release())
    house.item(case, "jateng")
    picked = house.item(case, "jateng", "petugas-sispopmi")

    rows = worklist(house.reader(), sri, Scope.OFFICE, post="petugas-sispopmi").rows

    assert [each.item for each in rows] == [picked]


def test_the_numbers_beside_the_tabs_stop_counting_after_a_hundred(house: House) -> None:
    sri, case = house.officer("sri", KASUS, SISPOPMI), house.case("S-1", "jateng", house.release())
    for _ in range(COUNTED + 5):
        house.item(case, "jateng")
    house.item(case, "jateng", state="reserved", officer_id=sri.number)

    found = counts(house.reader(), sri)

    assert (found.mine, found.posts, found.office) == (1, COUNTED + 1, COUNTED + 1)


@pytest.mark.parametrize(
    ("scope", "index"),
    [(Scope.POSTS, "ix_work_item_queue"), (Scope.MINE, "ix_work_item_mine"), (Scope.OFFICE, "ix_work_item_office")],
)
def test_a_list_is_read_from_its_index_in_order_and_never_sorted(house: House, scope: Scope, index: str) -> None:
    sri, reader = house.officer("sri", KASUS), house.reader()
    asked: list[tuple[str, tuple[object, ...]]] = []

    def listen(_c: object, _cursor: object, statement: str, given: tuple[object, ...], *_: object) -> None:
        asked.append((statement, given))

    event.listen(house.connection, "before_cursor_execute", listen)
    worklist(reader, sri, scope)
    plan = house.plan_of(*asked[0])

    assert index in plan
    assert "TEMP B-TREE" not in plan  # SQLite's word for sorting
    assert "Sort" not in plan

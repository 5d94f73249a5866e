from datetime import timedelta

import pytest

from engine.errors import NotFound
from engine.process import Wait, WaitKind
from engine.queries.drawing import drawing_page
from tests.engine.queries.small_house import NOW, House

KASUS = ("pengelola-kasus", "jateng")
WAIT = Wait("1", WaitKind.WORK, "m1-01", "a", path=("m1/panggil",))


def test_a_token_in_a_micro_stands_on_the_call_in_the_macro_too(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    house.waits[row] = (WAIT,)

    macro, micro = (drawing_page(house.reader(), sri, "S-1", process) for process in (None, "m1-01"))

    assert macro.tokens == {"panggil": 1}
    assert micro.tokens == {"a": 1}
    assert macro.calls == {"panggil": "m1-01"}


def test_every_drawing_stands_below_the_one_that_calls_it_with_its_tokens(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    house.waits[row] = (WAIT,)

    levels = drawing_page(house.reader(), sri, "S-1").levels

    assert [(each.process, each.name, each.depth, each.caller, each.tokens) for each in levels] == [
        ("m1", "Pemulangan", 0, "", 1),
        ("m1-01", "Konfirmasi alamat", 1, "m1", 1),
    ]


def test_the_way_walked_is_told_for_each_drawing_in_its_order(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    house.record(
        row, "case.opened", passed=[["m1", "s", "passed"], ["m1", "panggil", "entered"], ["m1-01", "s", "passed"]]
    )
    house.record(row, "work_item.completed", passed=[["m1-01", "a", "left", "m1/panggil"]])

    macro, micro = (drawing_page(house.reader(), sri, "S-1", process) for process in (None, "m1-01"))

    assert macro.way == (("s", "passed"), ("panggil", "entered"))
    assert micro.walked == {"s", "a"}


def test_late_work_is_marked_where_it_stands_on_each_level(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    house.item(row, "jateng", due_at=NOW - timedelta(minutes=1))
    house.item(row, "jateng", element="b", due_at=NOW + timedelta(minutes=1))

    macro, micro = (drawing_page(house.reader(), sri, "S-1", process) for process in (None, "m1-01"))

    assert (set(macro.late), set(micro.late)) == ({"panggil"}, {"a"})


def test_a_case_that_is_over_has_no_tokens(house: House) -> None:
    sri, row = (
        house.officer("sri", KASUS),
        house.case("S-1", "jateng", house.release(), state="completed", snapshot=b""),
    )
    house.waits[row] = (WAIT,)

    assert drawing_page(house.reader(), sri, "S-1").tokens == {}


def test_a_drawing_that_the_release_does_not_hold_is_not_found(house: House) -> None:
    sri = house.officer("sri", KASUS)
    house.case("S-1", "jateng", house.release())

    with pytest.raises(NotFound, match="drawing m9"):
        drawing_page(house.reader(), sri, "S-1", "m9")

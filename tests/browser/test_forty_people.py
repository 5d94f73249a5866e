"""People arrive together and every one of their cases comes to its end: forty by clicks alone, seven with each his own fate."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from engine import add_officer, assign_post
from sop_catalog import registers
from tests.browser.by_click import ByClick, Shared
from tests.browser.by_command import ByCommand
from tests.browser.forty_people import BOARD_STEPS, COMMON, FATES, OUTCOMES, PICTURES, THIRD, fate_at, known_of, rows
from tests.browser.group_at_screen import open_group, take_in
from tests.browser.house_at_work import House, Turn
from tests.browser.manifest import people
from tests.browser.officer_at_screen import DESK, PHONE, OfficerAtScreen
from tests.browser.served_office import BEGUN, HERE, ORIGIN, ServedOffice
from tests.web.office import CHEAP

LOG = logging.getLogger(__name__)
CONTACT = {"days": 14, "minutes": 1}
"""After so long those who are followed up are called."""
WRONG = 2
"""The row of the list with a date that there is not."""


@pytest.mark.long
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_forty_people_come_and_every_case_is_closed(
    size: dict[str, int], window: Callable[..., OfficerAtScreen], office: ServedOffice
) -> None:
    officer = window(size=size)
    listed = [list(each) for each in people(43)]
    listed[WRONG][4] = "31/02/1996"
    places = [*(each for each in range(40) if each != WRONG), 42]
    house = _arrive(officer, office, listed, places, taken=40)
    assert officer.page.get_by_role("heading", name="2 baris ditolak").count() == 1
    clicks = ByClick(officer, house.board, COMMON, PICTURES)
    house.hands = clicks

    _work_to_the_end(house, officer, clicks)

    LOG.info("%s %s", dict(house.counted), dict(clicks.counted))
    officer.sign_in(f"semua.{HERE}")
    officer.go(house.board)
    officer.picture("forty-all-closed")
    assert _ends(office) == {"menolak": 34, "selesai": 6}
    assert _courses(office) == {"pulang": 5, "hukum": 1, "penempatan-kembali": 1}
    _expect_nothing_left(office)


@pytest.mark.long
def test_seven_people_come_and_their_cases_end_in_seven_ways(officer: OfficerAtScreen, office: ServedOffice) -> None:
    fates = ["anak", "tanpa surat", "Kemensos", "putusan", "ditempatkan", "menolak sesudah menghuni", "menolak semua"]
    listed = rows(fates)
    house = _arrive(officer, office, listed, fates, taken=7)
    clicks = ByClick(officer, house.board, COMMON)
    house.hands = Shared(clicks, ByCommand(office, COMMON), _clicked)

    _work_to_the_end(house, officer, clicks)

    assert clicks.counted["alone"] >= len(fates)
    assert _ends(office) == {"menolak": 2, "selesai": 5}
    assert _courses(office) == {"pulang": 4, "hukum": 1, "penempatan-kembali": 1}
    _expect_nothing_left(office)


def _clicked(turn: Turn) -> bool:
    return turn.chores[0].name in BOARD_STEPS


def _arrive(
    officer: OfficerAtScreen, office: ServedOffice, listed: list[list[str]], who: Sequence[int | str], *, taken: int
) -> House:
    """Take the list in by clicks, and give each case its fate: `who` names it, or is the place in the list."""
    _furnish_more(office)
    officer.keeps = True
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    board = open_group(officer, source="Sidak atau pencegahan")
    take_in(officer, listed, taken=taken)
    numbers = [number for (number,) in office.rows('select number from "case" where event_id is not null order by id')]
    house = House(office, ByCommand(office, COMMON), OUTCOMES, board=board)
    for number, each in zip(numbers, who, strict=True):
        fate = fate_at(each) if isinstance(each, int) else each
        row = people(43)[each] if isinstance(each, int) else listed[who.index(each)]
        house.people[number] = known_of(FATES[fate], row)
    return house


def _work_to_the_end(house: House, officer: OfficerAtScreen, clicks: ByClick) -> None:
    """Work until nothing waits, let the days pass until those who are followed up are called, and go on."""
    house.work()
    while house.office.rows("select id from timer"):
        house.office.let_pass(**CONTACT)
        officer.login = ""
        house.work()


def _furnish_more(office: ServedOffice) -> None:
    """One more office of origin, and in each of the three one officer who holds every post."""
    with office.engine.begin(at=BEGUN) as work:
        for place in (HERE, ORIGIN, THIRD):
            add_officer(work, f"semua.{place}", name="Petugas Serba Bisa Contoh", password=CHEAP)
            for post in registers.posts():
                if "regional" in post.offices:
                    given: dict[str, Any] = {
                        "post": post.code,
                        "office": f"bp3mi-{place}",
                        "begins_on": date(2026, 1, 1),
                    }
                    assign_post(work, f"semua.{place}", **given)
                    if place == THIRD:
                        add_officer(work, f"{post.code}.{place}", name=f"{post.name} Contoh", password=CHEAP)
                        assign_post(work, f"{post.code}.{place}", **given)


def _ends(office: ServedOffice) -> dict[str, int]:
    found = office.rows("select value from fact where name = 'alasan_penutupan'")
    return dict(Counter(str(value).strip('"') for (value,) in found))


def _courses(office: ServedOffice) -> dict[str, int]:
    return dict(office.rows("select kind, count(*) from disposition where state = 'closed' group by kind"))


def _expect_nothing_left(office: ServedOffice) -> None:
    assert office.rows("select number from \"case\" where state <> 'completed'") == []
    assert office.left_open() == {}
    assert office.audit_breaks() == []

"""Somebody is placed again by the official way, by clicks before two programs: ours, and one that stands for SISKOP2MI.

The SOPs are those that ship: C2-M16 places, C3-M20 follows for six months. Each piece of news ends by itself the step that
waits for it; every other step is an officer's. What takes minutes: `python3 run.py test --long`.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from engine.domain.placement import EventKind
from tests.browser.by_click import ByClick, Shared
from tests.browser.by_command import ByCommand
from tests.browser.fitness import faults
from tests.browser.house_apart import served_apart
from tests.browser.neighbours_at_work import ASKS_EVERY, Neighbours
from tests.browser.officer_at_screen import DESK, PHONE, SCAN, OfficerAtScreen, Watch
from tests.browser.placed_again import (
    ANSWERS,
    BORN,
    EVERYTHING,
    MONTHS,
    NAMES,
    UNTOLD,
    decided_at,
    house_of,
    several_at,
)
from tests.browser.the_way_home import DECISION
from tests.once import made_once
from tests.web.simulator.served import Apart
from web.simulator.store import COURSE

LOG = logging.getLogger(__name__)
MOVED = "select count(*) from partner_event where state = 'applied'"
A_MONTH = {"days": 30, "minutes": 1}
CLICKED = frozenset(
    {
        DECISION,
        "Mendampingi pendaftaran akun",
        "Mencatat paspor",
        "Mencatat dokumen awal lengkap",
        "Mencatat keberangkatan",
        "Menutup penempatan kembali",
    }
)
"""What is clicked where the rest of the officers' steps is done by commands."""

Meet = Callable[..., Neighbours]


@pytest.fixture(scope="session")
def decided(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one case, before its course is set; made once."""
    return made_once(tmp_path_factory, "decided", lambda place: decided_at(furnished, place))


@pytest.fixture(scope="session")
def several(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with five people to be placed; made once."""
    return made_once(tmp_path_factory, "several", lambda place: several_at(furnished, place))


@pytest.fixture
def meet(chromium: Browser, watch: Watch, tmp_path: Path) -> Iterator[Callable[..., Neighbours]]:
    """Serve an office and the stand-in, each as a program of its own, and sit down before both."""
    with ExitStack() as over:

        def begin(place: Path, *, size: dict[str, int] = DESK, by_files: bool = False) -> Neighbours:
            shutil.copytree(place, tmp_path / "office")
            token = tmp_path / "token"
            token.write_text("token-uji\n")
            said = {"LAJUR_SISKOP2MI_TOKEN": str(token)}
            stand = Apart(environment=said)
            over.callback(stand.close)
            line = {"LAJUR_SISKOP2MI": "files"} if by_files else {"LAJUR_SISKOP2MI": "rest", **said}
            line |= {"LAJUR_SISKOP2MI_URL": stand.url, "LAJUR_SISKOP2MI_PRIVATE": "1"}
            ours = over.enter_context(served_apart(tmp_path / "office", line))
            phone = {"has_touch": True, "is_mobile": True} if size == PHONE else {}
            context = chromium.new_context(viewport=size, locale="id-ID", **phone)  # type: ignore[arg-type]
            over.callback(context.close)
            context.set_default_timeout(60_000)
            watch.over(context)
            screen = OfficerAtScreen(context.new_page(), ours, answers=ANSWERS)
            house = house_of(ours)
            house.hands = ByClick(screen, "", ANSWERS)
            return Neighbours(house, ours, screen, stand, context.new_page(), by_files, tmp_path)

        yield begin


@pytest.mark.long
@pytest.mark.parametrize("by_files", [False, True], ids=["line", "files"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_case_goes_there_and_comes_back_to_departure_and_six_months_of_monitoring(
    decided: Path, meet: Meet, size: dict[str, int], by_files: bool
) -> None:
    both = meet(decided, size=size, by_files=by_files)

    _until_placed(both)
    for month in range(1, MONTHS + 1):
        both.ours.let_pass(**A_MONTH)
        both.screen.login = ""
        both.screen.sign_in(EVERYTHING)
        both.until(lambda: bool(both.house.waiting()), "the time to be in touch did not come")
        both.work()
        both.tell(EventKind.MONITORED)
        LOG.info("month %s", month)
        both.work()

    both.until(lambda: not both.stand.state()["placements"][0]["open"], "the closing has not arrived")
    _expect_told(both, ["placement.begun", "placement.changed", "placement.closed"])
    assert both.stand.state()["placements"][0]["reason"] == "selesai"
    assert both.stand.state()["placements"][0]["sequence"] == len(COURSE) - 1 + MONTHS
    _expect_over(both)
    _look_at_all(both)


@pytest.mark.long
def test_a_case_goes_over_the_line_and_comes_back_to_departure(decided: Path, meet: Meet) -> None:
    both = meet(decided)
    clicks = both.house.hands
    both.house.hands = Shared(clicks, ByCommand(both.ours, ANSWERS), lambda turn: turn.chores[0].name in CLICKED)  # type: ignore[arg-type]

    _until_placed(both)

    _expect_told(both, ["placement.begun", "placement.changed"])
    assert [each.name for each in both.house.waiting()] == []
    assert both.ours.rows("select state from disposition") == [("closed",)]


@pytest.mark.parametrize("size", [DESK, pytest.param(PHONE, marks=pytest.mark.long)], ids=["desk", "phone"])
def test_five_differences_are_found_and_mended(several: Path, meet: Meet, size: dict[str, int]) -> None:
    both = meet(several, size=size)
    numbers = _know_of_each_other(both)
    forgotten, further, closed, other, untold = numbers
    both.differ(forgotten, "forgotten")
    both.differ(further, "further")
    both.differ(closed, "closed")
    both.differ(other, "other-person")
    both.appear(NAMES[UNTOLD], BORN.format(place=UNTOLD + 1))

    found = both.compare()

    both.picture("exchange-five-differences")
    both.picture_there("stand-in-differs")
    said = {words: (row.locator("a.code").all_inner_texts(), _acts(row)) for words, row in found.items()}
    assert said == {
        "Mereka tidak mengenal penempatan ini": ([forgotten], ["Laporkan lagi", "Catat saja"]),
        "Mereka sudah lebih jauh": ([further], ["Olah yang menunggu", "Catat saja"]),
        "Terbuka di sini, ditutup di sana": ([closed], ["Olah yang menunggu", "Catat saja"]),
        "Mungkin orang lain": ([other], ["Laporkan lagi", "Catat saja"]),
        "Kita tidak mengenal penempatan ini": ([], ["Tautkan", "Catat saja"]),
    }
    assert both.screen.page.locator("table.stacked tbody tr").count() == len(said)
    fit = {"here": faults(both.screen.page), "there": faults(both.theirs)}
    assert fit == {"here": [], "there": []}

    both.mend(found["Mereka tidak mengenal penempatan ini"], "Laporkan lagi")
    both.mend(both.differing("Mungkin orang lain"), "Laporkan lagi")
    both.link(both.differing("Kita tidak mengenal penempatan ini"), untold)
    both.until(lambda: len(both.stand.state()["reports"]) == UNTOLD + 2, "they were not told again")
    assert both.compare().keys() == {"Mereka sudah lebih jauh", "Terbuka di sini, ditutup di sana"}
    both.tell_what_was_held()
    both.ours.let_pass(**ASKS_EVERY)
    both.until(lambda: both.ours.rows(MOVED) == [(2,)], "their news did not come to its cases")

    assert both.compare() == {}
    assert both.screen.page.get_by_role("heading", name="Tidak ada perbedaan").count() == 1
    assert both.ours.audit_breaks() == []


def _know_of_each_other(both: Neighbours) -> list[str]:
    """Wait until four have been reported. Returns the numbers of all five cases."""
    both.until(lambda: len(both.stand.state()["placements"]) == UNTOLD, "the reports have not arrived")
    heard = "select count(*) from partner_case where reference is not null"
    both.until(lambda: both.ours.rows(heard) == [(UNTOLD,)], "their numbers are not known")
    return [number for (number,) in both.ours.rows('select number from "case" order by id')]


def _acts(row: Locator) -> list[str]:
    return [each.strip() for each in row.locator("button").all_text_contents()]


def _until_placed(both: Neighbours) -> None:
    """Set the course, and go through the placement: what officers do, and each piece of news up to the arrival."""
    both.screen.sign_in(EVERYTHING)
    (both.case,) = (f"{number}.1" for number in both.house.people)
    both.work()
    both.until(lambda: bool(both.stand.state()["placements"]), "the report has not arrived")
    (report,) = both.stand.state()["reports"]
    assert (report["case"], report["kind"], report["times"]) == (both.case, "placement.begun", 1)
    for kind in COURSE[:-1]:
        both.tell(kind)
        LOG.info("%s after %s steps", kind, both.house.counted["steps"])
        both.work()


def _expect_told(both: Neighbours, kinds: list[str]) -> None:
    """Each report has arrived once, with consent and with the papers that there were."""
    told = both.stand.state()
    assert [(each["kind"], each["times"]) for each in told["reports"]] == [(each, 1) for each in kinds]
    (placement,) = told["placements"]
    assert placement["person"]["name"] == ANSWERS["nama"]
    assert [(each["kind"], each["sha256"]) for each in placement["documents"]] == [
        ("paspor", hashlib.sha256(SCAN).hexdigest())
    ]


def _expect_over(both: Neighbours) -> None:
    """Nothing is left that anybody or anything waits for, and what is recorded is whole."""
    rows = both.ours.rows
    assert {state for (state,) in rows('select state from "case"')} == {"completed"}
    assert rows('select number from "case" c join partner_case p on p.case_id = c.id where p.closed_at is null') == []
    assert {state for (state,) in rows("select state from partner_event")} == {"applied"}
    assert both.ours.left_open() == {}
    assert both.ours.audit_breaks() == []


def _look_at_all(both: Neighbours) -> None:
    """The timeline tells of each piece of news; every page of the exchange and the stand-in's is fit and within its width."""
    screen = both.screen
    found: dict[str, list[str]] = {}
    for case, came in ((both.case, len(COURSE) - 1), (both.case.partition(".")[0], MONTHS)):
        screen.go(f"/cases/{case}")
        assert screen.page.get_by_text("Kabar SISKOP2MI datang").count() == came
        assert screen.page.get_by_text("Pemeriksaan kesehatan" if case == both.case else "Pemantauan").count()
        both.picture(f"placed-case-{'sub' if '.' in case else 'family'}")
        found[case] = faults(screen.page)
    for each in ("", "/batches", "/news?state=applied", "/differences"):
        screen.go(f"/exchange{each}")
        both.picture(f"exchange{each.partition('?')[0].replace('/', '-')}-after")
        found[each] = faults(screen.page)
    both.picture_there("stand-in-after")
    found["there"] = faults(both.theirs)
    assert {name: each for name, each in found.items() if each} == {}

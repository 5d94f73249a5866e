"""Every number of the manager's desk opens exactly what it counts, and no page asks more of the database as cases grow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from engine import (
    cancel_case,
    decline_handover,
    offer_handover,
    suspend_case,
)
from tests.web.audit_history import came_again, handed_over_late, open_handover, opener
from tests.web.office import HEAD, NOW, Browser
from web.wiring import Wiring

DIRECTOR = "direktur-kepulangan.pusat"
BEGUN = NOW - timedelta(days=21)
PERIOD = f"since={BEGUN - timedelta(days=30):%Y-%m-%d}&until={NOW:%Y-%m-%d}"
PAGES = (
    "",
    "?level=micro",
    "/offices",
    "/sop/c3-m07",
    "/sop/p-c3-01",
    "/handovers",
    "/prevention?by=rute",
    "/prevention?by=daerah_asal",
    "/prevention/recruiters",
    "/prevention/recruiters?again=1",
)
LISTS = ("/audit/steps", "/audit/besides", "/audit/handovers", "/audit/prevention/cases", "/audit/prevention/courses")
Officers = Callable[[str], Browser]


@pytest.fixture
def varied(wiring: Wiring) -> Wiring:
    """Two offices: late, entered late, waiting, cancelled, held up, offered and declined, replaced, and come again."""
    engine = wiring.engine
    cases = handed_over_late(engine, NOW)
    came_again(engine, BEGUN)
    came_again(engine, BEGUN + timedelta(days=1), office="jateng")
    day, here = BEGUN + timedelta(days=13), opener("jatim")
    until = day + timedelta(days=30)
    engine.perform(cancel_case, cases["jateng"][2], reason="Salah data", officer=opener("jateng"), at=day)
    engine.perform(suspend_case, cases["jatim"][1], reason="Menunggu keluarga", officer=here, at=day)
    for place, answered in ((1, True), (0, False)):
        offered: dict[str, Any] = {"to_office": "bp3mi-jateng", "reason": "Dekat keluarga", "until": until}
        engine.perform(offer_handover, open_handover(engine, "jatim", day), officer=here, at=day, **offered)
        if answered:
            engine.perform(decline_handover, place, reason="Penuh", officer=opener("jateng"), at=day)
    return wiring


def targets(page: Any) -> Iterator[tuple[str, int, bool]]:
    """Each number that is a link to a list: where it leads, and whether it counts persons."""
    for link in page.tree.xpath("//main//a[@href]"):
        number = re.fullmatch(r"(?:.*\()?(\d+)(?:\)| berulang)?", " ".join(link.text_content().split()))
        if (
            number
            and link.get("href").partition("?")[0] in LISTS
            and not link.xpath("ancestor::p[contains(@class, 'chips')]")
        ):
            cell = link.xpath("string(ancestor::td/@data-is)")
            yield link.get("href"), int(number[1]), cell in ("Orang", "Berulang")


def listed(browser: Browser, address: str) -> tuple[int, int]:
    """How many rows a list has over all its pages, and how many persons stand in them."""
    rows: list[Any] = []
    while address:
        page = browser.get(address)
        assert page.status == 200
        rows += page.tree.xpath("//table[@class='stacked']/tbody/tr")
        address = next(iter(page.tree.xpath("//p[@class='pages']/a/@href")), "")
    persons = [row.xpath("string(td[@data-is='Yang bersangkutan'])") for row in rows]
    return len(rows), len({each for each in persons if each != "–"}) + persons.count("–")


@pytest.mark.parametrize("login", [DIRECTOR, HEAD])
def test_every_number_opens_exactly_what_it_counts(login: str, varied: Wiring, officer: Officers) -> None:
    browser = officer(login)
    found: dict[tuple[str, bool], int] = {}
    for place in PAGES:
        page = browser.get(f"/audit{place}{'&' if '?' in place else '?'}{PERIOD}")
        assert page.status == 200
        found |= {(href, persons): number for href, number, persons in targets(page)}

    told = {(href, persons): listed(browser, href)[persons] for href, persons in found}

    assert {href.partition("?")[0] for href, _ in found} >= {*LISTS[:4]}
    assert found == told


@pytest.mark.parametrize("login", [DIRECTOR, HEAD])
def test_every_case_in_a_list_opens_a_page_without_persons(login: str, varied: Wiring, officer: Officers) -> None:
    browser = officer(login)
    lists = ("steps?by=case", "steps?count=open", "besides?", "handovers?", "prevention/cases?")

    pages = [browser.get(f"/audit/{each}&{PERIOD}") for each in lists]
    cases = {href for page in pages for href in page.tree.xpath("//table[@class='stacked']//td/a/@href")}
    opened = [browser.get(href) for href in sorted(cases) if href.startswith("/audit/cases/")]

    assert len(opened) > 4
    assert {page.status for page in opened} == {200}
    assert [page for page in opened if "Siti" in page.text or "Joko" in page.text] == []


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is sent to the database meanwhile."""
    sent: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SET", "PRAGMA")):
            sent.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", listen)


MEASURED = (*PAGES, "/steps", "/steps?by=case", "/steps?count=entered_late", "/besides", "/prevention/cases", "/trail")


def counted(browser: Browser) -> dict[str, int]:
    """How many statements each page of the desk costs, once what does not change is known."""
    costs: dict[str, int] = {}
    for place in MEASURED:
        address = f"/audit{place}{'&' if '?' in place else '?'}{PERIOD}"
        browser.get(address)
        with statements() as sent:
            assert browser.get(address).status == 200
        costs[place] = len(sent)
    return costs


def test_no_page_asks_more_statements_as_cases_grow(varied: Wiring, officer: Officers) -> None:
    browser = officer(DIRECTOR)
    few = counted(browser)

    for _ in range(3):
        handed_over_late(varied.engine, NOW)
        came_again(varied.engine, BEGUN + timedelta(days=2))

    assert counted(browser) == few
    assert max(few.values()) <= MOST


MOST = 26
"""Statements of the page that needs most, those of the session, the menu and the offices among them."""

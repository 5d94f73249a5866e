"""The pages of one case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.web.office import ELSEWHERE, HELPDESK, SISPOPMI, Browser, Clock


def test_the_way_walked_says_what_happened_when_and_who_did_it(
    item: str, case: str, officer: Callable[[str], Browser]
) -> None:
    officer(HELPDESK).get(item).submit("/complete")

    page = officer(SISPOPMI).get(f"/cases/{case}")

    assert "Rabu, 18 November 2026" in page.text
    assert "Selesai: Menyambut CPMI dan menawarkan kebutuhan dasar" in page.text
    assert "Petugas Helpdesk Contoh · Petugas Helpdesk · BP3MI Jawa Timur" in page.text
    assert "Kasus dibuka" in page.text


def test_the_rail_shows_the_stages_and_where_the_case_is(case: str, officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get(f"/cases/{case}")

    stages = [each.text_content().strip() for each in page.tree.xpath("//ol[@class='rail']/li")]
    here = page.tree.xpath("//ol[@class='rail']/li[@aria-current='step']")
    assert stages[:2] == ["Terdata", "Ditapis"]
    assert [each.text_content().strip() for each in here] == ["Terdata"]


def test_the_next_thing_to_do_is_offered_to_whoever_may_do_it(case: str, officer: Callable[[str], Browser]) -> None:
    mine, theirs = officer(HELPDESK).get(f"/cases/{case}"), officer(SISPOPMI).get(f"/cases/{case}")

    assert mine.tree.xpath("//a[contains(@class, 'button-main')]")
    assert not theirs.tree.xpath("//a[contains(@class, 'button-main')]")


def test_the_diagram_knows_what_waits_and_leads_down_to_the_micro(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)

    page = browser.get(f"/cases/{case}?tab=diagram")
    holder = page.tree.xpath("//*[@data-viewer]")[0]
    standing = browser.client.get(holder.get("data-standing") + "p-c3-01").get_json()
    below = browser.client.get(holder.get("data-standing") + "c3-m02-01").get_json()

    assert {"element": "pendataan", "state": "current", "tokens": 1} in standing["entries"]
    assert standing["calls"]["pendataan"] == "c3-m02"
    assert [each["element"] for each in below["entries"] if each["state"] == "current"] == ["sambut_cpmi"]


def test_what_is_past_its_time_is_late_on_the_diagram(
    case: str, officer: Callable[[str], Browser], clock: Clock
) -> None:
    clock.now += timedelta(hours=2)

    standing = officer(SISPOPMI).client.get(f"/cases/{case}/standing/c3-m02-01").get_json()

    assert {"element": "sambut_cpmi", "state": "late", "tokens": 1} in standing["entries"]


def test_the_page_with_the_diagram_alone_allows_style_attributes(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)

    diagram = browser.get(f"/cases/{case}?tab=diagram").response.headers["Content-Security-Policy"]
    way = browser.get(f"/cases/{case}").response.headers["Content-Security-Policy"]

    assert "style-src-attr 'unsafe-inline'" in diagram
    assert "unsafe" not in way


def test_times_tell_the_allowance_and_how_each_step_stands(case: str, officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get(f"/cases/{case}?tab=time")

    assert "15 menit" in page.text
    assert "tersisa 15 menit" in page.text


@pytest.mark.parametrize("tab", ["way", "diagram", "person", "time", "nonsense"])
def test_to_another_office_no_tab_of_the_case_exists(case: str, officer: Callable[[str], Browser], tab: str) -> None:
    assert officer(ELSEWHERE).get(f"/cases/{case}?tab={tab}").status == 404


def test_the_list_of_cases_finds_one_by_the_beginning_of_its_number(
    case: str, officer: Callable[[str], Browser]
) -> None:
    browser = officer(SISPOPMI)

    assert case in browser.get("/cases?q=s-2026-0").text
    assert "Tidak ada yang cocok" in browser.get("/cases?q=S-1999").text
    assert "Tidak ada yang cocok" in browser.get("/cases?state=completed").text

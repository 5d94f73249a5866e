"""What will be late soon: seen by those who oversee an office, in its own working days, and taken out as a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.web.office import HEAD, HELPDESK, Browser, Clock

Officers = Callable[[str], Browser]


@pytest.fixture
def head(case: str, officer: Officers, clock: Clock) -> Browser:
    """The head of the office, three minutes after a case was opened."""
    clock.now += timedelta(minutes=3)
    return officer(HEAD)


def test_each_line_opens_its_case_and_its_calculation(head: Browser, case: str) -> None:
    page = head.get("/audit/ahead?within=0")

    assert "tersisa 12 menit" in page.text
    assert "Menyambut CPMI" in page.text
    assert f"/cases/{case}" in page.link(case)
    assert head.get(page.tree.xpath("//a[@class='time-why']/@href")[0]).status == 200


def test_it_can_be_narrowed_by_days_kind_and_sop(head: Browser) -> None:
    def lines(asked: str) -> list[str]:
        found = head.get(f"/audit/ahead?{asked}").tree.xpath("//tbody/tr/td/b")
        return [each.text_content() for each in found]

    today, later = lines("within=0"), lines("within=20")
    assert len(today) < len(lines("within=1")) <= len(later)
    assert lines("within=20&kind=stage") == ["Terdata"]
    assert lines("within=20&sop=c3-m02") == [each for each in later if each != "Terdata" and "SISPOPMI" not in each]
    assert lines("within=20&sop=p-c3-01") == later
    assert lines("within=20&sop=c3-m09") == []
    assert lines("count=late") == []
    assert lines("within=banyak") == lines("within=3")


def test_what_is_late_already_stands_behind_its_number(case: str, officer: Officers, clock: Clock) -> None:
    clock.now += timedelta(hours=1, minutes=15)
    head = officer(HEAD)
    page = head.get("/audit/ahead")

    late = head.get(page.tree.xpath("//table[contains(@class, 'counted')]//td[contains(@class, 'is-bad')]/a/@href")[0])

    assert "Sudah terlambat" in late.text
    assert "terlambat 1 jam" in late.text


def test_the_table_is_taken_out_with_who_and_what_for(head: Browser, case: str) -> None:
    page = head.get("/audit/ahead?within=1")

    taken = page.submit("/audit/export", table="ahead", **{"as": "csv"}, purpose="Laporan kepada pimpinan")

    assert taken.response.content_type == "text/csv; charset=utf-8"
    assert taken.response.get_data(as_text=True).count(case) == len(page.tree.xpath("//a[@class='time-why']"))


def test_who_oversees_nothing_is_told_so(case: str, officer: Officers) -> None:
    assert officer(HELPDESK).get("/audit/ahead").status == 403

"""The printed sheet on the page of an SOP: who gets it, under which name, and a draft marked as one."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from python_calamine import CalamineWorkbook

from tests.web.office import HELPDESK, OWNER, Browser

ADDRESS = "/catalogue/c3-m05-02/1/sheet"


def test_the_page_of_an_sop_offers_its_sheet_to_print_and_to_edit(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/catalogue/c3-m05-02")

    links = page.tree.xpath("//a[contains(@href, '/sheet.')]/@href")
    assert links == [f"{ADDRESS}.{each}" for each in ("pdf", "docx", "xlsx")]


@pytest.mark.parametrize(("kind", "shown"), [("pdf", "inline"), ("docx", "attachment"), ("xlsx", "attachment")])
def test_each_format_comes_under_its_code_and_edition(kind: str, shown: str, officer: Callable[[str], Browser]) -> None:
    answer = officer(HELPDESK).get(f"{ADDRESS}.{kind}").response

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'{shown}; filename="c3-m05-02-1.{kind}"'
    assert answer.data[:2] == (b"%P" if kind == "pdf" else b"PK")


@pytest.mark.parametrize(
    "address", [f"{ADDRESS}.odt", "/catalogue/c3-m05-02/9/sheet.pdf", "/catalogue/c9-m99/1/sheet.pdf"]
)
def test_what_is_not_there_is_not_printed(address: str, officer: Callable[[str], Browser]) -> None:
    assert officer(HELPDESK).get(address).status == 404


def test_an_owner_prints_a_draft_and_nobody_else(officer: Callable[[str], Browser]) -> None:
    owner = officer(OWNER)
    owner.get("/catalogue/drafts").submit("/catalogue/drafts", code="c3-m03-03")

    links = owner.get("/catalogue/drafts/1").tree.xpath("//a[contains(@href, '/sheet.pdf')]/@href")
    answer = owner.get(links[0]).response

    assert answer.headers["Content-Disposition"] == 'inline; filename="c3-m03-03-rancangan-1.pdf"'
    assert officer(HELPDESK).get(links[0]).status == 403
    assert cells(owner, "/catalogue/drafts/1/sheet.xlsx")[0][0] == "C3-M03-03   RANCANGAN – belum disahkan"


def test_a_proposed_text_says_so_and_no_day_since_when_it_holds(officer: Callable[[str], Browser]) -> None:
    found = cells(officer(HELPDESK), f"{ADDRESS}.xlsx")

    assert "USULAN" in found[0][0]
    assert said_of(found, "TGL. EFEKTIF") == ""


def cells(browser: Browser, address: str) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(browser.client.get(address).data))
    return [[str(each) for each in row] for row in book.get_sheet_by_name("SOP").to_python()]


def said_of(found: list[list[str]], field: str) -> str:
    """What stands beside a field of the identity block."""
    row = next(each for each in found if field in each)
    return "".join(row[row.index(field) + 1 :])


def test_a_draft_that_nobody_began_is_not_printed(officer: Callable[[str], Browser]) -> None:
    assert officer(OWNER).get("/catalogue/drafts/99/sheet.pdf").status == 404

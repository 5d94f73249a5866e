"""Stopping a case for a reason."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.office import ELSEWHERE, HELPDESK, SISPOPMI, Browser

REASON = "Terdaftar dua kali; kasus yang lain berjalan terus."


def test_a_cancelled_case_leaves_nothing_open_and_says_why(case: str, officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get(f"/cases/{case}").submit("/cancel", closing="terdaftar-ganda", reason=REASON)

    assert "Kasus dibatalkan." in page.text
    assert "Dibatalkan" in page.text
    assert "Terdaftar ganda" in page.text
    assert REASON in page.text
    assert "Menyambut CPMI" not in officer(HELPDESK).get("/work/post").text


def test_without_a_reason_the_case_runs_on(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)

    refused = browser.get(f"/cases/{case}").submit("/cancel", closing="lainnya", reason=" ")

    assert refused.status == 422
    assert "alasan seharusnya diisi" in refused.text
    assert "Berjalan" in browser.get(f"/cases/{case}").text


def test_a_reason_that_the_register_does_not_have_closes_nothing_and_what_was_said_stays(
    case: str, officer: Callable[[str], Browser]
) -> None:
    refused = officer(SISPOPMI).get(f"/cases/{case}").submit("/cancel", closing="bosan", reason=REASON)

    assert refused.status == 422
    assert refused.tree.get_element_by_id("cancel-reason").text == REASON
    assert "Berjalan" in refused.text


def test_each_closing_reason_says_its_condition_and_its_rule(case: str, officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get(f"/cases/{case}")

    assert "60 hari kalender berturut-turut. Perban BP2MI 6/2024, Pasal 30 (perlu diverifikasi)." in page.text


def test_another_office_cannot_stop_it(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(ELSEWHERE)
    token = browser.get("/work/mine").form("/sign-out").form_values()[0][1]

    assert browser.post(f"/cases/{case}/cancel", csrf=token, reason=REASON).status == 404

"""The page of what goes to the placement system: the line, what nobody knows, and the two answers to that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from engine.domain.dispatch import DispatchState
from engine.domain.placement import PARTNER, ReportKind
from engine.domain.report import NO_CONSENT
from engine.storage import tables
from engine.storage.dispatches import settle, take
from engine.storage.partner_cases import begin_placement
from engine.storage.partner_lines import hold_line, save_line
from tests.web.office import HEAD, NOW, Browser
from tests.web.one_app import app_over
from web.wiring import Wiring

ADMIN = "admin-sistem.pusat"


def written(wiring: Wiring, case: str, *states: tuple[DispatchState, str]) -> None:
    """Let reports of a case stand in these states, each with what came in the way."""
    with wiring.engine.begin(at=NOW) as work:
        held = work.connection.execute(select(tables.case.c.id).where(tables.case.c.number == case)).scalar_one()
        begin_placement(work.connection, held, NOW)
        for _ in states:
            work.dispatches.report(held, ReportKind.CHANGED, at=NOW)
    with wiring.engine.begin(at=NOW) as work:
        found = select(tables.dispatch.c.id).where(tables.dispatch.c.channel == "siskop2mi")
        numbers = work.connection.execute(found.order_by(tables.dispatch.c.id)).scalars().all()
        for number, (state, problem) in zip(numbers, states, strict=True):
            take(work.connection, number, until=NOW, at=NOW)
            settle(work.connection, number, state, NOW, problem)


def interrupted(wiring: Wiring) -> None:
    with wiring.engine.begin(at=NOW) as work:
        line = hold_line(work.connection, PARTNER)
        for _ in range(5):
            line = line.failed(NOW)
        save_line(work.connection, PARTNER, line)


@pytest.fixture
def admin(officer: Callable[[str], Browser]) -> Browser:
    return officer(ADMIN)


def by_rest(wiring: Wiring) -> Browser:
    """An administrator where reports go by themselves."""
    made = Browser(app_over(replace(wiring, settings=replace(wiring.settings, siskop2mi="rest"))).test_client())
    assert made.sign_in(ADMIN).status == 200
    return made


def test_where_nothing_was_reported_the_page_says_so(admin: Browser) -> None:
    page = admin.get("/house/reports")

    assert "Tidak ada yang hasilnya belum pasti" in page.text
    assert "Laporan dibawa dalam berkas" in page.text


def test_one_of_unknown_outcome_is_said_to_have_arrived(wiring: Wiring, case: str, admin: Browser) -> None:
    written(wiring, case, (DispatchState.UNKNOWN, "no whole answer came (TimeoutError)"))
    page = admin.get("/house/reports")
    assert case in page.text
    assert "tidak ada jawaban yang utuh (TimeoutError)" in page.text

    done = page.submit("/resolve", arrived="yes")

    assert "Dicatat: laporan sudah sampai" in done.text
    assert case in admin.get("/house/reports?list=sent").text


def test_or_it_is_sent_again_and_what_waited_behind_it_is_told_as_such(
    wiring: Wiring, case: str, admin: Browser
) -> None:
    written(wiring, case, (DispatchState.UNKNOWN, "no whole answer came"))
    with wiring.engine.begin(at=NOW) as work:
        held = work.connection.execute(select(tables.dispatch.c.case_id)).scalar_one()
        work.dispatches.report(held, ReportKind.CLOSED, at=NOW)
    assert "menunggu laporan sebelumnya" in admin.get("/house/reports?list=waiting").text

    done = admin.get("/house/reports").submit("/resolve", arrived="no")

    assert "Dikirim lagi, dengan kunci yang sama" in done.text
    assert "menunggu laporan sebelumnya" not in admin.get("/house/reports?list=waiting").text


def test_what_did_not_go_for_want_of_consent_stands_with_its_reason(wiring: Wiring, case: str, admin: Browser) -> None:
    written(wiring, case, (DispatchState.WITHDRAWN, NO_CONSENT))

    assert "yang bersangkutan tidak menyetujui" in admin.get("/house/reports?list=withdrawn").text


def test_one_that_was_refused_is_sent_again_or_laid_aside_from_here(wiring: Wiring, case: str, admin: Browser) -> None:
    refused = (DispatchState.FAILED, "the placement system refused the report (422)")
    written(wiring, case, refused, refused)
    page = admin.get("/house/reports?list=failed")
    assert "sistem penempatan menolak laporan (422)" in page.text

    aside = page.submit("/withdraw")
    again = aside.submit("/resend")

    assert "Laporan ke SISKOP2MI" in aside.text
    assert "Daftar ini kosong" in again.text


def test_an_interrupted_line_is_told_with_what_happens_by_itself(wiring: Wiring) -> None:
    interrupted(wiring)

    page = by_rest(wiring).get("/house/reports")

    assert "terputus" in page.text
    assert "5 kali berturut-turut" in page.text


def test_the_overview_counts_what_nobody_knows(wiring: Wiring, case: str, admin: Browser) -> None:
    written(wiring, case, (DispatchState.UNKNOWN, "no whole answer came"))

    assert "Laporan yang hasilnya belum pasti" in admin.get("/house").text


def test_it_is_for_who_administers(officer: Callable[[str], Browser]) -> None:
    assert officer(HEAD).get("/house/reports").status == 403


def test_a_list_that_there_is_none_of_is_the_first(admin: Browser) -> None:
    assert "Tidak ada yang hasilnya belum pasti" in admin.get("/house/reports?list=lain").text

"""Opening a case by hand."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.office import HELPDESK, SISPOPMI, Browser


def test_the_map_is_chosen_already_so_that_one_button_opens_a_case(officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get("/cases/new")

    chosen = page.tree.xpath("//input[@name='release'][@checked]/@value")

    assert chosen == ["p-c3-01"]


def test_the_new_case_shows_its_number_and_its_first_step(officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get("/cases/new").submit("/cases/new", release="p-c3-01")

    assert "Kasus S-2026-00001 dibuka." in page.text
    assert "Menyambut CPMI dan menawarkan kebutuhan dasar" in page.text


def test_the_button_pressed_twice_opens_one_case(officer: Callable[[str], Browser]) -> None:
    form = officer(SISPOPMI).get("/cases/new")

    first, again = (form.submit("/cases/new", release="p-c3-01") for _ in range(2))

    assert first.response.request.path == again.response.request.path


def test_a_procedure_that_is_not_in_force_opens_nothing(officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)

    refused = browser.get("/cases/new").submit("/cases/new", release="c9-m99")

    assert refused.status == 404
    assert "prosedur c9-m99 yang berlaku" in refused.text
    assert "Belum ada kasus" in browser.get("/cases").text


def test_a_case_is_not_opened_in_an_office_in_which_one_holds_no_post(officer: Callable[[str], Browser]) -> None:
    refused = officer(SISPOPMI).get("/cases/new").submit("/cases/new", release="p-c3-01", office="bp3mi-jateng")

    assert refused.status == 403
    assert "BP3MI Jawa Tengah" in refused.text


def test_micros_are_not_offered_for_they_are_called_by_their_macro(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/cases/new")

    offered = page.tree.xpath("//input[@name='release']/@value")

    assert "c3-m02" in offered
    assert "c3-m02-01" not in offered


def test_a_post_that_opens_no_cases_is_offered_none_and_told_who_does(officer: Callable[[str], Browser]) -> None:
    driver = officer("pengemudi.jatim")

    page = driver.get("/cases/new")

    assert page.tree.xpath("//a[@href='/cases/new']") == []
    assert "Jabatan Anda tidak membuka kasus" in page.text
    assert "Pengelola Kasus" in page.text


def test_what_a_page_does_not_offer_is_refused_by_the_engine_with_the_posts_that_may(
    officer: Callable[[str], Browser],
) -> None:
    browser = officer("petugas-sispopmi.jatim")
    offered = browser.get("/cases/new")

    refused = offered.submit("/cases/new", release="p-s11-01")

    assert "p-s11-01" not in offered.tree.xpath("//input[@name='release']/@value")
    assert refused.status == 403
    assert "Petugas Layanan Pengaduan" in refused.text
    assert "Permohonan" in refused.text

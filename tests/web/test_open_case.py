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


def test_micros_are_not_listed_but_each_is_begun_from_its_own_page(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)
    listed = browser.get("/cases/new").tree.xpath("//input[@name='release']/@value")

    (address,) = browser.get("/catalogue/c3-m02-01").tree.xpath("//main//a[contains(@href, 'cases/new')]/@href")
    page = browser.get(address)
    chosen = page.tree.xpath("//input[@name='release'][@checked]/@value")
    case = page.submit("/cases/new")

    assert "c3-m02" in listed
    assert "c3-m02-01" not in listed
    assert chosen == ["c3-m02-01"]
    assert case.status == 200
    assert "Penerimaan CPMI di Kantor BP3MI" in case.text


def test_a_micro_of_another_office_asks_which_before_it_is_begun(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)
    page = browser.get("/cases/new?release=c3-m07-03")

    refused = page.submit("/cases/new", origin_office="")
    begun = page.submit("/cases/new", origin_office="bp3mi-jateng")

    assert [each.get("name") for each in page.tree.xpath("//select")] == ["origin_office"]
    assert refused.status == 409
    assert refused.tree.xpath("//*[@role='alert']")
    assert (begun.status, "dibuka" in begun.text) == (200, True)


def test_who_opens_cases_of_several_areas_finds_them_by_area_and_by_words(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    page, sought = browser.get("/cases/new"), browser.get("/cases/new?q=proses hukum")

    assert page.tree.xpath("//input[@name='release'][@checked]") == []
    assert page.tree.xpath("//form//details/summary")[0].text_content().split()[0] == "C2"
    assert sought.tree.xpath("//input[@name='release']/@value") == ["p-c3-03"]
    assert "dengan kata-kata ini" in browser.get("/cases/new?q=xyzzy").text


def test_what_the_office_begins_most_stands_first_and_is_chosen(officer: Callable[[str], Browser], case: str) -> None:
    page = officer(HELPDESK).get("/cases/new")

    assert case.startswith("S-2026")
    assert "Paling sering dibuka di kantor Anda" in page.text
    assert page.tree.xpath("//input[@name='release'][@checked]/@value") == ["p-c3-01"]
    assert page.tree.xpath("//input[@name='release']/@value").count("p-c3-01") == 1


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

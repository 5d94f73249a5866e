"""Publishing a BPMN file from a page: its findings, or its new edition."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from tests.web.office import HELPDESK, OWNER, Browser, Page

NAME = "c3-m03-03"


def send(browser: Browser, content: bytes) -> Page:
    page = browser.get("/catalogue/publish")
    return page.submit("/catalogue/publish", file=(io.BytesIO(content), "berkas.bpmn"))


def drawing(browser: Browser) -> bytes:
    content: bytes = browser.client.get(f"/catalogue/{NAME}/1/drawings/{NAME}").data
    return content


def test_a_sound_file_comes_into_force_as_the_next_edition(officer: Callable[[str], Browser]) -> None:
    browser = officer(OWNER)
    changed = drawing(browser).replace(b'name="Membuka wawancara', b'name="Mengawali wawancara')

    page = send(browser, changed)

    assert page.status == 200, page.text
    assert "edisi 2" in page.text
    assert "Edisi 2, berlaku sejak" in browser.get(f"/catalogue/{NAME}").text


def test_findings_name_the_rule_the_element_and_the_line_and_nothing_changes(
    officer: Callable[[str], Browser],
) -> None:
    browser = officer(OWNER)
    broken = drawing(browser).replace(b'targetRef="tutup_wawancara"', b'targetRef="entah"')

    page = send(browser, broken)

    assert page.status == 422
    assert "Tidak diterbitkan: berkas.bpmn" in page.text
    assert "baris" in page.text
    assert "Edisi 1, berlaku sejak" in browser.get(f"/catalogue/{NAME}").text


@pytest.mark.parametrize(
    "content",
    [b"", b"not xml at all", b"<a/>", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", b"\0" * 50],
)
def test_what_is_no_bpmn_is_refused_plainly(officer: Callable[[str], Browser], content: bytes) -> None:
    page = send(officer(OWNER), content)

    assert page.status == 422
    assert "Temuan" in page.text
    assert "root:" not in page.text


def test_a_file_beyond_two_megabytes_is_not_read(officer: Callable[[str], Browser]) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + b" " * 2_100_000 + b"\r\n--x--"

    answer = officer(OWNER).client.post("/catalogue/publish", data=body, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 413
    assert "Ini terlalu besar" in answer.get_data(as_text=True)


def test_only_owners_of_procedures_find_the_page(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    refused = browser.get("/catalogue/publish")

    assert refused.status == 403
    assert "Pemilik Proses" in refused.text
    assert "Terbitkan diagram" not in browser.get("/catalogue").text

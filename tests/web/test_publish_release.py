"""Uploading a BPMN file from a page: its findings and its draft; and taking an edition out of force."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from engine import Engine, add_post
from engine.domain.organisation import Post
from sop_catalog import registers
from sop_catalog.storage import DraftRow, Drafts, DraftState
from tests.web.office import HELPDESK, NOW, OWNER, Browser, Page
from web.wiring import Wiring

NAME = "c3-m03-03"
DRAFT = "/catalogue/drafts/1"


def send(browser: Browser, content: bytes) -> Page:
    page = browser.get("/catalogue/publish")
    return page.submit("/catalogue/publish", file=(io.BytesIO(content), "berkas.bpmn"))


def drawing(browser: Browser) -> bytes:
    content: bytes = browser.client.get(f"/catalogue/{NAME}/1/drawings/{NAME}").data
    return content


def drafts(engine: Engine) -> list[DraftRow]:
    with engine.reading(at=NOW) as reader:
        return list(Drafts(reader.connection).listed())


def test_a_sound_file_is_a_draft_and_not_in_force(officer: Callable[[str], Browser], wiring: Wiring) -> None:
    browser = officer(OWNER)
    changed = drawing(browser).replace(b'name="Membuka wawancara', b'name="Mengawali wawancara')

    page = send(browser, changed)

    assert page.status == 200, page.text
    assert "Tidak ada yang menghalanginya: draf 1" in page.text
    assert page.link("Buka draf") == DRAFT
    assert [each.state for each in drafts(wiring.engine)] == [DraftState.DRAFT]
    assert "Edisi 1, berlaku sejak" in browser.get(f"/catalogue/{NAME}").text
    assert "nama: Membuka wawancara" in browser.get(DRAFT).text


def test_findings_name_the_rule_the_element_and_the_line_and_what_is_in_force_stays(
    officer: Callable[[str], Browser],
) -> None:
    browser = officer(OWNER)
    broken = drawing(browser).replace(b'post="pengantar-kerja"', b'post="entah"')

    page = send(browser, broken)

    assert page.status == 422
    assert "Belum diterima: berkas.bpmn" in page.text
    assert "performer-known" in page.text
    assert "elemen" in page.text
    assert "baris" in page.text
    assert "Edisi 1, berlaku sejak" in browser.get(f"/catalogue/{NAME}").text


def test_a_refused_file_is_mended_as_a_draft(officer: Callable[[str], Browser]) -> None:
    browser = officer(OWNER)

    page = send(browser, drawing(browser).replace(b'post="pengantar-kerja"', b'post="entah"'))

    draft = browser.get(page.link("Buka draf"))
    assert "harus diperbaiki dulu" in draft.text
    assert browser.get(f"{DRAFT}/draw").response.request.path == f"{DRAFT}/draw"


def test_the_same_page_sent_twice_begins_one_draft(officer: Callable[[str], Browser], wiring: Wiring) -> None:
    browser = officer(OWNER)
    page, content = browser.get("/catalogue/publish"), drawing(browser)

    for _ in range(2):
        assert page.submit("/catalogue/publish", file=(io.BytesIO(content), "berkas.bpmn")).status == 200

    assert len(drafts(wiring.engine)) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"not xml at all", b"<a/>", b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", b"\0" * 50],
)
def test_what_is_no_bpmn_is_refused_plainly_and_begins_no_draft(
    officer: Callable[[str], Browser], wiring: Wiring, content: bytes
) -> None:
    page = send(officer(OWNER), content)

    assert page.status == 422
    assert "Temuan" in page.text
    assert "tidak dapat dijadikan draf" in page.text
    assert "root:" not in page.text
    assert drafts(wiring.engine) == []


def test_a_file_beyond_two_megabytes_is_not_read(officer: Callable[[str], Browser]) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + b" " * 2_100_000 + b"\r\n--x--"

    answer = officer(OWNER).client.post("/catalogue/publish", data=body, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 413
    assert "Ini terlalu besar" in answer.get_data(as_text=True)


def test_only_owners_of_procedures_find_the_pages(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    refused = browser.get("/catalogue/publish")

    assert refused.status == 403
    assert "Pemilik Proses" in refused.text
    assert "Unggah diagram" not in browser.get("/catalogue").text
    assert "Meja SOP" not in browser.get("/catalogue").text
    assert "Cabut" not in browser.get(f"/catalogue/{NAME}").text


def test_what_a_post_may_is_what_the_house_has_given_it_now(officer: Callable[[str], Browser], wiring: Wiring) -> None:
    post = next(each for each in registers.posts() if each.code == HELPDESK.partition(".")[0])
    with wiring.engine.begin(at=NOW) as work:
        add_post(work, Post(post.code, post.name, ("publish",)))
        add_post(work, Post("pemilik-proses", "Pemilik Proses"))

    assert officer(HELPDESK).get("/catalogue/drafts").status == 200
    refused = officer(OWNER).get("/catalogue/drafts")
    assert refused.status == 403
    assert post.name in refused.text
    assert "Meja SOP" not in officer(OWNER).get("/catalogue").text


def test_an_owner_revokes_with_a_reason_and_no_case_begins_on_it(officer: Callable[[str], Browser]) -> None:
    browser = officer(OWNER)
    page = browser.get("/catalogue/p-c3-01")

    revoked = page.submit("/revoke", reason="Dasar hukumnya dicabut")

    assert "Dicabut. Tidak ada kasus baru" in revoked.text
    assert "Edisi 1, tidak berlaku lagi" in revoked.text
    assert "Kasus baru" not in revoked.tree.xpath("string(//main//div[@class='head'])")
    assert page.submit("/revoke", reason="Sekali lagi").status in {404, 409, 422}


def test_revoking_wants_a_reason_and_the_edition_that_was_looked_at(officer: Callable[[str], Browser]) -> None:
    browser = officer(OWNER)
    page = browser.get(f"/catalogue/{NAME}")

    without, other = page.submit("/revoke", reason=" "), page.submit("/revoke", reason="Usang", edition="7", key="x")

    assert without.status == 422
    assert other.status == 409
    assert "Lihat dulu edisi itu" in other.text
    assert "Edisi 1, berlaku sejak" in browser.get(f"/catalogue/{NAME}").text


def test_nobody_else_revokes(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)
    token = browser.get("/catalogue").form("/sign-out").fields["csrf"]

    refused = browser.post(f"/catalogue/{NAME}/revoke", csrf=token, edition="1", reason="Usang")

    assert refused.status == 403
    assert "Edisi 1, berlaku sejak" in browser.get(f"/catalogue/{NAME}").text


@pytest.mark.parametrize(
    ("address", "wanted"),
    [("/catalogue", ["Katalog"]), ("/catalogue/drafts", ["Meja SOP"]), (DRAFT, ["Meja SOP"]),
     (f"{DRAFT}/draw", ["Meja SOP"]), ("/catalogue/publish", ["Meja SOP"]), (f"/catalogue/{NAME}", ["Katalog"])],
)  # fmt: skip
def test_the_menu_marks_where_one_is_and_the_fold_that_holds_it(
    officer: Callable[[str], Browser], address: str, wanted: list[str]
) -> None:
    browser = officer(OWNER)
    browser.get("/catalogue/drafts").submit("/catalogue/drafts", code=NAME)

    page = browser.get(address)

    menu = page.tree.xpath("//nav[@class='menu']")[0]
    assert [each.text_content().strip() for each in menu.xpath("./a[@aria-current]")] == wanted
    assert menu.xpath("./details/summary[@class='menu-here']")

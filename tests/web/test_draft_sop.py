"""The process owner's desk: a draft begun, drawn, submitted, approved by a second person, compared."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.office import HELPDESK, OWNER, SECOND, Browser, Page, add_second_owner
from web.wiring import Wiring

CODE = "c3-m03-03"
DRAFT = "/catalogue/drafts/1"


@pytest.fixture
def second(wiring: Wiring, officer: Callable[[str], Browser]) -> Browser:
    """Another process owner."""
    add_second_owner(wiring)
    return officer(SECOND)


@pytest.fixture
def author(officer: Callable[[str], Browser]) -> Browser:
    """An owner who has begun a draft of the interview."""
    browser = officer(OWNER)
    page = browser.get("/catalogue/drafts").submit("/catalogue/drafts", code=CODE)
    assert page.response.request.path == f"{DRAFT}/draw", page.text
    return browser


def send(browser: Browser, where: str, content: bytes, **more: Any) -> Any:
    """Send a drawing as the drawing board does."""
    csrf = browser.get("/catalogue/drafts").tree.xpath("//input[@name='csrf']")[0].get("value")
    sent = {"csrf": csrf, "drawing": (io.BytesIO(content), "draft.bpmn"), **more}
    return browser.client.post(f"{DRAFT}/{where}", data=sent)


def drawing(browser: Browser) -> bytes:
    content: bytes = browser.client.get(f"{DRAFT}/drawings/").data
    return content


def renamed(browser: Browser) -> bytes:
    return drawing(browser).replace(b'name="Membuka wawancara', b'name="Mengawali wawancara')


def submitted(author: Browser, **more: str) -> Page:
    assert send(author, "save", renamed(author), seen="1").status_code == 200
    return author.get(DRAFT).submit("/submit", **more)


def test_what_is_drawn_is_kept_with_the_version_it_has_now(author: Browser) -> None:
    answer = send(author, "save", renamed(author), seen="1")

    assert answer.json["version"] == 2
    assert "nama: Membuka wawancara" in author.get(DRAFT).text


def test_a_window_that_has_not_seen_the_last_version_is_told_in_a_sentence(author: Browser) -> None:
    content = drawing(author)
    send(author, "save", renamed(author), seen="1")

    answer = send(author, "save", content, seen="1")

    assert answer.status_code == 409
    assert "mungkin di jendela lain" in answer.json["said"]


def test_the_rules_are_asked_without_keeping_anything(author: Browser) -> None:
    broken = drawing(author).replace(b'post="pengantar-kerja"', b'post="entah"')

    found = send(author, "check", broken).json["findings"]

    assert {each["rule"] for each in found} == {"performer-known"}
    assert found[0]["severity"] == "error"
    assert b"entah" not in drawing(author)


def test_nobody_approves_their_own_draft_and_a_second_owner_does(author: Browser, second: Browser) -> None:
    assert "Terkirim" in submitted(author).text
    own = author.get(DRAFT)

    assert "Setujui" not in own.text
    forged = author.post(f"{DRAFT}/approve", csrf=own.form("/sign-out").fields["csrf"], seen="3", note="Saya sendiri")
    assert forged.status == 403
    assert "harus orang kedua" in forged.text

    page = second.get(DRAFT).submit("/approve", note="Sesuai evaluasi")

    assert "edisi 2" in page.text
    assert "disetujui Pemilik Kedua" in second.get(f"/catalogue/{CODE}").text


def test_a_draft_for_another_day_waits_for_it(author: Browser, second: Browser) -> None:
    submitted(author, on="2026-12-01")

    second.get(DRAFT).submit("/approve", note="Setuju")

    assert "Edisi 1, berlaku" in second.get(f"/catalogue/{CODE}").text
    assert "berlaku mulai 1 Desember 2026" in second.get("/catalogue/drafts").text


def test_a_draft_sent_back_tells_its_author_why(author: Browser, second: Browser) -> None:
    submitted(author)

    second.get(DRAFT).submit("/send-back", reason="Dasar hukumnya belum lengkap")

    assert "Dasar hukumnya belum lengkap" in author.get(DRAFT).text
    assert "Kirim untuk disetujui" in author.get(DRAFT).text


def test_what_a_rule_stands_against_cannot_be_submitted(author: Browser) -> None:
    send(author, "save", drawing(author).replace(b'post="pengantar-kerja"', b'post="entah"'), seen="1")
    page = author.get(DRAFT)
    assert "harus diperbaiki dulu" in page.text

    token = page.form("/sign-out").fields["csrf"]
    refused = author.post(f"{DRAFT}/submit", csrf=token, seen="2", on="2026-11-18", note="")

    assert refused.status == 422
    assert "performer-known" in refused.text


def test_a_day_that_has_passed_is_refused(author: Browser) -> None:
    page = submitted(author, on="2026-11-17")

    assert page.status == 422
    assert "tanggal mulai berlaku" in page.text


def test_an_edition_that_came_into_force_meanwhile_is_named_with_who_and_when(author: Browser, second: Browser) -> None:
    other = drawing(author).replace(b'name="Menutup wawancara"', b'name="Mengakhiri wawancara"')
    second.get("/catalogue/publish").submit("/catalogue/publish", file=(io.BytesIO(other), "berkas.bpmn"))
    second.get("/catalogue/drafts/2").submit("/submit")
    assert "edisi 2" in author.get("/catalogue/drafts/2").submit("/approve", note="Setuju").text

    page = submitted(author)

    assert page.status == 409
    assert "Bandingkan keduanya" in page.text
    stood = author.get(DRAFT)
    assert "Edisi 2 berlaku sementara itu" in stood.text
    assert "Terkirim" in stood.submit("/rebase").submit("/submit").text


def test_two_editions_are_compared_in_words_and_in_colour(author: Browser, second: Browser) -> None:
    submitted(author)
    second.get(DRAFT).submit("/approve", note="Setuju")

    page = author.get(f"/catalogue/{CODE}/compare")

    assert "Langkah 1 “Mengawali wawancara" in page.text
    picture = author.client.get(f"/catalogue/{CODE}/compare/1/2/after.svg")
    assert picture.mimetype == "image/svg+xml"
    assert b'class="UserTask current"' in picture.data


def test_a_new_sop_begins_with_one_step_and_lacks_only_what_its_sheet_must_say(
    officer: Callable[[str], Browser],
) -> None:
    browser = officer(OWNER)
    forms = browser.get("/catalogue/drafts")

    page = forms.submit("/catalogue/drafts", code="c3-m03-77", title="Percobaan & <Baru>")

    assert page.status == 200
    assert "Percobaan & <Baru>" in browser.get(DRAFT).text
    rules = {each.text for each in browser.get(DRAFT).tree.xpath("//ul[@class='findings']//span/code[1]")}
    assert rules == {"sheet-whole"}


@pytest.mark.parametrize("sent", [{"code": "tidak-ada"}, {"code": "x y", "title": "Judul"}])
def test_what_cannot_be_begun_says_why(officer: Callable[[str], Browser], sent: dict[str, str]) -> None:
    page = officer(OWNER).get("/catalogue/drafts").submit("/catalogue/drafts", **sent)

    assert page.status in {404, 422}


@pytest.mark.parametrize("address", ["/catalogue/drafts", DRAFT, f"{DRAFT}/draw", f"{DRAFT}/drawings/"])
def test_whoever_does_not_own_processes_sees_no_draft(
    author: Browser, officer: Callable[[str], Browser], address: str
) -> None:
    assert officer(HELPDESK).get(address).status == 403


def test_a_draft_that_is_withdrawn_is_over(author: Browser) -> None:
    page = author.get(DRAFT).submit("/withdraw")

    assert page.response.request.path == "/catalogue/drafts"
    assert "Ditarik" in author.get(DRAFT).text
    assert send(author, "save", drawing(author), seen="2").status_code == 409


def test_a_draft_of_another_owner_is_not_kept_whatever_is_sent(author: Browser, second: Browser) -> None:
    for content in (drawing(author), renamed(author), b"no xml"):
        answer = send(second, "save", content, seen="1")
        assert answer.status_code == 403
        assert "Hanya penyusunnya" in answer.json["said"]
    token = second.get("/catalogue").form("/sign-out").fields["csrf"]
    assert second.post(f"{DRAFT}/withdraw", csrf=token, seen="1").status == 403

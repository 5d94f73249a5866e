"""Documents, letters and the slip, by their pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from engine.queries.audit import Happening
from engine.queries.catalogue import release_page
from tests.engine.commands.papers import PDF, photo
from tests.web.office import ELSEWHERE, NOW, SISPOPMI, Browser, Page
from tests.web.one_app import app_over
from web.cases.timeline import told
from web.papers.register import FOLDER, letters
from web.wiring import Wiring


def attach(browser: Browser, case: str, content: bytes = PDF, **more: Any) -> Page:
    page = browser.get(f"/cases/{case}?tab=documents")
    file = (io.BytesIO(content), more.pop("name", "kk.pdf"))
    return page.submit(f"/cases/{case}/documents", file=file, **{"kind": "kk", **more})


def rows(wiring: Wiring, question: str) -> list[Any]:
    with wiring.engine.reading(at=NOW) as reader:
        return [tuple(row) for row in reader.connection.execute(text(question))]


def test_an_attached_document_is_listed_and_comes_back_as_a_download(
    case: str, officer: Callable[[str], Browser]
) -> None:
    browser = officer(SISPOPMI)

    page = attach(browser, case, name='KK "Bunga"\u202e.pdf')

    assert "Kartu keluarga (KK)" in page.text
    assert "Bunga" not in page.text
    got = browser.get(page.link("Unduh")).response
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert (got.headers["X-Content-Type-Options"], got.headers["Cache-Control"]) == ("nosniff", "no-store")


def test_a_photo_may_be_seen_small_and_each_look_is_recorded(
    case: str, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    browser = officer(SISPOPMI)
    attach(browser, case, photo(size=(3000, 2000)), name="kk.jpg")

    got = browser.get(f"/cases/{case}/documents/1/glance").response

    assert got.content_type == "image/jpeg"
    assert rows(wiring, "select officer from access_record where kind = 'paper.read'") == [(SISPOPMI,)]


def test_what_cannot_be_taken_is_said_in_a_sentence(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)

    page = attach(browser, case, b"MZ\x90\x00", name="kk.exe")

    assert "Yang dapat dilampirkan" in page.text
    assert "Belum ada dokumen" in page.text


def test_another_office_finds_neither_list_nor_file_nor_letter(case: str, officer: Callable[[str], Browser]) -> None:
    attach(officer(SISPOPMI), case)
    other = officer(ELSEWHERE)

    assert other.get(f"/cases/{case}?tab=documents").status == 404
    assert other.get(f"/cases/{case}/documents/1").status == 404
    assert other.get(f"/cases/{case}/documents/1/glance").status == 404
    token = other.get("/work/mine").form("/sign-out").form_values()[0][1]
    assert other.post(f"/cases/{case}/letters/bast", csrf=token, reason="x").status == 404
    assert other.post(f"/cases/{case}/slip", csrf=token).status == 404


def test_a_withdrawn_document_stays_with_its_reason(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)
    attach(browser, case)

    page = browser.get(f"/cases/{case}?tab=documents").submit("/documents/1/withdraw", reason="Milik orang lain")

    assert "ditarik" in page.text
    assert "Milik orang lain" in page.text


@pytest.mark.parametrize("code", ["tanda-terima-pendataan", "bast", "penetapan-disposisi", "rujukan"])
def test_a_letter_is_a_tagged_pdf_and_its_making_is_recorded_with_its_hash(
    code: str, case: str, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    page = officer(SISPOPMI).get(f"/cases/{case}?tab=documents")

    got = page.submit(f"/letters/{code}", reason="Untuk berkas").response

    assert got.data.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in got.data
    ((data,),) = rows(wiring, "select data from audit where kind = 'letter.printed'")
    assert code in data


def test_the_same_letter_at_the_same_moment_has_the_same_bytes(case: str, officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get(f"/cases/{case}?tab=documents")

    first, second = (page.submit("/letters/bast", reason="Untuk berkas").response.data for _ in range(2))

    assert first == second


def test_every_letter_of_the_register_has_a_template_that_says_so() -> None:
    codes = {each.code for each in letters()}

    assert codes | {"surat", "kartu"} == {each.stem for each in FOLDER.glob("*.typ")}
    assert all(each.status in {"usulan", "resmi"} and each.title and each.basis for each in letters())


def test_a_letter_that_is_not_in_the_register_is_not_there(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)
    token = browser.get("/work/mine").form("/sign-out").form_values()[0][1]

    assert browser.post(f"/cases/{case}/letters/../surat", csrf=token, reason="x").status == 404


def test_the_timeline_says_whose_choice_it_was_and_who_wrote_it_down(wiring: Wiring) -> None:
    with wiring.engine.reading(at=NOW) as reader:
        release = release_page(reader, "c3-m05").release
    step = next(
        each for each in release.activities.values() if any(field.name == "pilihan_penyintas" for field in each.form)
    )
    data = {"process": step.process, "element": step.element, "facts": {"pilihan_penyintas": ["pulang"]}}
    record = Happening(1, NOW, "work_item.completed", "sri", "Sri Contoh", "", "", "", data, "")

    with app_over(wiring).test_request_context():
        line = told(record, release, {})

    assert "Pilihan yang bersangkutan sendiri: Dipulangkan ke daerah asal" in line.more
    assert line.who == "Sri Contoh"


def test_a_finder_of_the_slip_learns_nothing(case: str, officer: Callable[[str], Browser], browser: Browser) -> None:
    desk = officer(SISPOPMI)
    made = desk.get(f"/cases/{case}?tab=documents").submit(f"/cases/{case}/slip")
    code = made.tree.xpath("//code")[0].text_content()

    finder = browser.get(f"/s/{code}")
    wrong = finder.submit("/s", code=code, pin="12345")
    unknown = finder.submit("/s", code="AAAAA-AAAAA-AAAAA", pin="12345")

    assert case not in finder.text
    assert "BP3MI Jawa Timur" not in finder.text + wrong.text
    assert wrong.text.replace(code, "") == unknown.text.replace("AAAAA-AAAAA-AAAAA", "")
    assert (wrong.status, unknown.status) == (401, 401)
    assert "noindex" in finder.response.headers["X-Robots-Tag"]


def test_the_pin_is_shown_once_and_the_slip_shows_neither_pin_nor_case(
    case: str, officer: Callable[[str], Browser]
) -> None:
    browser = officer(SISPOPMI)

    page = browser.get(f"/cases/{case}?tab=documents").submit(f"/cases/{case}/slip")
    pin = page.tree.find_class("pin")[0].text_content().replace(" ", "").strip()

    assert len(pin) == 6
    got = page.submit("/slip/print").response
    assert got.data.startswith(b"%PDF-")
    assert pin not in browser.get(f"/cases/{case}?tab=documents").text

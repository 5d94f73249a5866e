"""The signed berita acara that a local government brings: who finds it, who reads it, and what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engine import attach_paper, report_citizen_arrival
from tests.engine.commands.papers import DOCX, PDF, photo
from tests.web.homecoming import BLITAR, MALANG, OTHER, OWN, PROVINCE, QUIET, VICTIM, VILLAGE, Homecoming
from tests.web.office import HEAD, NOW, SISPOPMI, Browser, Page
from web.wiring import Wiring

HAPPENED = "2026-11-18T08:00"
MARKED = PDF.replace(b"Contoh", b"Zzisi berkas")
NAME = "BA Zznama berkas.pdf"
MARKERS = ("Zzisi", "Zznama")


@pytest.fixture
def home(wiring: Wiring) -> Homecoming:
    made = Homecoming(wiring)
    made.fill()
    return made


@pytest.fixture
def papers(home: Homecoming) -> dict[str, int]:
    """Papers of all kinds, each with markers in name and content: who brought it → its number."""
    office: dict[str, Any] = {"kind": "kk", "name": NAME, "content": MARKED, "by": SISPOPMI}
    numbers = {
        f"office {name}": home.do(attach_paper, home.numbers[name], **office).number for name in (OWN, OTHER, VICTIM)
    }
    report: dict[str, Any] = {"happened_at": NOW, "name": NAME, "content": MARKED}
    for area, name in ((PROVINCE, OWN), (BLITAR, OTHER)):
        home.do(report_citizen_arrival, f"petugas.{area}", home.numbers[name], **report)
        with home.wiring.engine.database.reading() as connection:
            numbers[area] = int(connection.exec_driver_sql("select max(id) from paper").scalar_one())
    return numbers


def accept(page: Page, content: bytes = MARKED, name: str = NAME, **more: str) -> Page:
    given: dict[str, Any] = {"answer": "yes", "happened": HAPPENED, "protocol": "BA-7/2026", **more}
    return page.submit("/handover", file=(io.BytesIO(content), name), **given)


def citizen(home: Homecoming, area: str = MALANG) -> Page:
    return home.browser(area).get(f"/pemda/citizens/{home.numbers[OWN]}")


def test_it_comes_with_the_answer_and_both_sides_read_it_back(
    home: Homecoming, officer: Callable[[str], Browser]
) -> None:
    page = accept(citizen(home))
    assert "Jawaban Anda dicatat" in page.text
    assert "Zznama" not in page.text

    mine = page.browser.get(page.link("Berita acara bertanda tangan")).response
    assert (mine.data, mine.content_type) == (MARKED, "application/pdf")
    assert mine.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in mine.headers["Content-Security-Policy"]
    assert (mine.headers["X-Content-Type-Options"], mine.headers["Cache-Control"]) == ("nosniff", "no-store")

    desk = officer(HEAD)
    tab = desk.get(f"/cases/{home.numbers[OWN]}?tab=documents")
    assert "dari pemerintah daerah" in tab.text
    assert "Petugas 35.07, Pemda 35.07" in tab.text
    assert desk.get(tab.link("Unduh")).response.data == MARKED
    side = desk.get(f"/cases/{home.numbers[OWN]}/pemda")
    assert desk.get(side.link("Berita acara bertanda tangan")).response.data == MARKED
    assert "menyampaikan berita acara bertanda tangan" in desk.get(f"/cases/{home.numbers[OWN]}?tab=timeline").text


def test_it_may_come_with_the_arrival_as_a_photo_that_is_painted_anew(home: Homecoming) -> None:
    taken = photo(place=b"Zztempat")
    page = citizen(home).submit("/arrival", arrived=HAPPENED, file=(io.BytesIO(taken), "foto.jpg"))

    got = page.browser.get(page.link("Berita acara bertanda tangan")).response
    assert got.content_type == "image/jpeg"
    assert b"Zztempat" not in got.data
    assert (home.looks("citizen_paper.read"), home.looks("paper.read")) == (1, 0)


def test_a_form_without_a_file_is_what_it_was_before(home: Homecoming) -> None:
    page = accept(citizen(home), content=b"", name="")

    assert "Jawaban Anda dicatat" in page.text
    assert count(home, "paper") == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ba.docx", DOCX, "harus berupa PDF atau foto"),
        ("ba.exe", b"MZ\x90\x00", "harus berupa PDF atau foto"),
        ("ba.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "harus berupa PDF atau foto"),
        ("ba.html", PDF, "PDF"),
        ("ba.pdf", PDF[:-6], "rusak"),
        ("ba.pdf", b"", "rusak"),
    ],
    ids=["docx", "exe", "heic", "name", "cut", "empty"],
)
def test_what_cannot_be_taken_is_said_in_a_sentence_and_nothing_is_kept(
    home: Homecoming, name: str, content: bytes, said: str
) -> None:
    refused = accept(citizen(home), content, name, note="Sudah diterima")

    assert refused.status == 422
    assert said in refused.text
    assert "Sudah diterima" in refused.response.get_data(as_text=True)
    assert (count(home, "paper"), count(home, "pemda_report")) == (0, 0)


@pytest.mark.parametrize(("size", "said"), [(20_000_001, "20 MB"), (25_000_000, "Terlalu besar")])
def test_what_is_too_large_is_refused_and_how_large_it_may_be_is_said(home: Homecoming, size: int, said: str) -> None:
    page = citizen(home)
    form = {**dict(page.form("/handover").form_values()), "answer": "yes", "happened": HAPPENED, "protocol": "BA-1"}

    answer = page.browser.client.post(
        page.form("/handover").get("action"),
        data=in_parts(form, b"%PDF-" + b"x" * size),
        content_type="multipart/form-data; boundary=batas",
    )

    assert answer.status_code == 413
    assert said.lower() in answer.get_data(as_text=True).lower()
    assert (count(home, "paper"), count(home, "pemda_report")) == (0, 0)


def in_parts(form: dict[str, str], content: bytes) -> bytes:
    """A form with a file, as a browser sends it: the client of the tests leaves a file of its own open for so much."""
    parts = [
        f'--batas\r\nContent-Disposition: form-data; name="{each}"\r\n\r\n{value}\r\n'
        for each, value in form.items()
        if each != "file"
    ]
    head = '--batas\r\nContent-Disposition: form-data; name="file"; filename="ba.pdf"\r\n\r\n'
    return "".join(parts).encode() + head.encode() + content + b"\r\n--batas--\r\n"


def test_it_belongs_to_a_yes(home: Homecoming) -> None:
    refused = accept(citizen(home), answer="no", note="Belum siap")

    assert (refused.status, "dikirim bersama jawaban ya" in refused.text) == (422, True)


@pytest.mark.parametrize("name", [OTHER, VICTIM, QUIET])
def test_nobody_brings_a_paper_of_somebody_elses_citizen(home: Homecoming, name: str) -> None:
    page = citizen(home)
    token = page.form("/handover").form_values()[0][1]

    def answer(number: str, act: str, content: bytes) -> tuple[int, str]:
        sent = {"csrf": token, "answer": "yes", "happened": HAPPENED, "arrived": HAPPENED, "protocol": "BA-1"}
        said = page.browser.client.post(
            f"/pemda/citizens/{number}/{act}", data={**sent, "file": (io.BytesIO(content), NAME)}
        )
        return said.status_code, said.get_data(as_text=True).replace(number, "·")

    for act in ("handover", "arrival"):
        for content in (MARKED, b"MZ"):
            assert answer(home.numbers[name], act, content) == answer("S-2026-99999", act, content)
    assert count(home, "paper") == 0


@pytest.mark.parametrize("area", [MALANG, BLITAR, PROVINCE, VILLAGE])
def test_nobody_reads_a_paper_but_who_brought_it(home: Homecoming, papers: dict[str, int], area: str) -> None:
    browser = home.browser(area)

    read = {
        (name, whose)
        for name, number in home.numbers.items()
        for whose, paper in papers.items()
        if browser.client.get(f"/pemda/citizens/{number}/papers/{paper}").status_code == 200
    }

    assert read == {PROVINCE: {(OWN, PROVINCE)}, BLITAR: {(OTHER, BLITAR)}}.get(area, set())
    assert home.looks("citizen_paper.read") == len(read)


def test_no_page_tells_that_others_brought_any(home: Homecoming, papers: dict[str, int]) -> None:
    browser = home.browser(MALANG)

    said = {browser.client.get(each).get_data(as_text=True) for each in asked(home, papers)}

    assert [word for word in MARKERS if any(word in each for each in said)] == []
    assert "/papers/" not in browser.get(f"/pemda/citizens/{home.numbers[OWN]}").response.get_data(as_text=True)


def test_a_paper_that_may_not_be_read_answers_like_none_to_the_letter(home: Homecoming, papers: dict[str, int]) -> None:
    browser = home.browser(MALANG)

    def page(name: str, paper: int) -> str:
        number = home.numbers.get(name, name)
        said = browser.client.get(f"/pemda/citizens/{number}/papers/{paper}").get_data(as_text=True)
        return said.replace(number, "·").replace(f"papers/{paper}", "·").replace(f"dokumen {paper}", "·")

    assert len({page(OWN, each) for each in (*papers.values(), 999)}) == 1
    assert len({page(name, each) for name in (OTHER, VICTIM, QUIET, "S-1") for each in (*papers.values(), 999)}) == 1


def test_one_that_the_office_withdrew_says_so_without_its_reason(
    home: Homecoming, officer: Callable[[str], Browser]
) -> None:
    page = accept(citizen(home))
    officer(HEAD).get(f"/cases/{home.numbers[OWN]}?tab=documents").submit("/withdraw", reason="Zzalasan kantor")

    said = page.browser.get(f"/pemda/citizens/{home.numbers[OWN]}").text

    assert "ditarik oleh kantor" in said
    assert "Zzalasan" not in said


def asked(home: Homecoming, papers: dict[str, int]) -> Iterator[str]:
    """Every address about anybody and any paper."""
    for number in (*home.numbers.values(), "S-2026-99999"):
        yield f"/pemda/citizens/{number}"
        yield from (f"/pemda/citizens/{number}/papers/{each}" for each in (*papers.values(), 0, 999))
    yield from ("/pemda", "/pemda/print", "/pemda/citizens.csv", "/pemda/account", "/pemda/sessions", "/pemda/factor")


def count(home: Homecoming, table: str) -> int:
    with home.wiring.engine.database.reading() as connection:
        return int(connection.exec_driver_sql(f"select count(*) from {table}").scalar_one())  # noqa: S608 - names of this test

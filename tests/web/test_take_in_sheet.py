"""A stand-in is replaced by the agency's own sheet: taken in, asked about, looked at, mended, handed in, approved, run."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.notation import read, write
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.from_drawing import table_from
from tests.sop_catalog.sheets.reading.writing import FOUR, Row, Shape, Sheet, document, text, workbook
from tests.web.office import HEAD, HELPDESK, OWNER, SECOND, Browser, Page, add_second_owner
from tests.web.test_print_sheet import cells, said_of
from web.wiring import Wiring

PAGE = "/catalogue/read-sheet"
DRAFT = "/catalogue/drafts/1"
CODE = "c3-m15"
OTHER = "c3-m05-02"
UNDER = ("", "", "Penyuluh Hukum", "Ketua Tim", "Kepala BP3MI", "Kelengkapan", "Waktu", "Output", "")
STEPS: tuple[Row, ...] = (
    (1, "Menerima permohonan bantuan hukum", "√", "", "", "Surat permohonan", "30 menit", "Permohonan tercatat", ""),
    (2, "Menelaah permohonan", "√", "", "", "Permohonan", "2 hari", "Telaah hukum", ""),
    (3, "Telaah lengkap?", "", "√", "", "", "", "", "Ya: ke langkah 4, tidak: kembali ke langkah 2"),
    (4, "Menetapkan pendamping hukum", "", "", "√", "Telaah hukum", "1 hari kerja", "", ""),
)
ANSWERS = {
    "answer-clock-jam": "kerja",
    "answer-clock-hari": "kerja",
    "answer-post-ketua-tim": "ketua-tim-pelindungan",
}
WORD = document([("NAMA SOP", "Fasilitasi Bantuan Hukum"), ("Nomor", "-")], [FOUR, UNDER, *STEPS], merged=False)
EXCEL = workbook(
    Sheet(
        [FOUR, UNDER, *((*row[:2], "", "", "", *row[5:]) for row in STEPS)],
        shapes=[
            Shape(2, 2),
            Shape(3, 2),
            Shape(4, 3, "flowChartDecision"),
            Shape(5, 4),
            *(Shape(ends=(at, at + 1)) for at in range(3)),
        ],
    )
)
SHEETS = {"lembar.docx": WORD, "lembar.xlsx": EXCEL}


@pytest.fixture
def owner(officer: Callable[[str], Browser]) -> Browser:
    return officer(OWNER)


@pytest.fixture
def second(wiring: Wiring, officer: Callable[[str], Browser]) -> Browser:
    add_second_owner(wiring)
    return officer(SECOND)


def sent(owner: Browser, name: str, content: bytes, **more: str) -> Page:
    return owner.get(PAGE).submit(PAGE, code=CODE, file=(io.BytesIO(content), name), **more)


def asked(page: Page) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.tree.xpath("//form//label")]


@pytest.mark.parametrize("name", SHEETS)
def test_a_stand_in_is_replaced_by_the_agencys_own_sheet(
    name: str, owner: Browser, second: Browser, officer: Callable[[str], Browser]
) -> None:
    page = owner.get(owner.get("/catalogue/drafts").link("Dari lembar SOP"))
    assert "Ambil dari lembar SOP" in page.text
    page = owner.get(owner.get(f"/catalogue/{CODE}").link("Ganti dengan lembar SOP"))
    assert page.form(PAGE).fields["code"] == CODE

    page = sent(owner, name, SHEETS[name], official="1")
    assert "4 langkah terbaca" in page.text
    assert asked(page) == [
        "Jabatan mana dalam daftar jabatan yang dimaksud dengan “Ketua Tim”?",
        "Apa arti menit dan jam pada lembar ini?",
        "Apa arti hari dan minggu pada lembar ini?",
        "No. 3: Berapa lama paling lama untuk “Telaah lengkap?”? Lembar tidak menyebutkannya.",
    ]

    time = page.tree.xpath("//input[contains(@name, 'answer-time-')]/@name")[0]
    page = page.submit(PAGE, **ANSWERS, **{time: "2 jam kerja"})
    assert page.tree.xpath("//img[starts-with(@src, 'data:image/svg+xml')]")

    page = page.submit(f"{PAGE}/draft")
    assert page.response.request.path == DRAFT
    assert "Status: usulan → resmi" in page.text
    assert "Langkah “Menetapkan pendamping hukum” harus menyebut outputnya." in page.text

    mend(owner)
    page = owner.get(DRAFT)
    assert "harus menyebut" not in page.text
    assert "Terkirim" in page.submit("/submit").text

    page = second.get(DRAFT).submit("/approve", note="Sesuai naskah yang ditetapkan")
    assert "edisi 2" in page.text
    assert said_of(cells(owner, f"/catalogue/{CODE}/2/sheet.xlsx"), "TGL. EFEKTIF")

    case = officer(HEAD).get("/cases/new").submit("/cases/new", release=CODE)
    assert case.status == 200, case.text
    assert "Menerima permohonan bantuan hukum" in officer("penyuluh-hukum.jatim").get("/work/post").text


def mend(owner: Browser) -> None:
    """Fill in on the drawing board what the paper leaves empty."""
    drawn = read(owner.client.get(f"{DRAFT}/drawings/").data)
    table = table_from(drawn)
    steps = [
        replace(each, requirements=each.requirements or ("Telaah hukum",), output=each.output or f"Hasil {each.name}")
        for each in table.steps
    ]
    csrf = owner.get(DRAFT).form("/sign-out").fields["csrf"]
    content = write(draw(replace(table, steps=tuple(steps))))
    kept = owner.client.post(
        f"{DRAFT}/save", data={"csrf": csrf, "drawing": (io.BytesIO(content), "draft.bpmn"), "seen": "1"}
    )
    assert kept.status_code == 200, kept.text


def test_a_sheet_that_was_printed_here_comes_back_as_a_draft_without_a_question(owner: Browser) -> None:
    content = owner.client.get(f"/catalogue/{OTHER}/1/sheet.xlsx").data

    page = owner.get(PAGE).submit(PAGE, code="", file=(io.BytesIO(content), "lembar.xlsx"))

    assert "Lembar ini dicetak dari sini" in page.text
    assert asked(page) == []
    page = page.submit(f"{PAGE}/draft")
    drafted, printed = (
        owner.client.get(where).data
        for where in (f"{page.response.request.path}/drawings/", f"/catalogue/{OTHER}/1/drawings/{OTHER}")
    )
    assert table_from(read(drafted)) == table_from(read(printed))


def test_a_table_that_is_pasted_is_read_like_a_file(owner: Browser) -> None:
    pasted = text([FOUR, UNDER, *STEPS])

    page = owner.get(PAGE).submit(PAGE, code="c3-m15-91", title="Percobaan", pasted=pasted)

    assert "4 langkah terbaca" in page.text
    assert page.tree.xpath("//h1")[0].text_content() == "Percobaan"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("lembar.doc", b"\xd0\xcf\x11\xe0", "Simpan dahulu sebagai XLSX, DOCX, atau CSV"),
        ("lembar.xlsx", b"PK\x03\x04rusak", "berkasnya rusak"),
        ("lembar.csv", b"nama;alamat", "Tidak ada tabel dengan baris judul Kegiatan"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(owner: Browser, name: str, content: bytes, said: str) -> None:
    page = sent(owner, name, content)

    assert page.status == 422
    assert said in page.text
    assert page.form(PAGE).fields["code"] == CODE


def test_what_the_page_carried_is_looked_at_again_and_open_questions_begin_no_draft(owner: Browser) -> None:
    page = sent(owner, "lembar.docx", WORD)
    csrf, grid = (page.form(PAGE).fields[each] for each in ("csrf", "grid"))

    early = owner.post(f"{PAGE}/draft", csrf=csrf, code=CODE, grid=grid)
    changed = owner.post(f"{PAGE}/draft", csrf=csrf, code=CODE, grid="[]")

    assert (early.status, changed.status) == (422, 422)
    assert "Unggah kembali berkasnya" in changed.text
    assert owner.get(DRAFT).status == 404


def test_whoever_does_not_own_processes_takes_nothing_in(officer: Callable[[str], Browser]) -> None:
    assert officer(HELPDESK).get(PAGE).status == 403

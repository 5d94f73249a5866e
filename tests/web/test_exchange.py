"""The exchange with the placement system by clicks: files out and in, news, what differs, and who sees what."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from engine import take_in_event
from engine.course.reporting import report
from engine.storage import tables
from tests.web.office import HELPDESK, Browser, Page
from web.wiring import Wiring

EXCHANGER, OTHER, ADMIN = "verifikator-data.jatim", "verifikator-data.jateng", "admin-sistem.pusat"
PERSON = {"nama": "=Zzpersonal Contoh", "tanggal_lahir": "1990-01-31", "nik": "9900000000001234"}


@pytest.fixture
def exchanger(officer: Callable[[str], Browser]) -> Browser:
    return officer(EXCHANGER)


def placed(wiring: Wiring, case: str) -> str:
    """Let the beginning of a placement wait to be told. Returns the key of the report."""
    at = wiring.clock()
    with wiring.engine.begin(at=at) as work:
        held = work.cases.lock(case).case
        person = work.subjects.add(at).number
        work.subjects.write(person, PERSON)
        work.connection.execute(tables.case.update().where(tables.case.c.id == held.id).values(subject_id=person))
        work.facts.write(held.id, {"setuju_siskop2mi": True}, version=held.version, by=None, at=at, disputed={})
        report(work, held.id, "siskop2mi_mulai")
    with wiring.engine.database.reading() as connection:
        return str(connection.execute(tables.dispatch.select()).one().key)


def upload(page: Page, action: str, rows: list[dict[str, Any]], **values: Any) -> Page:
    out = io.StringIO()
    written = csv.DictWriter(out, sorted(set().union(*rows)), delimiter=";")
    written.writeheader()
    written.writerows(rows)
    file = (io.BytesIO(out.getvalue().encode()), "kabar.csv")
    return page.submit(action, file=file, **values)


def news(case: str, **more: Any) -> dict[str, Any]:
    said = {"pesan": "m-1", "jenis": "pendaftaran", "nomor_penempatan": "SK2-1", "nomor_kasus": case}
    return said | {"urutan": "1", "waktu": "2026-11-17T08:00:00+07:00"} | more


def test_a_batch_goes_out_and_its_answer_comes_in(exchanger: Browser, wiring: Wiring, case: str) -> None:
    key = placed(wiring, case)
    page = exchanger.get("/exchange/batches")
    assert "1 laporan menunggu dikirim" in page.text

    page = page.submit("/exchange/batches", format="csv")
    file = page.submit("/file")
    assert file.response.headers["Cache-Control"] == "no-store"
    assert "K-2026-000001" in page.text
    assert key in file.response.get_data(as_text=True)
    assert "'=Zzpersonal Contoh" in file.response.get_data(as_text=True)
    page = upload(
        exchanger.get("/exchange/batches"), "/acknowledge", [{"kunci": key, "hasil": "ditolak", "alasan": "lain"}]
    )

    assert "Baris yang ditolak: 1" in page.text
    assert case in page.text
    assert "Zzpersonal" not in page.text


def test_an_answer_to_nothing_is_told_in_a_sentence(exchanger: Browser, wiring: Wiring, case: str) -> None:
    placed(wiring, case)
    page = exchanger.get("/exchange/batches").submit("/exchange/batches")

    page = upload(page, "/acknowledge", [{"kunci": "lain", "hasil": "diterima"}])

    assert page.status == 422
    assert "K-2026-000001" in page.text


def test_a_file_with_news_is_looked_at_before_it_is_taken_in(exchanger: Browser, wiring: Wiring, case: str) -> None:
    placed(wiring, case)
    rows = [news(case), news(case, pesan="m-2", jenis="lainnya")]

    page = upload(exchanger.get("/exchange/batches"), "/preview", rows)
    assert "“jenis”" in page.text
    taken = page.submit("/take-in")
    again = page.submit("/take-in", key="another")

    assert "M-2026-000001" in taken.text
    assert again.status == 409
    assert case in exchanger.get("/exchange/news").text


def test_a_file_without_its_headings_is_refused_with_them(exchanger: Browser) -> None:
    page = upload(exchanger.get("/exchange/batches"), "/preview", [{"nama": "x", "nik": "y"}])

    assert page.status == 422
    assert "nomor_penempatan" in page.text


def test_news_is_linked_tried_and_set_aside(exchanger: Browser, wiring: Wiring, case: str) -> None:
    placed(wiring, case)
    said = {"message": "m-1", "kind": "registered", "reference": "SK2-1", "case": "", "sequence": 1}
    wiring.engine.perform(take_in_event, {**said, "occurred_at": "2026-11-17T08:00:00+07:00"}, at=wiring.clock())
    page = exchanger.get("/exchange/news?state=refused")
    assert "Tautkan ke kasus" in page.text

    page = page.submit("/exchange/link", reference="SK2-1", case=case)
    assert "SK2-1" in page.text
    page = page.submit("/apply")
    assert "Kasusnya belum menunggu kabar ini" in page.text
    page = page.submit("/set-aside", reason="sudah dibaca")

    assert "sudah dibaca" in exchanger.get("/exchange/news?state=set-aside").text


def test_what_differs_is_found_by_a_list_and_mended(exchanger: Browser, wiring: Wiring, case: str) -> None:
    placed(wiring, case)
    row = {"nomor_penempatan": "SK2-9", "nomor_kasus": "S-2026-99999", "terbuka": "ya", "urutan": "1"}

    page = upload(exchanger.get("/exchange/differences"), "/compare", [row])
    assert "Mereka tidak mengenal penempatan ini" in page.text
    assert "Kita tidak mengenal penempatan ini" in page.text
    page = page.submit("/mend")

    assert "Mereka tidak mengenal penempatan ini" not in page.tree.find_class("stacked")[0].text_content()


def test_the_page_of_a_case_says_how_its_placement_stands(
    officer: Callable[[str], Browser], wiring: Wiring, case: str
) -> None:
    assert "SISKOP2MI" not in officer(HELPDESK).get(f"/cases/{case}").text
    placed(wiring, case)

    text = officer(HELPDESK).get(f"/cases/{case}").text

    assert "SISKOP2MI" in text
    assert "1 laporan belum sampai" in text


def test_another_office_sees_nothing_and_who_runs_the_house_numbers(
    officer: Callable[[str], Browser], wiring: Wiring, case: str, exchanger: Browser
) -> None:
    placed(wiring, case)
    exchanger.get("/exchange/batches").submit("/exchange/batches")
    upload(exchanger.get("/exchange/batches"), "/preview", [news(case)]).submit("/take-in")
    pages = ("", "/batches", "/news", "/differences")

    other = " ".join(officer(OTHER).get(f"/exchange{each}").text for each in pages)
    admin = " ".join(officer(ADMIN).get(f"/exchange{each}").text for each in pages)

    assert case not in other + admin
    assert "K-2026" not in other + admin
    assert "Anda hanya melihat angka" in admin
    assert officer(OTHER).post("/exchange/batches/K-2026-000001/file").status in (403, 404)


def test_nobody_else_gets_in(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    for each in ("", "/batches", "/news", "/differences"):
        assert browser.get(f"/exchange{each}").status == 403
    assert "/exchange" not in browser.get("/work/mine").response.get_data(as_text=True)


def test_a_timeline_says_which_news_came(officer: Callable[[str], Browser], wiring: Wiring, case: str) -> None:
    with wiring.engine.begin(at=wiring.clock()) as work:
        held = work.cases.lock(case).case
        work.record("placement.moved", held, event=1, of="examined", sequence=2, facts=[])

    text = officer(HELPDESK).get(f"/cases/{case}").text

    _, _, after = text.partition("Kabar SISKOP2MI datang")
    assert "Pemeriksaan kesehatan" in after[:80]


def test_by_files_nobody_can_ask_for_a_comparison_over_the_line(exchanger: Browser) -> None:
    assert "Bandingkan sekarang" not in exchanger.get("/exchange/differences").text

"""A group of people: opened, filled from a table, followed on its board."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from tests.browser.manifest import HEADER, pasted, people
from tests.web.office import ELSEWHERE, HELPDESK, SISPOPMI, Browser, Page
from web.tables import SENTENCES, read_table
from web.wiring import Wiring

GROUP = {"title": "Kapal Contoh", "source": "sidak", "place": "Pelabuhan Contoh", "found_at": "2026-11-18T06:00"}


@pytest.fixture
def sispopmi(officer: Callable[[str], Browser]) -> Browser:
    return officer(SISPOPMI)


@pytest.fixture
def group(sispopmi: Browser) -> str:
    """The address of a new group."""
    page = sispopmi.get("/groups/new").submit("/groups/new", **GROUP)
    assert page.status == 200, page.text
    return page.response.request.path.removesuffix("/people")


def matched(browser: Browser, group: str, text: str) -> Page:
    return browser.get(f"{group}/people").submit("/columns", pasted=text)


def taken(browser: Browser, group: str, text: str) -> Page:
    return matched(browser, group, text).submit("/admit")


def test_a_group_begins_with_what_its_people_have_in_common(sispopmi: Browser, group: str) -> None:
    board = sispopmi.get(group)

    assert "Kapal Contoh" in board.text
    assert "Pelabuhan Contoh" in board.text
    assert "Belum ada orang" in board.text
    assert "R-2026-00001" in sispopmi.get("/groups").text


def test_the_columns_are_recognised_and_the_first_rows_shown(sispopmi: Browser, group: str) -> None:
    page = matched(sispopmi, group, pasted(people(6)))

    chosen = [each.value for each in page.form("/admit").inputs if (each.name or "").startswith("column-")]
    assert chosen[:7] == ["", "nama", "jenis_kelamin", "tempat_lahir", "tanggal_lahir", "nik", "nomor_paspor"]
    assert chosen[7:] == ["alamat", "daerah_asal", "telepon", "negara_tujuan", "pekerjaan_tujuan", "sakit"]
    assert people(6)[0][1] in page.text


def test_every_row_that_can_be_taken_is_taken_and_the_others_come_back_with_the_reason(
    sispopmi: Browser, group: str
) -> None:
    rows = [list(each) for each in people(4)]
    rows[1][4], rows[2][5] = "31/02/1994", "9.91E+15"

    page = taken(sispopmi, group, pasted(rows))

    assert "2 orang diterima" in page.text
    assert "2 baris ditolak" in page.text
    assert "Tanggal lahir: Tanggal ditulis" in page.text
    assert "NIK: Nomor panjang ini telah dibulatkan" in page.text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_refused_rows_can_be_downloaded_put_right_and_sent_again(
    sispopmi: Browser, group: str, kind: str, wiring: Wiring
) -> None:
    rows = [list(each) for each in people(3)]
    rows[1][4] = "kemarin"
    refused = taken(sispopmi, group, pasted(rows))
    form = dict(refused.form("/refused.xlsx").form_values())

    answer = sispopmi.client.post(f"{group}/refused.{kind}", data=form)
    table = read_table(answer.data, "x")

    assert table.header == (*HEADER, "Alasan")
    assert "Tanggal lahir" in table.rows[0][-1]
    right = [list(row) for row in table.rows]
    right[0][4] = "12/03/1994"
    sent = "\n".join("\t".join(row) for row in (table.header, *right))
    assert "1 orang diterima" in taken(sispopmi, group, sent).text


def test_an_uploaded_workbook_is_read_like_a_pasted_text(sispopmi: Browser, group: str) -> None:
    content = pasted(people(3)).replace("\t", ";").encode()
    form = dict(sispopmi.get(f"{group}/people").form("/columns").form_values())

    sent = sispopmi.client.post(
        f"{group}/columns", data={**form, "pasted": "", "file": (io.BytesIO(content), "daftar.csv")}
    )

    assert people(3)[2][1] in sent.get_data(as_text=True)


def test_the_same_list_sent_twice_adds_nobody(sispopmi: Browser, group: str) -> None:
    taken(sispopmi, group, pasted(people(3)))

    again = taken(sispopmi, group, pasted(people(3)))

    assert "0 orang diterima" in again.text
    assert "3 baris sama persis" in again.text
    assert len(sispopmi.get(group).tree.findall(".//li[@data-row]")) == 3


def test_two_columns_for_one_question_and_none_at_all_are_refused_with_the_table_still_there(
    sispopmi: Browser, group: str
) -> None:
    page = matched(sispopmi, group, pasted(people(3)))

    twice = page.submit("/admit", **{"column-0": "nama"})
    none = page.submit("/admit", **{f"column-{at}": "" for at in range(len(HEADER))})

    assert (twice.status, none.status) == (422, 422)
    assert "Dua kolom tidak dapat sama-sama" in twice.text
    assert people(3)[0][1] in none.text


def test_what_is_no_table_leads_back_to_the_list_with_a_sentence(sispopmi: Browser, group: str) -> None:
    page = matched(sispopmi, group, "")

    assert page.status == 422
    assert "tidak memilikinya" in page.text


def test_a_forged_table_is_refused(sispopmi: Browser, group: str) -> None:
    for table in ("[]", '{"header": ["Nama"], "rows": [["a", "b"]], "lines": [1]}', "{"):
        page = matched(sispopmi, group, pasted(people(3))).submit("/admit", table=table)

        assert page.status == 422


def test_the_board_tells_people_apart_without_naming_them(sispopmi: Browser, group: str) -> None:
    taken(sispopmi, group, pasted(people(8)))

    board = sispopmi.get(group)

    assert "Orang ke-5" in board.text
    assert "15 tahun" in board.text
    assert "anak" in board.text
    assert not any(row[1] in board.text for row in people(8))


def test_what_the_group_and_the_table_said_is_shown_in_the_forms_of_later_steps(
    sispopmi: Browser, group: str, officer: Callable[[str], Browser]
) -> None:
    taken(sispopmi, group, pasted(people(1)))
    helpdesk = officer(HELPDESK)
    board = helpdesk.get(group)
    helpdesk.get(board.link("Menyambut CPMI")).submit("/complete")

    form = helpdesk.get(helpdesk.get(group).link("Memeriksa keadaan darurat")).form("/complete")

    answers = dict(form.form_values())
    assert (answers["sakit"], answers["anak"]) == ("no", "no")


def test_another_office_does_not_see_the_group(officer: Callable[[str], Browser], group: str) -> None:
    elsewhere = officer(ELSEWHERE)

    for address in (group, f"{group}/people"):
        assert elsewhere.get(address).status == 404


def test_a_closed_group_takes_nobody_in(sispopmi: Browser, group: str) -> None:
    taken(sispopmi, group, pasted(people(1)))
    page = matched(sispopmi, group, pasted(people(2)))

    sispopmi.get(group).submit("/close")

    assert "sudah ditutup" in page.submit("/admit").text


def test_nothing_of_the_list_is_in_any_log_or_table_in_clear(
    sispopmi: Browser, group: str, wiring: Wiring, capfd: pytest.CaptureFixture[str]
) -> None:
    name = people(1)[0][1]

    taken(sispopmi, group, pasted(people(1)))

    stored = b"".join(each.read_bytes() for each in wiring.settings.data_dir.glob("*.db*"))
    out, err = capfd.readouterr()
    assert name.encode() not in stored
    assert name not in out + err


def test_every_sentence_about_a_cell_has_its_indonesian(sispopmi: Browser) -> None:
    from web.language import TRANSLATIONS, read_translations  # noqa: PLC0415 - of this test alone

    known = read_translations(TRANSLATIONS / "id" / "LC_MESSAGES")

    assert [each for each in SENTENCES if not (each in known and known[each].string)] == []

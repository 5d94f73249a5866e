"""Taking over an office's register, from the pasted table to what became of each row."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.office import SISPOPMI, Browser, Page

PASTED = (
    "Nama Lengkap\tNo. KTP\tTgl Lahir\tL/P\tAgama\n"
    "Bambang Contoh\t9900000000000002\t01/02/1980\tL\tx\n"
    "Wati Peraga\t99\t31-02-1990\tP\tx\n"
)


def sent(browser: Browser, pasted: str = PASTED) -> Page:
    return browser.get("/people/import").submit("/columns", source="Buku 2024", pasted=pasted)


def test_columns_are_recognised_and_every_row_is_told_what_became_of_it(officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)

    named = sent(browser)
    done = named.submit("/take")

    chosen = dict(named.form("/take").form_values())
    assert [chosen[f"column-{at}"] for at in range(5)] == ["nama", "nik", "tanggal_lahir", "jenis_kelamin", ""]
    assert "1 orang diambil alih" in done.text
    assert "baris 3: NIK: NIK terdiri atas enam belas angka" in done.text
    assert "Tanggal lahir: ini bukan tanggal" in done.text


def test_the_same_table_again_takes_nobody_twice(officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)
    sent(browser).submit("/take")

    again = sent(browser).submit("/take")

    assert "0 orang diambil alih" in again.text


def test_without_a_name_or_number_no_row_is_read(officer: Callable[[str], Browser]) -> None:
    page = sent(officer(SISPOPMI)).submit("/take", **{"column-0": "", "column-1": ""})

    assert page.status == 422
    assert "Tentukan kolom mana yang berisi nama" in page.text


def test_a_table_that_is_none_says_so(officer: Callable[[str], Browser]) -> None:
    page = sent(officer(SISPOPMI), pasted="")

    assert page.status == 422


def test_a_table_that_was_tampered_with_is_refused(officer: Callable[[str], Browser]) -> None:
    page = sent(officer(SISPOPMI)).submit("/take", table='{"header": ["a"], "rows": [["1", "2"]], "lines": [1]}')

    assert page.status == 422

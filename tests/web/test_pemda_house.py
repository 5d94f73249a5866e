"""Those who run the house add local governments, one by one on a page or many from a table, and end them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from engine import NotYours, add_pemda
from engine.domain.pemda import Pemda
from engine.queries.pemda import pemda_rows
from sop_catalog.registers import place_name
from tests.web.homecoming import Homecoming
from tests.web.office import HEAD, Browser, Page
from web.cli import main
from web.wiring import Wiring

ADMIN = "admin-sistem.pusat"
ONE = Pemda("35.07", "Pemerintah Kabupaten Contoh", "PP 59/2021 Pasal 21", "PKS-1/2026", date(2026, 1, 1))
SAID = {
    "area": "35.07",
    "name": "Pemerintah Kabupaten Contoh",
    "agreement": "PKS-1/2026",
    "legal_basis": "PP 59/2021 Pasal 21",
    "valid_from": "2026-01-01",
    "valid_until": "2027-12-31",
}


def areas(wiring: Wiring, *, ended: bool = False) -> list[str]:
    with wiring.engine.reading(at=wiring.clock()) as reader:
        return [each.pemda.area for each in pemda_rows(reader, ended=ended)]


def added(officer: Callable[[str], Browser]) -> Page:
    return officer(ADMIN).get("/house/pemda").submit("/house/pemda", **SAID)


def test_one_is_added_with_its_agreement_and_somebody_signs_in_with_the_password_shown(
    officer: Callable[[str], Browser], browser: Browser
) -> None:
    page = added(officer)
    assert "PKS-1/2026" in page.text

    page = page.submit("/35.07/users", name="Petugas Contoh", login="petugas.contoh")
    password = page.tree.find_class("secret")[0].text_content()
    entered = browser.get("/pemda/sign-in").submit("/pemda/sign-in", login="petugas.contoh", password=password)
    assert entered.response.request.path == "/pemda/account"

    assert "belum ada verifikasi dua langkah" in officer(ADMIN).get("/house/pemda/35.07").text
    page = officer(ADMIN).get("/house/pemda/35.07").submit("/users/petugas.contoh", act="password")
    assert page.tree.find_class("secret")[0].text_content() != password
    officer(ADMIN).get("/house/pemda/35.07").submit("/users/petugas.contoh", act="end")
    assert browser.client.get("/pemda/account").status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [{"area": "99"}, {"area": "35.07.99"}, {"agreement": " "}, {"valid_from": ""}, {"valid_until": "besok"}],
    ids=str,
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    officer: Callable[[str], Browser], wiring: Wiring, wrong: dict[str, str]
) -> None:
    page = officer(ADMIN).get("/house/pemda").submit("/house/pemda", **{**SAID, **wrong})

    assert page.status == 422
    assert SAID["name"] in page.response.get_data(as_text=True)
    assert areas(wiring) == []


def test_one_that_is_ended_stands_among_those_that_were(officer: Callable[[str], Browser], wiring: Wiring) -> None:
    page = added(officer)
    assert page.submit("/35.07/end", reason=" ").status == 422

    page.submit("/35.07/end", reason="Perjanjian selesai")
    assert (areas(wiring), areas(wiring, ended=True)) == ([], ["35.07"])
    assert "Perjanjian selesai" in officer(ADMIN).get("/house/pemda?state=ended").text
    assert officer(ADMIN).get("/house/pemda/35.07").status == 404


def test_only_whoever_administers_comes_here(officer: Callable[[str], Browser], wiring: Wiring) -> None:
    assert officer(HEAD).get("/house/pemda").status == 403
    with pytest.raises(NotYours):
        wiring.engine.perform(add_pemda, ONE, officer=HEAD, at=wiring.clock())


# The command line.


@pytest.fixture
def run(wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("LAJUR_DATA_DIR", str(wiring.settings.data_dir))

    def started(*words: str, **more: str) -> Result:
        return CliRunner().invoke(main, ["pemda", *words], catch_exceptions=True, **more)  # type: ignore[arg-type]

    return started


def test_it_is_added_listed_and_ended_by_command(run: Callable[..., Result], wiring: Wiring) -> None:
    assert (
        run("add", "35.07", "--name", "Pemda Contoh", "--agreement", "PKS-1/2026", "--from", "2026-01-01").exit_code
        == 0
    )
    made = run("user", "add", "35.07", "petugas.contoh", "--name", "Petugas Contoh")
    assert len(made.stdout.strip()) == 19
    assert "petugas.contoh" in run("list").output
    assert len(run("user", "password", "petugas.contoh").stdout.strip()) == 19
    assert run("user", "end", "petugas.contoh").exit_code == 0
    assert "no account" in run("list").output
    assert run("end", "35.07", "--reason", "Selesai").exit_code == 0
    assert "no local government" in run("list").output
    assert "Pemda Contoh" in run("list", "--ended").output
    assert areas(wiring, ended=True) == ["35.07"]


def test_a_second_factor_is_reset_and_sessions_end_by_command(
    run: Callable[..., Result], wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.cli.pemda.ready", lambda _: wiring)  # by the same clock as the browsers
    home = Homecoming(wiring)
    home.pemda("35.07")
    browsers = [home.browser("35.07") for _ in range(2)]

    assert "2 sessions" in run("user", "sessions-end", "petugas.35.07").output
    assert [each.client.get("/pemda").status_code for each in browsers] == [302, 302]
    home.enter(browsers[0], "35.07")
    assert run("user", "reset-factor", "petugas.35.07").exit_code == 2
    assert run("user", "reset-factor", "petugas.35.07", "--reason", "Telepon hilang").exit_code == 0
    assert browsers[0].client.get("/pemda").status_code == 302
    assert home.knock(browsers[0], "35.07").response.request.path == "/pemda/factor"
    again = run("user", "reset-factor", "petugas.35.07", "--reason", "Telepon hilang")
    assert "a second factor of petugas.35.07" in again.output


def test_a_place_that_nobody_knows_is_said_before_anything_is_stored(run: Callable[..., Result]) -> None:
    refused = run("add", "35.99", "--name", "Pemda Contoh", "--agreement", "PKS-1/2026")

    assert refused.exit_code == 1
    assert "35.99" in refused.output


HEADER = ["Kode", "Nama", "Dasar hukum", "Nomor perjanjian", "Berlaku mulai", "Berlaku sampai", "Akun", "Nama petugas"]
ROWS = [
    ["35.07", "Kab. Malang", "PP 59/2021", "PKS-1", "2026-01-01", "31/12/2027", "petugas.malang", "Petugas Satu"],
    ["35.05", "Kab. Blitar", "", "PKS-2", "01-02-2026", "", "", ""],
    ["35.07", "Lagi", "", "PKS-3", "2026-01-01", "", "", ""],
    ["99.99", "Tidak ada", "", "PKS-4", "2026-01-01", "", "", ""],
    ["35.06", "", "", "", "kapan-kapan", "", "petugas.malang", ""],
    ["35.08", "Terbalik", "", "PKS-5", "2026-02-01", "2026-01-01", "", ""],
]


def table(place: Path, kind: str) -> Path:
    file = place / f"pemda.{kind}"
    if kind == "csv":
        file.write_text("\n".join(";".join(row) for row in [HEADER, *ROWS]))
        return file
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([HEADER, *ROWS]):
            sheet.write_row(at, 0, row)
    return file


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_many_are_taken_over_with_the_problem_of_each_row_shown(
    run: Callable[..., Result], wiring: Wiring, tmp_path: Path, kind: str
) -> None:
    file = table(tmp_path, kind)

    shown = run("import", str(file), "--check").output
    assert areas(wiring) == []
    for said in (
        "stands already, or in a row above",
        "no place has the code 99.99",
        "“kapan-kapan” is not a day",
        "ends before",
    ):
        assert said in shown
    assert "no name" in shown
    assert "2 of 6 rows" in shown

    done = run("import", str(file), "--yes")
    assert done.exit_code == 0
    assert "35.07  petugas.malang  " in done.output
    assert areas(wiring) == ["35.05", "35.07"]
    assert "0 of 6 rows" in run("import", str(file), "--yes").output


def test_a_table_without_its_columns_or_none_at_all_is_refused(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "lain.csv"
    file.write_text("a;b\n1;2\n")
    assert "no column kode" in run("import", str(file)).output
    file.write_text("")
    assert run("import", str(file)).exit_code == 1


def test_nothing_is_stored_by_whoever_says_no(run: Callable[..., Result], wiring: Wiring, tmp_path: Path) -> None:
    run("import", str(table(tmp_path, "csv")), input="n\n")

    assert areas(wiring) == []


def test_letters_are_counted_once_and_written_for_each_agreement_in_force(
    run: Callable[..., Result], wiring: Wiring, tmp_path: Path
) -> None:
    Homecoming(wiring).fill()

    first = run("letters", "--month", "2026-01", "--out", str(tmp_path / "surat"))
    again = run("letters", "--month", "2026-01")

    assert "was counted" in first.output
    assert "it stands" in again.output
    files = sorted(each.name for each in (tmp_path / "surat").iterdir())
    assert files == [f"surat-{area}-2026-01.pdf" for area in ("35", "35.05", "35.07", "35.07.11.2003")]
    assert all(each.read_bytes().startswith(b"%PDF") for each in (tmp_path / "surat").iterdir())
    assert run("letters", "--month", "kemarin").exit_code == 1


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("35", "Jawa Timur"),
        ("35.07", "Kabupaten Malang, Jawa Timur"),
        ("35.07.11", "Kalipare, Kabupaten Malang"),
        ("35.07.11.2003", "Sumberpetung, Kalipare"),
        ("99.99", "99.99"),
    ],
)
def test_a_place_of_any_size_has_its_name(code: str, name: str) -> None:
    assert place_name(code) == name

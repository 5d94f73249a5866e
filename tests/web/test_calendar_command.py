"""`lajur calendar`: shown as a file that can be taken in again, and taken in with a preview first."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from web.cli import main
from web.wiring import Wiring

HEAD = "date,kind,title,decree,office\n"
ROW = "2026-12-28,joint-leave,Cuti bersama contoh,,\n"


def run(wiring: Wiring, *words: str) -> Result:
    return CliRunner().invoke(main, ["calendar", *words], env={"LAJUR_DATA_DIR": str(wiring.settings.data_dir)})


def given(tmp_path: Path, *rows: str) -> str:
    path = tmp_path / "hari.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return str(path)


def edition(wiring: Wiring) -> int:
    with wiring.engine.reading(at=wiring.clock()) as reader:
        return reader.organisation.edition


def test_what_is_shown_can_be_taken_in_again_and_changes_nothing(wiring: Wiring, tmp_path: Path) -> None:
    shown = run(wiring, "show", "--year", "2026")
    path = tmp_path / "lagi.csv"
    path.write_text(shown.output, encoding="utf-8")

    again = run(wiring, "import", str(path), "--yes")

    assert "2026-05-01,public,Hari Buruh Internasional," in shown.output
    assert (again.exit_code, "says just this already" in again.output) == (0, True)


def test_nothing_changes_without_yes(wiring: Wiring, tmp_path: Path) -> None:
    before = edition(wiring)

    first = run(wiring, "import", given(tmp_path, ROW), "--decree", "SKB 9/2026")
    between = edition(wiring)
    second = run(wiring, "import", given(tmp_path, ROW), "--decree", "SKB 9/2026", "--yes")

    assert "Nothing was changed" in first.output
    assert (between, edition(wiring)) == (before, before + 1)
    assert f"Edition {before + 1} is in force" in second.output


def test_a_national_day_without_a_decree_is_refused_in_one_sentence(wiring: Wiring, tmp_path: Path) -> None:
    refused = run(wiring, "import", given(tmp_path, ROW), "--yes")

    assert refused.exit_code == 1
    assert "Expected the number of the decree" in refused.output


def test_a_row_that_cannot_be_read_is_named(wiring: Wiring, tmp_path: Path) -> None:
    for wrong in ("besok,public,Uji,,\n", "2026-12-28,libur,Uji,,\n", "2026-12-28,public,,,\n"):
        refused = run(wiring, "import", given(tmp_path, ROW, wrong))

        assert (refused.exit_code, "Row 2" in refused.output) == (1, True)

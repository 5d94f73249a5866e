"""`lajur import`, `lajur export` and `lajur picture`: files of other tools in, the catalogue out, and nothing done twice."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.sop_catalog.exchange.foreign import FOREIGN
from tests.web.office import OWNER
from web.cli import main
from web.version import ROOT
from web.wiring import Wiring

FIT, UNFIT = "bpmn-io-colours", "choreography"


def run(*words: object, wiring: Wiring | None = None) -> Result:
    settings = {"LAJUR_DATA_DIR": str(wiring.settings.data_dir)} if wiring else {}
    return CliRunner().invoke(main, [str(each) for each in words], env=settings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files of other tools: one that can be accepted, one that holds no process at all."""
    made = tmp_path / "luar"
    made.mkdir()
    for name in (FIT, UNFIT):
        (made / f"{name}.bpmn").write_bytes(FOREIGN[name])
    return made


def test_a_folder_is_told_of_file_by_file_and_nothing_is_written(folder: Path) -> None:
    told = run("import", folder, "--json")

    rows = {Path(each["file"]).stem: each for each in json.loads(told.output)}
    assert told.exit_code == 1
    assert {name: rows[name]["outcome"] for name in (FIT, UNFIT)} == {FIT: "accepted after repair", UNFIT: "refused"}
    assert all(each["message"] and each["rule"] for each in rows[FIT]["repairs"])
    assert len(list(folder.parent.rglob("*"))) == 3


def test_a_second_run_changes_nothing(folder: Path, tmp_path: Path) -> None:
    words = ("import", folder, "--into", tmp_path / "masuk", "--keep", tmp_path / "simpan")

    first = run(*words)
    files = {path: path.read_bytes() for path in tmp_path.rglob("*.bpmn")}
    second, over_what_came_out = run(*words), run("import", tmp_path / "masuk", "--into", tmp_path / "masuk")

    assert [each.exit_code for each in (first, second, over_what_came_out)] == [0, 0, 0], first.output
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.bpmn")} == files
    assert (tmp_path / "simpan" / f"{UNFIT}.bpmn").read_bytes() == FOREIGN[UNFIT]
    assert "unchanged" in second.output
    assert "1 accepted, 0 accepted after repair" in over_what_came_out.output


def test_another_drawing_is_not_written_over_unless_that_is_said(folder: Path, tmp_path: Path) -> None:
    into = tmp_path / "masuk"
    run("import", folder / f"{FIT}.bpmn", "--into", into)
    [file] = into.rglob("*.bpmn")
    file.write_bytes(file.read_bytes().replace(b"Catat", b"Catat lagi"))
    changed = file.read_bytes()

    kept = run("import", folder / f"{FIT}.bpmn", "--into", into)
    assert (file.read_bytes(), "say --replace" in kept.output) == (changed, True)

    run("import", folder / f"{FIT}.bpmn", "--into", into, "--replace")
    assert file.read_bytes() != changed


def test_drafts_are_begun_once(folder: Path, wiring: Wiring) -> None:
    words = ("import", folder / f"{FIT}.bpmn", "--drafts", OWNER)

    first, second = run(*words, wiring=wiring), run(*words, wiring=wiring)

    assert "→ draft 1\n" in first.output
    assert "→ draft 1, as it was" in second.output


def test_the_catalogue_of_a_folder_goes_out_in_three_forms(tmp_path: Path) -> None:
    source = ROOT / "bpmn/maps"
    files = {form: tmp_path / f"katalog.{form}" for form in ("zip", "xlsx", "json")}

    for form, file in files.items():
        assert run("export", "--format", form, "--from", source, "--to", file).exit_code == 0

    count = len(list(source.rglob("*.bpmn")))
    assert json.loads(files["json"].read_text())["count"] == count
    with zipfile.ZipFile(files["zip"]) as archive:
        assert len(archive.namelist()) == count
    assert files["xlsx"].read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(("form", "begins"), [("bpmn", b"<?xml"), ("svg", b"<svg"), ("png", b"\x89PNG")])
def test_one_sop_goes_out_as_drawing_and_as_picture(form: str, begins: bytes, tmp_path: Path) -> None:
    file = tmp_path / f"satu.{form}"

    said = run("export", "p-c3-02", "--format", form, "--from", ROOT / "bpmn/maps", "--to", file)

    assert said.exit_code == 0, said.output
    assert file.read_bytes().startswith(begins)


def test_a_file_that_cannot_run_is_shown(folder: Path, tmp_path: Path) -> None:
    said = run("picture", folder / f"{UNFIT}.bpmn", "--to", tmp_path / "a.svg")

    assert said.exit_code == 0, said.output
    assert "Tanya" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_what_is_no_drawing_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.bpmn").write_bytes(b"bukan")

    said = run("picture", tmp_path / "a.bpmn", "--to", tmp_path / "a.svg")

    assert (said.exit_code, "Error: Expected" in said.output) == (1, True)

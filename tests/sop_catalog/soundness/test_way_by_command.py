"""`lajur check` tells the way to what is unsound, in words, as JSON and as a picture."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from click.testing import CliRunner

from web.cli import main

BAD = Path(__file__).parents[2] / "drawings" / "rules" / "comes-to-an-end" / "bad.bpmn"


def test_check_tells_the_way_and_draws_it(tmp_path: Path) -> None:
    file = Path(shutil.copy(BAD, tmp_path))
    pictures = tmp_path / "pictures"

    said = CliRunner().invoke(main, ["check", str(file), "--anew", "--json", "--pictures", str(pictures)])

    [verdict] = json.loads(said.stdout)
    [found] = (each for each in verdict["findings"] if each["rule"] == "comes-to-an-end")
    assert said.exit_code == 1
    assert [leg["said"] for leg in found["way"]][-1] == "“Menetapkan hasil pemeriksaan” is done: “Sedikit”"
    assert found["way"][-1]["said"] in found["message"]
    assert found["way"][-1]["said"] in (pictures / "bad-1.svg").read_text()


def test_check_tells_and_draws_the_way_in_indonesian(tmp_path: Path) -> None:
    file = Path(shutil.copy(BAD, tmp_path))

    said = CliRunner().invoke(main, ["check", str(file), "--anew", "--language", "id", "--pictures", str(tmp_path)])

    assert "“Memeriksa berkas” selesai → “Melengkapi berkas” selesai" in said.stdout
    assert "“temu”: ada yang tertinggal" in (tmp_path / "bad-1.svg").read_text()

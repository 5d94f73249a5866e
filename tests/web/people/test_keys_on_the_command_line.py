"""Turning the key of an installation."""

from __future__ import annotations

from typing import Any

from click.testing import CliRunner

from engine import import_subjects, read_key_ring, reveal_person
from tests.web.office import NOW, SISPOPMI
from web.cli import main
from web.wiring import Wiring


def lajur(wiring: Wiring, *words: str) -> Any:
    return CliRunner().invoke(main, list(words), env={"LAJUR_DATA_DIR": str(wiring.settings.data_dir)})


def test_a_key_is_turned_while_the_program_runs_and_the_earlier_one_retired(wiring: Wiring) -> None:
    given: Any = {"officer": SISPOPMI, "at": NOW}
    wiring.engine.perform(import_subjects, [{"nama": "Siti Contoh"}], source="Buku", **given)

    early = lajur(wiring, "keys", "retire", "k1")
    turned = lajur(wiring, "keys", "rotate")
    retired = lajur(wiring, "keys", "retire", "k1")
    again = lajur(wiring, "keys", "retire", "k2")

    assert (early.exit_code, "1 cells still stand under k1" in early.output) == (1, True)
    assert "New key k2" in turned.output
    assert "1 cells were encrypted anew" in turned.output
    assert (retired.exit_code, again.exit_code) == (0, 1)
    assert read_key_ring(wiring.settings.key_ring).keys.keys() == {"k2"}
    shown = wiring.engine.perform(reveal_person, 1, reason="x", **given)
    assert shown.fields == {"nama": "Siti Contoh"}

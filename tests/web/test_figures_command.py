"""`lajur figures`, as whoever runs the program meets it; and the worker that does the same by itself."""

from __future__ import annotations

from datetime import timedelta

from click.testing import CliRunner, Result

from engine import publish_figures
from engine.queries.figures import prepared_figures
from sop_catalog.figures import datasets
from tests.figures_history import FEMALE, History
from tests.web.office import NOW, Clock
from web.cli import main
from web.cli.working import worker_of
from web.wiring import Wiring, key_ring

MONTHLY = [each for each in datasets() if each.every == "month"]
STEWARD = "walidata.pusat"


def run(wiring: Wiring, *words: str) -> Result:
    return CliRunner().invoke(main, ["figures", *words], env={"LAJUR_DATA_DIR": str(wiring.settings.data_dir)})


def publish(wiring: Wiring) -> None:
    with wiring.engine.reading(at=NOW) as reader:
        (waiting,) = prepared_figures(reader, wiring.engine.officer(STEWARD, at=NOW))
    wiring.engine.perform(publish_figures, waiting.period, seen=waiting.seal, officer=STEWARD, at=NOW)


def test_a_month_is_made_listed_published_and_corrected(wiring: Wiring) -> None:
    assert "Nothing is published." in run(wiring, "list").output

    made = run(wiring, "make", "--month", "2026-09")
    waiting = run(wiring, "list", "--month", "2026-09")
    publish(wiring)
    again = run(wiring, "make", "--month", "2026-09")
    corrected = run(wiring, "correct", "dispositions", "--month", "2026-09", "--reason", "Uji")
    listed = run(wiring, "list", "--month", "2026-09").output

    assert f"{len(MONTHLY)} data sets of 2026-09 wait for the data steward" in made.output
    assert waiting.output.count("waits") == len(MONTHLY)
    assert "All data sets of 2026-09 are published" in again.output
    assert "A new edition of dispositions, 2026-09, waits" in corrected.output
    assert (listed.count("edition 1"), listed.count("waits")) == (len(MONTHLY), 1)


def test_what_cannot_be_made_is_said_in_one_sentence(wiring: Wiring) -> None:
    for words in (
        ("make", "--month", "2026-13"),
        ("make", "--month", "2999-01"),
        ("correct", "dispositions", "--month", "2026-09", "--reason", "Uji"),
        ("correct", "dispositions", "--month", "2025", "--reason", "Uji"),
        ("correct", "nothing", "--month", "2026-09", "--reason", "Uji"),
    ):
        result = run(wiring, *words)
        assert result.exit_code != 0
        assert "Traceback" not in result.output
        assert "Error:" in result.output


def test_the_worker_makes_the_last_month_and_looks_once_an_hour(wiring: Wiring, clock: Clock) -> None:
    history = History(wiring.engine, key_ring(wiring.settings.key_ring), office="bp3mi-jatim")
    worker = worker_of(wiring)
    worker.work_once()
    history.case(NOW - timedelta(days=30), origin="35.07", to="MY", person=FEMALE)
    worker.work_once()
    within_the_hour = run(wiring, "list", "--month", "2026-10").output

    clock.now = NOW + timedelta(hours=1)
    worker.work_once()

    assert "waits" not in within_the_hour
    assert run(wiring, "list", "--month", "2026-10").output.count("waits") == len(MONTHLY)

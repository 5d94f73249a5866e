from pathlib import Path

import pytest

from benchmarks.designs import Floor, Lajur, Said, open_cases, recorded
from benchmarks.durable_step import MACHINE, SPIFF, main
from benchmarks.houses import Sqlite, furnish, open_engine
from engine.process import Interpreter


@pytest.fixture
def place(tmp_path: Path) -> Sqlite:
    return Sqlite(tmp_path)


def furnished(place: Sqlite, interpreter: Interpreter, code: str) -> str:
    url = place.fresh()
    engine = open_engine(url, interpreter, create=True)
    furnish(engine)
    engine.close()
    open_cases(url, interpreter, code, 1)
    return url


def asked(run: Lajur) -> tuple[list[str], int]:
    """What one step asks of the database, and how many characters it sends there."""
    run.prepare()
    said: Said = []
    with recorded(said):
        run.step()
    sentences = [each for trip in said for each in trip.sentences]
    return [statement for statement, _ in sentences], sum(len(str(values)) for _, values in sentences)


@pytest.mark.long
def test_the_benchmark_measures_every_design_and_says_what_a_late_step_costs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    main(["--database", "sqlite", "--rounds", "2", "--steps", "8", "--old", "40"])

    said = capsys.readouterr().out
    assert said.count("steps/s") == 1
    for design in ("floor", "own machine", "behind the same port", "load, run", "rows that Lajur keeps"):
        assert design in said
    assert "step 40 costs" in said


@pytest.mark.parametrize("interpreter", [MACHINE, SPIFF], ids=["machine", "spiffworkflow"])
def test_a_late_step_of_a_loop_asks_no_more_of_the_database_than_an_early_one(
    place: Sqlite, interpreter: Interpreter
) -> None:
    run = Lajur("loop", furnished(place, interpreter, "loop"), interpreter, "loop")
    for _ in range(10):
        run.step()
    early = asked(run)
    for _ in range(150):
        run.step()
    late = asked(run)
    run.close()

    assert late[0] == early[0]
    assert late[1] <= early[1] * 1.02  # numbers grow by a digit


def test_the_floor_leaves_the_same_rows_as_the_run_that_it_repeats(place: Sqlite) -> None:
    base = furnished(place, MACHINE, "micro")
    copy = place.copy(base)
    run, statements = Lajur("micro", base, MACHINE, "micro"), []
    for _ in range(3):
        run.prepare()
        said: Said = []
        with recorded(said):
            run.step()
        statements.append(said)
    floor = Floor(copy, statements)
    for _ in range(3):
        floor.step()

    both = []
    for database in (run.engine.database, floor.database):
        with database.reading() as connection:
            both.append(connection.exec_driver_sql("select case_id, seq, hash from audit order by 1, 2").fetchall())
    run.close()
    floor.close()

    assert both[0] == both[1]
    assert len(both[0]) > 3

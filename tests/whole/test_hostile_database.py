"""A database that is locked, full, read-only, gone or newer: a sentence on the page and for programs, nothing changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine import open_case
from engine.storage.database import DatabaseFull
from tests.web.office import NOW, SISPOPMI, Browser
from tests.web.one_app import app_over
from tests.whole.border import Dump, Program, detail, dump
from web.cli import main
from web.wiring import Wiring

Ail = Callable[[Wiring], AbstractContextManager[None]]


@contextmanager
def locked(wiring: Wiring) -> Iterator[None]:
    other = sqlite3.connect(file_of(wiring), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    wiring.engine.database.busy_seconds = 0.05
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def full(wiring: Wiring) -> Iterator[None]:
    """Not one page more than it has, and what was free in those is used up by other cases."""
    with closing(sqlite3.connect(file_of(wiring))) as other:
        other.execute("VACUUM")
        (wiring.engine.database.most_pages,) = other.execute("PRAGMA page_count").fetchone()
    with pytest.raises(DatabaseFull):
        open_many(wiring)
    yield
    wiring.engine.database.most_pages = 0


def open_many(wiring: Wiring) -> None:
    for _ in range(400):
        wiring.engine.perform(open_case, "p-c3-01", office="bp3mi-jatim", officer=SISPOPMI, at=NOW)


@contextmanager
def read_only(wiring: Wiring) -> Iterator[None]:
    wiring.engine.database.read_only = True
    yield
    wiring.engine.database.read_only = False


@contextmanager
def gone(wiring: Wiring) -> Iterator[None]:
    file = file_of(wiring)
    away = file.rename(file.with_suffix(".away"))
    yield
    away.rename(file)


TROUBLES: dict[str, tuple[Ail, int, str, str]] = {
    "locked": (locked, 503, "Basis data sedang", "try again"),
    "full": (full, 507, "Basis data penuh; tidak ada yang diubah", "is full; nothing was changed"),
    "read-only": (read_only, 503, "Basis data hanya dapat dibaca; tidak ada yang diubah", "it can only be read"),
    "gone": (gone, 503, "Tidak ada basis data di", "but there is none"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_page_says_what_ails_the_database_and_nothing_is_changed(
    officer: Callable[[str], Browser], wiring: Wiring, trouble: str
) -> None:
    ail, status, sentence, _ = TROUBLES[trouble]
    page = officer(SISPOPMI).get("/cases/new")

    with mistreated(wiring, ail) as before:
        refused = page.submit("/cases/new", release="p-c3-01")

    assert (refused.status, sentence in refused.text) == (status, True), refused.text
    assert dump(wiring.engine) == before
    assert page.submit("/cases/new", release="p-c3-01").status == 200


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_program_is_told_what_ails_the_database_and_nothing_is_changed(wiring: Wiring, trouble: str) -> None:
    ail, status, _, sentence = TROUBLES[trouble]
    program = Program(app_over(wiring), SISPOPMI)

    with mistreated(wiring, ail) as before:
        refused = program.post("/cases", {"release": "p-c3-01"})

    assert refused.status_code == status
    assert sentence in detail(refused)
    assert dump(wiring.engine) == before
    assert program.post("/cases", {"release": "p-c3-01"}).status_code == 201


def test_a_database_of_a_newer_program_stops_the_start_with_a_sentence(wiring: Wiring) -> None:
    newer(wiring)

    started = CliRunner().invoke(main, ["serve"], env={"LAJUR_DATA_DIR": str(wiring.settings.data_dir)})

    assert started.exit_code == 1
    assert "which a newer program made. Start that program." in started.output
    assert "Traceback" not in started.output


def test_a_database_that_becomes_newer_makes_the_program_not_ready(wiring: Wiring) -> None:
    newer(wiring)

    answer = app_over(wiring).test_client().get("/api/v1/ready")

    assert answer.status_code == 503
    assert "9999" in detail(answer)


@contextmanager
def mistreated(wiring: Wiring, ail: Ail) -> Iterator[Dump]:
    """Give the tables as they were; every connection is made anew, before and after."""
    wiring.engine.close()
    before: Dump = {}
    if ail is gone:
        before |= dump(wiring.engine)
        wiring.engine.close()
    with ail(wiring):
        if ail is not gone:
            before |= dump(wiring.engine)
        yield before
    wiring.engine.close()
    wiring.engine.database.busy_seconds = 3.0


def newer(wiring: Wiring) -> None:
    with closing(sqlite3.connect(file_of(wiring), isolation_level=None)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")


def file_of(wiring: Wiring) -> Path:
    file = wiring.engine.database.file
    assert file is not None
    return file

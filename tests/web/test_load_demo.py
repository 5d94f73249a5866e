"""Made-up officers and cases: real work, made by the real commands, about nobody who exists."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from engine import verify_audit
from engine.queries import Scope, worklist
from sop_catalog import registers
from tests.web.office import NOW, Browser
from tests.web.one_app import app_over
from web import demo
from web.config import Settings
from web.first_start import load_registers
from web.wiring import Wiring, wire


@pytest.fixture
def loaded(wiring: Wiring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Wiring, str, Path]:
    """The office with a few demo cases."""
    monkeypatch.setattr(demo, "STEPS", (1, 4, 12))
    monkeypatch.setattr(demo, "WEIGHTS", (1, 1, 1))
    accounts = tmp_path / "accounts.txt"
    monkeypatch.setattr(demo, "OFFICES", ("bp3mi-ntb", "bp3mi-bali", "bp3mi-riau"))
    monkeypatch.setattr(demo, "REGIONS", {"bp3mi-ntb": "52", "bp3mi-bali": "51", "bp3mi-riau": "14"})
    monkeypatch.setattr(demo, "HEAD", "")
    _, password = demo.load_demo(wiring.engine, accounts, at=NOW, cases=6)
    return wiring, password, accounts


def test_the_cases_stand_at_different_steps_and_nothing_in_them_is_silent(loaded: tuple[Wiring, str, Path]) -> None:
    wiring = loaded[0]

    with wiring.engine.reading(at=NOW) as reader:
        cases = reader.connection.execute(text('select count(*) from "case"')).scalar_one()
        done = reader.connection.execute(text("select count(*) from work_item where state = 'completed'")).scalar_one()
        breaks = list(verify_audit(reader.connection))

    assert cases >= 6
    assert done >= 6
    assert breaks == []


def test_the_accounts_are_in_a_file_that_only_its_owner_reads_and_they_open_the_door(
    loaded: tuple[Wiring, str, Path],
) -> None:
    wiring, password, accounts = loaded

    page = Browser(app_over(wiring).test_client()).sign_in("semua.ntb", password)

    assert accounts.stat().st_mode & 0o077 == 0
    assert password in accounts.read_text()
    assert page.status == 200


def test_an_officer_of_every_post_has_an_account(loaded: tuple[Wiring, str, Path]) -> None:
    wiring = loaded[0]

    officer = wiring.engine.officer("kepala-bp3mi.bali", at=NOW)
    with wiring.engine.reading(at=NOW) as reader:
        worklist(reader, officer, Scope.POSTS)

    assert [(each.post, each.office) for each in officer.holdings] == [("kepala-bp3mi", "bp3mi-bali")]


def test_persons_are_visibly_made_up() -> None:
    assert set(demo.LAST) == {"Contoh", "Peraga", "Misal"}


def test_registers_are_loaded_once_and_never_over_what_an_administrator_changed(wiring: Wiring) -> None:
    assert load_registers(wiring.engine, at=NOW) == 0
    assert Settings().demo == "auto"


def test_every_post_of_each_demo_office_has_its_officer_however_many_there_are(tmp_path: Path) -> None:
    empty = wire(Settings(data_dir=tmp_path / "empty"), create=True)
    empty.engine.migrate()
    load_registers(empty.engine, at=NOW)

    made, _ = demo.load_demo(empty.engine, tmp_path / "accounts.txt", at=NOW, cases=0)
    empty.engine.close()

    wanted = {(post.code, "pusat") for post in registers.posts() if "head" in post.offices}
    wanted |= {
        (post.code, office) for post in registers.posts() if "regional" in post.offices for office in demo.OFFICES
    }
    assert wanted <= {(each.post, each.office) for each in made}

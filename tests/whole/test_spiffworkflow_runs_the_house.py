"""`LAJUR_INTERPRETER=spiffworkflow`: the whole program turned over, from the setting to the pages and the interface."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine.process import Bundle
from engine.storage import tables
from sop_catalog.publishing import in_force
from tests.shipped import BPMN
from tests.sop_catalog.soundness.shelf import FILES
from tests.web.office import HELPDESK, NOW, OWNER, SISPOPMI, Browser
from tests.whole.border import Program, dump
from web.app import create_app
from web.config import read_settings
from web.wiring import Wiring, wire

LARGE = next(each for each in FILES if "c3-m03-03" in each)


@pytest.fixture
def turned(built: Path, tmp_path: Path) -> Iterator[Wiring]:
    """The house with every procedure of `bpmn/`, started with the one setting."""
    place = tmp_path / "office"
    shutil.copytree(built, place)
    settings = read_settings({"LAJUR_DATA_DIR": str(place), "LAJUR_INTERPRETER": "spiffworkflow"})
    made = wire(settings, clock=lambda: NOW)
    yield made
    made.engine.close()


def snapshots(wiring: Wiring) -> list[bytes]:
    with wiring.engine.database.reading() as connection:
        return list(connection.execute(select(tables.case.c.snapshot)).scalars())


def test_a_case_is_worked_by_clicks_and_by_programs_on_spiffworkflow(turned: Wiring) -> None:
    app = create_app(turned)
    opened = Browser(app.test_client())
    opened.sign_in(SISPOPMI)
    opened.get("/cases/new").submit("/cases/new", release="p-c3-01")
    helpdesk = Browser(app.test_client())
    helpdesk.sign_in(HELPDESK)

    page = helpdesk.get(helpdesk.get("/work/post").link("Menyambut CPMI")).submit("/complete")
    program = Program(app, HELPDESK)
    (item,) = program.get("/work-items?post")["work_items"]
    done = program.post(
        f"/work-items/{item['id']}/complete",
        {"seen": item["version"], "outcome": "tidak", "facts": {"sakit": "no", "anak": "no"}},
    )

    assert page.status == 200
    assert [each["name"] for each in done.get_json()["work_items"]] == ["Menerima penyerahan dari pengantar"]
    assert [each.partition(b"/")[0] for each in snapshots(turned)] == [b"spiffworkflow"]


def test_a_case_that_the_machine_began_stays_with_the_machine(turned: Wiring) -> None:
    before = wire(read_settings({"LAJUR_DATA_DIR": str(turned.settings.data_dir)}), clock=lambda: NOW)
    Program(create_app(before), SISPOPMI).post("/cases", {"release": "p-c3-01"})
    before.engine.close()
    program = Program(create_app(turned), HELPDESK)

    (item,) = program.get("/work-items?post")["work_items"]
    program.post(f"/work-items/{item['id']}/complete", {"seen": item["version"]})
    Program(create_app(turned), SISPOPMI).post("/cases", {"release": "p-c3-01"})

    assert [each.partition(b"/")[0] for each in snapshots(turned)] == [b"machine", b"spiffworkflow"]


def test_every_procedure_in_force_runs_on_it(turned: Wiring) -> None:
    drawings = in_force(turned.engine, at=NOW)
    bundles = [Bundle(code, {each: one.definitions for each, one in drawings.items()}) for code in drawings]
    (spiff, _) = turned.engine.programs._interpreters

    assert [str(each) for bundle in bundles for each in spiff.examine(bundle)] == []
    assert spiff.name == "spiffworkflow"


def test_a_release_that_it_does_not_support_is_refused_by_name(turned: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.spiff.unsupported.NODES", 3)
    app = create_app(turned)
    program = Program(app, OWNER)
    changed = (BPMN / LARGE).read_bytes().replace(b'name="Membuka wawancara', b'name="Mengawali wawancara')
    before = dump(turned.engine)

    refused: Any = program.send("/releases", changed)

    told = refused.get_json()
    assert (refused.status_code, told["verdict"]) == (422, "refused")
    assert [each["rule"] for each in told["findings"] if each["severity"] == "error"] == ["spiff-unsupported-size"]
    assert told["draft"]["state"] == "draft"
    assert dump(turned.engine)["release"] == before["release"]


def test_a_case_of_a_release_that_it_does_not_support_is_not_begun(
    turned: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.spiff.unsupported.NODES", 3)
    program = Program(create_app(turned), SISPOPMI)
    before = dump(turned.engine)

    refused = program.post("/cases", {"release": "p-c3-01"})

    assert refused.status_code == 422
    assert "spiff-unsupported-size" in refused.get_json(force=True)["detail"]
    assert dump(turned.engine) == before

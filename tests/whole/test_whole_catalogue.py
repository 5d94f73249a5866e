"""The whole catalogue in one house: every SOP comes into force, and a case of every one can be begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine import Database, Engine, add_officer, assign_post, open_case
from engine.domain.organisation import OfficeKind
from engine.domain.release import Release, Whose
from engine.machine import Machine
from engine.queries import catalogue
from sop_catalog import registers
from sop_catalog.publishing import load_folder
from tests.shipped import BPMN, FILES
from tests.small_office import KEYS
from tests.whole.office import OPENED
from web.first_start import load_registers

REGIONAL, HEAD = "bp3mi-jatim", "pusat"
WHO = "segala.jabatan"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Engine]:
    """An empty house with the registers, and one officer who holds every post of a regional office and of the head office."""
    engine = Engine(Database(f"sqlite:///{tmp_path / 'whole.db'}", create=True), [Machine()], KEYS)
    engine.migrate()
    load_registers(engine, at=OPENED)
    with engine.begin(at=OPENED) as work:
        add_officer(work, WHO, name="Segala Jabatan Contoh")
        for each in registers.posts():
            for kind, office in ((OfficeKind.REGIONAL, REGIONAL), (OfficeKind.HEAD, HEAD)):
                if kind.value in each.offices:
                    assign_post(work, WHO, post=each.code, office=office, begins_on=date(2026, 1, 1))
    yield engine
    engine.close()


@pytest.mark.long
def test_every_sop_comes_into_force_and_is_begun_where_its_posts_are(house: Engine) -> None:
    loaded = load_folder(house, BPMN, at=OPENED)
    with house.reading(at=OPENED) as reader:
        releases = [reader.release(each.number) for each in catalogue(reader)]

    begun = {each.code: begin(house, each) for each in releases}

    assert [each.as_json() for each in loaded.refused] == []
    assert (len(loaded.published), len(begun)) == (len(FILES), len(FILES))
    assert {code: state for code, state in begun.items() if state != "running"} == {}


def begin(house: Engine, release: Release) -> str:
    """The state of a case that has just been opened."""
    regional = {each.code for each in registers.posts() if OfficeKind.REGIONAL.value in each.offices}
    there = {
        each.performer.post
        for place, each in release.activities.items()
        if place[0] == release.code and each.performer and each.performer.whose is Whose.CASE
    }
    office = REGIONAL if there and there <= regional else HEAD
    elsewhere = {"origin_office": "bp3mi-jateng", "destination_office": "bp3mi-ntb"}
    done = house.perform(
        open_case, release.code, office=office, officer=WHO, at=OPENED + timedelta(hours=1), **elsewhere
    )
    return str(done.state)

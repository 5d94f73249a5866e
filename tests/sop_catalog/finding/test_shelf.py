"""What is kept in memory of the catalogue is never older than what is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread

import pytest

from engine import Engine, revoke_release
from engine.notation import write
from sop_catalog.finding import How, Looked, Shelf
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.toml_reader import read_toml
from sop_catalog.storage import Draft, DraftState
from tests.sop_catalog.publishing.owners import enact, make_owners
from tests.sop_catalog.publishing.test_publishing_drawings import SHEET, STEP, drawn, micro

AT = datetime(2026, 5, 4, 1, tzinfo=UTC)
CODE, VARIANT = "c3-m05-91", "c3-m05-91.jatim"


@pytest.fixture
def shelf(engine: Engine) -> Shelf:
    """A shelf, in a house with an owner and one micro in force."""
    make_owners(engine, "hana", "tini")
    enact(engine, micro(), at=AT)
    return Shelf()


def look(engine: Engine, shelf: Shelf, titles: dict[str, str] | None = None) -> Looked:
    """What is in force now."""
    with engine.reading(at=AT) as reader:
        return shelf.in_force(reader, titles or {})


def test_a_new_edition_is_found_at_once_and_the_one_before_no_more(engine: Engine, shelf: Shelf) -> None:
    before = look(engine, shelf)
    enact(engine, micro("Menyelidiki berkas"), at=AT)
    after = look(engine, shelf)

    assert not before.index.search("menyelidiki").hits
    assert after.index.search("menyelidiki").hits[0].entry.held.edition == 2
    assert [each.name for each in after.uses.held[CODE].steps] == ["Menyelidiki berkas"]


def test_what_is_revoked_is_found_no_more_and_used_nowhere(engine: Engine, shelf: Shelf) -> None:
    before = look(engine, shelf)
    engine.perform(revoke_release, CODE, reason="Disusun lagi", officer="tini", at=AT)
    after = look(engine, shelf)

    assert before.uses.held.keys() == {CODE}
    assert not after.uses.held
    assert not after.index.search(CODE).hits


def test_another_procedure_in_force_is_found_beside_the_first(engine: Engine, shelf: Shelf) -> None:
    look(engine, shelf)
    enact(engine, drawn("c3-m05-92", "mikro", STEP.format(name="Menyusun berkas")), at=AT)

    assert look(engine, shelf).uses.held.keys() == {CODE, "c3-m05-92"}


def test_an_offices_variant_is_found_beside_the_central_sop_and_told_there(engine: Engine, shelf: Shelf) -> None:
    look(engine, shelf)
    own = f'code = "{VARIANT}"\ntitle = "Pemeriksaan di pelabuhan"\nkind = "mikro"\noffice = "jatim"\nvariant_of = "{CODE}"\n'
    enact(engine, write(draw(read_toml(f"{own}{SHEET}{STEP.format(name='Memeriksa berkas')}"))), at=AT)

    after = look(engine, shelf)

    assert [(each.how, each.held.code, each.said) for each in after.uses.called_by(CODE)] == [
        (How.STANDS_IN, VARIANT, "jatim")
    ]
    assert after.index.search("pelabuhan").hits[0].entry.held.procedure.sheet.office == "jatim"


def test_nothing_is_read_again_where_nothing_has_changed(engine: Engine, shelf: Shelf) -> None:
    assert look(engine, shelf) is look(engine, shelf)


def test_a_post_that_is_renamed_is_found_by_its_new_name(engine: Engine, shelf: Shelf) -> None:
    look(engine, shelf)

    assert look(engine, shelf, {"pengelola-kasus": "Manajer Perkara"}).index.search("manajer perkara").hits


def begun(number: int) -> Draft:
    """A draft of the micro, never stored."""
    return Draft(number, CODE, f"Draf {number}", 1, DraftState.DRAFT, None, "", "hana", AT, AT, content=micro())


def test_of_the_drafts_only_those_that_changed_are_read_again(shelf: Shelf) -> None:
    held = {number: begun(number) for number in (1, 2)}
    fetched: list[int] = []

    def fetch(number: int) -> Draft:
        fetched.append(number)
        return held[number]

    shelf.drafts(held.values(), fetch, {})
    held[2] = replace(held[2], version=2, title="Menyusun laporan")
    after = shelf.drafts(held.values(), fetch, {})

    assert fetched == [1, 2, 2]
    assert [each.entry.held.draft for each in after.search("menyusun laporan").hits] == [2]
    assert {each.entry.held.draft for each in after.search("draf").hits} == {1}


def test_who_looks_at_what_is_in_force_does_not_wait_for_drafts_to_be_read(engine: Engine, shelf: Shelf) -> None:
    looked: list[Looked] = []

    def fetch(number: int) -> Draft:
        beside = Thread(target=lambda: looked.append(look(engine, shelf)), daemon=True)
        beside.start()
        beside.join(timeout=5)
        return begun(number)

    shelf.drafts([begun(1)], fetch, {})

    assert len(looked) == 1

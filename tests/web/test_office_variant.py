"""An office's own variant of a central SOP: begun, shown as such on both sides, and compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine import change_office, publish_release
from engine.notation import read, write
from engine.queries.catalogue import release_page
from sop_catalog.publishing.drawings import read_file
from sop_catalog.publishing.releasing import build_release
from sop_catalog.storage import Drafts
from tests.web.office import HELPDESK, NOW, OWNER, Browser
from web.wiring import Wiring

CENTRAL, OFFICE = "s11-m03-04", "bp3mi-jatim"
OWN = f"{CENTRAL}.{OFFICE}"
ADMIN = "admin-sistem.pusat"


@pytest.fixture
def made(wiring: Wiring, officer: Callable[[str], Browser]) -> Wiring:
    """The variant in force, as it was begun."""
    page = officer(OWNER).get(f"/catalogue/{CENTRAL}").submit(f"/catalogue/{CENTRAL}/variants", office=OFFICE)
    assert page.status == 200
    with wiring.engine.reading(at=NOW) as reader:
        (row,) = Drafts(reader.connection).listed(code=OWN)
        content = Drafts(reader.connection).get(row.number).content
    put(wiring, content)
    return wiring


def put(wiring: Wiring, content: bytes) -> None:
    drawing = read_file(content).drawing
    assert drawing is not None
    with wiring.engine.begin(at=NOW) as work:
        publish_release(work, build_release(drawing, {drawing.code: drawing}, at=NOW, by="uji"))


def test_both_pages_say_whose_variant_it_is(made: Wiring, officer: Callable[[str], Browser]) -> None:
    owner = officer(OWNER)

    own, central = owner.get(f"/catalogue/{OWN}"), owner.get(f"/catalogue/{CENTRAL}")

    assert "Varian BP3MI Jawa Timur" in own.text
    assert f"/catalogue/{CENTRAL}" in own.tree.xpath("//a/@href")
    assert f"/catalogue/{OWN}" in central.tree.xpath("//a/@href")


def test_the_public_sees_both_and_the_list_names_the_office(made: Wiring, browser: Browser) -> None:
    own, central = browser.get(f"/sop/{OWN}"), browser.get(f"/sop/{CENTRAL}")

    assert "Varian BP3MI Jawa Timur" in own.text
    assert f"/sop/{CENTRAL}" in own.tree.xpath("//a/@href")
    assert f"/sop/{OWN}" in central.tree.xpath("//a/@href")
    assert "Varian BP3MI Jawa Timur" in browser.get("/sop").text


def test_the_list_that_was_seen_is_sent_again_once_the_office_is_called_otherwise(
    made: Wiring, browser: Browser
) -> None:
    first = browser.client.get("/sop")

    made.engine.perform(change_office, OFFICE, name="BP3MI Timur Raya", officer=ADMIN, at=NOW)
    again = browser.client.get("/sop", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200
    assert "Varian BP3MI Timur Raya" in again.text


def test_what_it_says_otherwise_is_told(made: Wiring, officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get(f"/catalogue/{OWN}/variant")

    assert page.status == 200
    assert "Kantor" in page.text
    assert officer(HELPDESK).client.get(f"/catalogue/{OWN}/variant/after.svg").status_code == 200


def test_the_desk_tells_when_the_central_sop_has_changed(made: Wiring, officer: Callable[[str], Browser]) -> None:
    owner = officer(OWNER)
    before = owner.get("/catalogue/drafts").tree.xpath("//a/@href")
    with made.engine.reading(at=NOW) as reader:
        drawing = read(release_page(reader, CENTRAL).release.drawings[CENTRAL])
    process = replace(drawing.processes[0], documentation=("Baru.",))

    put(made, write(replace(drawing, processes=(process, *drawing.processes[1:]))))

    there = f"/catalogue/{OWN}/variant"
    assert there not in before
    assert there in owner.get("/catalogue/drafts").tree.xpath("//a/@href")
    assert "sudah berubah" in owner.get(there).text


def test_a_variant_in_force_is_not_begun_twice(made: Wiring, officer: Callable[[str], Browser]) -> None:
    page = officer(OWNER).get(f"/catalogue/{CENTRAL}").submit(f"/catalogue/{CENTRAL}/variants", office=OFFICE)

    assert page.status == 409

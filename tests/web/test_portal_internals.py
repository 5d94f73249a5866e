"""Nothing internal of an SOP reaches the public, wherever in a drawing it stands."""

from __future__ import annotations

from dataclasses import replace

from engine import publish_release
from engine.notation import read, write
from engine.queries.catalogue import release_page
from sop_catalog.publishing.drawings import read_file
from sop_catalog.publishing.releasing import build_release
from tests.sop_catalog.portal.marking import MARK, marked
from tests.web.office import NOW, Browser
from web.wiring import Wiring

CODE = "s11-m03-04"


def test_no_internal_word_of_an_sop_is_in_any_answer_to_the_public(wiring: Wiring, browser: Browser) -> None:
    engine = wiring.engine
    with engine.reading(at=NOW) as reader:
        drawing = read(release_page(reader, CODE).release.drawings[CODE])
    made = read_file(write(marked(drawing))).drawing
    assert made is not None
    assert made.text.count(MARK.encode()) > 50
    with engine.begin(at=NOW) as work:
        publish_release(work, build_release(made, {CODE: made}, at=NOW, by="uji"))

    places = ("", "?lang=en", "/2", "/2/picture.svg", "/2/drawing.bpmn", "/2/sop.json", "/2/feedback")
    answers = {each: browser.client.get(f"/sop/{CODE}{each}") for each in places}

    assert {each: answer.status_code for each, answer in answers.items()} == dict.fromkeys(places, 200)
    assert [each for each, answer in answers.items() if MARK in answer.get_data(as_text=True)] == []
    assert MARK not in browser.get("/sop").response.get_data(as_text=True)


def test_an_edition_that_was_superseded_says_so_and_leads_to_the_one_in_force(wiring: Wiring, browser: Browser) -> None:
    with wiring.engine.reading(at=NOW) as reader:
        drawing = read(release_page(reader, CODE).release.drawings[CODE])
    process = replace(drawing.processes[0], documentation=("Baru.",))
    made = read_file(write(replace(drawing, processes=(process,)))).drawing
    assert made is not None
    with wiring.engine.begin(at=NOW) as work:
        publish_release(work, build_release(made, {CODE: made}, at=NOW, by="uji"))

    page = browser.get(f"/sop/{CODE}/1")

    assert "Edisi ini sudah diganti sejak" in page.text
    assert f"/sop/{CODE}" in [each.get("href") for each in page.tree.xpath("//*[contains(@class, 'said')]//a")]
    assert browser.get(f"/sop/{CODE}/2").status == 200

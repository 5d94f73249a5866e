"""Diagrams of other tools brought in through the page, and the catalogue handed out."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from sop_catalog.exchange import archive
from tests.sop_catalog.exchange.foreign import FOREIGN
from tests.web.office import HELPDESK, OWNER, Browser

PAGE = "/catalogue/import"


@pytest.fixture
def owner(officer: Callable[[str], Browser]) -> Browser:
    return officer(OWNER)


def send(browser: Browser, files: list[tuple[str, bytes]], **more: str) -> Any:
    csrf = browser.get(PAGE).tree.xpath("//input[@name='csrf']")[0].get("value")
    sent = {"csrf": csrf, "files": [(io.BytesIO(content), name) for name, content in files], **more}
    return browser.client.post(PAGE, data=sent)


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(f"{name}.bpmn", FOREIGN[name])
    return out.getvalue()


def test_a_zip_gives_one_report_with_every_repair(owner: Browser) -> None:
    answer = send(owner, [("semua.zip", packed("bpmn-io-colours", "camunda-7"))])

    assert answer.status_code == 200
    assert "0 diterima, 1 diterima setelah perbaikan, 1 ditolak." in answer.text
    assert "Proses diberi kode bpmn-io-colours" in answer.text


def test_what_is_accepted_becomes_a_draft_once(owner: Browser) -> None:
    file = [("bpmn-io-colours.bpmn", FOREIGN["bpmn-io-colours"])]

    first, second = send(owner, file, drafts="1"), send(owner, file, drafts="1")

    assert "/catalogue/drafts/1" in first.text
    assert "/catalogue/drafts/1" in second.text
    assert owner.get("/catalogue/drafts/2").status == 404


def test_a_drawing_that_can_become_no_draft_is_shown(owner: Browser) -> None:
    answer = send(owner, [("percakapan.bpmn", FOREIGN["conversation"])], drafts="1", refused="1")

    assert '<img src="data:image/svg+xml;base64,' in answer.text
    assert "/catalogue/drafts/1" not in answer.text


def test_a_hostile_zip_is_refused(owner: Browser) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../luar.bpmn", b"<a/>")

    answer = send(owner, [("x.zip", out.getvalue())])

    assert answer.status_code == 422
    assert "tidak aman dibuka" in answer.text


def test_several_zips_hold_no_more_than_one_may(owner: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FILES", 1)
    files = [(f"{name}.zip", packed(name)) for name in ("bpmn-io-colours", "camunda-7")]

    assert [send(owner, files[:1]).status_code, send(owner, files).status_code] == [200, 422]


def test_the_catalogue_goes_out_as_zip_register_and_json(owner: Browser) -> None:
    held = {form: owner.client.get(f"/catalogue/export/{form}") for form in ("zip", "xlsx", "json")}

    with zipfile.ZipFile(io.BytesIO(held["zip"].data)) as archive:
        assert len(archive.namelist()) == json.loads(held["json"].data)["count"]
    assert held["xlsx"].data[:2] == b"PK"


def test_only_a_process_owner_brings_in_and_hands_out(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    assert [browser.get(each).status for each in (PAGE, "/catalogue/export/zip")] == [403, 403]


def test_an_sop_is_a_png_for_whoever_may_see_it(owner: Browser) -> None:
    answer = owner.client.get("/catalogue/c3-m03-03/1/pictures/c3-m03-03.png")

    assert (answer.mimetype, answer.data[:4]) == ("image/png", b"\x89PNG")

"""The contract of the interface does not change by accident: it is pinned, and each change has its entry."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from flask import Flask

from tests.web.one_app import app_over
from web.api import CONTRACT
from web.wiring import Wiring

PINNED = Path(__file__).with_name("api_contract.json")
CHANGES = Path(__file__).parents[2] / "docs" / "api-changes.md"
ENTRY = re.compile(r"^## (\d+\.\d+\.\d+), (\d{4}-\d{2}-\d{2}) \(`([0-9a-f]{12})`\)$", re.MULTILINE)
TO_DO = """The contract has changed. If that is meant:
1. raise CONTRACT in web/api/__init__.py (the middle number for what is new, the first for what breaks other programs);
2. write the document that the test holds beside this text into tests/web/api_contract.json;
3. begin docs/api-changes.md with an entry that says what changed: ## {version}, YYYY-MM-DD (`{sign}`)
The document of now: {place}"""


def living(wiring: Wiring) -> dict[str, Any]:
    app: Flask = app_over(wiring)
    document: dict[str, Any] = app.test_client().get("/api/v1/openapi.json").get_json()
    return document


def written(document: dict[str, Any]) -> str:
    """The document as it is pinned: sorted, so that a change is seen and an order is none."""
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def sign_of(document: dict[str, Any]) -> str:
    """What an entry is known by."""
    return hashlib.sha256(written(document).encode()).hexdigest()[:12]


def test_the_living_document_is_the_one_that_is_pinned(wiring: Wiring, tmp_path_factory: Any) -> None:
    document = living(wiring)
    place = tmp_path_factory.mktemp("contract", numbered=True) / "api_contract.json"
    place.write_text(written(document), encoding="utf-8")

    told = TO_DO.format(version=CONTRACT, sign=sign_of(document), place=place)

    assert written(document) == PINNED.read_text(encoding="utf-8"), told


def test_the_newest_entry_of_the_changes_is_about_the_contract_of_now() -> None:
    version, _, sign = ENTRY.findall(CHANGES.read_text(encoding="utf-8"))[0]

    pinned = json.loads(PINNED.read_text(encoding="utf-8"))

    assert (version, sign) == (CONTRACT, sign_of(pinned))
    assert pinned["info"]["version"] == CONTRACT


def test_every_entry_has_a_later_version_than_the_one_before_it_and_says_something() -> None:
    text = CHANGES.read_text(encoding="utf-8")
    versions = [tuple(map(int, each.split("."))) for each, _, _ in ENTRY.findall(text)]

    assert versions == sorted(set(versions), reverse=True)
    assert len(versions) == text.count("\n## ")
    assert all(len(each.strip().splitlines()) > 1 for each in text.split("\n## ")[1:])

"""The built parts of the pages: what they are made of, and what happens without them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.office import HELPDESK, Browser
from web import browser_parts

WEB = Path(__file__).parents[2] / "web"
FRONTEND = WEB / "frontend"


def test_every_icon_that_a_page_names_is_in_the_sprite_and_no_other() -> None:
    offered = set(re.findall(r"'([a-z0-9-]+)'", (FRONTEND / "src" / "icons.js").read_text()))
    texts = [
        path.read_text()
        for pattern in ("**/*.html", "**/*.py", "frontend/src/**/*.js")
        for path in WEB.glob(pattern)
        if "node_modules" not in path.parts and path.name != "icons.js"
    ]

    words = set(re.findall(r"""['"]([a-z0-9-]+)['"]""", "\n".join(texts)))
    asked = set(re.findall(r"""icon\(\s*['"]([a-z0-9-]+)['"]""", "\n".join(texts)))

    assert asked <= offered
    assert offered <= words


def test_the_lock_names_no_host_and_a_hash_for_everything() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert all("integrity" in entry for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


def test_nothing_installed_may_run_a_script_of_its_own() -> None:
    assert "ignore-scripts=true" in (FRONTEND / ".npmrc").read_text()
    assert '"--ignore-scripts"' in (FRONTEND / "hatch_build.py").read_text()


def test_no_page_holds_script_or_style_of_its_own() -> None:
    pages = {path: path.read_text() for path in WEB.glob("**/templates/**/*.html")}

    offenders = [
        path.name
        for path, text in pages.items()
        if re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|\|\s*safe\b|javascript:", text)
    ]

    assert offenders == []


def test_without_the_build_pages_say_so_and_work_in_plain_dress(
    officer: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(browser_parts, "MANIFEST", tmp_path / "manifest.json")

    page = officer(HELPDESK).get("/work/mine")

    assert "Bagian peramban dari pemasangan ini belum dibangun" in page.text
    assert page.tree.xpath("//link[@rel='stylesheet']/@href") == ["/static/styles/index.css"]
    assert page.tree.xpath("//script") == []


def test_without_scripts_the_diagram_is_there_as_a_picture(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    picture = browser.get("/catalogue/c3-m03").tree.xpath("//*[@data-still]//img/@src")[0]

    assert browser.client.get(picture).data.startswith(b"<svg")

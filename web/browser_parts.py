"""Where the built styles, scripts and icons of the pages are. It builds nothing: installing the package does."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from markupsafe import Markup

STATIC = Path(__file__).parent / "static"
MANIFEST = STATIC / "dist" / "manifest.json"
PLAIN_STYLES = "styles/index.css"
"""What pages are dressed in where nothing was built."""


def start(app: Flask) -> None:
    """Give the templates their addresses."""
    app.jinja_env.globals.update(
        stylesheets=stylesheets, scripts=scripts, icon=icon, sprite=sprite, browser_parts_built=built
    )


def built() -> bool:
    """Whether the browser parts are there."""
    return bool(_manifest())


def stylesheets(*, viewer: bool = False, modeler: bool = False) -> list[str]:
    """Addresses of the styles that a page needs."""
    if not built():
        return [url_for("static", filename=PLAIN_STYLES)]
    files = [
        _manifest()["src/style.css"]["file"],
        *(each for name in _parts(viewer, modeler) for each in _styles(name)),
    ]
    return [_address(each) for each in dict.fromkeys(files)]


def scripts(*, viewer: bool = False, modeler: bool = False) -> list[str]:
    """Addresses of the modules that a page needs; none where nothing was built."""
    if not built():
        return []
    return [_address(_manifest()[name]["file"]) for name in ("src/app/index.js", *_parts(viewer, modeler))]


def _parts(viewer: bool, modeler: bool) -> list[str]:
    return [*(["src/viewer/index.js"] if viewer else []), *(["src/modeler/index.js"] if modeler else [])]


def _styles(name: str) -> list[str]:
    """The styles of a module, those of what it imports before its own."""
    part = _manifest()[name]
    return [*(each for other in part.get("imports", []) for each in _styles(other)), *part.get("css", [])]


def sprite() -> str:
    """Address of the one file that holds every icon; empty where nothing was built."""
    return _address(_manifest()["icons.svg"]["file"]) if built() else ""


def icon(name: str, words: str = "", extra: str = "") -> Markup:
    """One icon. Give it words only where no text stands beside it."""
    if not built():
        return Markup("")
    says = Markup('role="img" aria-label="{}"').format(words) if words else Markup('aria-hidden="true"')
    return Markup('<svg class="icon {}" {}><use href="{}#{}"/></svg>').format(extra, says, sprite(), name)


def _address(file: str) -> str:
    return url_for("static", filename=f"dist/{file}")


def _manifest() -> dict[str, Any]:
    try:
        return _read(MANIFEST, MANIFEST.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> dict[str, Any]:
    del changed  # names the edition of the file, so that a new build is seen
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest

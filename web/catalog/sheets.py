"""The official sheet of an SOP, printed: what the catalogue's page offers beside the drawing itself."""

from __future__ import annotations

from functools import lru_cache

from flask import make_response
from flask.typing import ResponseReturnValue

from engine.notation import read as read_drawing
from engine.queries.catalogue import catalogue, release_page
from sop_catalog.sheets.forming import form_of
from sop_catalog.sheets.printing import write
from web.catalog.blueprint import blueprint
from web.identity import read

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/catalogue/<code>/<int:edition>/sheet.<any(pdf,docx,xlsx):written>")
def sheet(code: str, edition: int, written: str) -> ResponseReturnValue:
    """One edition as the sheet that PermenPANRB 35/2012 describes: to print, or to go on editing."""
    release = read(release_page, code, edition).release
    titles = tuple(sorted((each.code, each.title) for each in read(catalogue)))
    response = make_response(_written(release.drawings[release.code], release.code, titles, written))
    response.headers["Content-Type"] = KINDS[written]
    shown = "inline" if written == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{release.code}-{edition}.{written}"'
    return response


@lru_cache(maxsize=32)
def _written(drawing: bytes, code: str, titles: tuple[tuple[str, str], ...], kind: str) -> bytes:
    return write(form_of(read_drawing(drawing), titles=dict(titles), code=code), kind)

"""The official sheet of an SOP, printed: what the catalogue's pages offer beside the drawing itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from flask import make_response
from flask.typing import ResponseReturnValue

from engine import NotFound
from engine.notation import examine
from engine.queries.catalogue import catalogue, release_page
from sop_catalog.procedure import Status
from sop_catalog.sheets.forming import form_of
from sop_catalog.sheets.printing import write
from web.catalog.blueprint import blueprint
from web.identity import expect_power, read
from web.language import HOME
from web.publishing import draft_held

KINDS: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DRAFT: Final = "RANCANGAN – belum disahkan"
"""On every page of a sheet that nobody has approved: as Indonesian as the sheet itself."""


@blueprint.get("/catalogue/<code>/<int:edition>/sheet.<any(pdf,docx,xlsx):written>")
def sheet(code: str, edition: int, written: str) -> ResponseReturnValue:
    """One edition as the sheet that PermenPANRB 35/2012 describes: to print, or to go on editing."""
    found = read(release_page, code, edition)
    day = found.row.published_at.astimezone(ZoneInfo(HOME)).date()
    made = _written(found.release.drawings[found.release.code], found.release.code, _titles(), written, day)
    return _answer(made, written, f"{found.release.code}-{edition}")


@blueprint.get("/catalogue/drafts/<int:number>/sheet.<any(pdf,docx,xlsx):written>")
def draft_sheet(number: int, written: str) -> ResponseReturnValue:
    """A draft as the sheet that it will be, marked as a draft on every page."""
    expect_power("publish")
    row = read(draft_held, number)
    return _answer(_written(row.content, row.code, _titles(), written, None), written, f"{row.code}-rancangan-{number}")


def _titles() -> tuple[tuple[str, str], ...]:
    return tuple(sorted((each.code, each.title) for each in read(catalogue)))


def _answer(made: bytes, written: str, name: str) -> ResponseReturnValue:
    response = make_response(made)
    response.headers["Content-Type"] = KINDS[written]
    shown = "inline" if written == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}.{written}"'
    return response


@lru_cache(maxsize=32)
def _written(drawing: bytes, code: str, titles: tuple[tuple[str, str], ...], kind: str, day: date | None) -> bytes:
    """The sheet of a drawing, in force since a day or still a draft. What is kept is asked for again soon, or never."""
    drawn = examine(drawing).definitions
    if drawn is None or not drawn.processes:
        raise NotFound(what=f"procedure {code}")
    form = form_of(drawn, titles=dict(titles), code=code)
    if day is None:
        return write(replace(form, identity=replace(form.identity, mark=DRAFT)), kind)
    if form.identity.status is Status.OFFICIAL:
        form = replace(form, identity=replace(form.identity, effective_on=day))
    return write(form, kind)

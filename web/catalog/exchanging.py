"""Diagrams of other tools brought in by hand or by the hundred, and the catalogue handed out. For process owners."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from engine import NotFound, NotValid, Refusal
from engine.domain.finding import Finding
from engine.notation import NotReadable
from engine.notation import read as read_drawing
from engine.queries.catalogue import release_page
from sop_catalog.exchange import (
    Imported,
    Incoming,
    Outcome,
    bring_in,
    counts,
    expect_few,
    from_zip,
    is_in_force,
    own_draft,
)
from sop_catalog.exchange.exporting import Exported, as_json, as_xlsx, as_zip
from sop_catalog.exchange.pictures import drawing_in, png_of, svg_of
from sop_catalog.publishing import Drawing, begin_draft, in_force
from web.catalog.blueprint import FILE_BYTES, blueprint
from web.identity import expect_power, key_sent, read, wiring
from web.language import say, say_finding

POWER = "publish"
SHOWN = 3
"""So many drawings that could become no draft are shown with the report."""
_TYPES = {
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One file of the report in the reader's language."""

    place: str
    code: str
    title: str
    outcome: str
    repairs: Sequence[tuple[str, str | None, int | None]]
    findings: Sequence[tuple[str, str | None, int | None]]
    draft: int | None = None
    held: str = ""
    """Why no draft was begun of it: `in-force`, `drafted`, or a sentence."""
    picture: str = ""
    """The address of its picture, which is in the address itself: nothing of it is kept on the server."""


@blueprint.route("/catalogue/import", methods=["GET", "POST"], endpoint="bring_in")
def bring_in_files() -> ResponseReturnValue:
    """Bring in files and zips of them: one report, and drafts of what was accepted, if that was asked."""
    expect_power(POWER)
    if request.method == "GET":
        return render_template("catalog/bring_in.html", rows=(), told=None)
    files = _sent()
    at_hand = in_force(wiring().engine, at=g.now)
    report = bring_in(files, shelf=lambda code: _text(at_hand, code), persons="persons" in request.form)
    rows = [_row(each, at_hand) for each in report]
    return render_template(
        "catalog/bring_in.html", rows=_with_pictures(rows, report), told=counts(report), outcomes=Outcome
    )


def _sent() -> list[Incoming]:
    files: list[Incoming] = []
    for each in request.files.getlist("files"):
        name, content = (each.filename or "")[:200], each.stream.read()
        if content[:2] == b"PK":
            files += from_zip(content)
        elif name or content:
            files.append(Incoming(name, content[: FILE_BYTES + 1]))
        expect_few(files)
    if not files:
        raise NotValid(what="the file", wanted="given", found="missing")
    return files


def _text(at_hand: Mapping[str, Drawing], code: str) -> bytes | None:
    return at_hand[code].text if code in at_hand else None


def _row(each: Imported, at_hand: Mapping[str, Drawing]) -> Row:
    draft, held = _drafted(each, at_hand)
    return Row(
        each.place,
        each.code,
        each.title,
        each.outcome.value,
        [_said(found) for found in each.repairs],
        [
            _said(found)
            for found in each.findings
            if found.severity == "error" or found.rule in {"vendor-task", "not-carried"}
        ],
        draft,
        held,
    )


def _said(found: Finding) -> tuple[str, str | None, int | None]:
    return say_finding(found.message, found.facts), found.element, found.line


def _drafted(each: Imported, at_hand: Mapping[str, Drawing]) -> tuple[int | None, str]:
    """Begin a draft where that was asked and something new would come of it."""
    wanted = "drafts" in request.form and (each.accepted or "refused" in request.form)
    if not each.code or not each.text or not wanted:
        return None, ""
    if is_in_force(each, at_hand):
        return None, "in-force"
    if (there := read(own_draft, each, g.officer.login)) is not None:
        return there, "drafted"
    key = hashlib.sha256(f"{key_sent()}/{each.place}".encode()).hexdigest() if key_sent() else None
    try:
        made = wiring().engine.perform(begin_draft, content=each.text, officer=g.officer.login, at=g.now, key=key)
    except NotValid as refusal:
        return None, say(refusal)
    return made.number, ""


def _with_pictures(rows: Sequence[Row], report: Sequence[Imported]) -> list[Row]:
    """Show the first few that are refused and became no draft: they can be seen nowhere else."""
    shown, left = [*rows], SHOWN
    for at, each in enumerate(report):
        if left and not each.accepted and rows[at].draft is None and (picture := _picture(each)):
            shown[at] = replace(rows[at], picture=picture)
            left -= 1
    return shown


def _picture(each: Imported) -> str:
    try:
        svg = svg_of(drawing_in(each.source)).encode()
    except (NotReadable, ValueError):
        return ""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()


@blueprint.get("/catalogue/export/<form>")
def hand_out(form: str) -> ResponseReturnValue:
    """The whole catalogue in force: a zip of BPMN, the register as XLSX, or JSON."""
    expect_power(POWER)
    if form not in _TYPES:
        raise NotFound(what=f"the catalogue as {form}")
    held = [Exported(each.code, each.text, each.definitions) for each in in_force(wiring().engine, at=g.now).values()]
    content = {"zip": as_zip, "xlsx": as_xlsx, "json": as_json}[form](held)
    return _download(content, _TYPES[form], f"katalog-{g.now:%Y-%m-%d}.{form}")


@blueprint.get("/catalogue/<code>/<int:edition>/pictures/<process>.png")
def picture_as_png(code: str, edition: int, process: str) -> ResponseReturnValue:
    """The diagram as PNG, made here and not in a browser."""
    drawings = read(release_page, code, edition).release.drawings
    if process not in drawings:
        raise NotFound(what=f"drawing {process}")
    try:
        svg = svg_of(read_drawing(drawings[process]))
    except (Refusal, ValueError):
        raise NotFound(what=f"drawing {process}") from None
    return _download(png_of(svg), "image/png", f"{process}.png")


def _download(content: bytes, kind: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""A sheet of the agency's own becomes a draft: sent in or pasted, read, asked about where it is not clear, looked at, begun.

Nothing is kept between the pages: what lies on the sheet and the answers so far travel along in the form.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotValid
from engine.domain.finding import Finding
from engine.notation import read as read_drawing
from engine.notation import write
from engine.queries.catalogue import catalogue, release_page
from sop_catalog.diagram.drawing import draw_svg
from sop_catalog.errors import NotATable
from sop_catalog.procedure import CODE
from sop_catalog.publishing import begin_draft
from sop_catalog.registers import posts
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.reading import Edition, Grid, Question, Understood, read_sheet, read_text
from sop_catalog.sheets.reading.files import SHEET_BYTES
from sop_catalog.sheets.reading.grid import from_json
from sop_catalog.sheets.reading.performers import OUTSIDE
from sop_catalog.sheets.reading.taking import TakenIn, Wanted, take_in
from sop_catalog.sheets.table import Table
from sop_catalog.sheets.wording import allowance_text
from web.catalog.blueprint import blueprint
from web.catalog.desk import POWER
from web.identity import expect_power, perform, read
from web.language import gettext, raw, say_finding

_LONGEST = 200
_SPOKEN = ("clock-", "order", "row-")
"""Questions whose answers are the program's words; those of others are names from the sheet and the registers."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """What one request says: the procedure, the sheet, and the answers so far."""

    code: str
    title: str = ""
    official: bool = False
    grid: Grid | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("/catalogue/read-sheet")
def read_sheet_form() -> ResponseReturnValue:
    """Where a sheet is sent in or pasted."""
    expect_power(POWER)
    return _page(_Sent(request.args.get("code", "")[:80]))


@blueprint.post("/catalogue/read-sheet")
def read_sheet_in() -> ResponseReturnValue:
    """What was understood of a sheet, and what is still asked; nothing is kept."""
    expect_power(POWER)
    try:
        return _told(*_read())
    except NotATable as refusal:
        return _refused(refusal)


@blueprint.post("/catalogue/read-sheet/draft")
def draft_from_sheet() -> ResponseReturnValue:
    """Begin a draft of a sheet that leaves nothing open."""
    expect_power(POWER)
    try:
        sent, taken = _read()
        if taken.understood.table is None:
            return _told(sent, taken), 422
        made = perform(begin_draft, content=write(draw(taken.understood.table)))
    except NotATable as refusal:
        return _refused(refusal)
    return redirect(url_for("catalog.draft", number=made.number))


def _read() -> tuple[_Sent, TakenIn]:
    """Read what the request sends, as far as its answers go. Raises NotATable."""
    grid = _grid()
    code = _said("code").lower() or (grid.own.code if grid.own else "")
    if not CODE.fullmatch(code):
        wanted = "like c3-m05-02, c3-m05 or p-c3-01"
        raise NotValid(what="the code of the procedure", wanted=wanted, found=code or "missing")
    sent = _Sent(code, _said("title"), bool(request.form.get("official")), grid, _answers())
    return sent, take_in(grid, Wanted(code, sent.title, sent.official), _edition(code), sent.answers)


def _edition(code: str) -> Edition | None:
    """What is in force under a code, with the titles that its sheet names other SOPs by."""
    titles = {each.code: each.title for each in read(catalogue)}
    if code not in titles:
        return None
    return Edition(read_drawing(read(release_page, code).release.drawings[code]), titles)


def _told(sent: _Sent, taken: TakenIn) -> str:
    table = taken.understood.table
    return _page(sent, taken=taken, understood=taken.understood, picture=_picture(table) if table else "")


def _refused(refusal: NotATable) -> ResponseReturnValue:
    sent = _Sent(_said("code").lower(), _said("title"), bool(request.form.get("official")))
    return _page(sent, problems=_said_of(refusal.findings)), refusal.status


def _page(sent: _Sent, **more: Any) -> str:
    understood: Understood | None = more.get("understood")
    return render_template(
        "catalog/taking_in.html",
        sent=sent,
        procedures=() if understood else read(catalogue),
        names={each.code: each.name for each in posts()},
        questions=[_spoken(each) for each in understood.questions] if understood else (),
        numbers={each.row: each.number for each in understood.lines} if understood else {},
        times={each.id: allowance_text(each.allowance) for each in understood.lines} if understood else {},
        called={each.id: each.number for each in understood.lines} if understood else {},
        complaints=_said_of(understood.complaints, _rows(understood)) if understood else (),
        **more,
    )


def _spoken(question: Question) -> tuple[Question, str, list[tuple[str, str]]]:
    """A question in the reader's language, with its choices."""
    facts = {key: gettext(str(value)) if key == "column" else value for key, value in question.facts.items()}
    own = question.key.startswith(_SPOKEN)
    return (
        question,
        say_finding(question.what, facts),
        [(v, raw(label) if own or v == OUTSIDE else label) for v, label in question.choices],
    )


def _said_of(findings: tuple[Finding, ...], rows: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    names = rows or {}
    return [
        (names.get(each.element or "", each.element or ""), say_finding(each.message, each.facts)) for each in findings
    ]


def _rows(understood: Understood) -> dict[str, str]:
    """What complaints call the rows → what the sheet calls them."""
    return {f"step {each.id}": f"{each.number}. {each.activity}" for each in understood.lines}


def _said(name: str) -> str:
    return str(request.form.get(name, "")).strip()[:_LONGEST]


def _answers() -> dict[str, str]:
    return {
        key.removeprefix("answer-"): value.strip()[:_LONGEST]
        for key, value in request.form.items()
        if key.startswith("answer-")
    }


def _grid() -> Grid:
    """What lies on the sheet: as a page of ours carried it, as a file, or as it was pasted."""
    if request.form.get("grid"):
        return from_json(str(request.form["grid"]))
    sent = request.files.get("file")
    if sent and sent.filename:
        return read_sheet(sent.stream.read(SHEET_BYTES + 1), sent.filename[:80], _said("worksheet"))
    return read_text(str(request.form.get("pasted", "")))


def _picture(table: Table) -> str:
    """The diagram as an address of its own: nothing of it is kept on the server."""
    svg = draw_svg(draw(table)).encode()
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()

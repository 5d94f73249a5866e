"""A sheet of the agency's own becomes a draft: sent in or pasted, read, asked about where it is not clear, looked at, begun.

Nothing is kept between the pages: what lies on the sheet and the answers so far travel along in the form.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound, NotValid
from engine.domain.finding import Finding
from engine.domain.release import Duty
from engine.notation import read as read_drawing
from engine.notation import write
from engine.queries.catalogue import catalogue, release_page
from sop_catalog.diagram.drawing import draw_svg
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.errors import NotATable
from sop_catalog.procedure import CODE, Level, Procedure, Sheet, Status
from sop_catalog.publishing import begin_draft
from sop_catalog.registers import posts
from sop_catalog.sheets.draw import draw, level_of
from sop_catalog.sheets.reading import Grid, Question, Understood, read_sheet, read_text, understand
from sop_catalog.sheets.reading.grid import from_json
from sop_catalog.sheets.table import Table
from web.catalog.blueprint import blueprint
from web.catalog.desk import POWER
from web.identity import expect_power, perform, read
from web.language import gettext, raw, say_finding

SHEET_BYTES = 5_000_000
"""The most that a sheet may weigh."""
_LONGEST = 200
_SPOKEN = ("clock-", "order", "row-")
"""Questions whose answers are the program's words; those of others are names from the sheet and the registers."""


@dataclass(slots=True)
class _Sent:
    """What one request says: the procedure, the sheet, and the answers so far."""

    code: str
    title: str
    official: bool
    grid: Grid | None
    answers: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("/catalogue/read-sheet")
def read_sheet_form() -> ResponseReturnValue:
    """Where a sheet is sent in or pasted."""
    expect_power(POWER)
    return _page(_Sent(request.args.get("code", "")[:80], "", official=False, grid=None))


@blueprint.post("/catalogue/read-sheet")
def read_sheet_in() -> ResponseReturnValue:
    """What was understood of a sheet, and what is still asked; nothing is kept."""
    expect_power(POWER)
    sent = _Sent(_said("code").lower(), _said("title"), bool(request.form.get("official")), None)
    try:
        sent = replace(sent, grid=_grid(), answers=_answers())
        procedure, lost = _procedure(sent)
        understood = understand(_held(sent), procedure, posts(), sent.answers)
        understood, lost = _with_duties(understood, lost)
        picture = _picture(understood.table) if understood.table else ""
    except NotATable as refusal:
        return _page(replace(sent, grid=None), problems=_said_of(refusal.findings)), refusal.status
    return _page(sent, procedure=procedure, understood=understood, lost=lost, picture=picture)


@blueprint.post("/catalogue/read-sheet/draft")
def draft_from_sheet() -> ResponseReturnValue:
    """Begin a draft of a sheet that leaves nothing open."""
    expect_power(POWER)
    sent = _Sent(_said("code").lower(), _said("title"), bool(request.form.get("official")), _grid(), _answers())
    procedure, lost = _procedure(sent)
    understood, _ = _with_duties(understand(_held(sent), procedure, posts(), sent.answers), lost)
    if understood.table is None:
        raise NotValid(what="the sheet", wanted="without open questions", found="open questions")
    made = perform(begin_draft, content=write(draw(understood.table)))
    return redirect(url_for("catalog.draft", number=made.number))


def _page(sent: _Sent, **more: Any) -> str:
    understood: Understood | None = more.get("understood")
    return render_template(
        "catalog/taking_in.html",
        sent=sent,
        procedures=read(catalogue),
        names={each.code: each.name for each in posts()},
        questions=[_spoken(each) for each in understood.questions] if understood else (),
        called={each.id: each.number for each in understood.lines} if understood else {},
        complaints=_said_of(understood.complaints) if understood else (),
        **more,
    )


def _spoken(question: Question) -> tuple[Question, str, list[tuple[str, str]]]:
    """A question in the reader's language, with its choices."""
    facts = {key: gettext(str(value)) if key == "column" else value for key, value in question.facts.items()}
    own = question.key.startswith(_SPOKEN)
    return (
        question,
        say_finding(question.what, facts),
        [(v, raw(label) if own else label) for v, label in question.choices],
    )


def _said_of(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(each.element or "", say_finding(each.message, each.facts)) for each in findings]


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
        return read_sheet(sent.stream.read(SHEET_BYTES + 1), sent.filename[:80])
    return read_text(str(request.form.get("pasted", "")))


def _held(sent: _Sent) -> Grid:
    if sent.grid is None:
        raise NotFound(what="the sheet")
    return sent.grid


def _procedure(sent: _Sent) -> tuple[Procedure, tuple[Duty, ...]]:
    """The procedure that the sheet is of: the cover sheet of the edition in force, or an empty one of its code."""
    if not CODE.fullmatch(sent.code):
        raise NotValid(
            what="the code of the procedure", wanted="like c3-m05-02, c3-m05 or p-c3-01", found=sent.code or "missing"
        )
    if not any(each.code == sent.code for each in read(catalogue)):
        sheet = Sheet(level=Level(level_of(sent.code)), area=sent.code.split("-")[0].upper())
        return _titled(Procedure(sent.code, sent.title or sent.code.upper(), sheet), sent), ()
    drawing = read_drawing(read(release_page, sent.code).release.drawings[sent.code])
    found = next(each for each in drawing.processes if each.id == sent.code)
    procedure = read_procedure(found)
    named = tuple(each for each in procedure.sheet.duties if each.begins or each.ends)
    sheet = replace(procedure.sheet, duties=tuple(each for each in procedure.sheet.duties if each not in named))
    return _titled(replace(procedure, sheet=sheet), sent), named


def _titled(procedure: Procedure, sent: _Sent) -> Procedure:
    status = Status.OFFICIAL if sent.official else Status.PROPOSED
    sheet = replace(procedure.sheet, status=status)
    return replace(procedure, title=sent.title or procedure.title, sheet=sheet)


def _with_duties(understood: Understood, named: tuple[Duty, ...]) -> tuple[Understood, tuple[Duty, ...]]:
    """Keep the duties that are counted between steps which the new sheet has too; the others are told, not dropped unseen."""
    table = understood.table
    if table is None:
        return understood, ()
    known = {"", table.start.id, *(each.id for each in table.steps), *(each.id for each in table.ends)}
    kept = tuple(each for each in named if {each.begins, each.ends} <= known)
    sheet = replace(table.procedure.sheet, duties=(*table.procedure.sheet.duties, *kept))
    table = replace(table, procedure=replace(table.procedure, sheet=sheet))
    return replace(understood, table=table), tuple(each for each in named if each not in kept)


def _picture(table: Table) -> str:
    """The diagram as an address of its own: nothing of it is kept on the server."""
    svg = draw_svg(draw(table)).encode()
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()

"""Taking over an office's own register: a table is read, its columns are named, and every row is told what became of it.

The table is kept nowhere: the page carries it from one step to the next.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from engine import NotValid, import_subjects
from engine.domain.subject import FIELDS
from engine.queries.people import offices
from web.identity import look_at, read, spoken_titles
from web.language import gettext, say
from web.people import words
from web.tables import Table, TableNotRead, match_columns, read_table

FIRST_ROWS = 4
AT_ONCE = 100
"""Rows of one transaction: what comes after a fault is not taken, what came before it is."""


def register(blueprint: Blueprint) -> None:
    """Add the three pages to the place."""
    blueprint.add_url_rule("/people/import", "bring", bring, methods=["GET"])
    blueprint.add_url_rule("/people/import/columns", "columns", columns, methods=["POST"])
    blueprint.add_url_rule("/people/import/take", "take", take, methods=["POST"])


def bring() -> ResponseReturnValue:
    """Where a table is pasted or chosen."""
    return _bring()


def columns() -> ResponseReturnValue:
    """Read the table and ask which column is what."""
    try:
        table = _table()
        source = _source()
    except NotValid as wrong:
        return _bring(say(wrong), wrong.status)
    return _columns(table, source, match_columns(table.header, words.columns(FIELDS)))


def take() -> ResponseReturnValue:
    """Take in every row that can be taken, and tell of each what became of it."""
    try:
        table, source = _carried(request.form.get("table", "")), _source()
    except NotValid as wrong:
        return _bring(say(wrong), wrong.status)
    chosen = [request.form.get(f"column-{at}", "")[:63] for at in range(len(table.header))]
    known = {each.name: each.label for each in words.columns(FIELDS)}
    named = [each for each in chosen if each in known]
    if not {"nama", "nik", "nomor_paspor", "nomor_splp"} & set(named):
        return _columns(table, source, chosen, gettext("Say which column holds the name or an identity number."), 422)
    if twice := next((each for each in named if named.count(each) > 1), ""):
        fault = gettext("Two columns cannot both be “%(label)s”.", label=known[twice])
        return _columns(table, source, chosen, fault, 422)
    rows = [
        {"row": line, **{name: cell for name, cell in zip(chosen, cells, strict=True) if name in known}}
        for line, cells in zip(table.lines, table.rows, strict=True)
    ]
    office = request.form.get("office", "")[:40]
    told = [
        each
        for first in range(0, len(rows), AT_ONCE)
        for each in look_at(import_subjects, rows[first : first + AT_ONCE], source=source, office=office).rows
    ]
    return _told(source, told)


def _told(source: str, told: Sequence[Any]) -> Response:
    counts = {state: sum(each.state == state for each in told) for state in ("taken", "known", "earlier", "refused")}
    flash(gettext("%(num)s persons were taken over.", num=counts["taken"] + counts["known"]), "good")
    page = render_template(
        "people/imported.html",
        source=source,
        counts=counts,
        refused=[
            (each.row, [words.problem(*fault) for fault in each.problems]) for each in told if each.state == "refused"
        ],
        known=[each for each in told if each.state == "known"],
        titles=spoken_titles(),
    )
    return make_response(page)


def _bring(refusal: str = "", status: int = 200) -> Response:
    page = render_template(
        "people/import.html",
        refusal=refusal,
        typed=request.form.get("pasted", ""),
        source=request.form.get("source", ""),
        asked=[each.label for each in words.columns(FIELDS)],
        offices=_offices(),
        office=request.form.get("office", ""),
    )
    return make_response(page, status)


def _columns(table: Table, source: str, chosen: Sequence[str], refusal: str = "", status: int = 200) -> Response:
    page = render_template(
        "people/columns.html",
        table=table,
        source=source,
        office=request.form.get("office", "")[:40],
        carried=json.dumps({"header": table.header, "rows": table.rows, "lines": table.lines}, ensure_ascii=False),
        questions=[(each.name, each.label) for each in words.columns(FIELDS)],
        columns=[
            (at, head, chosen[at], [row[at] for row in table.rows[:FIRST_ROWS]]) for at, head in enumerate(table.header)
        ],
        matched=sum(1 for each in chosen if each),
        refusal=refusal,
    )
    return make_response(page, status)


def _table() -> Table:
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        return read_table(sent.read(), sent.filename[-80:])
    return read_table(request.form.get("pasted", ""), gettext("what you pasted"))


def _source() -> str:
    source = request.form.get("source", "").strip()[:200]
    if not source:
        raise NotValid(what="the name of the register", wanted="given", found="missing")
    return source


def _carried(text: str) -> Table:
    try:
        told = json.loads(text)
        table = Table(
            tuple(map(str, told["header"])),
            tuple(tuple(map(str, row)) for row in told["rows"]),
            tuple(map(int, told["lines"])),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise TableNotRead(name=gettext("this table")) from wrong
    if any(len(row) != len(table.header) for row in table.rows) or len(table.rows) != len(table.lines):
        raise TableNotRead(name=gettext("this table"))
    return table


def _offices() -> list[tuple[str, str]]:
    held = {each.office for each in g.officer.holdings}
    return [(each.code, each.name) for each in read(offices) if each.code in held]

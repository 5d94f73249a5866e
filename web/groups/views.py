"""The pages of groups: the list, the board, and how a table becomes people and cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotValid, Refusal, close_event, open_event
from engine.domain.event import Event
from engine.domain.release import Field
from engine.queries.catalogue import catalogue
from engine.queries.groups import board, faces, group, groups, table_questions
from engine.queries.people import offices
from sop_catalog.procedure import Level, level_of
from web.admitting import Admission, admit
from web.groups.board import MARKS, SIGNS, Sieve, choosable, rows_of, sieved, steps_of
from web.groups.manifest import as_csv, as_xlsx, carried, carry, questions_of_tables, read_rows, reason_heading, refused
from web.identity import ask, opens_cases, perform, read, spoken_titles
from web.language import gettext, say
from web.tables import Table, TableNotRead, match_columns, read_table

blueprint = Blueprint("groups", __name__, template_folder="templates")

PREVENTED = {"sidak", "gagal_berangkat"}
"""Sources whose people were kept from leaving: their cases begin with the message of the prevention."""
MESSAGE = "cpmi_dicegah"
FIRST_ROWS = 5
KINDS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "csv": ("text/csv; charset=utf-8", as_csv),
}


@blueprint.get("/groups")
def browse() -> ResponseReturnValue:
    """The groups of the officer's offices, the newest first."""
    page = ask(groups, after=request.args.get("after"))
    more = url_for("groups.browse", after=page.following) if page.following else ""
    return render_template(
        "groups/browse.html", rows=page.rows, titles=spoken_titles(), more=more, may_open=opens_cases(_procedure())
    )


@blueprint.route("/groups/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Open a group."""
    said = {
        name: request.form.get(name, "").strip()[:2000] for name in ("title", "place", "source", "found_at", "note")
    }
    refusal, status = "", 200
    procedure = _procedure()
    if request.method == "POST":
        try:
            receipt = perform(open_event, **_event(said, procedure), office=request.form.get("office", "")[:40])
        except NotValid as wrong:
            refusal, status = say(wrong), wrong.status
        else:
            flash(gettext("Group %(number)s is open. Now add the people.", number=receipt.name), "good")
            return redirect(url_for("groups.people", number=receipt.name))
    held = sorted({each.office for each in g.officer.holdings if opens_cases(procedure, each.office)})
    names = {each.code: each.name for each in read(offices)}
    page = render_template(
        "groups/new.html",
        said=said,
        refusal=refusal,
        procedure=procedure,
        sources=_sources(procedure),
        offices=[(code, names.get(code, code)) for code in held],
        holdings=g.officer.holdings,
    )
    return page, status


@blueprint.get("/groups/<number>")
def show(number: str) -> ResponseReturnValue:
    """The board: everybody in the group, sieved by stage, step and mark, a page at a time."""
    found = ask(board, number, facts=MARKS)
    sieve = Sieve.of(request.args, found.people)
    shown = sieved(found, sieve)
    chosen = choosable(sieve, shown.kept)
    told = ask(faces, number, places=[each.place for each in shown.rows])
    people = rows_of(found, shown, sieve, told)
    here = {f"{item['number']}:{item['version']}" for row in people for item in row["waiting"]}
    return render_template(
        "groups/show.html",
        event=found.event,
        opened_by=found.opened_by,
        titles=spoken_titles(),
        people=people,
        shown=shown,
        choosable=chosen,
        elsewhere=[each for each in chosen if each not in here],
        count=len(found.people),
        sieve=sieve,
        steps=steps_of(found.people),
        signs=SIGNS,
        source=dict(_sources(found.event.procedure)).get(found.event.source, found.event.source),
        open=found.event.closed_at is None,
        may_add=found.event.closed_at is None and opens_cases(found.event.procedure, found.event.office),
    )


@blueprint.post("/groups/<number>/close")
def close(number: str) -> ResponseReturnValue:
    """Let nobody be added to it any more."""
    perform(close_event, number)
    flash(gettext("The group is closed. The cases of its people go on."), "good")
    return redirect(url_for("groups.show", number=number))


@blueprint.get("/groups/<number>/people")
def people(number: str) -> ResponseReturnValue:
    """Where a table is pasted or chosen."""
    return _people(ask(group, number))


@blueprint.post("/groups/<number>/columns")
def columns(number: str) -> ResponseReturnValue:
    """Read the table and ask which column is what."""
    event = ask(group, number)
    try:
        table = _table()
    except NotValid as wrong:
        return _people(event, refusal=say(wrong), status=wrong.status)
    questions = _questions(event)
    heads = [name if name != reason_heading() else "" for name in table.header]
    return _columns(event, table, questions, match_columns(heads, questions))


@blueprint.post("/groups/<number>/admit")
def add(number: str) -> ResponseReturnValue:
    """Take in every row that can be taken, and tell of the others why not."""
    event = ask(group, number)
    questions = _questions(event)
    try:
        table = carried(request.form.get("table", ""))
    except TableNotRead as wrong:
        return _people(event, refusal=say(wrong), status=wrong.status)
    chosen = [request.form.get(f"column-{at}", "")[:63] for at in range(len(table.header))]
    if fault := _fault(chosen, questions):
        return _columns(event, table, questions, chosen, refusal=fault, status=422)
    rows = read_rows(table, chosen, questions)
    unread = [Admission(each.line, faults=each.faults) for each in rows if each.faults]
    try:
        taken = admit(event, _asked(event), [(each.line, each.person) for each in rows if not each.faults])
    except Refusal as refusal:
        return _columns(event, table, questions, chosen, refusal=say(refusal), status=refusal.status)
    return _done(event, table, questions, sorted([*unread, *taken], key=lambda each: each.line))


@blueprint.post("/groups/<number>/refused.<kind>")
def refused_rows(number: str, kind: str) -> ResponseReturnValue:
    """The refused rows as a file that can be put right and sent again. It is made of what the page carries."""
    event = ask(group, number)
    if kind not in KINDS:
        raise NotValid(what="the kind of file", wanted="xlsx or csv", found=kind)
    media, written = KINDS[kind]
    answer = Response(written(carried(request.form.get("table", ""))), content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.number}-ditolak.{kind}"'
    return answer


def _people(event: Event, *, refusal: str = "", status: int = 200) -> Response:
    typed = request.form.get("pasted", "")
    asked = [each.label for each in _questions(event)]
    page = render_template("groups/people.html", event=event, refusal=refusal, typed=typed, asked=asked)
    return make_response(page, status)


def _table() -> Table:
    sent = request.files.get("file")
    sheet = request.form.get("sheet", "").strip()[:100]
    if sent is not None and sent.filename:
        return read_table(sent.read(), sent.filename[-80:], sheet=sheet)
    return read_table(request.form.get("pasted", ""), gettext("what you pasted"))


def _columns(
    event: Event,
    table: Table,
    questions: Sequence[Field],
    chosen: Sequence[str],
    *,
    refusal: str = "",
    status: int = 200,
) -> Response:
    page = render_template(
        "groups/columns.html",
        event=event,
        table=table,
        carried=carry(table),
        questions=[(each.name, each.label) for each in questions],
        columns=[
            (at, head, chosen[at], [row[at] for row in table.rows[:FIRST_ROWS]]) for at, head in enumerate(table.header)
        ],
        matched=sum(1 for each in chosen if each),
        refusal=refusal,
    )
    return make_response(page, status)


def _fault(chosen: Sequence[str], questions: Sequence[Field]) -> str:
    labels = {each.name: each.label for each in questions}
    named = [each for each in chosen if each in labels]
    if not named:
        return gettext("Say of at least one column what it holds; the name at best.")
    twice = next((each for each in named if named.count(each) > 1), "")
    return gettext("Two columns cannot both be “%(label)s”.", label=labels[twice]) if twice else ""


def _done(event: Event, table: Table, questions: Sequence[Field], rows: Sequence[Admission]) -> Response:
    labels = {each.name: each.label for each in questions}
    left = refused(table, rows, labels)
    page = render_template(
        "groups/done.html",
        event=event,
        taken=sum(1 for each in rows if each.case and not each.again),
        again=[each for each in rows if each.again],
        alike=[each for each in rows if each.alike and not each.again],
        left=left,
        carried=carry(left) if left else "",
        reasons=[(line, row[-1]) for line, row in zip(left.lines, left.rows, strict=True)] if left else [],
    )
    return make_response(page)


def _asked(event: Event) -> tuple[Field, ...]:
    return read(table_questions, event.procedure)


def _questions(event: Event) -> tuple[Field, ...]:
    return questions_of_tables(_asked(event))


def _procedure() -> str:
    """What the cases of a group run on: the first map in force; empty where there is none."""
    return next((each.code for each in read(catalogue) if level_of(each.code) is Level.MAP), "")


def _sources(procedure: str) -> tuple[tuple[str, str], ...]:
    """The sources of finding that the procedure itself offers."""
    if not procedure:
        return ()
    asked = next((each for each in read(table_questions, procedure) if each.name == "sumber_temuan"), None)
    return tuple((each.value, each.label) for each in asked.choices) if asked else ()


def _event(said: dict[str, str], procedure: str) -> dict[str, Any]:
    return {
        "title": said["title"],
        "procedure": procedure,
        "message": MESSAGE if said["source"] in PREVENTED else "",
        "found_at": _moment(said["found_at"]),
        "place": said["place"][:200],
        "source": said["source"][:60],
        "note": said["note"],
    }


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(g.zone))
    except ValueError:
        raise NotValid(what="the moment of finding", wanted="a date and a time", found="something else") from None

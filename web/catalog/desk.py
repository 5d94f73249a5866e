"""The process owner's desk: drafts drawn, submitted, approved by a second person, and what two editions say differently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound, NotValid, Refusal
from engine.domain.release import Activity
from engine.notation import Definitions, examine
from engine.notation import read as read_drawing
from engine.queries.catalogue import catalogue, release_page
from engine.queries.feedback import open_feedback
from engine.queries.impact import held_posts, officer_names, open_cases_holding
from engine.queries.people import offices as all_offices
from engine.queries.reader import Reader
from sop_catalog.diagram.differ import Change, compare
from sop_catalog.diagram.drawing import State, draw_svg
from sop_catalog.diagram.extension import read_activities, read_procedure
from sop_catalog.procedure import CODE, Sheet
from sop_catalog.publishing import (
    approve,
    begin_draft,
    check_draft,
    rebase_draft,
    save_draft,
    send_back_draft,
    submit,
    today,
    withdraw_draft,
)
from sop_catalog.publishing.variants import variants
from sop_catalog.sheets.draw import new_drawing
from sop_catalog.storage import Draft, DraftAct, DraftRow, Drafts, DraftState
from web.catalog.blueprint import FILE_BYTES, blueprint
from web.catalog.differences import say_changes
from web.catalog.words import choices, portal_words, way_words, words
from web.identity import expect_power, key_sent, number_sent, perform, read, spoken_titles, wiring
from web.language import clock, gettext, say
from web.publishing import draft_held, say_findings
from web.registers import post_title
from web.wiring import both_interpreters

POWER = "publish"


def _acts(reader: Reader, number: int) -> tuple[DraftAct, ...]:
    return Drafts(reader.connection).acts(number)


def drafts_of(reader: Reader, code: str) -> tuple[DraftRow, ...]:
    """All drafts of one procedure, the last changed first."""
    return Drafts(reader.connection).listed(code=code)


def _all(reader: Reader) -> tuple[DraftRow, ...]:
    return Drafts(reader.connection).listed()


# The desk.


@blueprint.get("/catalogue/drafts")
def desk() -> ResponseReturnValue:
    """My drafts, what waits for me, what comes into force, and what has."""
    expect_power(POWER)
    return _desk()


def _desk(**more: Any) -> str:
    rows, me = read(_all), g.officer.login
    own = [each for each in rows if each.author == me]
    return render_template(
        "catalog/desk.html",
        mine=[each for each in own if each.state in {DraftState.DRAFT, DraftState.SUBMITTED}],
        waiting=[
            each for each in rows if each.state is DraftState.SUBMITTED and me not in {each.author, each.submitted_by}
        ],
        coming=sorted(
            (each for each in rows if each.state is DraftState.APPROVED), key=lambda each: each.effective_on or date.max
        ),
        done=[each for each in rows if each.state is DraftState.IN_FORCE][:20],
        procedures=read(catalogue),
        said_by_public=read(open_feedback, g.officer),
        behind=[each for each in read(variants) if each.is_behind],
        names=read(officer_names),
        **more,
    )


@blueprint.post("/catalogue/drafts")
def begin() -> ResponseReturnValue:
    """Begin a draft: from the edition in force, from a file, or from nothing."""
    expect_power(POWER)
    form = request.form
    sent = request.files.get("file")
    content = sent.stream.read(FILE_BYTES + 1) if sent and sent.filename else b""
    code = str(form.get("code", ""))[:80].strip().lower()
    title = str(form.get("title", "")).strip()[:200]
    if content:
        made = perform(begin_draft, content=content)
    elif title:
        if not CODE.fullmatch(code):
            raise NotValid(
                what="the code of the procedure", wanted="like c3-m05-02, c3-m05 or p-c3-01", found=code or "missing"
            )
        made = perform(begin_draft, content=new_drawing(code, title))
    else:
        made = perform(begin_draft, code=code)
    return redirect(url_for("catalog.draw_draft", number=made.number))


# One draft.


@blueprint.get("/catalogue/drafts/<int:number>")
def draft(number: int) -> ResponseReturnValue:
    """Where a draft stands, what it changes, whom it touches, and what may be done with it."""
    expect_power(POWER)
    return _draft_page(number)


def _draft_page(number: int, **more: Any) -> str:
    row = read(draft_held, number)
    old, changes = _changes(row)
    findings = more.pop("findings", None)
    if findings is None and row.state in {DraftState.DRAFT, DraftState.SUBMITTED}:
        findings = say_findings(check_draft(wiring().engine, row.content, at=g.now))
    me = g.officer.login
    g.shows_diagram = True
    return render_template(
        "catalog/draft.html",
        row=row,
        acts=read(_acts, number),
        names=read(officer_names),
        said=say_changes(changes),
        has_base=old is not None,
        findings=findings or (),
        way_words=way_words(),
        errors=sum(each.severity == "error" for each in findings or ()),
        hit=_who_is_hit(row),
        portal=portal_words(_sheet_of(row)),
        is_author=row.author == me,
        may_decide=row.state is DraftState.SUBMITTED and me not in {row.author, row.submitted_by},
        may_send_back=row.state in {DraftState.SUBMITTED, DraftState.APPROVED},
        superseded=_superseded(row),
        today=today(g.now),
        **more,
    )


def _changes(row: Draft) -> tuple[Definitions | None, tuple[Change, ...]]:
    """What the draft changes of the edition that it was begun from."""
    if row.base_edition is None:
        return None, ()
    old = read_drawing(read(release_page, row.code, row.base_edition).release.drawings[row.code])
    return old, compare(old, _drawn_so_far(row), row.code)


def _drawn_so_far(row: Draft) -> Definitions:
    """What a draft draws, as far as it can be read: there may be errors to be mended in it."""
    drawn = examine(row.content).definitions
    if drawn is None:
        raise NotFound(what=f"the drawing of draft {row.number}")
    return drawn


def _sheet_of(row: Draft) -> Sheet:
    process = _drawn_so_far(row).process(row.code)
    return read_procedure(process).sheet if process is not None else Sheet()


def _superseded(row: Draft) -> Any:
    """The edition that came into force since the draft was begun, where it says something else; else None."""
    if row.state in {DraftState.IN_FORCE, DraftState.WITHDRAWN}:
        return None
    current = next((each for each in read(catalogue) if each.code == row.code), None)
    if current is None or current.edition == row.base_edition:
        return None
    release = read(release_page, row.code).release
    if row.base_edition is not None:
        base = read(release_page, row.code, row.base_edition).release
        if base.drawings[row.code] == release.drawings[row.code]:
            return None
    return current


def _who_is_hit(row: Draft) -> dict[str, Any]:
    """Open cases by office, procedures that call it, and posts that nobody holds."""
    cases = read(open_cases_holding, row.code)
    try:
        callers = read(release_page, row.code).called_by
    except NotFound:
        callers = ()
    own = [each for each in read_activities(_drawn_so_far(row)) if each.process == row.code]
    return {
        "cases": cases,
        "count": sum(each.count for each in cases),
        "callers": callers,
        "posts": _posts_without_holder(own),
    }


def _posts_without_holder(steps: list[Activity]) -> list[tuple[str, list[str]]]:
    """Post → the offices in which nobody holds it, of those that it may be looked for in."""
    held, titles = read(held_posts), spoken_titles()
    found = []
    for post, head in sorted(
        {(each.performer.post, each.performer.whose.value == "head") for each in steps if each.performer}
    ):
        kind = "head" if head else "regional"
        lacking = [each.name for each in read(all_offices) if each.kind.value == kind and (post, each.code) not in held]
        if post and lacking:
            found.append((post_title(titles, post), lacking))
    return found


@blueprint.get("/catalogue/drafts/<int:number>/draw")
def draw_draft(number: int) -> ResponseReturnValue:
    """The drawing board."""
    expect_power(POWER)
    row = read(draft_held, number)
    if row.state is not DraftState.DRAFT or row.author != g.officer.login:
        return redirect(url_for("catalog.draft", number=number))
    g.shows_diagram = True
    return render_template("catalog/modeler.html", row=row, words=words(), choices=choices())


@blueprint.get("/catalogue/drafts/<int:number>/drawings/")
@blueprint.get("/catalogue/drafts/<int:number>/drawings/<process>")
def draft_drawing(number: int, process: str = "") -> ResponseReturnValue:
    """The draft itself, or what is in force of a procedure that it calls."""
    expect_power(POWER)
    row = read(draft_held, number)
    text = row.content if process in {"", row.code} else read(release_page, process).release.drawings[process]
    response = make_response(text)
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Disposition"] = f'attachment; filename="{process or row.code}.bpmn"'
    return response


@blueprint.get("/catalogue/drafts/<int:number>/pictures/<side>.svg")
def draft_picture(number: int, side: str) -> ResponseReturnValue:
    """The edition that it was begun from, or the draft, with what differs in colour."""
    expect_power(POWER)
    row = read(draft_held, number)
    old, changes = _changes(row)
    return coloured(old if side == "before" else _drawn_so_far(row), changes, side)


@blueprint.post("/catalogue/drafts/<int:number>/save")
def save(number: int) -> ResponseReturnValue:
    """Keep the drawing as it is now; told as JSON to the page that sent it."""
    try:
        expect_power(POWER)
        made = perform(save_draft, number, _sent_drawing(), seen=number_sent("seen"))
    except Refusal as refusal:
        return {"said": say(refusal)}, refusal.status
    return {"version": made.number, "when": clock(g.now).striptags()}


@blueprint.post("/catalogue/drafts/<int:number>/check")
def check(number: int) -> ResponseReturnValue:
    """What the rules say of a drawing that has not been kept yet."""
    expect_power(POWER)
    read(draft_held, number)
    found = say_findings(check_draft(wiring().engine, _sent_drawing(), at=g.now))
    told = [
        {
            "severity": each.severity,
            "rule": each.rule,
            "element": each.element,
            "name": each.name,
            "sentence": each.sentence,
            "way": each.way,
        }
        for each in found
    ]
    return {"findings": told}


def _sent_drawing() -> bytes:
    sent = request.files.get("drawing")
    return sent.stream.read(FILE_BYTES + 1) if sent else b""


# What is done with a draft.


@blueprint.post("/catalogue/drafts/<int:number>/submit")
def submit_draft(number: int) -> ResponseReturnValue:
    """Hand it to a second person."""
    return _judged(
        submit, number, gettext("Submitted. Another process owner decides on it."), on=_day_sent(), note=_said("note")
    )


@blueprint.post("/catalogue/drafts/<int:number>/approve")
def approve_draft(number: int) -> ResponseReturnValue:
    """Let it come into force: now, or on its day."""
    return _judged(approve, number, gettext("Approved."), note=_said("note"))


def _judged(act: Any, number: int, done: str, **more: Any) -> ResponseReturnValue:
    expect_power(POWER)
    made = wiring()
    judged = act(
        made.engine,
        number,
        officer=g.officer.login,
        at=g.now,
        interpreters=both_interpreters(made.settings.interpreter),
        seen=number_sent("seen"),
        key=key_sent() or None,
        **more,
    )
    if judged.receipt is None:
        return _draft_page(number, findings=say_findings(judged.verdict), refused=True), 422
    row = read(draft_held, number)
    if row.state is DraftState.IN_FORCE:
        done = gettext(
            "Approved: edition %(edition)s of %(title)s is in force now.", edition=row.edition, title=row.title
        )
    flash(done, "good")
    return redirect(url_for("catalog.draft", number=number))


@blueprint.post("/catalogue/drafts/<int:number>/send-back")
def send_back(number: int) -> ResponseReturnValue:
    """Give it to its author again, with a reason."""
    expect_power(POWER)
    perform(send_back_draft, number, seen=number_sent("seen"), reason=_said("reason"))
    flash(gettext("Sent back to its author."), "good")
    return redirect(url_for("catalog.draft", number=number))


@blueprint.post("/catalogue/drafts/<int:number>/rebase")
def rebase(number: int) -> ResponseReturnValue:
    """Base it on the edition that is in force by now."""
    expect_power(POWER)
    perform(rebase_draft, number, seen=number_sent("seen"))
    flash(gettext("The draft is based on the edition in force now."), "good")
    return redirect(url_for("catalog.draft", number=number))


@blueprint.post("/catalogue/drafts/<int:number>/withdraw")
def withdraw(number: int) -> ResponseReturnValue:
    """Put it away."""
    expect_power(POWER)
    perform(withdraw_draft, number, seen=number_sent("seen"))
    flash(gettext("The draft was withdrawn."), "good")
    return redirect(url_for("catalog.desk"))


def _said(name: str) -> str:
    return str(request.form.get(name, "")).strip()[:2000]


def _day_sent() -> date:
    try:
        return date.fromisoformat(str(request.form.get("on", "")))
    except ValueError:
        raise NotValid(what="the day on which it comes into force", wanted="a day", found="missing") from None


# Two editions.


@blueprint.get("/catalogue/<code>/compare")
def compare_editions(code: str) -> ResponseReturnValue:
    """What two editions of one SOP say differently; without a choice, the one in force and the one before it."""
    page = read(release_page, code)
    newer = request.args.get("to", type=int) or page.row.edition
    older = request.args.get("from", type=int) or max(
        (each.edition for each in page.editions if each.edition < newer), default=newer
    )
    old, new = _drawn(code, older), _drawn(code, newer)
    return render_template(
        "catalog/compare.html",
        row=page.row,
        editions=page.editions,
        older=older,
        newer=newer,
        said=say_changes(compare(old, new, code)),
    )


@blueprint.get("/catalogue/<code>/compare/<int:older>/<int:newer>/<side>.svg")
def compared_picture(code: str, older: int, newer: int, side: str) -> ResponseReturnValue:
    """One of the two, with what differs in colour."""
    old, new = _drawn(code, older), _drawn(code, newer)
    return coloured(old if side == "before" else new, compare(old, new, code), side)


def _drawn(code: str, edition: int) -> Definitions:
    return read_drawing(read(release_page, code, edition).release.drawings[code])


def coloured(drawing: Definitions | None, changes: tuple[Change, ...], side: str) -> ResponseReturnValue:
    """A drawing as a picture, with what differs in colour."""
    if drawing is None or side not in {"before", "after"}:
        raise NotFound(what=f"the picture {side}")
    states: Mapping[str, State] = {
        each.element: State.LATE if each.what == "removed" else State.CURRENT
        for each in changes
        if each.element and each.what != ("added" if side == "before" else "removed")
    }
    try:
        picture = draw_svg(drawing, states)
    except ValueError:
        raise NotFound(what=f"the picture {side}") from None
    response = make_response(picture)
    response.headers["Content-Type"] = "image/svg+xml"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response

"""The pages of times, and which command each form gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    NotValid,
    Receipt,
    Refusal,
    ask_extension,
    correct_pause,
    decide_extension,
    end_pause,
    pause_clocks,
)
from engine.domain.clock import PauseReason
from engine.queries.case import CaseHead, case_page
from engine.queries.clock_pages import ClockPage, PausePage, clock_page, pause_page, step_clock
from engine.queries.clocks import ClockRow, clocks_of_case
from engine.queries.extensions import extension_page, is_barred, room_for, waiting_extensions
from web.clocks.shown import clock_told, extension_told, may_pause, pause_told
from web.clocks.words import ENTERED, REASONS, UNITS, most_words, working_words
from web.identity import ask, perform, spoken_titles, wiring
from web.language import gettext, local, moment_there, say
from web.remaining import reasons

blueprint = Blueprint("clocks", __name__, template_folder="templates")

LETTER = "pemberitahuan-perpanjangan"
LONGEST = 4000
LONGEST_NUMBER = 12
ENDS = ("The count began on {moment}.", "It is due on {moment}.")
"""The first line and the last."""
SHAPE = "%Y-%m-%dT%H:%M"
"""What a browser sends of a moment, and is shown of one."""


# Why this date?


@blueprint.get("/clocks/<int:clock>")
def show(clock: int) -> ResponseReturnValue:
    """One clock, step by step."""
    page = ask(clock_page, clock)
    with wiring().engine.reading(at=g.now) as reader:
        room = room_for(reader, page.case, page.row)
        barred = is_barred(reader, page.case, page.row)
    one = page.row.clock
    return render_template(
        "clocks/show.html",
        case=page.case,
        each=clock_told(page.row),
        steps=_trail(page.case.number, one.name),
        why=reasons(page.why),
        there=_there(page),
        pauses=[pause_told(row, (page.row,), page.names, page.case) for row in page.row.pauses],
        extensions=[extension_told(added, page.row, page.names) for added in page.row.extensions],
        room=most_words(room),
        barred=barred and one.going,
        may_ask=_may_ask(page.row, room, page.case.state.value == "running"),
        working=working_words(page.row),
        office=spoken_titles().get(one.office, one.office),
    )


def _there(page: ClockPage) -> dict[str, str]:
    """The moments of the summary as the lines below say them, where that is not the clock of whoever reads them."""
    told = [each.facts["moment"] for each in page.why if each.message in ENDS]
    return {
        name: moment_there(each)
        for name, each in zip(("began", "due"), told, strict=False)
        if isinstance(each, datetime) and each.utcoffset() != local(each).utcoffset()
    }


@blueprint.get("/work/<int:item>/time")
def of_step(item: int) -> ResponseReturnValue:
    """Lead from a step to its clock; where none was kept of it, to the step, which tells what it knows."""
    found = ask(step_clock, item)
    return redirect(url_for("work.item", item=item) if found is None else url_for("clocks.show", clock=found))


# Pauses.


@blueprint.route("/cases/<case>/pauses", methods=["GET", "POST"])
def pause(case: str) -> ResponseReturnValue:
    """Let all clocks of a case stand still, or some."""
    if request.method == "GET":
        return _pause_page(case)
    try:
        of = _clocks_sent()
        perform(
            pause_clocks,
            case,
            reason=request.form.get("reason", "")[:40],
            text=request.form.get("text", "")[:LONGEST],
            begins_at=_moment_sent("begins_at"),
            ends_at=_moment_sent("ends_at"),
            clocks=of,
        )
    except Refusal as refusal:
        return _again(refusal, lambda said: _pause_page(case, said))
    flash(gettext("Entered: this time does not count. Every due date concerned has been counted anew."), "good")
    return redirect(_times(case))


def _pause_page(case: str, refusal: str = "") -> str:
    rows = [each for each in ask(clocks_of_case, case) if each.clock.going]
    head = _head(case)
    return render_template(
        "clocks/pause.html",
        case=head.case,
        steps=_trail(case, gettext("Pause the time")),
        may=may_pause(head.case, tuple(rows)),
        whole=head.case.office in g.officer.offices,
        clocks=[clock_told(each) for each in rows if each.clock.office in g.officer.offices],
        refusal=refusal,
        typed=_typed({"of": "all"}),
        **_asked(),
    )


@blueprint.route("/pauses/<int:pause>/end", methods=["GET", "POST"])
def end(pause: int) -> ResponseReturnValue:
    """Let what stood still go on."""
    page = ask(pause_page, pause)
    if request.method == "GET":
        return _end_page(page)
    try:
        perform(end_pause, pause, ended_at=_moment_sent("ended_at"))
    except Refusal as refusal:
        return _again(refusal, lambda said: _end_page(ask(pause_page, pause), said))
    flash(gettext("The time goes on. Every due date concerned has been counted anew."), "good")
    return redirect(_times(page.case.number))


def _end_page(page: PausePage, refusal: str = "") -> str:
    return render_template(
        "clocks/end.html",
        steps=_trail(page.case.number, gettext("Let the time go on")),
        refusal=refusal,
        typed=_typed({}),
        **_told(page),
    )


@blueprint.route("/pauses/<int:pause>/correct", methods=["GET", "POST"])
def correct(pause: int) -> ResponseReturnValue:
    """Put right what was entered wrongly, or declare it void."""
    page = ask(pause_page, pause)
    if request.method == "GET":
        return _correct_page(page)
    try:
        perform(correct_pause, pause, why=request.form.get("why", "")[:LONGEST], **_changes(page))
    except Refusal as refusal:
        return _again(refusal, lambda said: _correct_page(ask(pause_page, pause), said))
    flash(gettext("Put right: what was entered first stays to be read, crossed out."), "good")
    return redirect(_times(page.case.number))


def _correct_page(page: PausePage, refusal: str = "") -> str:
    return render_template(
        "clocks/correct.html",
        steps=_trail(page.case.number, gettext("Put the pause right")),
        clocks=[clock_told(each) for each in page.clocks if _choosable(each, page)],
        refusal=refusal,
        typed=_typed(_entered(page)),
        **_asked(),
        **_told(page),
    )


def _choosable(row: ClockRow, page: PausePage) -> bool:
    return row.clock.number in page.pause.clocks or (row.clock.going and row.clock.office in g.officer.offices)


def _entered(page: PausePage) -> dict[str, Any]:
    """What was said of a pause, as its form shows it."""
    row = page.pause
    return {
        "what": "wrong",
        "reason": row.reason.value,
        "text": row.text,
        "of": "all" if row.whole else "chosen",
        "clock": [str(each) for each in sorted(row.clocks)],
        "begins_at": local(row.begins_at).strftime(SHAPE),
        "ends_at": local(row.ends_at).strftime(SHAPE) if row.ends_at else "",
    }


def _changes(page: PausePage) -> dict[str, Any]:
    """What is said otherwise than before; nothing else is sent, so that a moment keeps its seconds."""
    if request.form.get("what") == "void":
        return {"void": True}
    before = _entered(page)
    changes: dict[str, Any] = {
        name: request.form[name][:LONGEST]
        for name in ("reason", "text")
        if name in request.form and request.form[name].strip() != before[name]
    }
    if request.form.get("begins_at", "") != before["begins_at"]:
        changes["begins_at"] = _moment_sent("begins_at")
    if (ends := request.form.get("ends_at", "")) != before["ends_at"]:
        changes |= {"ends_at": _moment_sent("ends_at")} if ends else {"still_open": True}
    of = _clocks_sent()
    if frozenset(of) != page.pause.clocks:
        changes["clocks"] = of
    return changes


# Extensions.


@blueprint.route("/clocks/<int:clock>/extend", methods=["GET", "POST"])
def extend(clock: int) -> ResponseReturnValue:
    """Ask for more time; somebody else decides."""
    if request.method == "GET":
        return _extend_page(clock)
    page = ask(clock_page, clock)
    try:
        perform(
            ask_extension,
            clock,
            amount=_amount_sent(),
            reason=request.form.get("reason", "")[:LONGEST],
            basis=request.form.get("basis", "")[:LONGEST],
        )
    except Refusal as refusal:
        return _again(refusal, lambda said: _extend_page(clock, said))
    flash(gettext("Asked for. The date moves once somebody else has granted it."), "good")
    return redirect(_times(page.case.number))


def _extend_page(clock: int, refusal: str = "") -> str:
    page = ask(clock_page, clock)
    with wiring().engine.reading(at=g.now) as reader:
        room = room_for(reader, page.case, page.row)
    return render_template(
        "clocks/extend.html",
        case=page.case,
        steps=_trail(page.case.number, gettext("Ask for more time")),
        each=clock_told(page.row),
        room=most_words(room),
        unit=UNITS[room.clock] if room else "",
        may_ask=_may_ask(page.row, room, page.case.state.value == "running"),
        own=page.row.clock.office in g.officer.offices,
        refusal=refusal,
        typed=_typed({"basis": room.basis if room else ""}),
    )


def _may_ask(row: ClockRow, room: Any, running: bool) -> bool:
    """Whether to offer it. The command asks again."""
    waits = any(each.state.value == "proposed" for each in row.extensions)
    in_time = row.clock.going and not row.late
    return bool(running and in_time and room and not waits and row.clock.office in g.officer.offices)


@blueprint.get("/extensions")
def extensions() -> ResponseReturnValue:
    """What waits for a decision of this officer."""
    rows = [
        (each, clock_told(each.row), extension_told(each.asked, each.row, each.names))
        for each in ask(waiting_extensions)
    ]
    return render_template("clocks/extensions.html", rows=rows, titles=spoken_titles())


@blueprint.route("/extensions/<int:extension>", methods=["GET", "POST"])
def extension(extension: int) -> ResponseReturnValue:
    """One extension: what was asked, what it would do, and the decision."""
    if request.method == "GET":
        return _extension_page(extension)
    grant = request.form.get("grant") == "yes"
    render, fields = current_app.extensions["drafting"](LETTER)
    try:
        done: Receipt = perform(
            decide_extension,
            extension,
            grant=grant,
            answer=request.form.get("answer", "")[:LONGEST],
            draft=render,
            fields=fields,
        )
    except Refusal as refusal:
        return _again(refusal, lambda said: _extension_page(extension, said))
    if done.state == "granted" and ask(extension_page, extension).of.seen:
        flash(gettext("Granted: the date has moved. The notice to the person is drafted; sign and send it."), "good")
    elif done.state == "granted":
        flash(gettext("Granted: the date has moved. The office of the case has the draft of the notice."), "good")
    else:
        flash(gettext("Declined: the date stays."), "good")
    return redirect(url_for("clocks.extension", extension=extension))


def _extension_page(number: int, refusal: str = "") -> str:
    page = ask(extension_page, number)
    of = page.of
    steps = [(gettext("Extensions to decide"), url_for("clocks.extensions")), (of.case.number, "")]
    return render_template(
        "clocks/extension.html",
        case=of.case,
        seen=of.seen,
        steps=_trail(of.case.number, gettext("Extension")) if of.seen else steps,
        office=spoken_titles().get(of.row.clock.office, of.row.clock.office),
        clock=clock_told(of.row),
        each=extension_told(of.asked, of.row, of.names),
        then=page.then,
        why=reasons(page.why),
        mine=page.mine,
        may=page.may_decide and of.case.state.value == "running",
        refusal=refusal,
        typed=_typed({}),
    )


# Parts.


def _again(refusal: Refusal, page: Callable[[str], str]) -> ResponseReturnValue:
    """Say on the form's own page what was refused, with what was typed."""
    if refusal.status not in {409, 422}:
        raise refusal
    return page(say(refusal)), refusal.status


def _times(case: str) -> str:
    return url_for("cases.show", case=case, tab="time")


def _trail(case: str, here: str) -> list[tuple[str, str]]:
    return [
        (gettext("Cases"), url_for("cases.browse")),
        (case, url_for("cases.show", case=case)),
        (gettext("Times"), _times(case)),
        (here, ""),
    ]


def _head(case: str) -> CaseHead:
    return ask(case_page, case).head


def _asked() -> dict[str, Any]:
    return {"reasons": [(each.value, *REASONS[each]) for each in ENTERED]}


def _told(page: PausePage) -> dict[str, Any]:
    clocks = page.clocks
    return {
        "case": page.case,
        "row": pause_told(page.pause, clocks, page.names, page.case),
        "suspended": page.pause.reason is PauseReason.SUSPENDED,
        "whole": page.case.office in g.officer.offices,
    }


def _typed(before: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the form: what was typed, else what was known before."""
    if request.method == "GET":
        return dict(before)
    return {**dict(request.form.items()), "clock": request.form.getlist("clock")}


def _clocks_sent() -> tuple[int, ...]:
    """The clocks that were ticked; none where all are meant. Refuses `chosen` without any."""
    if request.form.get("of") != "chosen":
        return ()
    sent = [each for each in request.form.getlist("clock") if each.isascii() and each.isdecimal()]
    numbers = tuple(int(each) for each in sent if len(each) < LONGEST_NUMBER)
    if not numbers:
        raise NotValid(what="the clocks", wanted="at least one", found="none")
    return numbers


def _moment_sent(name: str) -> datetime | None:
    """A moment on the reader's clock; None where the box was left empty."""
    text = request.form.get(name, "").strip()
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise NotValid(what="the moment", wanted="a date and a time", found=text[:40]) from None
    return found.replace(tzinfo=found.tzinfo or ZoneInfo(g.zone))


def _amount_sent() -> float:
    text = request.form.get("amount", "").strip().replace(",", ".")
    try:
        return float(text[:20])
    except ValueError:
        raise NotValid(what="the number", wanted="above 0", found=text[:40] or "missing") from None

"""The pages of cases: what is shown, and which command each button gives."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from engine import (
    NotFound,
    NotValid,
    Refusal,
    cancel_case,
    comment_on_case,
    decide_disposition,
    open_case,
    reopen_case,
    replace_disposition,
    resume_case,
    retry_incident,
    reveal_subject,
    suspend_case,
)
from engine.domain.case import Case, CaseState, NoSuchOffice
from engine.domain.release import Release
from engine.queries.case import CasePage, ItemRow, Progress, case_page
from engine.queries.catalogue import release_page
from engine.queries.clock_pages import Standing, kept_of_steps, tightest
from engine.queries.comments import comments
from engine.queries.dispositions import disposition_kinds, dispositions
from engine.queries.drawing import drawing_page
from engine.queries.going_back import counter_steps_of_case
from engine.queries.handovers import handovers_of
from engine.queries.impact import held_posts
from engine.queries.people import offices
from engine.queries.search import search_cases
from sop_catalog import registers
from web.cases import between, pemda
from web.cases.choosing import choices
from web.cases.person import person_known
from web.cases.timeline import message_words, told
from web.identity import ask, look_at, opens_cases, perform, post_opens, read, spoken_titles
from web.language import gettext, local, say, weekday
from web.registers import post_title
from web.remaining import KINDS, allowance_words, finished, remaining

blueprint = Blueprint("cases", __name__, template_folder="templates")

TABS = ("way", "diagram", "documents", "person", "time")
DECIDES = "decide_disposition"
REASONS = (
    lazy_gettext("To check who it is"),
    lazy_gettext("To reach the person or the family"),
    lazy_gettext("To fill in a letter or report"),
    lazy_gettext("To arrange travel or shelter"),
    lazy_gettext("To put an answer right"),
)
"""What an officer may need a person's data for; kept with each look."""
STATES = {each.value for each in CaseState}


@blueprint.get("/cases")
def browse() -> ResponseReturnValue:
    """The cases that the officer may see, the newest first."""
    sieve = {"q": request.args.get("q", "").strip()[:100], "state": request.args.get("state", "")}
    state = CaseState(sieve["state"]) if sieve["state"] in STATES else None
    page = ask(search_cases, search=sieve["q"], state=state, after=request.args.get("after"))
    titles = spoken_titles()
    given: dict[str, Any] = {name: value for name, value in sieve.items() if value}
    more = url_for("cases.browse", **given, after=page.following) if page.following else ""
    found = ask(tightest, [each.id for each in page.rows])
    times = {number: _time(each) for number, each in found.items()}
    return render_template("cases/browse.html", rows=page.rows, titles=titles, sieve=sieve, more=more, times=times)


def _time(each: Standing) -> dict[str, Any]:
    """The clock of a case that runs out first."""
    one = each.clock
    left = remaining(each.left, one.due_at, one.allowance, kept=each.kept)
    return {"name": one.name, "left": left, "number": one.number, "kind": KINDS[one.kind]}


@blueprint.route("/cases/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Choose a procedure and open a case of it."""
    refusal, status = "", 200
    if request.method == "POST":
        try:
            receipt = perform(
                open_case,
                request.form.get("release", "")[:80],
                office=request.form.get("office", "")[:40],
                origin_office=request.form.get("origin_office", "")[:40] or None,
                destination_office=request.form.get("destination_office", "")[:40] or None,
            )
        except (NotValid, NoSuchOffice) as wrong:
            refusal, status = say(wrong), wrong.status
        else:
            flash(gettext("Case %(number)s is open. Its first step waits below.", number=receipt.case), "good")
            return redirect(url_for("cases.show", case=receipt.case))
    words = request.args.get("q", "")[:200]
    held = sorted({each.office for each in g.officer.holdings if opens_cases(office=each.office)})
    names = {each.code: each.name for each in read(offices)}
    page = render_template(
        "cases/new.html",
        choice=choices(request.values.get("release", "")[:80], words, held),
        words=words,
        every_office=sorted(names.items(), key=lambda each: each[1]),
        offices=[(code, names.get(code, code)) for code in held],
        holdings=g.officer.holdings,
        openers=_openers() if not held else (),
        refusal=refusal,
    )
    return page, status


def _openers() -> list[str]:
    """The titles of the posts that open cases and that somebody holds in one of the officer's offices today."""
    there = {post for post, office in read(held_posts) if office in g.officer.offices}
    titles = spoken_titles()
    return sorted(titles.get(each, each) for each in there if post_opens(each))


@blueprint.get("/cases/<case>")
def show(case: str) -> ResponseReturnValue:
    tab = request.args.get("tab", "way")
    return _page(case, tab if tab in TABS else "way")


@blueprint.post("/cases/<case>/reveal")
def reveal(case: str) -> ResponseReturnValue:
    """Show the person once; who looked and when is kept before anything is shown."""
    return _page(case, "person", person=look_at(reveal_subject, case, reason=request.form.get("reason", "")[:200]))


@blueprint.post("/cases/<case>/dispositions")
def decide(case: str) -> ResponseReturnValue:
    """Set a course; from a work item's page, lead back to it."""
    kind, ground = request.form.get("kind", "")[:40], request.form.get("ground", "")[:4000]
    receipt = perform(decide_disposition, case, kind=kind, ground=ground)
    flash(gettext("The course is set; sub-case %(number)s is open.", number=receipt.sub_case), "good")
    item = request.form.get("item", "")[:12]
    return redirect(url_for("work.item", item=int(item)) if item.isdecimal() else url_for("cases.show", case=case))


@blueprint.post("/cases/<case>/dispositions/<int:disposition>/replace")
def replace(case: str, disposition: int) -> ResponseReturnValue:
    """Set another course instead; the old one's sub-case is cancelled with the reason."""
    if disposition not in {each.number for each in ask(dispositions, case)}:
        raise NotFound(what=f"disposition {disposition}")
    kind, ground = request.form.get("kind", "")[:40], request.form.get("ground", "")[:4000]
    receipt = perform(replace_disposition, disposition, kind=kind, ground=ground)
    flash(gettext("The course was replaced; sub-case %(number)s is open.", number=receipt.sub_case), "good")
    return redirect(url_for("cases.show", case=case))


@blueprint.post("/cases/<case>/cancel")
def cancel(case: str) -> ResponseReturnValue:
    """Stop a case and everything below it: for which reason of the register, and what more there is to say."""
    closing = request.form.get("closing", "")[:60]
    reason = request.form.get("reason", "")[:4000]
    try:
        if registers.closing_reason(closing) is None:
            raise NotValid(what="the closing reason", wanted="one of the register", found=closing or "missing")
        perform(cancel_case, case, reason=reason, closing=closing)
    except Refusal as refusal:
        return _refused(case, refusal)
    flash(gettext("The case was cancelled."), "good")
    return redirect(url_for("cases.show", case=case))


@blueprint.post("/cases/<case>/comments")
def comment(case: str) -> ResponseReturnValue:
    """Say something about the case; from a work item's page, lead back to it."""
    item = request.form.get("item", "")[:12]
    step = int(item) if item.isascii() and item.isdecimal() else None
    try:
        perform(comment_on_case, case, text=request.form.get("text", "")[:5000], item=step)
    except Refusal as refusal:
        return _refused(case, refusal)
    flash(gettext("Your comment stands with the case."), "good")
    return redirect(f"{url_for('work.item', item=step) if step else url_for('cases.show', case=case)}#catatan")


@blueprint.post("/cases/<case>/suspend")
def suspend(case: str) -> ResponseReturnValue:
    """Let a case rest, and its clocks with it."""
    return _whole(case, suspend_case, gettext("The case was suspended."))


@blueprint.post("/cases/<case>/resume")
def resume(case: str) -> ResponseReturnValue:
    """Let a case that rests go on."""
    return _whole(case, resume_case, gettext("The case goes on."))


@blueprint.post("/cases/<case>/reopen")
def reopen(case: str) -> ResponseReturnValue:
    """Open a case again; one that was completed is followed by another, which is then shown."""
    return _whole(case, reopen_case, gettext("The case is open again."))


def _whole(case: str, command: Any, done: str) -> ResponseReturnValue:
    """Give a command about the whole case, with its reason."""
    try:
        receipt = perform(command, case, reason=request.form.get("reason", "")[:4000])
    except Refusal as refusal:
        return _refused(case, refusal)
    flash(done, "good")
    return redirect(url_for("cases.show", case=receipt.case))


def _refused(case: str, refusal: Refusal) -> ResponseReturnValue:
    """Say on the case's own page what was refused, with what was typed."""
    if refusal.status not in {409, 422}:
        raise refusal
    return _page(case, "way", refusal=say(refusal)), refusal.status


between.start(blueprint, _refused)
pemda.register(blueprint)


@blueprint.post("/cases/<case>/incidents/<int:incident>/retry")
def retry(case: str, incident: int) -> ResponseReturnValue:
    """Try again what a fault of the program had stopped."""
    perform(retry_incident, incident)
    flash(gettext("Tried again: see below whether the case has gone on."), "good")
    return redirect(url_for("cases.show", case=case))


@blueprint.get("/cases/<case>/standing/<process>")
def standing(case: str, process: str) -> ResponseReturnValue:
    """What has been done and what waits in one drawing of the case, for the viewer."""
    page = ask(drawing_page, case, process)
    entries: list[dict[str, Any]] = [
        {"element": each, "state": "done"} for each in sorted(page.walked - page.tokens.keys())
    ]
    entries += [
        {"element": each, "state": "late" if each in page.late else "current", "tokens": number}
        for each, number in sorted(page.tokens.items())
    ]
    return jsonify(entries=entries, calls=page.calls)


def _page(case: str, tab: str, *, person: Any = None, refusal: str = "") -> str:
    page = ask(case_page, case)
    head = page.head
    release = read(release_page, head.release, head.edition).release
    titles = spoken_titles()
    g.shows_diagram = tab == "diagram"
    return render_template(
        "cases/show.html",
        tab=tab,
        tabs=_tabs(page),
        case=head.case,
        head=head,
        rail=_rail(page),
        titles=titles,
        office_name=titles.get(head.case.office, head.case.office),
        steps=_trail(page),
        next_item=_next(page),
        incidents=[each for each in page.incidents if each.state == "open"],
        days=_days(page, release, titles) if tab == "way" else [],
        open_items=[_item(each, release, titles) for each in page.open_items],
        items=[_item(each, release, titles) for each in (*page.open_items, *page.closed_items)]
        if tab == "time"
        else [],
        timers=[each for each in page.due if each.timer],
        messages=[message_words(each) for each in page.messages],
        person=person_known(page, release, person),
        reasons=[str(each) for each in REASONS],
        dispositions=page.dispositions,
        may_decide=_may_decide(page, release),
        may_stop=head.case.state is CaseState.RUNNING and head.case.office in g.officer.offices,
        kinds=read(disposition_kinds),
        children=page.sub_cases,
        refusal=refusal,
        typed=request.form,
        own=head.case.office in g.officer.offices,
        rests=_rests(head.case),
        said=ask(comments, case),
        offers=ask(handovers_of, case),
        closings=registers.closing_reasons(),
        closing=registers.closing_reason(head.case.closing),
        offices=[each for each in read(offices) if each.code != head.case.office],
        offer_days=between.OFFER_DAYS,
        levels=_levels(case) if tab == "diagram" else [],
        release=release,
    )


def _rests(case: Case) -> Any:
    """Who has suspended the case, and why; None where it does not rest, or rests with the case above it."""
    if case.state is not CaseState.SUSPENDED:
        return None
    return next((each for each in ask(counter_steps_of_case, case.id) if each.kind.value == "suspended"), None)


def _tabs(page: CasePage) -> list[tuple[str, str, str, int | None]]:
    return [
        ("way", gettext("Way walked"), "history", None),
        ("diagram", gettext("Diagram"), "workflow", None),
        ("documents", gettext("Documents"), "file-text", None),
        ("person", gettext("Person"), "user-round", None),
        ("time", gettext("Times"), "calendar-clock", len(page.open_items) + len(page.closed_items)),
    ]


def _rail(page: CasePage) -> list[dict[str, Any]]:
    signs = {Progress.DONE: "been", Progress.CURRENT: "here", Progress.AHEAD: "ahead"}
    return [{"name": each.name, "place": signs[each.progress]} for each in page.stages]


def _trail(page: CasePage) -> list[tuple[str, str]]:
    above = [(page.head.parent, url_for("cases.show", case=page.head.parent))] if page.head.parent else []
    return [(gettext("Cases"), url_for("cases.browse")), *above, (page.head.case.number, "")]


def _next(page: CasePage) -> Any:
    """The item that this officer should go on with: one in hand, or the first that may be taken."""
    mine = [each.item for each in page.open_items if each.item.officer == g.officer.number]
    free = [
        each.item
        for each in page.open_items
        if each.item.officer is None and g.officer.holding(each.item.post, each.item.office)
    ]
    return next(iter([*mine, *free]), None)


def _days(page: CasePage, release: Release, titles: dict[str, str]) -> list[dict[str, Any]]:
    """What happened, the latest first, under the day on which it did."""
    lines = [(each.at, told(each, release, titles)) for each in page.timeline.records]
    return [
        {"name": weekday(found[0][0]), "records": [line for _, line in found]}
        for _, group in groupby(lines, key=lambda line: local(line[0]).date())
        if (found := list(group))
    ]


def _item(each: ItemRow, release: Release, titles: dict[str, str]) -> dict[str, Any]:
    item = each.item
    activity = release.activities.get((item.process, item.element))
    allowance = activity.allowance if activity else None
    who = f"{post_title(titles, item.post)}, {titles.get(item.office, item.office)}"
    kept = ask(kept_of_steps, [item.number]) if item.closed_at is None and item.due_at is None else {}
    left = (
        remaining(each.left, item.due_at, allowance, kept=kept.get(item.number))
        if item.closed_at is None
        else finished(item)
    )
    return {
        "number": item.number,
        "name": item.name,
        "who": f"{each.holder} · {who}" if each.holder else who,
        "left": left,
        "allowance": allowance_words(allowance),
        "opened_at": item.opened_at,
        "due_at": item.due_at,
    }


def _may_decide(page: CasePage, release: Release) -> bool:
    """Whether to offer it: where the drawing asks for a decision, to the posts that take it. The command asks again."""
    if page.head.case.state is not CaseState.RUNNING:
        return False
    places = {place for place, each in release.activities.items() if each.act == DECIDES}
    items = [each.item for each in (*page.open_items, *page.closed_items)]
    return any(g.officer.holding(each.post, each.office) for each in items if (each.process, each.element) in places)


def _levels(case: str) -> tuple[Any, ...]:
    return ask(drawing_page, case).levels

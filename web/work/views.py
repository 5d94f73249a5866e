"""The work list and the page of one work item: what is shown, and which command each button gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engine import (
    FormNotValid,
    NotFound,
    NotValid,
    Refusal,
    claim_work_item,
    complete_work_item,
    correct_work_item,
    fail_work_item,
    keep_draft,
    reassign_work_item,
    release_work_item,
    return_work_item,
    take_back_work_item,
)
from engine.domain.case import CaseState
from engine.domain.release import Activity, Field, FieldKind
from engine.domain.work_item import WorkItemState
from engine.queries.ahead import Place
from engine.queries.clock_pages import kept_of_steps
from engine.queries.colleagues import receivers
from engine.queries.comments import comments
from engine.queries.dispositions import disposition_kinds, dispositions
from engine.queries.drafts import own_draft
from engine.queries.errors_caught import errors_caught
from engine.queries.going_back import counter_steps_of, returnable, takeable
from engine.queries.handovers import ended_handovers, waiting_handovers
from engine.queries.persons import EARLIER, Attempts, attempts
from engine.queries.work_item import WorkItemPage, work_item_page
from engine.queries.worklist import COUNTED, Scope, WorkRow, counts, worklist
from web.identity import ask, look_at, number_sent, perform, read, spoken_titles
from web.language import clock, gettext, say
from web.registers import post_title, registers
from web.remaining import Remaining, allowance_words, finished, reasons, remaining
from web.work.forms import Drawn, draw, plain_facts_sent, sent

blueprint = Blueprint("work", __name__, template_folder="templates")

TABS = {"mine": Scope.MINE, "post": Scope.POSTS, "office": Scope.OFFICE}
SIGNS = {"mine": "user-round", "post": "users", "office": "building-2"}
DECIDES = "decide_disposition"
LATE = ("happened_at", "late_because")
"""Names of the two questions that every step has: when it really happened, and why it is entered now."""


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Begin where the work is."""
    return redirect(url_for("work.mine"))


@blueprint.get("/work/mine")
def mine() -> ResponseReturnValue:
    return _list("mine")


@blueprint.get("/work/post")
def post() -> ResponseReturnValue:
    return _list("post")


@blueprint.get("/work/office")
def office() -> ResponseReturnValue:
    return _list("office")


def _list(view: str) -> str:
    sieve = {"q": request.args.get("q", "").strip()[:100], "post": request.args.get("post", "")[:60]}
    page = ask(worklist, TABS[view], search=sieve["q"], post=sieve["post"], after=request.args.get("after"))
    titles = spoken_titles()
    kept = ask(kept_of_steps, [each.item for each in page.rows if each.stopped])
    held = {each.post for each in g.officer.holdings}
    return render_template(
        "work/list.html",
        view=view,
        tabs=_tabs(view),
        rows=[_row(each, titles, kept.get(each.item)) for each in page.rows],
        sieve=sieve,
        posts=[(code, titles.get(code, code)) for code in sorted(held)] if view == "post" else [],
        more=url_for(f"work.{view}", **_given(sieve), after=page.following) if page.following else "",
        offers=ask(waiting_handovers),
        answers=[each for each in ask(ended_handovers) if not each.incoming or each.offer.state.value == "expired"],
        titles=titles,
    )


def _tabs(view: str) -> list[dict[str, Any]]:
    found = ask(counts)
    numbers = {"mine": found.mine, "post": found.posts, "office": found.office}
    names = {"mine": gettext("In my hands"), "post": gettext("My posts"), "office": gettext("Office")}
    return [
        {
            "name": names[each],
            "sign": SIGNS[each],
            "address": url_for(f"work.{each}"),
            "here": each == view,
            "count": f"{COUNTED}+" if numbers[each] > COUNTED else str(numbers[each]),
        }
        for each in TABS
    ]


def _row(each: WorkRow, titles: dict[str, str], kept: timedelta | None) -> dict[str, Any]:
    free = each.state.value == "ready" and g.officer.holding(each.post, each.office) is not None
    return {
        "number": each.item,
        "version": each.version,
        "name": each.name,
        "process": each.process,
        "case_number": each.case,
        "stage": each.stage,
        "post_title": post_title(titles, each.post),
        "holder": "" if each.mine else each.holder,
        "mine": each.mine,
        "free": free,
        "left": remaining(each.left, each.due_at, each.allowance, kept=kept),
    }


def _given(sieve: dict[str, str]) -> dict[str, Any]:
    return {name: value for name, value in sieve.items() if value}


@blueprint.get("/work/<int:item>")
def item(item: int) -> ResponseReturnValue:
    return _page(ask(work_item_page, item))


@blueprint.post("/work/<int:item>/claim")
def claim(item: int) -> ResponseReturnValue:
    return _act(item, lambda: perform(claim_work_item, item, seen=number_sent("seen"))) or redirect(
        url_for("work.item", item=item)
    )


@blueprint.post("/work/<int:item>/release")
def release(item: int) -> ResponseReturnValue:
    if refused := _act(item, lambda: perform(release_work_item, item, seen=number_sent("seen"))):
        return refused
    flash(gettext("Given back: your colleagues see it again."), "good")
    return redirect(url_for("work.post"))


@blueprint.post("/work/<int:item>/reassign")
def reassign(item: int) -> ResponseReturnValue:
    """Let a colleague have it, with what has been typed so far."""
    to = request.form.get("to", "")[:80]
    if refused := _act(item, lambda: perform(reassign_work_item, item, seen=number_sent("seen"), to=to)):
        return refused
    flash(gettext("Handed to your colleague, with what had been typed."), "good")
    return redirect(url_for("work.item", item=item))


@blueprint.post("/work/<int:item>/return")
def send_back(item: int) -> ResponseReturnValue:
    """Send the work back to the step that led here, with the reason."""
    page = ask(work_item_page, item)
    given: dict[str, Any] = {"seen": number_sent("seen"), "to": number_sent("to"), "reason": _reason_sent()}
    if refused := _act(item, lambda: perform(return_work_item, item, **given)):
        return refused
    flash(gettext("Returned: whoever did the step before sees your reason."), "good")
    return redirect(url_for("cases.show", case=page.head.case.number))


@blueprint.post("/work/<int:item>/take-back")
def take_back(item: int) -> ResponseReturnValue:
    """Undo one's own completion while nothing has followed from it."""
    given: dict[str, Any] = {"seen": number_sent("seen"), "reason": _reason_sent()}
    if refused := _act(item, lambda: perform(take_back_work_item, item, **given)):
        return refused
    flash(gettext("Taken back: the step is open again, and yours."), "good")
    return redirect(url_for("work.item", item=item))


@blueprint.post("/work/<int:item>/correct")
def correct(item: int) -> ResponseReturnValue:
    """Put answers of a completed step right: those that were changed, and no others."""
    page = ask(work_item_page, item)
    form = correctable(page.activity)
    before = {each.name: each.value for each in _correction(page).shown}
    now = {each: request.form.getlist(each) for each in before}
    changed = {each for each, was in before.items() if now[each] != (was if isinstance(was, list) else [was])}
    typed = sent(form, request.form, g.zone)
    answers = {name: typed[name] for name in changed & typed.keys()}
    if not answers:
        refusal = NotValid(what="the correction", wanted="another answer than the one that stands", found="the same")
        return _page(page, refusal=say(refusal), status=refusal.status)
    try:
        receipt = perform(correct_work_item, item, answers=answers, reason=_reason_sent())
    except FormNotValid as wrong:
        return _page(page, typed=typed, errors=wrong.errors, status=wrong.status)
    except Refusal as refused:
        if refused.status not in {409, 422}:
            raise
        return _page(page, typed=typed, refusal=say(refused), status=refused.status)
    flash(gettext("Corrected: the earlier answers stay in the record."), "good")
    for note in receipt.notes:
        flash(note, "note")
    return redirect(url_for("work.item", item=item))


def correctable(activity: Activity) -> tuple[Field, ...]:
    """The answers of a step that may be put right: not its papers, and not the offices that it named."""
    return tuple(each for each in activity.form if each.kind not in {FieldKind.DOCUMENT, FieldKind.OFFICE})


def _correction(page: WorkItemPage, typed: dict[str, Any] | None = None, errors: Any = None) -> Any:
    """The form to put answers right with; empty where there is nothing to, or this officer may not."""
    activity = replace(page.activity, form=correctable(page.activity))
    held = g.officer.holding(page.item.post, page.item.office) is not None
    running = page.head.case.state is CaseState.RUNNING
    if page.item.state is not WorkItemState.COMPLETED or not held or not running or not activity.form:
        return draw(Drawn(replace(activity, form=()), {}, registers(()), g.now))
    known = {**page.values, **page.item.local}
    return draw(Drawn(activity, known, registers(activity.form), g.now, typed, errors or {}, page.known))


def _reason_sent() -> str:
    return request.form.get("reason", "")[:4000]


@blueprint.post("/work/<int:item>/fail")
def fail(item: int) -> ResponseReturnValue:
    """Report an error that the drawing has a way for."""
    code = request.form.get("code", "")[:200]
    page = ask(work_item_page, item)
    if refused := _act(item, lambda: perform(fail_work_item, item, seen=number_sent("seen"), code=code)):
        return refused
    flash(gettext("Reported: the case goes on along the way drawn for it."), "good")
    return redirect(url_for("cases.show", case=page.head.case.number))


@blueprint.post("/work/<int:item>/draft")
def draft(item: int) -> ResponseReturnValue:
    """Keep what has been typed so far. A browser without scripts has a button for it and is led back to the page."""
    page = ask(work_item_page, item)
    receipt = look_at(keep_draft, item, answers=_typed_so_far(page))
    if request.headers.get("X-Fragment") == "draft":
        return jsonify(item=receipt.number, saved=str(clock(g.now).striptags()))
    flash(gettext("Kept: you can go on with it later, on any device."), "good")
    return redirect(url_for("work.item", item=item))


def _typed_so_far(page: WorkItemPage) -> dict[str, str | list[str]]:
    """What a browser sent of this form and no other, as it was typed."""
    names = [*(each.name for each in page.activity.form), *(f"fact-{each}" for each in page.asks), *LATE]
    sent_ones = {name: request.form.getlist(name) for name in names if name in request.form}
    return {name: values[0] if len(values) == 1 else values for name, values in sent_ones.items()}


def _act(item: int, command: Callable[[], object]) -> ResponseReturnValue | None:
    """Give a command about an item; where it comes too late, say so on the item's own page."""
    try:
        command()
    except Refusal as refusal:
        if refusal.status not in {409, 422}:
            raise
        return _page(ask(work_item_page, item), refusal=say(refusal), status=refusal.status)
    return None


@blueprint.post("/work/<int:item>/questions")
def questions(item: int) -> ResponseReturnValue:
    """Show which questions apply to what has been typed so far. Nothing is stored."""
    page = ask(work_item_page, item)
    typed = sent(page.activity.form, request.form, g.zone)
    if request.headers.get("X-Fragment") == "fields":
        return render_template("work/fields.html", form=_form(page, typed), activity=page.activity, asks=page.asks)
    return _page(page, typed=typed)


@blueprint.post("/work/<int:item>/complete")
def complete(item: int) -> ResponseReturnValue:
    """Complete the item; where an answer is not taken, the page comes back with everything that was typed."""
    page = ask(work_item_page, item)
    typed = sent(page.activity.form, request.form, g.zone)
    asked = {each.name for each in _form(page, typed).shown}
    answers = {name: value for name, value in typed.items() if name in asked}
    outcome = request.form.get("outcome", "")[:200]
    try:
        facts = {**answers, **plain_facts_sent(page.asks, request.form)}
        late = _late_sent()
        receipt = perform(complete_work_item, item, seen=number_sent("seen"), outcome=outcome, facts=facts, **late)
    except FormNotValid as wrong:
        with suppress(Refusal):
            look_at(keep_draft, item, answers=_typed_so_far(page))
        return _page(page, typed=typed, errors=wrong.errors, status=wrong.status)
    except Refusal as refusal:
        if refusal.status not in {409, 422}:
            raise
        return _page(ask(work_item_page, item), typed=typed, refusal=say(refusal), status=refusal.status)
    flash(gettext("Done: %(name)s (%(case)s).", name=page.item.name, case=page.head.case.number), "good")
    for note in receipt.notes:
        flash(note, "note")
    return redirect(_next(page))


def _late_sent() -> dict[str, Any]:
    """When it really happened and why it is entered now, where that was filled in."""
    text, why = (request.form.get(name, "").strip() for name in LATE)
    if not text:
        return {}
    try:
        happened = datetime.fromisoformat(text)
    except ValueError:
        raise NotValid(what="the real time of the event", wanted="a date and a time", found=text[:40]) from None
    return {"happened_at": happened.replace(tzinfo=happened.tzinfo or ZoneInfo(g.zone)), "late_because": why[:4000]}


def _next(page: WorkItemPage) -> str:
    """Lead to the case, where what follows stands on top."""
    return url_for("cases.show", case=page.head.case.number)


def _page(
    page: WorkItemPage,
    *,
    typed: dict[str, Any] | None = None,
    errors: Any = None,
    refusal: str = "",
    status: int = 200,
) -> Response:
    titles = spoken_titles()
    activity, item = page.activity, page.item
    told = _attempts(page)
    kept = ask(own_draft, item.number) if typed is None and page.may_complete else None
    plain: Mapping[str, Any] = request.form
    if kept is not None:
        plain = _as_sent(kept.answers)
        typed = sent(activity.form, plain, g.zone)
    shown = render_template(
        "work/item.html",
        item=item,
        activity=activity,
        case=page.head.case,
        steps=_trail(page),
        where=gettext("step %(step)s of %(steps)s", step=page.step, steps=page.steps) if page.step else "",
        left=_left(page),
        told=told,
        form=_form(page, typed, errors, told) if item.closed_at is None else _correction(page, typed, errors),
        asks=[(each, plain.get(f"fact-{each}", "")) for each in page.asks],
        late={name: plain.get(name, "") for name in LATE},
        kept_at=kept.saved_at if kept is not None else None,
        lost=_lost(page, typed) if typed and not page.may_complete else [],
        receivers=ask(receivers, item),
        correction=_correction(page, typed, errors) if item.closed_at is not None else None,
        returnable=ask(returnable, item.number) if page.may_complete else (),
        takeable=ask(takeable, item.number) if item.closed_at is not None else False,
        counter_steps=ask(counter_steps_of, item.number),
        reason=request.form.get("reason", ""),
        caught=_caught(page) if page.may_complete else (),
        said=ask(comments, page.head.case.number),
        titles=titles,
        typed=typed is not None,
        refusal=refusal,
        seen=request.form.get("seen") or item.version,
        key=request.form.get("key") if errors else None,
        open=item.closed_at is None,
        mine=item.officer == g.officer.number,
        can=page.may_complete,
        may=page.may_claim,
        holder=page.holder,
        closed_words=_closed(page),
        person=page.head.person,
        allowance=allowance_words(activity.allowance),
        allowance_basis=activity.allowance.basis if activity.allowance else "",
        post_title=post_title(titles, item.post),
        office_name=titles.get(item.office, item.office),
        following=_following(page, titles),
        why=reasons(page.why),
        notes=page.notes,
        **_course(page),
    )
    return make_response(shown, status)


def _as_sent(answers: Mapping[str, Any]) -> MultiDict[str, str]:
    """A draft as a browser would have sent it."""
    given = {name: value if isinstance(value, list) else [value] for name, value in answers.items()}
    return MultiDict((name, each) for name, values in given.items() for each in values)


def _lost(page: WorkItemPage, typed: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was typed at an item that somebody else has finished meanwhile: shown, so that it can be used elsewhere."""
    labels = {each.name: each.label for each in page.activity.form}
    plain = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else str(value) for name, value in typed.items()
    }
    return [(labels.get(name, name), value) for name, value in plain.items() if value]


def _caught(page: WorkItemPage) -> Any:
    release = read(lambda reader: reader.release(page.head.case.release))
    return errors_caught(release, Place(page.item.process, page.item.element, page.item.path))


def _form(
    page: WorkItemPage, typed: dict[str, Any] | None = None, errors: Any = None, told: Attempts | None = None
) -> Any:
    known = {**(told.facts if told else {}), **page.values, **page.item.local}
    return draw(Drawn(page.activity, known, registers(page.activity.form), g.now, typed, errors or {}, page.known))


def _attempts(page: WorkItemPage) -> Attempts | None:
    """What the register knows of earlier times, where the step asks whether the person came before."""
    if not page.may_complete or EARLIER not in {each.name for each in page.activity.form}:
        return None
    with suppress(NotFound):  # the case may be part of one that this officer does not see
        return ask(attempts, page.head.case.number)
    return None


def _course(page: WorkItemPage) -> dict[str, Any]:
    """What the item's page needs where the case's course is decided at this step."""
    if page.activity.act != DECIDES:
        return {"decides": False}
    set_already = [each for each in ask(dispositions, page.head.case.number) if each.state.value == "open"]
    return {"decides": True, "courses": set_already, "kinds": read(disposition_kinds)}


def _left(page: WorkItemPage) -> Remaining:
    if page.item.closed_at is not None:
        return finished(page.item)
    kept = ask(kept_of_steps, [page.item.number]) if page.item.due_at is None else {}
    return remaining(page.left, page.item.due_at, page.activity.allowance, kept=kept.get(page.item.number))


def _closed(page: WorkItemPage) -> str:
    if page.item.closed_at is None:
        return ""
    if page.item.state.value == "exited":
        return gettext("This item is no longer needed: the case has gone on without it.")
    labels = {each.value: each.label for each in page.activity.outcomes}
    told = labels.get(page.item.outcome, "")
    if told:
        return gettext("%(who)s completed this: %(outcome)s.", who=page.holder, outcome=told)
    return gettext("%(who)s completed this.", who=page.holder)


def _trail(page: WorkItemPage) -> list[tuple[str, str]]:
    """Map › macro › micro › step, each but the last a link into the catalogue."""
    first = (page.head.title, url_for("catalog.procedure", code=page.head.release))
    below = [(each.name, _procedure(each, page)) for each in page.crumbs[:-1]]
    return [first, *below, (page.item.name, "")]


def _procedure(crumb: Any, page: WorkItemPage) -> str:
    """The address of the procedure that a call activity leads to: the next crumb lies in it."""
    following = page.crumbs[page.crumbs.index(crumb) + 1]
    return url_for("catalog.procedure", code=following.process) if following.process != crumb.process else ""


def _following(page: WorkItemPage, titles: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "answer": way.answer,
            "ends": way.ends and not way.steps,
            "steps": [(each.name, titles.get(each.performer.post, "") if each.performer else "") for each in way.steps],
        }
        for way in page.ahead
    ]

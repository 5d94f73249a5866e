"""Twenty at once: the same step of several cases, taken or completed together. Each item is its own command.

What may not be done together: a decision that an activity asks for, answers about a person, and different steps.
What is known of a case already stays as it is where the cases do not agree: the one answer fills only what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from engine import FormNotValid, Receipt, Refusal, claim_work_item, complete_work_item, read_form
from engine.domain.release import Activity, Bound, Field, FieldKind
from engine.domain.work_item import BY_PERSONS
from engine.queries.together import MOST, Together, together
from web.identity import ask, key_sent, perform
from web.language import gettext, say
from web.registers import registers
from web.work.forms import Drawn, Form, draw, questions_asked, sent
from web.work.views import blueprint


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one of the items."""

    item: int
    version: int
    case: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Common:
    """What the chosen items share: the step, the questions that may be answered for all, and what is known."""

    activity: Activity
    """With the questions that may be answered together only: nothing about the person, and no papers."""
    known: Mapping[str, Any]
    """What all cases agree on."""
    apart: frozenset[str]
    """Questions on which they do not: each case keeps what it knows, and the answer goes to the others."""
    settled: frozenset[str]
    """Those of them that every case knows for itself: nobody is asked."""


@blueprint.post("/work/many/claim")
def many_claim() -> ResponseReturnValue:
    """Take every chosen item."""
    chosen, seen = _chosen()
    if not chosen:
        return _back()
    results = [_give(each, claim_work_item, seen[each.item.number]) for each in chosen]
    return _done(chosen[0].item.name, results, gettext("Taken"), after_claim=True)


@blueprint.post("/work/many")
def many() -> ResponseReturnValue:
    """Show the one form for all of them."""
    chosen, _ = _chosen()
    return _page(chosen) if chosen else _back()


@blueprint.post("/work/many/questions")
def many_questions() -> ResponseReturnValue:
    """Show which questions apply to what has been typed so far. Nothing is stored."""
    chosen, _ = _chosen()
    if not chosen:
        return _back()
    return _page(chosen, typed=_typed(common(chosen)), fragment=request.headers.get("X-Fragment") == "fields")


@blueprint.post("/work/many/complete")
def many_complete() -> ResponseReturnValue:
    """Complete each of them with the same answers; one that is refused does not hold up the others."""
    chosen, seen = _chosen()
    if not chosen:
        return _back()
    shared = common(chosen)
    if reason := one_by_one(chosen):
        return _page(chosen, refusal=reason, status=422)
    typed, outcome = _typed(shared), request.form.get("outcome", "")[:200]
    if shared.activity.outcomes and request.form.get("sure") != "yes":
        return _page(
            chosen, typed=typed, refusal=gettext("Tick first that this result holds for all of them."), status=422
        )
    answers = {each.item.number: answers_for(each, shared, typed, g.now) for each in chosen}
    if errors := _errors(chosen, shared, answers):
        return _page(chosen, typed=typed, errors=errors, status=422)
    results = [
        _give(each, complete_work_item, seen[each.item.number], outcome=outcome, facts=answers[each.item.number])
        for each in chosen
    ]
    return _done(chosen[0].item.name, results, gettext("Completed"))


def one_by_one(chosen: Sequence[Together]) -> str:
    """Why these items cannot be completed together; empty where they can."""
    first = chosen[0].activity
    if any(_step(each.activity) != _step(first) for each in chosen):
        return gettext("These items are not the same step. Choose items of one step.")
    if first.act:
        return gettext("This step decides the course of a case. It is done for each person alone.")
    if first.kind not in BY_PERSONS:
        return gettext("This step waits for another program.")
    return _asks_of_each(chosen, [each for each in first.form if each.required])


def _asks_of_each(chosen: Sequence[Together], required: Sequence[Field]) -> str:
    """What the form asks that nobody answers for twenty; empty where there is nothing of the kind."""
    of_person = {each.name for each in required if each.bound is Bound.SUBJECT}
    if any(of_person - each.known for each in chosen):
        return gettext("This step asks who somebody is. It is done for each person alone.")
    papers = {each.name for each in required if each.kind is FieldKind.DOCUMENT}
    if any(not each.values.get(name) for each in chosen for name in papers):
        return gettext("This step needs a document of each case. It is done for each person alone.")
    if any(each.alone for each in chosen[0].activity.form):
        return gettext("This step records what one person wants or what was found of them. It is done for each alone.")
    return ""


def common(chosen: Sequence[Together]) -> Common:
    """What the items share."""
    first = chosen[0].activity
    form = tuple(each for each in first.form if each.bound is not Bound.SUBJECT and each.kind is not FieldKind.DOCUMENT)
    values = {name: [each.values.get(name) for each in chosen] for each in chosen for name in each.values}
    known = {name: told[0] for name, told in values.items() if all(one == told[0] for one in told)}
    apart = frozenset(values.keys() - known.keys())
    settled = frozenset(name for name in apart if None not in values[name])
    return Common(replace(first, form=form), known, apart, settled)


def answers_for(each: Together, shared: Common, typed: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The answers of one item: its own where the cases do not agree and it has one, and else what was typed."""
    said = {}
    for asked in shared.activity.form:
        own = each.values.get(asked.name) if asked.name in shared.apart else None
        value = typed.get(asked.name, "") if own is None else _as_answer(own)
        if value not in ("", []):
            said[asked.name] = value
    drawn = Drawn(shared.activity, each.values, registers(()), at, said)
    asked_here = {question.name for question in questions_asked(drawn)}
    return {name: value for name, value in said.items() if name in asked_here}


def _as_answer(value: Any) -> Any:
    """A known value, spelt as a form sends it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return [_as_answer(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _step(activity: Activity) -> Any:
    """What makes two activities the same for whoever fills in their form, whatever edition they are of."""
    return activity.process, activity.element, activity.form, activity.outcomes, activity.act


def _chosen() -> tuple[tuple[Together, ...], dict[int, int]]:
    """The items that were ticked, each with the version that the page showed."""
    seen: dict[int, int] = {}
    for each in request.form.getlist("item"):
        number, _, version = each.partition(":")
        if not (number.isascii() and number.isdecimal() and version.isascii() and version.isdecimal()):
            raise BadRequest(gettext("The form is incomplete."))
        seen[int(number[:12])] = int(version[:12])
    return (ask(together, list(seen)) if seen else ()), seen


def _give(each: Together, command: Callable[..., Receipt], seen: int, **more: Any) -> Result:
    """One command of its own, with a key of its own: sent again, it is not done again."""
    number = each.item.number
    key = f"{key_sent()[:150]}:{number}" if key_sent() else None
    try:
        perform(command, number, seen=seen, key=key, **more)
    except Refusal as refusal:
        return Result(number, seen, each.case, say(refusal))
    return Result(number, seen + 1, each.case)


def _typed(shared: Common) -> dict[str, Any]:
    return sent(shared.activity.form, request.form, g.zone)


def _errors(
    chosen: Sequence[Together], shared: Common, answers: Mapping[int, Mapping[str, Any]]
) -> dict[str, tuple[str, ...]]:
    """What is wrong with the answers for every item: then nothing is done at all. What ails some is told of these."""
    found = [_fault(each, shared.activity.form, answers[each.item.number]) for each in chosen]
    if not all(found):
        return {}
    return {name: said for each in reversed(found) for name, said in each.items()}


def _fault(each: Together, form: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    try:
        read_form(form, answers, each.values, at=g.now)
    except FormNotValid as wrong:
        return dict(wrong.errors)
    return {}


def _page(
    chosen: Sequence[Together],
    *,
    typed: dict[str, Any] | None = None,
    errors: Any = None,
    refusal: str = "",
    status: int = 200,
    fragment: bool = False,
) -> Response:
    shared = common(chosen)
    form = _form(shared, typed, errors)
    if fragment:
        return make_response(render_template("work/fields.html", form=form, activity=shared.activity, asks=()), status)
    labels = {each.name: each.label for each in shared.activity.form}
    page = render_template(
        "work/many.html",
        name=chosen[0].item.name,
        process=chosen[0].item.process,
        activity=shared.activity,
        form=form,
        refusal=refusal,
        alone=one_by_one(chosen),
        typed=typed is not None,
        items=[(each.item.number, request_seen(each), each.case, each.may_complete) for each in chosen],
        settled=[labels[name] for name in labels if name in shared.settled],
        apart=[labels[name] for name in labels if name in shared.apart - shared.settled],
        sure=request.form.get("sure") == "yes",
        left_out=[each.label for each in chosen[0].activity.form if each.bound is Bound.SUBJECT],
        key=request.form.get("key", "") if errors or refusal else "",
        back=_address(),
    )
    return make_response(page, status)


def request_seen(each: Together) -> int:
    """The version of an item as the page before this one showed it."""
    told = dict(one.partition(":")[::2] for one in request.form.getlist("item"))
    return int(told.get(str(each.item.number), str(each.item.version)))


def _form(shared: Common, typed: dict[str, Any] | None, errors: Any) -> Form:
    asked = tuple(each for each in shared.activity.form if each.name not in shared.settled)
    activity = replace(shared.activity, form=asked)
    return draw(Drawn(activity, shared.known, registers(asked), g.now, typed, errors or {}))


def _done(name: str, results: Sequence[Result], words: str, *, after_claim: bool = False) -> Response:
    page = render_template(
        "work/many_done.html",
        name=name,
        words=words,
        good=[each for each in results if not each.refusal],
        bad=[each for each in results if each.refusal],
        after_claim=after_claim,
        back=_address(),
    )
    return make_response(page)


def _address() -> str:
    """Where the choice was made; only an address of ours."""
    back = request.form.get("back", "")[:500]
    return back if back.startswith(("/groups/", "/work/")) and "\\" not in back else url_for("work.post")


def _back() -> ResponseReturnValue:
    return redirect(_address())


__all__ = ["MOST", "answers_for", "common", "one_by_one"]

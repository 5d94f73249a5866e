"""What local governments are told of the person of a case, and what passed with them: the office's side."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound, NotValid, Refusal, answer_citizen_question, place_citizen
from engine.domain.pemda import ReportKind
from engine.queries.pemda import pemda_side
from sop_catalog.registers import place_name
from web.identity import ask, perform, spoken_titles
from web.language import gettext, say

SERVER_FAULT = 500
SIGNS = {ReportKind.ACCEPTED: "circle-check", ReportKind.DECLINED: "circle-x", ReportKind.ARRIVED: "flag"}
CONSENT = {"": None, "yes": True, "no": False}


def register(blueprint: Blueprint) -> None:
    """Every address of it, on one page."""
    add = blueprint.add_url_rule
    add("/cases/<case>/pemda", "pemda", show)
    add("/cases/<case>/pemda/answer", "answer_pemda", reply, methods=["POST"])
    add("/cases/<case>/pemda/place", "place", place, methods=["POST"])


def show(case: str) -> ResponseReturnValue:
    return _page(case)


def reply(case: str) -> ResponseReturnValue:
    """Answer the local government that asked."""
    area, text = request.form.get("area", "")[:20], request.form.get("text", "")
    try:
        perform(answer_citizen_question, case, area=area, text=text)
    except Refusal as refusal:
        return _page(case, refusal, {"area": area, "text": text})
    flash(gettext("Your answer was sent."), "good")
    return redirect(url_for("cases.pemda", case=case))


def place(case: str) -> ResponseReturnValue:
    """Write down the village and what the person wants."""
    said = {"village": request.form.get("village", "").strip()[:20], "consent": request.form.get("consent", "")[:10]}
    try:
        if said["consent"] not in CONSENT:
            raise NotValid(what="the answer", wanted="yes or no", found=f"“{said['consent']}”")
        if said["village"] and place_name(said["village"]) == said["village"]:
            raise NotValid(what="the village", wanted="a code that is registered", found=f"“{said['village']}”")
        perform(place_citizen, case, village=said["village"], consent=CONSENT[said["consent"]])
    except Refusal as refusal:
        return _page(case, refusal, said)
    flash(gettext("It was written down."), "good")
    return redirect(url_for("cases.pemda", case=case))


def _page(case: str, refusal: Refusal | None = None, said: dict[str, str] | None = None) -> Response:
    if refusal is not None and (refusal.status >= SERVER_FAULT or isinstance(refusal, NotFound)):
        raise refusal
    side = ask(pemda_side, case)
    threads = {
        number: [each for each in side.words if each.pemda == number] for number in {one.pemda for one in side.words}
    }
    page = render_template(
        "cases/pemda.html",
        number=case,
        side=side,
        threads=sorted(threads.items(), key=lambda each: side.names[each[0]].area),
        signs=SIGNS,
        titles=spoken_titles(),
        place=place_name,
        refusal=say(refusal) if refusal else "",
        said=said or {},
    )
    return make_response(page, refusal.status if refusal else 200)

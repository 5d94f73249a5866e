"""What the public says of an SOP: a form on its page, a number with a PIN, and the answer for whoever holds both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from engine import NotFound, Refusal, expect_sound, give_feedback, read_feedback
from engine.domain.feedback import FeedbackState
from engine.domain.limits import LIMITS
from web.identity import keep_before, wiring
from web.language import gettext, say
from web.public.blueprint import blueprint
from web.public.pacing import count_sent, expect_pace, expect_pace_of_sending
from web.public.portal import Shown, shown_edition, speak
from web.telling import FEEDBACK_KINDS

_ = lazy_gettext
STATES: Mapping[FeedbackState, Any] = {
    FeedbackState.NEW: _("Not answered yet"),
    FeedbackState.ANSWERED: _("Answered"),
    FeedbackState.LAID_ASIDE: _("Laid aside, with the reason"),
    FeedbackState.ENDED: _("Ended without an answer"),
}
TRAP = "website"
"""A field that people do not see: what fills in every field of every form fills it in too."""


@blueprint.route("/sop/<code>/<int:edition>/feedback", methods=["GET", "POST"])
def give(code: str, edition: int) -> ResponseReturnValue:
    """The form about one edition; and, once it is sent, the number and the PIN to ask after it by."""
    expect_pace()
    _speak()
    shown = shown_edition(code, edition)
    if request.method != "POST":
        return _form(shown, {"step": request.args.get("step", "")[:4]})
    expect_pace_of_sending()
    form = {name: request.form.get(name, "")[:9_000] for name in ("kind", "text", "step", "contact", "agreed", TRAP)}
    expect_sound(list(form.values()), LIMITS)
    if form[TRAP]:
        wrong = gettext(
            "A field that has to stay empty was filled in. Load the page again and write only what is asked."
        )
        return _form(shown, form, wrong=wrong, status=400)
    if form["contact"].strip() and not form["agreed"]:
        wrong = gettext("Tick that you agree, or leave the contact empty. You can ask after the answer without it.")
        return _form(shown, form, wrong=wrong, status=422)
    step = next((each.activity for each in shown.form.steps if str(each.number) == form["step"]), "")
    said = {name: form[name] for name in ("kind", "text", "contact")}
    try:
        given = wiring().engine.perform(give_feedback, code, edition, step=step, **said, at=g.now)
    except Refusal as refusal:
        if isinstance(refusal, NotFound):
            raise
        return _form(shown, form, wrong=say(refusal), status=refusal.status)
    count_sent()
    return _private("public/feedback.html", shown=shown, row=shown.row, given=given)


@blueprint.route("/feedback", methods=["GET", "POST"])
def feedback() -> ResponseReturnValue:
    """What became of it, for whoever holds its number and PIN."""
    expect_pace()
    _speak()
    if request.method != "POST":
        return _private("public/feedback_asked.html", number="")
    number, pin = request.form.get("number", "")[:40], request.form.get("pin", "")[:12]
    expect_sound([number, pin], LIMITS)
    found = wiring().engine.perform(read_feedback, number, pin, address=request.remote_addr or "", at=g.now)
    if found is None:
        wrong = gettext("Number and PIN do not fit together, or there were too many tries. Wait a quarter of an hour.")
        return _private("public/feedback_asked.html", number=number, wrong=wrong, status=422)
    told = {"found": found, "kind": FEEDBACK_KINDS[found.of.kind], "state": STATES[found.state]}
    return _private("public/feedback_asked.html", number=number, **told)


def _speak() -> None:
    """In the language that is asked for, or in that of the officer who looks at the page."""
    asked = request.form.get("lang") or request.args.get("lang")
    speak(asked or (g.officer.language if g.officer else None))


def _form(shown: Shown, form: Mapping[str, str], *, wrong: str = "", status: int = 200) -> Response:
    steps = [(each.number, each.activity) for each in shown.form.steps if each.number]
    kinds = [(each.value, words) for each, words in FEEDBACK_KINDS.items()]
    told = {"steps": steps, "kinds": kinds, "sent": form, "trap": TRAP, "wrong": wrong, "given": None}
    return _private("public/feedback.html", shown=shown, row=shown.row, status=status, **told)


def _private(template: str, *, status: int = 200, **told: Any) -> Response:
    """A page of one browser alone: kept nowhere, found by no search engine."""
    response = keep_before(make_response(render_template(template, **told), status))
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response

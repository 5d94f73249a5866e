"""The stand-in's own page, and the same for programs: what it has, what happens next, and how it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from engine.domain.placement import EventKind
from web.simulator.contract import problem
from web.simulator.faults import Faults
from web.simulator.store import Problem, Store, next_kind

_ = lazy_gettext

KINDS: Final[Mapping[str, Any]] = {
    "registered": _("registered"),
    "trained": _("trained"),
    "examined": _("examined"),
    "oriented": _("orientation done"),
    "carded": _("card issued"),
    "departed": _("departed"),
    "arrived": _("arrived abroad"),
    "monitored": _("monitored"),
    "cancelled": _("cancelled"),
}
FAULTS: Final[Mapping[str, Any]] = {
    "slow": _("slow answer"),
    "5xx": _("answer 503"),
    "reply-lost": _("answer lost"),
    "duplicate": _("event told twice"),
    "late": _("event late"),
    "out-of-order": _("events in the wrong order"),
    "garbage": _("unreadable answer"),
    "wrong-case": _("another case"),
    "redirect": _("led elsewhere"),
    "reset": _("connection cut"),
    "429": _("asks to wait (429)"),
    "error-body": _("200 with an error in it"),
    "truncated": _("half an answer"),
    "stale-cursor": _("place in the events not known"),
}
SHOWN: Final = 50
"""Of placements and events, the latest."""

Tell = Callable[[Mapping[str, Any]], str]


def desk(store: Store, faults: Faults, tell: Tell | None) -> Blueprint:
    """The page over this store; `tell` brings an event to the agency, None: it has to be asked for."""
    found, says = Blueprint("desk", __name__, template_folder="templates"), _Desk(store, faults, tell)
    found.before_request(from_here)
    found.register_error_handler(Problem, problem)
    add = found.add_url_rule
    add("/", "page", says.page)
    add("/state", "state", says.state)
    add("/placements/<case>/next", "happen", says.happen, methods=["POST"])
    add("/held/tell", "let_go", says.let_go, methods=["POST"])
    add("/faults", "fail", says.fail, methods=["POST"])
    return found


def from_here() -> ResponseReturnValue | None:
    """No page of another house presses our buttons."""
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin and urlsplit(origin).netloc != request.host:
        return "elsewhere", 403
    return None


class _Desk:
    """What the page shows, and what its buttons do."""

    def __init__(self, store: Store, faults: Faults, tell: Tell | None) -> None:
        self._store, self._faults, self._tell = store, faults, tell
        self._answers: dict[str, str] = {}
        """What the agency answered to each event."""

    def page(self) -> ResponseReturnValue:
        state = self._store.state()
        rows = [{**each, "next": next_kind(each).value} for each in state["placements"][:SHOWN]]
        events = [{**each, "answer": self._answers.get(each["message"], "")} for each in state["events"][::-1][:SHOWN]]
        shown = {"state": state, "rows": rows, "events": events, "tells": self._tell is not None}
        return render_template("simulator/desk.html", **shown, faults=FAULTS, kinds=KINDS)

    def state(self) -> ResponseReturnValue:
        return jsonify({**self._store.state(), "answers": self._answers})

    def happen(self, case: str) -> ResponseReturnValue:
        said = request.get_json(silent=True) or request.form
        given = said.get("facts") if request.is_json else None
        done = self._store.happen(case, _kind(said.get("kind")), given if isinstance(given, dict) else None)
        self._bring(done["told"])
        return _done(done)

    def let_go(self) -> ResponseReturnValue:
        gone = self._store.let_go()
        self._bring(gone)
        return _done({"told": gone})

    def fail(self) -> ResponseReturnValue:
        said = request.get_json(silent=True) or {name: text for name, text in request.form.items() if text}
        try:
            self._faults.set({name: float(rate) for name, rate in said.items()})
        except (TypeError, ValueError):
            raise Problem(422, "not-valid", "Not as agreed: a fault or its rate.") from None
        return _done({"faults": {each.value: rate for each, rate in self._faults.rates.items()}})

    def _bring(self, events: Sequence[Mapping[str, Any]]) -> None:
        for each in events if self._tell else ():
            self._answers[each["message"]] = self._tell(each) if self._tell else ""


def _kind(text: object) -> EventKind | None:
    if not text:
        return None
    if text not in set(EventKind):
        raise Problem(422, "not-valid", "Not as agreed: kind.")
    return EventKind(str(text))


def _done(told: Mapping[str, Any]) -> Response:
    """A program is answered, a person is led back to the page."""
    return jsonify(told) if request.is_json else redirect(url_for("desk.page"), 303)  # type: ignore[return-value] # both are what Flask gives

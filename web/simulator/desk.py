"""The stand-in's own page, and the same for programs: what it has, what happens next, and how it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from engine import NotValid
from engine.domain.placement import EventKind
from web.language import gettext, say
from web.simulator.contract import problem
from web.simulator.differing import Differs
from web.simulator.faults import Faults
from web.simulator.filing import answer_batch, as_list, as_news
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
DIFFERS: Final[Mapping[Differs, Any]] = {
    Differs.FORGOTTEN: _("forget the placement"),
    Differs.FURTHER: _("be one event further on"),
    Differs.CLOSED: _("have called it off"),
    Differs.OPEN: _("have it open again"),
    Differs.OTHER_PERSON: _("mean another person"),
}
LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a batch."""
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
    add("/placements/<case>/differ", "differ", says.differ, methods=["POST"])
    add("/appear", "appear", says.appear, methods=["POST"])
    add("/files/batch", "batch", says.batch, methods=["POST"])
    add("/files/news", "news", says.news, methods=["POST"])
    add("/files/placements", "placements", says.placements)
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
        return self._page()

    def _page(self, wrong: str = "") -> Response:
        """The page, with what was wrong with the last thing that was asked of it."""
        state = self._store.state()
        rows = [
            {**each, "next": next_kind(each).value, "key": each["case"] or each["reference"]}
            for each in state["placements"][:SHOWN]
        ]
        events = [{**each, "answer": self._answers.get(each["message"], "")} for each in state["events"][::-1][:SHOWN]]
        offices = sorted({each["office"] for each in state["placements"] if each["office"]})
        shown: dict[str, Any] = {"state": state, "rows": rows, "events": events, "offices": offices, "wrong": wrong}
        shown |= {"tells": self._tell is not None, "faults": FAULTS, "kinds": KINDS, "differs": DIFFERS}
        return make_response(render_template("simulator/desk.html", **shown), 422 if wrong else 200)

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

    def differ(self, case: str) -> ResponseReturnValue:
        """Know a placement otherwise than the agency, and tell nobody."""
        how = (request.get_json(silent=True) or request.form).get("how")
        if how not in set(Differs):
            raise Problem(422, "not-valid", "Not as agreed: how.")
        self._store.differ(case, Differs(str(how)))
        return _done({"differs": how})

    def appear(self) -> ResponseReturnValue:
        """Have a placement that no report began."""
        said = request.get_json(silent=True) or request.form
        name, born_on = str(said.get("name") or "").strip(), str(said.get("born_on") or "").strip()
        if not name or not born_on:
            raise Problem(422, "not-valid", "Not as agreed: name or born_on.")
        return _done({"reference": self._store.appear(name, born_on)})

    def batch(self) -> ResponseReturnValue:
        """Take in a batch that somebody carried here. Returns the answer to it, as the file that is carried back."""
        sent = request.files.get("file")
        content, name = (sent.read(LARGEST + 1), sent.filename or "") if sent else (b"", "")
        try:
            answer = answer_batch(self._store, content, name)
        except NotValid as refusal:
            return self._page(say(refusal))
        return _file(answer, f"jawaban-{name.rpartition('.')[0] or 'berkas'}.csv")

    def news(self) -> ResponseReturnValue:
        """What was not told in a file before, or everything."""
        told = self._store.told_in_file(whole=bool(request.form.get("whole")))
        if not told:
            return self._page(gettext("There is no news that was not told in a file before."))
        return _file(as_news(told), f"kabar-{told[-1]['message']}.csv")

    def placements(self) -> ResponseReturnValue:
        """The list of the placements of one office, and of those that belong to none."""
        office = request.args.get("office", "")
        listed = [each for each in self._store.state()["placements"] if each["office"] in ("", office)]
        return _file(as_list(reversed(listed)), f"penempatan-{office or 'semua'}.csv")

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


def _file(content: bytes, name: str) -> Response:
    """A file to be kept."""
    safe = "".join(each for each in name if each.isascii() and (each.isalnum() or each in "-_."))
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    return answer

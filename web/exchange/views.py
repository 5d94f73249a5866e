"""The pages of the exchange with the placement system, and the acts on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    NotYours,
    Refusal,
    acknowledge_batch,
    apply_event,
    ask_comparison,
    fetch_batch,
    link_placement,
    make_batch,
    mend_difference,
    reconcile_placements,
    set_aside_event,
    take_in_batch,
)
from engine.domain.batch import ANSWER_COLUMNS, LIST_COLUMNS, NEWS_COLUMNS, as_record
from engine.queries.exchange import (
    exchange_batches,
    exchange_differences,
    exchange_news,
    exchange_overview,
    preview_news,
)
from web.exchange import words
from web.exchange.uploading import Uploaded, uploaded
from web.identity import ask, has_power, look_at, perform, spoken_titles, wiring
from web.language import gettext, ngettext, say

SERVER_FAULT = 500
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STATES = ("waiting", "refused", "set-aside", "applied")

blueprint = Blueprint("exchange", __name__, template_folder="templates")


@blueprint.before_request
def _for_exchangers() -> None:
    """Whoever may neither exchange nor run the house is told so before anything is read; the engine asks again."""
    looks = request.method == "GET" and has_power("administer")
    if not has_power("exchange") and not looks:
        raise NotYours(who=g.officer.name, act="exchange with the placement system", post="exchange, administer")


@blueprint.get("/exchange")
def overview() -> ResponseReturnValue:
    """How many of what lie where, how the line is, and when both sides were compared."""
    return _page("overview", now=ask(exchange_overview), transport=wiring().settings.siskop2mi)


@blueprint.get("/exchange/news")
def news() -> ResponseReturnValue:
    """What the placement system has told, by what became of it."""
    state = request.args.get("state", "waiting")
    state = state if state in STATES else "waiting"
    page = ask(exchange_news, state=state, after=request.args.get("after"))
    more = url_for("exchange.news", state=state, after=page.following) if page.following else ""
    return _page("news", rows=page.rows, state=state, states=STATES, more=more)


@blueprint.post("/exchange/news/<int:number>/set-aside")
def set_aside(number: int) -> ResponseReturnValue:
    """Let a piece of news move nothing."""
    _told(set_aside_event, number, reason=request.form.get("reason", ""), good=gettext("Set aside. It moves no case."))
    return redirect(url_for("exchange.news", state=request.form.get("state") or None))


@blueprint.post("/exchange/cases/<string:case>/apply")
def apply(case: str) -> ResponseReturnValue:
    """Let come what waits for a case; with `without`, also past numbers that have not come."""
    done = _told(apply_event, case, without_missing=bool(request.form.get("without")))
    if done is not None:
        moved = ngettext(
            "%(num)s piece of news was dealt with.", "%(num)s pieces of news were dealt with.", done.number or 0
        )
        flash(moved, "good" if done.number else "note")
    return redirect(url_for("exchange.news"))


@blueprint.post("/exchange/link")
def link() -> ResponseReturnValue:
    """Say which case a number of the placement system means."""
    said = {"reference": request.form.get("reference", "")}
    good = gettext("Linked. What came under this number goes to the case now.")
    _told(link_placement, request.form.get("case", "").strip(), **said, good=good)
    return redirect(url_for("exchange.differences" if request.form.get("back") else "exchange.news"))


@blueprint.get("/exchange/batches")
def batches() -> ResponseReturnValue:
    """The files of one's own offices."""
    return _batches()


def _batches(refusal: Refusal | None = None) -> Response:
    page = ask(exchange_batches, after=request.args.get("after"))
    more = url_for("exchange.batches", after=page.following) if page.following else ""
    now = ask(exchange_overview)
    return _page("batches", refusal, rows=page.rows, more=more, now=now, columns=NEWS_COLUMNS, answers=ANSWER_COLUMNS)


@blueprint.post("/exchange/batches")
def make() -> ResponseReturnValue:
    """Put into one file what waits to be told."""
    office, kind = request.form.get("office", ""), request.form.get("format", "xlsx")
    try:
        done = perform(make_batch, office, format=kind)
    except Refusal as refusal:
        return _again(refusal, _batches)
    if done.number:
        flash(gettext("Batch %(number)s is made. Download it and hand it over.", number=done.name), "good")
    else:
        flash(gettext("Nothing was made: nobody of those who waited has consented."), "note")
    return redirect(url_for("exchange.batches"))


@blueprint.post("/exchange/batches/<string:number>/file")
def fetch(number: str) -> ResponseReturnValue:
    """The file of a batch; each time is recorded."""
    file = look_at(fetch_batch, number)
    answer = Response(file.content, content_type=MEDIA[file.name.rpartition(".")[2]])
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


@blueprint.post("/exchange/batches/<string:number>/acknowledge")
def acknowledge(number: str) -> ResponseReturnValue:
    """Take in what the other side answers to a batch."""
    try:
        file = uploaded("kunci", "hasil")
        done = perform(acknowledge_batch, number, list(file.rows), content=file.content, format=file.format)
    except Refusal as refusal:
        return _again(refusal, _batches)
    said = gettext("Answered. Rows refused: %(count)s.", count=done.number)
    flash(said, "note" if done.number else "good")
    return redirect(url_for("exchange.batches"))


@blueprint.post("/exchange/batches/preview")
def preview() -> ResponseReturnValue:
    """What would become of each row of a file with news; nothing is kept yet."""
    try:
        file = uploaded(*NEWS_COLUMNS)
    except Refusal as refusal:
        return _again(refusal, _batches)
    return _previewed(file)


def _previewed(file: Uploaded, refusal: Refusal | None = None) -> Response:
    rows = ask(preview_news, list(file.rows))
    wrong = [each for each in rows if each.problem]
    return _page("preview", refusal, file=file, rows=rows, wrong=wrong, offices=ask(exchange_overview).offices)


@blueprint.post("/exchange/batches/take-in")
def take_in() -> ResponseReturnValue:
    """Take a file with news in: once, every row of it."""
    try:
        file = uploaded(*NEWS_COLUMNS)
        office = request.form.get("office", "")
        done = perform(take_in_batch, office, list(file.rows), content=file.content, format=file.format)
    except Refusal as refusal:
        return _again(refusal, _batches)
    told = gettext("Taken in as batch %(number)s. Rows refused: %(count)s.", number=done.name, count=done.number)
    flash(told, "note" if done.number else "good")
    return redirect(url_for("exchange.news", state="refused" if done.number else None))


@blueprint.get("/exchange/differences")
def differences() -> ResponseReturnValue:
    """What both sides say differently, with the act that mends it."""
    return _differences()


def _differences(refusal: Refusal | None = None) -> Response:
    page = ask(exchange_differences, after=request.args.get("after"))
    more = url_for("exchange.differences", after=page.following) if page.following else ""
    now = ask(exchange_overview)
    shown = {"rows": page.rows, "more": more, "now": now, "columns": LIST_COLUMNS}
    return _page("differences", refusal, **shown, transport=wiring().settings.siskop2mi)


@blueprint.post("/exchange/differences/<int:number>/mend")
def mend(number: int) -> ResponseReturnValue:
    """Do what mends a difference."""
    good = gettext("Done. The next comparison shows whether it is gone.")
    _told(mend_difference, number, act=request.form.get("act", ""), good=good)
    return redirect(url_for("exchange.differences"))


@blueprint.post("/exchange/differences/ask")
def ask_now() -> ResponseReturnValue:
    """Want both sides compared over the line now."""
    good = gettext("Asked for. What differs stands here within half a minute.")
    _told(ask_comparison, good=good)
    return redirect(url_for("exchange.differences"))


@blueprint.post("/exchange/differences/compare")
def compare() -> ResponseReturnValue:
    """Compare the cases of an office with the list that the other side has given."""
    try:
        file = uploaded("nomor_penempatan", "terbuka")
        rows = [as_record(each) | {"row": each["row"]} for each in file.rows]
        more: dict[str, Any] = {"office": request.form.get("office", ""), "content": file.content}
        done = perform(reconcile_placements, rows, format=file.format, **more)
    except Refusal as refusal:
        return _again(refusal, _differences)
    flash(ngettext("Compared: %(num)s difference.", "Compared: %(num)s differences.", done.number or 0), "good")
    return redirect(url_for("exchange.differences"))


def _page(name: str, refusal: Refusal | None = None, **shown: Any) -> Response:
    page = render_template(
        f"exchange/{name}.html", refusal=say(refusal) if refusal else "", words=words, titles=spoken_titles(), **shown
    )
    return make_response(page, refusal.status if refusal else 200)


def _again(refusal: Refusal, page: Callable[[Refusal], Response]) -> Response:
    """The page once more with what was refused; faults are not hidden."""
    if refusal.status >= SERVER_FAULT or refusal.status in (403, 404):
        raise refusal
    return page(refusal)


def _told(command: Callable[..., Any], *args: Any, good: str = "", **more: Any) -> Any:
    """Give a command and say what came of it. None where it was refused."""
    try:
        done = perform(command, *args, **more)
    except Refusal as refusal:
        if refusal.status >= SERVER_FAULT or refusal.status in (403, 404):
            raise
        flash(say(refusal), "bad")
        return None
    if good:
        flash(good, "good")
    return done

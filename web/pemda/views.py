"""The pages of local governments. Each shows what one command tells, and nothing is read here besides."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    CitizenPage,
    NotFound,
    NotValid,
    Refusal,
    answer_citizen_handover,
    ask_citizen_question,
    expect_sound,
    list_citizens,
    read_citizen,
    read_citizen_paper,
    report_citizen_arrival,
    set_pemda_password,
    sign_in_pemda,
    sign_out_pemda,
)
from engine.domain.limits import LIMITS
from engine.queries.pemda import (
    PemdaMonth,
    pemda_factor,
    pemda_figures,
    pemda_months,
    pemda_password,
    pemda_sessions,
)
from engine.queries.people import office_for
from web.downloads import handed_out, size_said, type_said
from web.identity import hash_password, keep_before, read, spoken_titles, wiring
from web.identity.devices import device_of
from web.identity.passwords import LONGEST, SHORTEST, fits
from web.language import gettext, local, say, zone_name
from web.pemda import factor, signed_in, words
from web.pemda.letters import write_month
from web.pemda.sessions import cookie, login, look_at, perform, secret_sent, until

blueprint = Blueprint("pemda", __name__, template_folder="templates")
factor.register(blueprint)
signed_in.register(blueprint)
SERVER_FAULT = 500
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_BEGINNINGS = "=+-@\t\r\n"


@blueprint.app_context_processor
def _words() -> dict[str, object]:
    return {"pemda_words": words}


@blueprint.route("/pemda/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """The form, and what becomes of it."""
    if request.method != "POST":
        return redirect(url_for("pemda.citizens")) if g.pemda is not None else _form()
    name = str(request.form.get("login", "")).strip().lower()[:80]
    expect_sound([name], LIMITS)
    right = fits(read(pemda_password, name), str(request.form.get("password", "")))
    engine = wiring().engine
    seen = {"address": request.remote_addr or "", "device": device_of(request.headers.get("User-Agent", ""))}
    receipt = engine.perform(sign_in_pemda, name, right=right, at=g.now, **seen)
    if receipt.state == "throttled":
        wrong = gettext(
            "Too many tries for this account or from this place. Wait a quarter of an hour, or ask your administrator."
        )
        return _form(name, wrong, 429)
    if receipt.state != "signed-in":
        return _form(name, gettext("Account and password do not fit together."), 401)
    engine.keep_pemda_session(receipt.name, at=g.now, until=until(g.now))
    settings = wiring().settings
    response = redirect(url_for("pemda.citizens"))
    response.set_cookie(cookie(settings), receipt.name, secure=settings.secure, httponly=True, samesite="Lax")
    return response


@blueprint.post("/pemda/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session on the server, not only in this browser."""
    settings = wiring().settings
    look_at(sign_out_pemda, secret_sent())
    response = redirect(url_for("pemda.sign_in", bye="1"))
    response.delete_cookie(cookie(settings), secure=settings.secure, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _form(name: str = "", wrong: str = "", status: int = 200) -> Response:
    told = gettext("You have signed out.") if "bye" in request.args else ""
    page = render_template("pemda/sign_in.html", login=name, wrong=wrong, told=told)
    return keep_before(make_response(page, status))


@blueprint.get("/pemda")
def citizens() -> ResponseReturnValue:
    """Their own citizens, the latest first."""
    return _citizens("", request.args.get("begin", "0"))


@blueprint.post("/pemda/search")
def search() -> ResponseReturnValue:
    """Those of them who have this in the name or the number; whom somebody looks for stands in no address."""
    return _citizens(request.form.get("q", "").strip()[:100], request.form.get("begin", "0"))


def _citizens(search: str, begin: str) -> str:
    place = int(begin) if begin.isascii() and begin.isdecimal() and len(begin) < 7 else 0  # noqa: PLR2004 - more than any has
    found = look_at(list_citizens, search=search, begin=place)
    office = read(office_for, found.pemda.area)
    return render_template("pemda/citizens.html", found=found, search=search, titles=spoken_titles(), office=office)


@blueprint.get("/pemda/print")
def print_() -> ResponseReturnValue:
    """All of them on paper."""
    found = look_at(list_citizens, purpose="print")
    return render_template(
        "pemda/print.html", found=found, titles=spoken_titles(), office=read(office_for, found.pemda.area)
    )


@blueprint.get("/pemda/citizens.csv")
def export() -> ResponseReturnValue:
    """All of them as a table, with semicolons as spreadsheets here expect."""
    found, titles = look_at(list_citizens, purpose="csv"), spoken_titles()
    out = io.StringIO()
    written = csv.writer(out, delimiter=";", lineterminator="\r\n")
    header = ("Number", "Name", "Age", "Origin", "Courses", "Hand-over home", "Protocol", "Arrival", "Office to ask")
    written.writerow([gettext(each) for each in header])
    for each in found.rows:
        courses = ", ".join(titles.get(f"disposition:{code}", code) for code in each.dispositions)
        row = [each.number, each.name, str(words.AGES[each.age]), words.place(each.region), courses]
        row += [str(words.STEPS[each.handover][0]), each.protocol]
        row += [
            f"{local(each.arrived_at):%Y-%m-%d %H:%M}" if each.arrived_at else "",
            titles.get(each.office, each.office),
        ]
        written.writerow([f"'{cell}" if cell[:1] and cell[0] in _BEGINNINGS else cell for cell in row])
    answer = Response(b"\xef\xbb\xbf" + out.getvalue().encode(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="warga-{found.pemda.area}.csv"'
    return answer


@blueprint.get("/pemda/citizens/<number>")
def citizen(number: str) -> ResponseReturnValue:
    return _citizen(number)


@blueprint.post("/pemda/citizens/<number>/handover")
def handover(number: str) -> ResponseReturnValue:
    """Accept with the protocol, or say why not."""
    said = {name: request.form.get(name, "") for name in ("answer", "happened", "protocol", "note")}
    try:
        accepted = _choice(said["answer"])
        perform(
            answer_citizen_handover,
            number,
            accepted=accepted,
            happened_at=_moment(said["happened"]),
            protocol=said["protocol"] if accepted else "",
            note=said["note"],
            **_signed(),
        )
    except Refusal as refusal:
        return _citizen(number, refusal, said)
    return _done(number, gettext("Your answer was recorded, and the office was told."))


@blueprint.post("/pemda/citizens/<number>/arrival")
def arrival(number: str) -> ResponseReturnValue:
    """Say that somebody has come home."""
    said = {"arrived": request.form.get("arrived", ""), "arrival_note": request.form.get("note", "")}
    try:
        happened = _moment(said["arrived"])
        perform(report_citizen_arrival, number, happened_at=happened, note=said["arrival_note"], **_signed())
    except Refusal as refusal:
        return _citizen(number, refusal, said)
    return _done(number, gettext("The arrival was recorded, and the office was told."))


@blueprint.post("/pemda/citizens/<number>/question")
def question(number: str) -> ResponseReturnValue:
    """Ask the office."""
    said = {"text": request.form.get("text", "")}
    try:
        perform(ask_citizen_question, number, text=said["text"])
    except Refusal as refusal:
        return _citizen(number, refusal, said)
    return _done(number, gettext("Your question is with the office. Its answer will stand here."))


@blueprint.get("/pemda/citizens/<number>/papers/<int:paper>")
def paper(number: str, paper: int) -> Response:
    """Hand out what this local government brought itself."""
    found = look_at(read_citizen_paper, number, paper)
    return handed_out(found.content, found.paper.type, found.name)


@blueprint.get("/pemda/figures")
def figures() -> ResponseReturnValue:
    """The figures of a month: the last that was counted, or another."""
    months = read(pemda_months)
    chosen = request.args.get("month", "") or (months[0] if months else "")
    if chosen and chosen not in months:
        raise NotFound(what="the figures of this month")
    found = read(pemda_figures, g.pemda.pemda.area, chosen) if chosen else None
    return render_template("pemda/figures.html", months=months, chosen=chosen, found=found)


@blueprint.get("/pemda/letters/<month>.pdf")
def letter(month: str) -> ResponseReturnValue:
    """The letter of a month."""
    found: PemdaMonth | None = read(pemda_figures, g.pemda.pemda.area, month) if _MONTH.fullmatch(month) else None
    if found is None:
        raise NotFound(what="the figures of this month")
    answer = Response(
        write_month(g.pemda.pemda, found, read(office_for, g.pemda.pemda.area)), mimetype="application/pdf"
    )
    answer.headers["Content-Disposition"] = f'inline; filename="surat-{g.pemda.pemda.area}-{month}.pdf"'
    return answer


@blueprint.get("/pemda/account")
def account() -> ResponseReturnValue:
    return _account()


@blueprint.post("/pemda/account/password")
def password() -> ResponseReturnValue:
    """Change one's own password; every other browser is signed out."""
    old, new, again = (str(request.form.get(name, "")) for name in ("old", "new", "again"))
    if not fits(read(pemda_password, login()), old):
        return _account(gettext("The password of now is not this one. Nothing was changed."))
    if not SHORTEST <= len(new) <= LONGEST:
        return _account(gettext("The new password needs at least %(number)s characters.", number=SHORTEST))
    if new != again:
        return _account(gettext("The new password and its repetition differ. Nothing was changed."))
    if new in {old, login()}:
        return _account(gettext("The new password must be another one."))
    look_at(set_pemda_password, password=hash_password(new), own=True, keep=secret_sent())
    flash(gettext("Your password was changed. Every other browser was signed out."), "good")
    return redirect(url_for("pemda.citizens" if g.once else "pemda.account"))


def _account(wrong: str = "") -> Response:
    page = render_template(
        "pemda/account.html",
        wrong=wrong,
        once=g.once,
        shortest=SHORTEST,
        factor=read(pemda_factor, login()),
        signed_in=len(read(pemda_sessions, login())),
    )
    return make_response(page, 422 if wrong else 200)


def _citizen(number: str, refusal: Refusal | None = None, said: dict[str, str] | None = None) -> Response:
    if refusal is not None and (refusal.status >= SERVER_FAULT or isinstance(refusal, NotFound)):
        raise refusal
    found: CitizenPage = look_at(read_citizen, number)
    page = render_template(
        "pemda/citizen.html",
        found=found,
        one=found.citizen,
        kinds={each.kind.value for each in found.reports},
        refusal=say(refusal) if refusal else "",
        said=said or {},
        now=f"{local(g.now):%Y-%m-%dT%H:%M}",
        titles=spoken_titles(),
        type_said=type_said,
        size_said=size_said,
    )
    return make_response(page, refusal.status if refusal else 200)


def _signed() -> dict[str, Any]:
    """The file that came with a form; empty where none was chosen."""
    sent = request.files.get("file")
    return {"name": sent.filename, "content": sent.stream.read()} if sent is not None and sent.filename else {}


def _done(number: str, told: str) -> ResponseReturnValue:
    flash(told, "good")
    return redirect(url_for("pemda.citizen", number=number))


def _choice(text: str) -> bool:
    if text not in ("yes", "no"):
        raise NotValid(what="the answer", wanted="yes or no", found="missing")
    return text == "yes"


def _moment(text: str) -> datetime:
    """An instant as the browser sends it, on the clock of the area."""
    try:
        return datetime.fromisoformat(text[:16]).replace(tzinfo=ZoneInfo(zone_name()))
    except ValueError:
        raise NotValid(what="the time", wanted="a day and an hour", found="missing") from None

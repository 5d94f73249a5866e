"""The page of the slip: by code and PIN a person sees their own case, and asks for what the law gives them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from engine import NotValid, Refusal, SlipStatus, expect_sound, open_request, read_slip
from engine.domain.limits import LIMITS
from engine.domain.release import Field, FieldKind, Release
from engine.queries.people import offices
from web.identity import keep_before, read, wiring
from web.language import day, gettext, local, plain_moment, say
from web.office_hours import opening_hours, place_of
from web.public.blueprint import blueprint

STAGES = {
    "Pencegahan": lazy_gettext("Officers are looking at your departure plan with you."),
    "Penyerahan ke pendataan": lazy_gettext("Your data are about to be written down."),
    "Terdata": lazy_gettext("Your data are being written down."),
    "Ditapis": lazy_gettext("Officers are finding out with you what you need and whether you were wronged."),
    "Disposisi": lazy_gettext("Your choice is being talked over with you and put on record."),
    "Pelaksanaan disposisi": lazy_gettext("What was decided with you is being carried out."),
    "Penampungan": lazy_gettext("You may stay at a safe place for a time."),
    "Pemulangan": lazy_gettext("Your journey home is being prepared or is under way."),
    "Serah terima": lazy_gettext("You are being received at home, with a witness of your village or region."),
    "Penempatan kembali": lazy_gettext("You are being helped to leave again by the official way."),
    "Menunggu keberangkatan": lazy_gettext("Your departure by the official way is being waited for."),
    "Berangkat": lazy_gettext("You have left, or are leaving, by the official way."),
    "Bantuan hukum": lazy_gettext("A legal companion works on your case with you."),
    "Perkara berjalan": lazy_gettext("Your case is with the police, the prosecutor or the court."),
    "Restitusi": lazy_gettext("Compensation for your losses is being asked for."),
    "Penutupan": lazy_gettext("Your matter is coming to its end."),
}
"""What a stage of a case means to the person, in plain words."""
RIGHTS = (
    lazy_gettext("Everything here is free of charge."),
    lazy_gettext("Who you are is kept secret."),
    lazy_gettext("You may choose, refuse, wait and change your mind; nobody may force you."),
    lazy_gettext("You may have somebody with you, and an interpreter."),
    lazy_gettext("You get a copy of what you sign."),
    lazy_gettext("You may see the data that are kept about you and have them put right (UU 27/2022)."),
)
REQUESTS = (
    ("akses", lazy_gettext("I want to see what is kept about me")),
    ("perbaikan", lazy_gettext("Something kept about me is wrong")),
    ("penghapusan", lazy_gettext("I want something about me to be erased")),
    ("penarikan_persetujuan", lazy_gettext("I take back a consent that I gave")),
)
DATES = (
    ("tanggal_berangkat", lazy_gettext("Departure")),
    ("rencana_berangkat", lazy_gettext("Departure")),
    ("tanggal_tiba", lazy_gettext("Arrival")),
    ("sesi_berikut", lazy_gettext("Next talk")),
    ("sidang_pertama", lazy_gettext("First hearing")),
)


@blueprint.route("/s", methods=["GET", "POST"])
@blueprint.get("/s/<code>")
def slip(code: str = "") -> ResponseReturnValue:
    """The form for code and PIN; and, where both are right, how things stand."""
    if request.method != "POST":
        return _page(code=code[:40])
    code, pin = _sent()
    found = _engine().perform(read_slip, code, pin, address=_address(), at=g.now)
    if found is None:
        return _page(code=code, wrong=_refused(), status=401)
    return _page(code=code, found=_told(found))


@blueprint.post("/s/request")
def ask_for() -> ResponseReturnValue:
    """Take a request of the person: it becomes a case with a clock of its own."""
    code, pin = _sent()
    kind, text = request.form.get("kind", "")[:40], request.form.get("text", "")[:2_000]
    expect_sound([kind, text], LIMITS)
    try:
        receipt = _engine().perform(open_request, code, pin, address=_address(), kind=kind, text=text, at=g.now)
    except Refusal as refusal:
        if not isinstance(refusal, NotValid) and refusal.status not in {409, 429}:
            raise
        return _page(code=code, wrong=say(refusal), status=refusal.status)
    if receipt is None:
        return _page(code=code, wrong=_refused(), status=401)
    return _page(code=code, taken=receipt.case or "")


def _engine() -> Any:
    return wiring().engine


def _sent() -> tuple[str, str]:
    code, pin = request.form.get("code", "")[:40], request.form.get("pin", "")[:12]
    expect_sound([code, pin], LIMITS)
    return code, pin


def _refused() -> str:
    """One sentence for a wrong code, a wrong PIN, an ended slip and too many tries."""
    return gettext(
        "Code and PIN do not fit together, or there were too many tries. Look at the slip again, wait a quarter of an hour, or go to the office that gave it to you."
    )


def _page(*, code: str = "", wrong: str = "", found: Any = None, taken: str = "", status: int = 200) -> Response:
    g.language = g.get("language") or "id"
    page = render_template(
        "public/slip.html",
        code=code,
        wrong=wrong,
        found=found,
        taken=taken,
        rights=RIGHTS,
        requests=REQUESTS,
    )
    response = keep_before(make_response(page, status))
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _address() -> str:
    return request.remote_addr or ""


def _told(found: SlipStatus) -> dict[str, Any]:
    """The status in plain words; nothing of it says who the person is."""
    labels = _labels(found.release)
    office = next(each for each in read(offices) if each.code == found.office)
    return {
        "over": found.state in {"completed", "cancelled"},
        "stage": _stage(found.stage),
        "opened": day(local(found.opened_at).date()),
        "courses": [
            {"title": each.title, "open": each.state == "open", "stage": _stage(each.stage)}
            for each in found.courses
            if each.state in {"open", "closed"}
        ],
        "choice": _words(found.facts.get("pilihan_penyintas"), labels.get("pilihan_penyintas")),
        "consent": _words(found.facts.get("persetujuan"), labels.get("persetujuan")),
        "chosen": day(local(found.chosen_at).date()) if found.chosen_at else "",
        "dates": _dates(found),
        "office": found.office_name,
        "place": place_of(office),
        "hours": read(opening_hours, found.office),
        "phone": office.phone,
    }


def _stage(stage: str) -> str:
    return str(STAGES.get(stage, "")) or (stage and gettext("Your case is at the stage: %(stage)s.", stage=stage))


def _labels(release: Release) -> dict[str, Field]:
    return {each.name: each for activity in release.activities.values() for each in activity.form}


def _words(value: Any, field: Field | None) -> str:
    choices = {each.value: each.label for each in field.choices} if field else {}
    if isinstance(value, list):
        return ", ".join(_words(each, field) for each in value)
    return choices.get(str(value), str(value).replace("_", " ").replace("-", " ")) if value else ""


def _dates(found: SlipStatus) -> list[tuple[str, str]]:
    """What is still to come, the nearest first."""
    kinds = {each.name: each.kind for each in _labels(found.release).values()}
    coming: list[tuple[datetime | date, str, str]] = []
    for name, label in DATES:
        when = _when(found.facts.get(name), kinds.get(name))
        if when is None:
            continue
        if isinstance(when, datetime):
            if when > g.now:
                coming.append((when.date(), str(label), plain_moment(when, near=False)))
        elif when >= local(g.now).date():
            coming.append((when, str(label), day(when)))
    return list(dict.fromkeys((label, words) for _, label, words in sorted(coming, key=lambda each: str(each[0]))))


def _when(value: Any, kind: FieldKind | None) -> datetime | date | None:
    del kind
    said = next(iter(value.values()), None) if isinstance(value, dict) else value
    if not isinstance(said, str):
        return None
    try:
        return date.fromisoformat(said) if len(said) == len("2026-11-21") else datetime.fromisoformat(said)
    except ValueError:
        return None

"""What the pages of documents and letters show, and which command each button gives."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, lazy_gettext
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest

from engine import (
    Matter,
    NotFound,
    NotValid,
    attach_paper,
    issue_slip,
    print_letter,
    read_paper,
    revoke_slip,
    withdraw_paper,
)
from engine.domain.case import CaseState
from engine.domain.paper import OTHER
from engine.domain.release import Activity, FieldKind, Release
from engine.queries.case import CasePage, case_page, facts_of_case
from engine.queries.catalogue import release_page
from engine.queries.papers import PapersPage, is_slip_of, papers_page
from web.downloads import LOCKED, handed_out, size_said, type_said
from web.identity import ask, look_at, perform, read, wiring
from web.language import gettext, say
from web.office_hours import opening_hours
from web.papers.register import LetterKind, letter, letters
from web.papers.writing import labels_of, write_letter, write_slip

blueprint = Blueprint("papers", __name__, template_folder="templates")

KINDS = {
    "ktp": lazy_gettext("Identity card (KTP)"),
    "kk": lazy_gettext("Family card (KK)"),
    "akta": lazy_gettext("Birth certificate"),
    "paspor": lazy_gettext("Passport"),
    "splp": lazy_gettext("Travel document in lieu of a passport (SPLP)"),
    "foto": lazy_gettext("Photo"),
    "berita_acara": lazy_gettext("Signed record (berita acara)"),
    "surat_penolakan": lazy_gettext("Signed statement of refusal"),
    "surat_kuasa": lazy_gettext("Power of attorney"),
    "surat_layak": lazy_gettext("Doctor's letter"),
    "permohonan": lazy_gettext("The person's own request"),
    "pemberitahuan_perpanjangan": lazy_gettext("Notice of an extension"),
    OTHER: lazy_gettext("Another document"),
}
"""Kinds of document that an officer may choose where no step asks for them."""
TAKES = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,image/*"
SHOWN = frozenset({"image/jpeg", "image/png"})
GLANCE = 640
"""The longer side of a preview."""
PERSON_WORDS = {
    "identitas": lazy_gettext("NIK, passport or SPLP"),
    "origin_office": lazy_gettext("BP3MI of origin"),
    "nama": lazy_gettext("Name"),
    "nama_keluarga": lazy_gettext("Name of the family member"),
    "hubungan_keluarga": lazy_gettext("Relation"),
    "telepon_keluarga": lazy_gettext("Telephone of the family"),
    "alamat_keluarga": lazy_gettext("Address of the family"),
    "nomor_ba": lazy_gettext("Number of the record"),
}
"""Names of what a letter needs, where no form of the case's procedure asks for it."""


def start(app: Flask) -> None:
    """Let the pages of cases and of work show documents: those places do not know this one."""
    app.jinja_env.globals.update(papers_of=papers_of, checklist_of=checklist_of)
    app.extensions["drafting"] = drafting


def drafting(code: str) -> tuple[Callable[[Matter], bytes], tuple[str, ...]]:
    """How a letter that comes of a decision is written, and what of the person it names."""
    kind = letter(code)
    return lambda matter: write_letter(kind, matter), kind.person


# What other places show.


def papers_of(case: str) -> dict[str, Any]:
    """Everything on the tab of documents."""
    page = ask(papers_page, case)
    found = ask(case_page, case)
    release = read(release_page, found.head.release, found.head.edition).release
    facts, offices = ask(facts_of_case, case), [each for each in ("origin",) if page.case.origin_office]
    chosen = [each for each in letters() if not each.drafted]
    offered = [_letter(each, found.head.person, facts, offices, release) for each in chosen]
    here = {each.code for each in chosen if each.offered(page.case.stage)}
    return {
        "page": page,
        "rows": [_row(each) for each in page.rows],
        "kinds": _kinds(page),
        "takes": TAKES,
        "open": page.case.state in {CaseState.RUNNING, CaseState.SUSPENDED},
        "letters": [each for each in offered if each["code"] in here],
        "others": [each for each in offered if each["code"] not in here],
        "slip_at": page.slip_at,
        "main": page.case.parent is None,
        "missing": [each for each in page.wanted if each.kind in _asked_now(found, release) and not each.there],
    }


def _asked_now(found: CasePage, release: Release) -> set[str]:
    """The documents that a step which is open now cannot be completed without."""
    places = [(each.item.process, each.item.element) for each in found.open_items]
    steps = [release.activities[place] for place in places if place in release.activities]
    wanted = (each for step in steps for each in step.form if each.kind is FieldKind.DOCUMENT)
    return {each.name for each in wanted if each.required and not each.when}


def checklist_of(case: str, activity: Activity, item: int) -> dict[str, Any]:
    """The documents that one step asks for."""
    page = ask(papers_page, case)
    there = {each.paper.kind for each in page.rows if each.paper.counts}
    asked = [each for each in activity.form if each.kind is FieldKind.DOCUMENT]
    wanted = [
        {
            "kind": each.name,
            "label": each.label,
            "required": each.required and not each.when,
            "perhaps": bool(each.when),
            "there": each.name in there,
        }
        for each in asked
    ]
    counted = [each for each in wanted if each["there"] or not each["perhaps"]]
    return {
        "wanted": wanted,
        "there": sum(each["there"] is True for each in counted),
        "all": len(counted),
        "takes": TAKES,
        "item": item,
    }


# Documents.


@blueprint.post("/cases/<case>/documents")
def attach(case: str) -> ResponseReturnValue:
    """Attach one file; from a work item's page, lead back to it."""
    sent = request.files.get("file")
    item = request.form.get("item", "")[:12]
    kind = request.form.get("kind", "")[:63]
    more = {"item": int(item)} if item.isdecimal() else {}
    try:
        name, content = _file_sent(sent)
        perform(attach_paper, case, kind=kind, name=name, content=content, **more)
    except NotValid as wrong:
        flash(say(wrong), "bad")
    else:
        flash(gettext("The document was attached."), "good")
    return redirect(_back(case, item))


@blueprint.get("/cases/<case>/documents/<int:paper>")
def download(case: str, paper: int) -> Response:
    """Hand a file out, to be kept and not to be shown here."""
    found = look_at(read_paper, case, paper)
    return handed_out(
        found.content, "application/octet-stream" if found.paper.type == "text/plain" else found.paper.type, found.name
    )


@blueprint.get("/cases/<case>/documents/<int:paper>/glance")
def glance(case: str, paper: int) -> Response:
    """A small picture of a photo, painted by this program; recorded like any other look."""
    found = look_at(read_paper, case, paper, preview=True)
    if found.paper.type not in SHOWN:
        raise NotFound(what="a preview")
    made = io.BytesIO()
    with Image.open(io.BytesIO(found.content), formats=("JPEG", "PNG")) as picture:
        small = picture.convert("RGB")
        small.thumbnail((GLANCE, GLANCE))
        small.save(made, "JPEG", quality=80)
    response = Response(made.getvalue(), content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = LOCKED
    return response


@blueprint.post("/cases/<case>/documents/<int:paper>/withdraw")
def withdraw(case: str, paper: int) -> ResponseReturnValue:
    perform(withdraw_paper, case, paper, reason=request.form.get("reason", "")[:500])
    flash(gettext("The document was withdrawn. It stays here, marked, with your reason."), "good")
    return redirect(_back(case))


# Letters.


@blueprint.post("/cases/<case>/letters/<code>")
def print_(case: str, code: str) -> ResponseReturnValue:
    """Make a letter as PDF."""
    kind = letter(code)
    made = look_at(
        print_letter,
        case,
        letter=kind.code,
        fields=kind.person,
        facts=kind.facts,
        reason=request.form.get("reason", "")[:200],
        render=lambda matter: write_letter(kind, matter),
    )
    return handed_out(made.content, "application/pdf", f"{kind.code}-{case}.pdf")


# The slip.


@blueprint.post("/cases/<case>/slip")
def give_slip(case: str) -> ResponseReturnValue:
    """Make a slip, and say its PIN: once, on this page only."""
    made = look_at(issue_slip, case)
    return render_template("papers/slip.html", case=case, code=made.code, pin=made.pin, address=_public_address())


@blueprint.post("/cases/<case>/slip/print")
def print_slip(case: str) -> Response:
    """The slip as PDF, for the code that was just made."""
    code = request.form.get("code", "")[:40]
    if not ask(is_slip_of, case, code):
        raise BadRequest(gettext("This slip is no longer good. Make a new one."))
    found = ask(papers_page, case).case
    with wiring().engine.reading(at=g.now) as reader:
        office = reader.organisation.office(found.office)
        with force_locale("id"):
            hours = opening_hours(reader, found.office)
    content = write_slip(office, address=_public_address(), code=code, hours=hours, at=g.now)
    return handed_out(content, "application/pdf", "kartu.pdf")


@blueprint.post("/cases/<case>/slip/revoke")
def end_slip(case: str) -> ResponseReturnValue:
    perform(revoke_slip, case)
    flash(gettext("The slip leads nowhere any more."), "good")
    return redirect(_back(case))


# Parts.


def _public_address() -> str:
    origin = wiring().settings.origin.rstrip("/") or f"{urlsplit(request.host_url).scheme}://{request.host}"
    return origin + url_for("public.slip").rstrip("/")


def _back(case: str, item: str = "") -> str:
    if item.isdecimal():
        return url_for("work.item", item=int(item), _anchor="documents")
    return url_for("cases.show", case=case, tab="documents")


def _file_sent(sent: FileStorage | None) -> tuple[str, bytes]:
    if sent is None or not sent.filename:
        raise NotValid(what="the file", wanted="chosen", found="missing")
    return sent.filename, sent.stream.read()


def _kinds(page: PapersPage) -> list[tuple[str, str]]:
    """What a document may be attached as: what steps ask for first."""
    asked = [(each.kind, each.label) for each in page.wanted]
    known = {kind for kind, _ in asked}
    return [
        *asked,
        *(
            (kind, str(label))
            for kind, label in KINDS.items()
            if kind not in known | {"permohonan", "pemberitahuan_perpanjangan"}
        ),
    ]


def _row(each: Any) -> dict[str, Any]:
    paper = each.paper
    return {
        "number": paper.number,
        "label": each.label or str(KINDS.get(paper.kind, paper.kind.replace("_", " ").capitalize())),
        "type": type_said(paper.type),
        "size": size_said(paper.size),
        "at": paper.added_at,
        "by": ", ".join(filter(None, (each.by, each.pemda))) or gettext("the person, by the slip"),
        "outside": bool(each.pemda),
        "withdrawn": not paper.counts,
        "withdrawn_at": paper.withdrawn_at,
        "withdrawn_by": each.withdrawn_by,
        "reason": paper.reason,
        "shown": paper.type in SHOWN,
    }


def _letter(
    kind: LetterKind, person: Sequence[str], facts: dict[str, Any], offices: list[str], release: Release
) -> dict[str, Any]:
    labels = labels_of(release)
    known = [name for name, value in facts.items() if value is not None]
    missing = [
        str(PERSON_WORDS.get(each) or (labels[each].label if each in labels else each.replace("_", " ").capitalize()))
        for each in kind.missing(person, known, offices)
    ]
    return {"code": kind.code, "title": kind.title, "basis": kind.basis, "proposal": kind.proposal, "missing": missing}

"""The pages of the register of persons. What is asked for travels in forms, never in an address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from engine import (
    NotValid,
    confirm_merge,
    decline_merge,
    export_person,
    link_subject,
    merge_recruiters,
    propose_merge,
    recognise_subject,
    reveal_person,
    reveal_recruiter,
    search_subjects,
    undo_merge,
)
from engine.domain.subject import FIELDS
from engine.queries.persons import PersonPage, attempts, open_merges, person_page
from engine.queries.prevention import recruiters as recruiters_of
from web.answers import answers, told_by_rows
from web.identity import ask, look_at, number_sent, perform, spoken_titles
from web.language import gettext, say
from web.people import words
from web.people.registers import register

blueprint = Blueprint("people", __name__, template_folder="templates")
register(blueprint)

ASKED = ("nama", "tanggal_lahir", "nik", "nomor_paspor", "nomor_splp", "telepon")
"""What somebody may be looked for by, in the order of the form."""
EXPORTS = {"json": "application/json", "txt": "text/plain; charset=utf-8"}
MOST_RECRUITERS = 40
"""On one page."""
_LINKED = lazy_gettext("The case is joined to person %(number)s. What differs stands on the person's page.")


@blueprint.app_template_filter("person_code")
def person_code(number: int) -> str:
    """A person as a number that tells nothing."""
    return words.CODE.format(number)


@blueprint.app_template_filter("recruiter_code")
def recruiter_code(number: int) -> str:
    """A recruiter as a number that tells nothing."""
    return words.RECRUITER.format(number)


@blueprint.route("/people", methods=["GET", "POST"])
def search() -> ResponseReturnValue:
    """Look for somebody; what waits to be decided stands beside it."""
    said = {name: request.form.get(name, "").strip()[:200] for name in ASKED} if request.method == "POST" else {}
    found, refusal, status = None, "", 200
    if any(said.values()):
        try:
            found = look_at(search_subjects, fields=said)
        except NotValid as wrong:
            refusal, status = say(wrong), wrong.status
    elif said:
        refusal, status = gettext("Fill in at least one of the fields."), 422
    page = render_template(
        "people/search.html",
        said=said,
        asked=[(name, words.label(name)) for name in ASKED],
        found=found,
        refusal=refusal,
        merges=ask(open_merges),
        titles=spoken_titles(),
        reasons=words.reasons,
    )
    return page, status


@blueprint.post("/people/case")
def to_case() -> ResponseReturnValue:
    """From the number of a case to whom its person may be."""
    return redirect(url_for("people.known", case=request.form.get("case", "").strip()[:40] or "-"))


@blueprint.route("/people/of/<case>", methods=["GET", "POST"])
def known(case: str) -> ResponseReturnValue:
    """Whether the person of a case is known; asked only at the press of a button, since each look is kept."""
    told = ask(attempts, case)
    found = look_at(recognise_subject, case) if request.method == "POST" else None
    return render_template(
        "people/known.html", case=case, told=told, found=found, titles=spoken_titles(), reasons=words.reasons
    )


@blueprint.post("/people/of/<case>/link")
def link(case: str) -> ResponseReturnValue:
    """Join the case to the person who was recognised."""
    number = number_sent("person")
    perform(link_subject, case, subject=number, reason=request.form.get("reason", "")[:1000])
    flash(str(_LINKED) % {"number": person_code(number)}, "good")
    return redirect(url_for("people.person", number=number))


@blueprint.get("/people/<int:number>")
def person(number: int) -> ResponseReturnValue:
    """One person: which fields are known, cases, registers, joinings and looks."""
    return _person(number)


@blueprint.post("/people/<int:number>/reveal")
def reveal(number: int) -> ResponseReturnValue:
    """Show the fields once; who looked and why is kept before anything is shown."""
    return _person(number, look_at(reveal_person, number, reason=request.form.get("reason", "")[:200]))


@blueprint.post("/people/<int:number>/export.<kind>")
def export(number: int, kind: str) -> ResponseReturnValue:
    """Everything that is held of a person, as a file for that person."""
    if kind not in EXPORTS:
        raise NotValid(what="the kind of file", wanted="json or txt", found=kind)
    document = look_at(export_person, number, reason=request.form.get("reason", "")[:200])
    text = json.dumps(document, ensure_ascii=False, indent=1) if kind == "json" else _as_text(document)
    answer = Response(text, content_type=EXPORTS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{person_code(document["person"])}.{kind}"'
    return answer


@blueprint.post("/people/<int:number>/merge")
def merge(number: int) -> ResponseReturnValue:
    """Propose that another person is this one."""
    other = _number_of(request.form.get("other", ""))
    perform(propose_merge, number, other, reason=request.form.get("reason", "")[:1000])
    flash(gettext("Proposed. A second officer has to confirm it."), "good")
    return redirect(url_for("people.person", number=number))


@blueprint.post("/people/merges/<int:merge>/<act>")
def decide(merge: int, act: str) -> ResponseReturnValue:
    """Confirm, decline or undo a joining."""
    why = request.form.get("reason", "")[:1000]
    if act == "confirm":
        perform(confirm_merge, merge)
        flash(gettext("Both are read as one person now. Nothing that either told was lost."), "good")
    elif act == "decline":
        perform(decline_merge, merge, reason=why)
        flash(gettext("The proposal is closed; both stay as they are."), "good")
    elif act == "undo":
        perform(undo_merge, merge, reason=why)
        flash(gettext("Both are two persons again, exactly as they were."), "good")
    else:
        raise NotValid(what="the decision", wanted="confirm, decline or undo", found=act)
    back = request.form.get("back", "")
    return redirect(url_for("people.person", number=int(back)) if back.isdecimal() else url_for("people.search"))


@blueprint.get("/people/recruiters")
def recruiters() -> ResponseReturnValue:
    """Who recruited the persons of the officer's offices: as numbers."""
    return _recruiters()


@blueprint.post("/people/recruiters/<int:number>/reveal")
def name_recruiter(number: int) -> ResponseReturnValue:
    """Show name and telephone of one recruiter; that is kept."""
    told = look_at(reveal_recruiter, number, reason=request.form.get("reason", "")[:200])
    return _recruiters({number: told})


@blueprint.post("/people/recruiters/merge")
def join_recruiters() -> ResponseReturnValue:
    """Say that two recruiters are one."""
    keep, other = (_number_of(request.form.get(name, "")) for name in ("keep", "other"))
    perform(merge_recruiters, keep, other, reason=request.form.get("reason", "")[:1000])
    flash(gettext("Both are counted as one recruiter now."), "good")
    return redirect(url_for("people.recruiters"))


def _person(number: int, shown: Any = None) -> Response:
    page = ask(person_page, number)
    page_of = render_template(
        "people/person.html",
        page=page,
        shown=shown,
        fields=[(words.label(name), _told(name, shown)) for name in page.fields if not shown or name in shown.fields],
        differ=_differ(shown),
        titles=spoken_titles(),
        whys=[str(each) for each in words.WHYS],
        labels=words.label,
        look=words.look,
        answer=answers(_facts_told(page)),
        open_ones=[each for each in page.merges if each.state == "proposed"],
        standing=[each for each in page.merges if each.state == "confirmed"],
        past=[each for each in page.merges if each.state in {"declined", "undone"}],
    )
    return make_response(page_of)


def _facts_told(page: PersonPage) -> list[tuple[str, Any]]:
    """What the page tells beside the person's own fields: consents, and what was taken over from registers."""
    consents = [told for each in page.episodes for told in each.consent]
    return [*consents, *(told for each in page.sources for told in each.facts.items())]


def _told(name: str, shown: Any) -> str:
    return words.value(name, shown.fields[name]) if shown else ""


def _differ(shown: Any) -> list[tuple[str, list[tuple[int, str]]]]:
    """What the rows of one person tell differently, each value with its row."""
    if not shown:
        return []
    order = [name for name in FIELDS if name in shown.differ]
    return [(words.label(name), [(row, words.value(name, text)) for row, text in shown.differ[name]]) for name in order]


def _recruiters(named: Mapping[int, Any] | None = None) -> Response:
    rows = ask(recruiters_of)
    first = max(0, request.args.get("from", 0, type=int))
    following = first + MOST_RECRUITERS
    shown = rows[first:following]
    further: dict[str, Any] = {"from": following}
    page = render_template(
        "people/recruiters.html",
        rows=shown,
        more=url_for("people.recruiters", **further) if following < len(rows) else "",
        named=named or {},
        titles=spoken_titles(),
        answer=told_by_rows(shown),
        whys=[str(each) for each in words.WHYS],
    )
    return make_response(page)


def _number_of(text: str) -> int:
    """The number in `O-00012`, `P-00012` or `12`. Raises NotValid."""
    digits = text.strip().upper().removeprefix("O-").removeprefix("P-")
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 12:  # noqa: PLR2004 - more than any row has
        raise NotValid(what="the number", wanted="as a page shows it: O-00012", found=text[:40] or "missing")
    return int(digits)


def _as_text(document: Mapping[str, Any]) -> str:
    """What is held of a person as plain lines, to be printed and given away."""
    lines = [gettext("What is held of you"), person_code(document["person"]), document["made_at"], ""]
    for told in document["told"]:
        lines += [gettext("Told by: %(sources)s", sources=", ".join(told["from"]) or "–")]
        lines += [f"  {words.label(name)}: {words.value(name, text)}" for name, text in told["fields"].items()]
        lines.append("")
    lines.append(gettext("Cases"))
    lines += [f"  {each['number'] or '–'} · {each['office']} · {each['opened_at']}" for each in document["cases"]]
    lines += ["", gettext("Who has looked")]
    lines += [
        f"  {each['at']} · {each['officer']} · {words.look(each['what'])} · {each['why']}" for each in document["looks"]
    ]
    return "\r\n".join(lines) + "\r\n"

"""The pages of the catalogue: what is in force, one SOP, what becomes of a diagram that is sent in, and revoking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound
from engine.domain.release import Activity, Release
from engine.queries.catalogue import ReleasePage, ReleaseRow, catalogue, release_page
from engine.queries.impact import officer_names
from sop_catalog.procedure import Level, Procedure, area_of, level_of, macro_of
from sop_catalog.publishing import revoke_edition
from sop_catalog.registers import areas as registered_areas
from web.catalog.blueprint import FILE_BYTES, blueprint
from web.catalog.desk import drafts_of
from web.catalog.looking import (
    Linked,
    called_by_map,
    document_link,
    law_link,
    maps_over,
    unit_link,
)
from web.catalog.reading import calls_of, picture_of, procedure_of
from web.catalog.times import duty_words, legal_words, rung_words, time_words
from web.catalog.variants import told_of
from web.catalog.words import portal_words, service_parts
from web.identity import expect_power, has_power, number_sent, opens_cases, perform, read, spoken_titles
from web.language import gettext
from web.publishing import draft_held, upload_file
from web.registers import post_title
from web.remaining import allowance_words


@blueprint.get("/catalogue")
def areas() -> ResponseReturnValue:
    """The map of areas; an old address of a search leads on to it."""
    if request.args.get("q", "").strip():
        return redirect(url_for("catalog.search", q=request.args["q"]))
    rows = read(catalogue)
    parts = _parts(rows)
    return render_template(
        "catalog/areas.html",
        count=len(rows),
        filled=sum(bool(each["maps"] or each["macros"] or each["micros"]) for _, found in parts for each in found),
        parts=parts,
        may_publish=has_power("publish"),
    )


def _parts(rows: Iterable[ReleaseRow]) -> list[tuple[str, list[dict[str, Any]]]]:
    names = {
        "core": gettext("Core processes"),
        "supporting": gettext("Supporting processes"),
        "other": gettext("Other processes"),
    }
    codes = [each.code for each in rows if "." not in each.code]
    parts: dict[str, list[dict[str, Any]]] = {kind: [] for kind in names}
    for area in registered_areas():
        own = [code for code in codes if code.startswith(f"{area.code.lower()}-")]
        maps = sum(code.startswith(f"p-{area.code.lower()}-") for code in codes)
        macros = sum(level_of(code) is Level.MACRO for code in own)
        parts[area.kind].append(
            {"code": area.code, "name": area.name, "maps": maps, "macros": macros, "micros": len(own) - macros}
        )
    return [(names[kind], found) for kind, found in parts.items()]


@blueprint.get("/catalogue/areas/<code>")
def area(code: str) -> ResponseReturnValue:
    """One area: its maps, each with the macros it calls, its macros, each with its micros, and micros whose macro is not in force."""
    found = next((each for each in registered_areas() if each.code == code), None)
    if found is None:
        raise NotFound(what=f"area {code}")
    rows = read(catalogue)
    own = [each for each in rows if each.code.startswith(f"{code.lower()}-")]
    maps = [
        {"row": each, "macros": called_by_map(each.code)} for each in rows if each.code.startswith(f"p-{code.lower()}-")
    ]
    macros = [
        {"row": each, "micros": [micro for micro in own if micro.code.startswith(f"{each.code}-")]}
        for each in own
        if level_of(each.code) is Level.MACRO
    ]
    heads = tuple(f"{each.code}-" for each in own if level_of(each.code) is Level.MACRO)
    alone = [each for each in own if level_of(each.code) is Level.MICRO and not each.code.startswith(heads)]
    steps = [(gettext("Catalogue"), url_for("catalog.areas")), (code, "")]
    return render_template(
        "catalog/area.html", area=found, maps=maps, macros=macros, alone=alone, titles=spoken_titles(), steps=steps
    )


@blueprint.get("/catalogue/<code>")
def procedure(code: str) -> ResponseReturnValue:
    """One SOP, the edition in force or the one asked for."""
    edition, wanted = request.args.get("edition", type=int), request.args.get("step")
    page = read(release_page, code, edition)
    sheet = procedure_of(page.release)
    titles = spoken_titles()
    drafts = read(drafts_of, code)
    g.shows_diagram = True
    return render_template(
        "catalog/procedure.html",
        page=page,
        row=page.row,
        status=sheet.sheet.status.value,
        lines=_sheet(sheet, page.release),
        steps=_trail(page),
        activities=[_step(each, page, titles) for each in page.steps],
        shown=(wanted or "")[:200],
        sought=next(((at, each) for at, each in enumerate(page.steps, start=1) if each.element == wanted), None),
        related=_related(sheet),
        drafts=[each for each in drafts if each.state.value in {"draft", "submitted", "approved"}],
        made={each.edition: each for each in drafts if each.edition},
        names=read(officer_names),
        **told_of(code),
        may_publish=has_power("publish"),
        can_start=page.row.state.value == "in-force" and opens_cases(code),
    )


def _sheet(found: Procedure, release: Release) -> list[tuple[str, list[str | Linked]]]:
    """The lines of the cover sheet that say something (SOP AP: identitas SOP)."""
    sheet, service = found.sheet, dict(service_parts())

    def named(element: str) -> str:
        step = release.activities.get((found.code, element))
        return step.name if step and step.name else element

    lines: list[tuple[str, list[str | Linked]]] = [
        (gettext("Unit"), [unit_link(sheet.owner)] if sheet.owner else []),
        (
            gettext("Kind"),
            [" · ".join(each.value for each in (sheet.level, sheet.nature, sheet.scope, sheet.generality) if each)],
        ),
        (gettext("Promised time"), [time_words(sheet.promised)]),
        (
            gettext("Duties that a law gives a time for"),
            [f"{each.title}: {duty_words(each, named)}" for each in sheet.duties],
        ),
        (gettext("Time in each stage"), [f"{name}: {time_words(each)}" for name, each in release.stages.items()]),
        (gettext("When time runs out"), [rung_words(each) for each in sheet.ladder]),
        (gettext("Legal basis"), [law_link(each.instrument, each.article, legal_words(each)) for each in sheet.legal]),
        (gettext("Qualification"), [*sheet.qualification]),
        (gettext("Equipment"), [*sheet.equipment]),
        (gettext("Warning"), [*sheet.warning]),
        (gettext("Records"), [document_link(each) for each in sheet.records]),
        (gettext("Service standard"), [f"{service[each.part.value]}: {each.text}" for each in sheet.standard]),
        (gettext("Public portal"), [portal_words(sheet)]),
        (gettext("Office whose variant it is"), [spoken_titles().get(sheet.office, sheet.office)]),
    ]
    return [(name, [each for each in said if each]) for name, said in lines if any(said)]


def _trail(page: ReleasePage) -> list[tuple[str, str]]:
    """Catalogue › area › map › macro › micro › an office's variant; the map where one alone calls the macro."""
    code, level = page.row.code, level_of(page.row.code)
    area_code = area_of(code)
    steps = [(gettext("Catalogue"), url_for("catalog.areas"))]
    if any(each.code == area_code for each in registered_areas()):
        steps.append((area_code, url_for("catalog.area", code=area_code)))
    if level is not Level.MAP:
        central = code.partition(".")[0]
        macro = macro_of(code) or central
        above = maps_over(macro)
        over = dict.fromkeys([*(above if len(above) == 1 else ()), macro, central])
        over.pop(code, None)
        steps += [(each.upper(), url_for("catalog.procedure", code=each)) for each in over]
    return [*steps, (f"{code.upper()} {page.row.title}", "")]


def _step(each: Activity, page: ReleasePage, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "element": each.element,
        "name": each.name,
        "calls": calls_of(page.release).get((each.process, each.element), ""),
        "instruction": each.instruction,
        "who": post_title(titles, each.performer.post) if each.performer else "",
        "post": each.performer.post if each.performer else "",
        "requirements": [document_link(needed) for needed in each.requirements],
        "allowance": allowance_words(each.allowance),
        "output": document_link(each.output),
        "legal": [law_link(basis.instrument, basis.article, legal_words(basis)) for basis in each.legal],
        "asks": [(asked.label, asked.name) for asked in each.form],
    }


def _related(found: Procedure) -> list[tuple[str, str]]:
    titles = {each.code: each.title for each in read(catalogue)}
    return [(code, titles.get(code, "")) for code in found.sheet.related]


@blueprint.get("/catalogue/<code>/<int:edition>/drawings/")
@blueprint.get("/catalogue/<code>/<int:edition>/drawings/<process>")
def drawing(code: str, edition: int, process: str = "") -> ResponseReturnValue:
    """The file itself, never as something that a browser would draw by itself."""
    drawings = read(release_page, code, edition).release.drawings
    if process not in drawings:
        raise NotFound(what=f"drawing {process}")
    response = make_response(drawings[process])
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Disposition"] = f'attachment; filename="{process}.bpmn"'
    return response


@blueprint.get("/catalogue/<code>/<int:edition>/pictures/<process>.svg")
def picture(code: str, edition: int, process: str) -> ResponseReturnValue:
    """The diagram as a picture, for pages without scripts and for print."""
    drawings = read(release_page, code, edition).release.drawings
    if process not in drawings:
        raise NotFound(what=f"drawing {process}")
    return _svg(picture_of(drawings[process]))


def _svg(text: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = "image/svg+xml"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@blueprint.route("/catalogue/publish", methods=["GET", "POST"])
def publish() -> ResponseReturnValue:
    """Check a file by every rule and begin a draft of it, sound or not. It comes into force when somebody else approves."""
    expect_power("publish")
    if request.method == "GET":
        return render_template("catalog/publish.html", verdict=None, findings=())
    sent = request.files.get("file")
    content = sent.stream.read(FILE_BYTES + 1) if sent else b""
    verdict = upload_file(content)
    errors = sum(each.severity == "error" for each in verdict.findings)
    name = (sent.filename or "")[:100] if sent else ""
    row = read(draft_held, verdict.draft) if verdict.draft is not None else None
    page = render_template(
        "catalog/publish.html", row=row, verdict=verdict, findings=verdict.findings, errors=errors, file=name
    )
    return page, 200 if verdict.accepted else 422


@blueprint.post("/catalogue/<code>/revoke")
def revoke(code: str) -> ResponseReturnValue:
    """Take the edition in force out of force, with a reason. One owner may: nothing comes into force by it."""
    expect_power("publish")
    reason = str(request.form.get("reason", "")).strip()[:2000]
    perform(revoke_edition, code, edition=number_sent("edition"), reason=reason)
    flash(gettext("Revoked. No case begins on it any more; running cases end on the edition they have."), "good")
    return redirect(url_for("catalog.procedure", code=code))

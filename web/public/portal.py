"""The SOPs that everybody may read: a list by area, one SOP with its service standard, and the same for programs.

Every answer is the same for everybody, so that it may be kept and asked for again by its tag. Nothing of an SOP comes
here but what `sop_catalog.portal` lets through.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, current_app, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from rapidfuzz import fuzz

from engine import NotFound
from engine.domain.release import Release, ReleaseState
from engine.notation import read as read_drawing
from engine.notation import write as write_drawing
from engine.queries.catalogue import ReleasePage, ReleaseRow, catalogue, release_page
from engine.queries.in_force import numbers_in_force
from engine.queries.people import offices
from engine.queries.reader import Reader
from sop_catalog.diagram.drawing import draw_svg
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.finding import WORD, fold
from sop_catalog.portal import Component, Part, PublicForm, Stripped, public_form, public_paper, standard_of, strip
from sop_catalog.procedure import Sheet
from sop_catalog.registers import areas as registered_areas
from sop_catalog.sheets.form import Form
from sop_catalog.sheets.printing import write_pdf
from web.identity import read, spoken_titles
from web.language import HOME, gettext
from web.public.blueprint import blueprint
from web.public.pacing import expect_pace
from web.remaining import allowance_words
from web.version import version

FORGIVEN, ALIKE = 4, 75.0
"""From how many letters on a word may be spelt wrongly, and how alike the two must be, of 100."""
OUT_OF_FORCE = "Edisi ini tidak berlaku lagi"
"""On every page of a printed sheet that is not in force: as Indonesian as the sheet itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One edition as the public sees it."""

    page: ReleasePage
    sheet: Sheet
    stripped: Stripped
    form: PublicForm
    standard: tuple[Part, ...]
    titles: Mapping[str, str]
    """The other SOPs that may be shown, by code."""

    @property
    def row(self) -> ReleaseRow:
        """The line of the edition."""
        return self.page.row


def is_public(row: ReleaseRow) -> bool:
    """Whether everybody may see an edition."""
    return row.facts.get("public") == "publik"


def public_catalogue(reader: Reader) -> tuple[ReleaseRow, ...]:
    """The editions in force that everybody may see, by code. The same numbers are the same rows, since an edition never changes."""
    numbers = numbers_in_force(reader)
    known, rows = current_app.extensions.get("lajur-portal", (None, ()))
    if known != numbers:
        rows = tuple(each for each in catalogue(reader) if is_public(each))
        current_app.extensions["lajur-portal"] = numbers, rows
    kept: tuple[ReleaseRow, ...] = rows
    return kept


@blueprint.get("/sop")
def sops() -> ResponseReturnValue:
    """All of them by area, or those whose title or code holds the words."""
    _begin()
    wanted = " ".join(request.args.get("q", "").split())[:100]
    area = request.args.get("area", "")[:8].upper()
    rows, houses = read(public_catalogue), _houses()
    found = [each for each in rows if _holds(each, wanted) and (not area or _area(each) == area)]
    names = {each.code: each.name for each in registered_areas()}

    def page() -> str:
        return render_template(
            "public/sops.html",
            q=wanted,
            area=area,
            count=len(rows),
            areas=[(code, names.get(code, "")) for code in dict.fromkeys(map(_area, rows))],
            groups=[
                (code, names.get(code, ""), [each for each in found if _area(each) == code])
                for code in dict.fromkeys(map(_area, found))
            ],
            found=found,
            houses=houses,
            other=other_language(q=wanted or None, area=area or None),
        )

    return tagged(page, "list", wanted, area, houses, *((each.code, each.edition, each.title) for each in rows))


def _houses() -> dict[str, str]:
    """The names of the offices, by code."""
    return {each.code: each.name for each in read(offices)}


def _holds(row: ReleaseRow, wanted: str) -> bool:
    words = WORD.findall(fold(f"{row.code} {row.title}"))
    return all(_is_among(each, words) for each in WORD.findall(fold(wanted)))


def _is_among(wanted: str, words: Iterable[str]) -> bool:
    """Whether a word is there, or one that is spelt so little otherwise that it is a slip of the finger."""
    return any(wanted in each or (len(wanted) >= FORGIVEN and fuzz.ratio(wanted, each) >= ALIKE) for each in words)


def _area(row: ReleaseRow) -> str:
    return row.facts.get("area") or row.code.split("-")[0].upper()


@blueprint.get("/sop/<code>")
@blueprint.get("/sop/<code>/<int:edition>")
def sop(code: str, edition: int | None = None) -> ResponseReturnValue:
    """One SOP: what is in force, or an edition that was, which says so."""
    _begin()
    shown = shown_edition(code, edition)
    now, houses = _in_force(shown.page), _houses()
    house = houses.get(shown.sheet.office, shown.sheet.office)
    own = [each for each in read(public_catalogue) if each.facts.get("variant_of") == code]
    variants = [(each.code, houses.get(each.facts.get("office", ""), "")) for each in own]

    def page() -> str:
        return render_template(
            "public/sop.html",
            row=shown.row,
            sheet=shown.sheet,
            now=now,
            rows=shown.form.rows,
            parts=[_said(each) for each in shown.standard],
            related=[(each, shown.titles[each]) for each in shown.sheet.related if each in shown.titles],
            central=shown.titles.get(shown.sheet.variant_of, ""),
            house=house,
            variants=variants,
            editions=[each for each in shown.page.editions if is_public(each)],
            allowance=allowance_words,
            other=other_language(code=code, edition=edition),
        )

    return tagged(page, *_told(shown), house, variants)


@blueprint.get("/sop/<code>/<int:edition>/picture.svg")
def sop_picture(code: str, edition: int) -> ResponseReturnValue:
    """The diagram as a picture."""
    _begin()
    shown = shown_edition(code, edition)
    response = tagged(lambda: _picture(shown), "picture", *_told(shown))
    response.headers["Content-Type"] = "image/svg+xml"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@blueprint.get("/sop/<code>/<int:edition>/sheet.pdf")
def sop_sheet(code: str, edition: int) -> ResponseReturnValue:
    """The sheet as PermenPANRB 35/2012 has it printed, without internals."""
    _begin()
    shown = shown_edition(code, edition)
    day = shown.row.published_at.astimezone(ZoneInfo(HOME)).date()
    mark = "" if shown.row.state is ReleaseState.IN_FORCE else OUT_OF_FORCE

    def paper() -> bytes:
        return _printed(public_paper(shown.stripped, shown.sheet, shown.form, code, shown.titles, day, mark))

    response = tagged(paper, "sheet", *_told(shown))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{code}-{edition}.pdf"'
    return response


@lru_cache(maxsize=32)
def _printed(form: Form) -> bytes:
    return write_pdf(form)


@blueprint.get("/sop/<code>/<int:edition>/drawing.bpmn")
def sop_drawing(code: str, edition: int) -> ResponseReturnValue:
    """The diagram as BPMN 2.0: to be looked at, not to be run."""
    _begin()
    shown = shown_edition(code, edition)
    response = tagged(lambda: write_drawing(shown.stripped.definitions), "bpmn", *_told(shown))
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Disposition"] = f'attachment; filename="{code}.bpmn"'
    return response


@blueprint.get("/sop/<code>/<int:edition>/sop.json")
def sop_data(code: str, edition: int) -> ResponseReturnValue:
    """The same for programs."""
    _begin()
    shown = shown_edition(code, edition)
    now = _in_force(shown.page)
    data = {
        "code": code,
        "title": shown.row.title,
        "edition": shown.row.edition,
        "state": shown.row.state.value,
        "since": shown.row.published_at.isoformat(),
        "until": shown.row.ended_at.isoformat() if shown.row.ended_at else None,
        "edition_in_force": now.edition if now else None,
        "area": shown.sheet.area,
        "unit": shown.sheet.owner,
        "office": shown.sheet.office or None,
        "variant_of": shown.sheet.variant_of if shown.sheet.variant_of in shown.titles else None,
        "steps": [
            {
                "number": each.number,
                "kind": each.symbol.value,
                "activity": each.activity,
                "who": each.who,
                "requirements": list(each.requirements),
                "time": allowance_words(each.allowance) or None,
                "output": each.output or None,
                "remark": each.note or None,
                "answers": [{"answer": answer, "to": to} for answer, to in each.ways],
            }
            for each in shown.form.rows
        ],
        "service_standard": [
            {"component": each["part"].component.value, "says": each["lines"] or None}
            for each in map(_said, shown.standard)
        ],
    }
    response = make_response(data)
    return _with_tag(response, _tag("json", *_told(shown)))


def _begin() -> None:
    expect_pace()
    speak(request.args.get("lang"))


def speak(language: str | None) -> None:
    """Speak Indonesian, or English to who asks for it."""
    g.language = "en" if language == "en" else "id"


def shown_edition(code: str, edition: int | None) -> Shown:
    """What everybody may see of one edition. One that may not be shown answers like one that does not exist."""
    try:
        page = read(release_page, code[:80], edition)
    except NotFound:
        raise NotFound(what=f"procedure {code}") from None
    newest = _in_force(page) or page.editions[0]
    if not is_public(page.row) or not is_public(newest):
        raise NotFound(what=f"procedure {code}")
    titles = {each.code: each.title for each in read(public_catalogue)}
    posts = spoken_titles()
    stripped, sheet, form = _let_through(_Kept(page.release), tuple(sorted(posts.items())), tuple(titles.items()))
    return Shown(page, sheet, stripped, form, standard_of(sheet, form), titles)


class _Kept:
    """A release as a cache knows it: by what its drawings say."""

    def __init__(self, release: Release) -> None:
        self.release = release

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[str, str]:
        return self.release.code, self.release.sha256


@lru_cache(maxsize=64)
def _let_through(
    kept: _Kept, posts: tuple[tuple[str, str], ...], titles: tuple[tuple[str, str], ...]
) -> tuple[Stripped, Sheet, PublicForm]:
    release = kept.release
    drawing = read_drawing(release.drawings[release.code])
    process = drawing.process(release.code)
    sheet = read_procedure(process).sheet if process else Sheet()
    stripped = strip(drawing, release.code, dict(posts), dict(titles))
    own = {element: each for (name, element), each in release.activities.items() if name == release.code}
    return stripped, sheet, public_form(stripped, own, release.code, dict(titles))


def _picture(shown: Shown) -> str:
    try:
        return draw_svg(shown.stripped.definitions)
    except ValueError:
        raise NotFound(what=f"procedure {shown.row.code}") from None


def _in_force(page: ReleasePage) -> ReleaseRow | None:
    return next((each for each in page.editions if each.state is ReleaseState.IN_FORCE), None)


def _said(part: Part) -> dict[str, Any]:
    """One component of the standard in words."""
    lines = [*part.lines]
    if part.time:
        lines.append(allowance_words(part.time))
    lines += [" ".join(filter(None, (each.instrument, each.article))) for each in part.legal]
    for post, count in part.counted:
        lines.append(gettext("%(post)s (steps: %(count)s)", post=post, count=count))
    return {"part": part, "name": _NAMES[part.component](), "lines": lines}


_NAMES: Mapping[Component, Callable[[], str]] = {
    Component.REQUIREMENTS: lambda: gettext("Requirements"),
    Component.PROCEDURE: lambda: gettext("System, mechanism and procedure"),
    Component.TIME: lambda: gettext("Time it takes"),
    Component.FEE: lambda: gettext("Fee"),
    Component.PRODUCT: lambda: gettext("Product of the service"),
    Component.COMPLAINTS: lambda: gettext("Complaints, suggestions and input"),
    Component.LEGAL: lambda: gettext("Legal basis"),
    Component.FACILITIES: lambda: gettext("Facilities"),
    Component.COMPETENCE: lambda: gettext("Competence of those who do it"),
    Component.SUPERVISION: lambda: gettext("Internal supervision"),
    Component.PERFORMERS: lambda: gettext("Who does it, by post"),
    Component.GUARANTEE: lambda: gettext("Guarantee of service"),
    Component.SAFETY: lambda: gettext("Guarantee of security and safety"),
    Component.EVALUATION: lambda: gettext("Evaluation of performance"),
}


def other_language(**values: Any) -> str:
    """The same page in the other language; Indonesian goes without a word for it."""
    lang = None if g.language == "en" else "en"
    return url_for(str(request.endpoint), lang=lang, **values)


@blueprint.context_processor
def _spoken() -> dict[str, Any]:
    return {"lang": lang, "other": ""}


def lang() -> str | None:
    """What an address on a page carries, so that the reader stays with their language."""
    return "en" if g.get("language") == "en" else None


def _told(shown: Shown) -> tuple[Any, ...]:
    """What decides how an edition is shown."""
    row, now = shown.row, _in_force(shown.page)
    return (
        *(row.code, row.edition, row.title, row.state.value, row.ended_at, now.edition if now else 0),
        *(shown.page.release.sha256, sorted(shown.titles.items()), sorted(spoken_titles().items())),
        tuple((each.edition, each.state.value, is_public(each)) for each in shown.page.editions),
    )


def _tag(*told: Any) -> str:
    made = hashlib.sha256(repr((version(), g.language, *told)).encode())
    return made.hexdigest()[:32]


def tagged(make: Callable[[], str | bytes], *told: Any) -> Response:
    """The answer, or word that what the asker holds is still right; then nothing is made."""
    tag = _tag(*told)
    held = request.if_none_match.contains(tag)
    return _with_tag(make_response("" if held else make()), tag)


def _with_tag(response: Response, tag: str) -> Response:
    g.for_everybody = True
    response.set_etag(tag)
    response.make_conditional(request)
    return response

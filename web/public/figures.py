"""The public figures: which there are, each as a page, and the files under addresses that stay.

Nothing is counted here: whatever is asked for was made once a month. A file is the same for everybody and for ever, and
may be read by the pages of others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound, NotValid
from engine.domain.figures import Edition, Period
from engine.queries.figures import FigureFile, figure_file, published_figures
from engine.queries.reader import Reader
from sop_catalog.figures import LICENCE, PUBLISHER, Dataset, csvw, dataset, datasets, dcat, package, schema
from web.identity import read, wiring
from web.public.blueprint import blueprint
from web.public.pacing import expect_pace
from web.public.portal import other_language, speak, tagged
from web.shown_figures import shown_figures

KINDS = {"csv": "text/csv; charset=utf-8; header=present", "json": "application/json", "jsonld": "application/ld+json"}
AN_HOUR, FOR_EVER = "public, max-age=3600", "public, max-age=31536000, immutable"


@blueprint.get("/data")
def figures() -> ResponseReturnValue:
    """What there is, under which licence, in which columns, and how to cite it."""
    expect_pace()
    speak(request.args.get("lang"))
    known = _known(read(published_figures))

    def page() -> str:
        return render_template(
            "public/figures.html",
            rows=[(each, known.get(each.code, ())) for each in datasets()],
            licence=LICENCE,
            publisher=PUBLISHER,
            year=g.now.year,
            address=wiring().settings.address + url_for("public.figures"),
            other=other_language(),
        )

    return tagged(page, "figures", g.now.year, known)


@blueprint.get("/data/<code>")
def figure(code: str) -> ResponseReturnValue:
    """One data set: its newest figures, or those of the period that is asked for."""
    expect_pace()
    speak(request.args.get("lang"))
    data, period = dataset(code), _period(request.args.get("period", ""))
    found, editions = read(_one, data.code, period)

    def page() -> str:
        shown = shown_figures(found, g.language) if found else None
        return render_template(
            "public/figure.html",
            data=data,
            found=found.edition if found else None,
            shown=shown,
            editions=editions,
            licence=LICENCE,
            publisher=PUBLISHER,
            address=wiring().settings.address + url_for("public.figure", code=data.code),
            other=other_language(code=data.code, period=period or None),
        )

    return tagged(page, "figure", code, found.edition if found else None, editions)


@blueprint.get("/data/datapackage.json")
def figures_package() -> ResponseReturnValue:
    """Every file for programs, as a Frictionless Data Package."""
    return _listing(package, "json")


@blueprint.get("/data/catalog.jsonld")
def figures_catalogue() -> ResponseReturnValue:
    """The same as DCAT, for portals that gather catalogues."""
    return _listing(dcat, "jsonld")


@blueprint.get("/data/<code>/schema.json")
def figure_schema(code: str) -> ResponseReturnValue:
    """The columns as Table Schema."""
    expect_pace()
    return _described(schema(dataset(code)))


@blueprint.get("/data/<code>/<period>.csv-metadata.json")
def figure_csvw(code: str, period: str) -> ResponseReturnValue:
    """The columns of one file as CSV on the Web, where that standard looks for it."""
    expect_pace()
    read(figure_file, code, _period(period))
    return _described(csvw(dataset(code), f"{period}.csv"))


@blueprint.get("/data/<code>/<period>.<any(csv, json):form>")
def newest_figures(code: str, period: str, form: str) -> ResponseReturnValue:
    """The newest edition of a period."""
    expect_pace()
    found = read(figure_file, dataset(code).code, _period(period))
    return _file(found, form, AN_HOUR)


@blueprint.get("/data/<code>/<period>/<int:edition>.<any(csv, json):form>")
def figures_edition(code: str, period: str, edition: int, form: str) -> ResponseReturnValue:
    """One edition: it never changes."""
    expect_pace()
    if edition > 99_999:  # noqa: PLR2004 - more than there will be, and fewer than a database refuses
        raise NotFound(what=f"edition {edition}")
    found = read(figure_file, dataset(code).code, _period(period), edition)
    return _file(found, form, FOR_EVER)


def _one(reader: Reader, code: str, period: str) -> tuple[FigureFile | None, tuple[Edition, ...]]:
    """The newest file of a data set and every edition of it. Raises NotFound for a period that is not there."""
    editions = published_figures(reader, code)
    if not editions and not period:
        return None, ()
    return figure_file(reader, code, period), editions


def _period(text: str) -> str:
    """A period as an address names it; one that is none does not exist."""
    try:
        return Period.of(text).text if text else ""
    except NotValid:
        raise NotFound(what=f"period {text[:20]}") from None


def _known(editions: Sequence[Edition]) -> dict[str, list[Edition]]:
    found: dict[str, list[Edition]] = {}
    for each in editions:
        found.setdefault(each.dataset, []).append(each)
    return found


def _file(found: FigureFile, form: str, kept: str) -> Response:
    """The file as it was made, with the tag of what it holds."""
    edition = found.edition
    response = make_response(found.csv if form == "csv" else found.json)
    name = f"{edition.dataset}-{edition.period}-{edition.edition}.{form}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Link"] = f'<{LICENCE[2]}>; rel="license"'
    response.last_modified = edition.published_at
    return _open(response, f"{edition.sha256[:32]}-{edition.number}-{form}", form, kept)


def _listing(make: Any, form: str) -> Response:
    expect_pace()
    known = _known(read(published_figures))
    listed: list[tuple[Dataset, Sequence[Edition]]] = [(each, known.get(each.code, ())) for each in datasets()]
    home = wiring().settings.address + url_for("public.figures")
    return _described(make(listed, _address, home), form)


def _address(code: str, period: str, edition: int, form: str) -> str:
    """Where a file lies, seen from the list beside it."""
    return f"{code}/{period}/{edition}.{form}"


def _described(told: dict[str, Any], form: str = "json") -> Response:
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    response = make_response(text)
    response.add_etag()
    return _open(response, response.get_etag()[0] or "", form, AN_HOUR)


def _open(response: Response, tag: str, form: str, kept: str) -> Response:
    """Let it be kept, asked for again by its tag, and read by the pages of others: these files alone."""
    response.headers["Content-Type"] = KINDS[form]
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    g.open_file = kept
    response.set_etag(tag)
    response.make_conditional(request)
    return response

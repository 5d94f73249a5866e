"""The pages of finding: the search, and where a post, a document, a law, a procedure or a question of a form is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from rapidfuzz import fuzz, process

from engine import NotFound
from sop_catalog.finding import CitedLaw, Found, Hit, How, Place, cited_law
from sop_catalog.registers import posts as registered_posts
from web.catalog.blueprint import blueprint
from web.catalog.looking import (
    Row,
    crumbs,
    drafts,
    excerpt,
    law_address,
    law_warning,
    looked,
    marked,
    rows_of,
    step_address,
    uses,
)
from web.identity import spoken_titles
from web.language import gettext, ngettext

LONGEST_QUESTION = 200
MOST_HITS = 120
MOST_SOPS = 20
MOST_RESTING = 12
"""Lines of what rests on a law, of each kind; its own page has all."""
MOST_STEPS = 4
"""Of one SOP; the others are counted."""
ALIKE = 86
"""From 0 to 100: how alike the names of two documents have to be to be told together."""


# The search


@blueprint.get("/catalogue/search")
def search() -> ResponseReturnValue:
    """What a question finds: SOPs, each with its steps, the best first."""
    question = request.args.get("q", "").replace("\0", " ").strip()[:LONGEST_QUESTION]
    if not question:
        return redirect(url_for("catalog.areas"))
    law = cited_law(question)
    # Whoever asks for a law alone is answered with what rests on it, and not with what has its number by chance.
    alone = law is not None and not law.further
    found = Found() if alone else looked().index.search(question, most=MOST_HITS)
    drawn = drafts()
    begun = drawn.search(question, most=MOST_STEPS) if drawn else Found()
    return render_template(
        "catalog/search.html",
        q=question,
        found=found,
        sops=_by_sop(found),
        begun=_by_sop(begun),
        law=_asked_law(law) if law else None,
        steps=crumbs(gettext("Search")),
    )


def _by_sop(found: Found) -> list[dict[str, Any]]:
    """The hits of each SOP together, where its best one stands."""
    names = _place_names()
    hits: defaultdict[tuple[str, int], list[Hit]] = defaultdict(list)
    for hit in found.hits:
        hits[hit.entry.held.code, hit.entry.held.draft].append(hit)
    return [_sop(each, found, names) for each in list(hits.values())[:MOST_SOPS]]


def _sop(hits: list[Hit], found: Found, names: Mapping[Place, str]) -> dict[str, Any]:
    held = hits[0].entry.held
    sheet = held.procedure.sheet
    whole = next((each for each in hits if not each.entry.element), None)
    steps = [each for each in hits if each.entry.element]
    return {
        "code": held.code,
        "draft": held.draft,
        "variant": spoken_titles().get(sheet.office, sheet.office) if sheet.office else "",
        "href": step_address(held),
        "title": marked(held.title, found.words),
        "said": _said(whole, found, names) if whole else [],
        "steps": [
            {
                "number": held.number(each.entry.element),
                "href": step_address(held, each.entry.element),
                "name": marked(each.entry.name, found.words),
                "said": _said(each, found, names),
            }
            for each in steps[:MOST_STEPS]
        ],
        "further": len(steps[MOST_STEPS:]),
    }


def _place_names() -> dict[Place, str]:
    return {
        Place.OUTPUT: gettext("Output"),
        Place.DOCUMENT: gettext("Document"),
        Place.POST: gettext("Whose work"),
        Place.LAW: gettext("Legal basis"),
        Place.FIELD: gettext("Question"),
        Place.ALLOWANCE: gettext("Time"),
        Place.INSTRUCTION: gettext("Instruction"),
        Place.SHEET: gettext("Sheet"),
    }


def _said(hit: Hit, found: Found, names: Mapping[Place, str]) -> list[tuple[str, Any]]:
    """Where else the words stand, beside the name: at most two texts, each with what it is."""
    texts = [
        (names[place], marked(text, found.words)) for place, text in dict.fromkeys(hit.entry.texts) if place in names
    ]
    told = [(name, parts) for name, parts in texts if any(each.found for each in parts)]
    told.sort(key=lambda each: -len({part.text.lower() for part in each[1] if part.found}))
    return [(name, excerpt(parts)) for name, parts in told[:2]]


def _asked_law(law: CitedLaw) -> dict[str, Any]:
    """What rests on a law that was asked for: the closest first, no more of each than a page holds."""
    code, place = law.instrument.code, law.article
    rests = uses().law(code, place)
    parts = [
        (gettext("Cites %(place)s", place=place) if place else "", rests.exactly),
        (gettext("Cites more than %(place)s", place=place), rests.wider),
        (gettext("Cites the law without saying where"), rests.unplaced),
    ]
    return {
        "code": code,
        "name": f"{code} {place or ''}".strip(),
        "href": law_address(code, place),
        "about": law.instrument.about,
        "place": place,
        "warning": law_warning(code),
        "count": len(rests.exactly),
        "parts": [(name, rows_of(found)[:MOST_RESTING], len(found)) for name, found in parts if found],
    }


# Where it is used


@blueprint.get("/catalogue/<code>/used")
def used(code: str) -> ResponseReturnValue:
    """A procedure: what calls it or names it, and what it calls."""
    known = uses()
    held = known.held.get(code)
    if held is None:
        raise NotFound(what=f"procedure {code}")
    calls = [
        Row(called, title, url_for("catalog.procedure", code=called), held.number(element), name, "", "")
        for element, called in held.calls
        for title in [known.held[called].title if called in known.held else gettext("not in force")]
        for name in [next((each.name for each in held.steps if each.element == element), "")]
    ]
    return _page(
        f"{code.upper()} {held.title}",
        gettext("Where this procedure is used"),
        (gettext("Called by"), rows_of(known.called_by(code), How.CALLS), gettext("No SOP in force calls it.")),
        (gettext("Calls"), calls, gettext("It calls no other SOP.")),
        (gettext("Variants of offices"), rows_of(known.called_by(code), How.STANDS_IN), ""),
        (gettext("Named as related by"), rows_of(known.called_by(code), How.NAMES), ""),
        steps=crumbs((f"{code.upper()} {held.title}", url_for("catalog.procedure", code=code)), gettext("Where used")),
        towards=bool(calls),
    )


@blueprint.get("/catalogue/posts/<post>")
def post(post: str) -> ResponseReturnValue:
    """A post: every step that it does."""
    known, titles = uses(), spoken_titles()
    if post not in known.posts and post not in titles:
        raise NotFound(what=f"post {post}")
    rows = rows_of(known.posts.get(post, ()))
    registered = next((each for each in registered_posts() if each.code == post), None)
    return _page(
        titles.get(post, post),
        gettext("Steps that this post does"),
        (_counted(rows), rows, gettext("No SOP in force gives this post a step.")),
        steps=crumbs((gettext("Posts"), url_for("catalog.posts")), titles.get(post, post)),
        post=registered,
        missing=post not in titles,
        after=[(titles.get(each, each), url_for("catalog.post", post=each)) for each in registered.successors]
        if registered
        else [],
        before=[
            (titles.get(each.code, each.code), url_for("catalog.post", post=each.code))
            for each in registered_posts()
            if post in each.successors
        ],
    )


@blueprint.get("/catalogue/documents/<document>")
def document(document: str) -> ResponseReturnValue:
    """A document or output: who makes it, who needs it, where it is kept; and others that are written much alike."""
    known = uses().documents
    found = known.get(document)
    if not found:
        raise NotFound(what=f"document {document}")
    alike = process.extract(document, known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=9)
    return _page(
        found[0].said,
        gettext("Where this document is used"),
        (gettext("Made by"), rows_of(found, How.MAKES), gettext("No step in force makes it: it comes from outside.")),
        (gettext("Needed by"), rows_of(found, How.NEEDS), gettext("No step in force needs it.")),
        (gettext("Kept as a record by"), rows_of(found, How.KEEPS), ""),
        steps=crumbs((gettext("Documents"), url_for("catalog.documents")), found[0].said),
        alike=[
            (known[each][0].said, url_for("catalog.document", document=each))
            for each, _, _ in alike
            if each != document
        ],
    )


@blueprint.get("/catalogue/fields/<fact>")
def fact(fact: str) -> ResponseReturnValue:
    """A question of a form: where it is asked, and which decisions read the answer."""
    found = uses().asked_for(fact)
    if not found:
        raise NotFound(what=f"fact {fact}")
    label = next(each.said for each in found if each.how is How.ASKS)
    return _page(
        label,
        gettext("Where this question is asked and its answer is read"),
        (gettext("Asked by"), rows_of(found, How.ASKS), ""),
        (gettext("Read by"), rows_of(found, How.READS), gettext("No decision reads the answer.")),
        steps=crumbs((gettext("Questions of forms"), url_for("catalog.facts")), label),
        code=fact,
    )


def _counted(rows: list[Row]) -> str:
    sops = len({each.code for each in rows})
    return gettext(
        "%(steps)s in %(sops)s",
        steps=ngettext("%(num)s step", "%(num)s steps", len(rows)),
        sops=ngettext("%(num)s SOP", "%(num)s SOPs", sops),
    )


def _page(title: str, about: str, *parts: tuple[str, list[Row], str], **more: Any) -> str:
    shown = [each for each in parts if each[1] or each[2]]
    return render_template("catalog/used.html", title=title, about=about, parts=shown, **more)

"""Every page that there is: which routes are pages, and where each of them is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from werkzeug.routing import Rule

from tests.web.rights.asking import address_of, rules
from tests.web.rights.test_rights_table import table
from tests.web.rights.world import World

ALIKE = {"reference.docs": 3}
"""Pages with many folds of the same kind: so many of them are opened."""
NOT_PAGES = frozenset(
    {
        "api-docs.openapi_json",
        "audit.sop_marks",
        "cases.standing",
        "catalog.compared_picture",
        "catalog.draft_drawing",
        "catalog.draft_picture",
        "catalog.draft_sheet",
        "catalog.drawing",
        "catalog.hand_out",
        "catalog.picture",
        "catalog.picture_as_png",
        "catalog.sheet",
        "clocks.of_step",
        "identity.back",
        "identity.go",
        "identity.second",
        "living.alive",
        "living.ready",
        "papers.download",
        "papers.glance",
        "pemda.export",
        "pemda.letter",
        "pemda.paper",
        "pemda.second",
        "public.figure_csvw",
        "public.figure_schema",
        "public.figures_catalogue",
        "public.figures_edition",
        "public.figures_package",
        "public.newest_figures",
        "public.sop_data",
        "public.sop_drawing",
        "public.sop_picture",
        "public.sop_sheet",
        "catalog.variant_picture",
        "work.home",
    }
)
"""Routes that answer with a picture, a file or facts, or only lead on; whatever else is asked for is a page."""
FIRST = {
    "reference": "anonymous",
    "work": "holder",
    "catalog": "owner",
    "audit": "auditor",
    "public": "anonymous",
    "identity": "head",
}
"""Place → who sees most on its pages."""
THEN = ("receiver", "head", "colleague", "owner", "admin", "auditor", "anonymous")


def page_routes(world: World) -> Iterator[tuple[str, Rule]]:
    """Every route that is asked for with GET and answers with a page, by its name."""
    for name, rule in rules(world):
        method, _, endpoint = name.partition(" ")
        page = endpoint == "reference.docs" or not rule.rule.startswith("/api/")
        if method == "GET" and endpoint not in NOT_PAGES and page:
            yield endpoint, rule


def visits(world: World) -> Iterator[tuple[str, str, str]]:
    """Page, role and address; the pages of one role follow each other."""
    found = [(endpoint, role_for(endpoint), rule) for endpoint, rule in page_routes(world)]
    for endpoint, role, rule in sorted(found, key=lambda each: (each[1], each[0])):
        yield endpoint, role, address_of(world, rule, role)


def role_for(endpoint: str) -> str:
    """Who may see the page, and of those the one who sees most on it."""
    may: Mapping[str, str] = table().get(f"GET {endpoint}", {})
    if endpoint == "identity.sign_in":
        return "anonymous"
    wanted = (FIRST.get(endpoint.partition(".")[0], ""), *THEN)
    return next((role for role in wanted if may.get(role) == "yes"), "head")

"""The prevention picture: who recruits, by which route and means, from where, who came again, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from engine.queries.oversight import overseen_offices
from engine.queries.prevention import prevention as picture
from engine.queries.prevention import recruiters, repeaters
from engine.queries.prevention_by_office import by_office, courses_by_office
from web.audit import words
from web.audit.sieve import Sieve, quarter, quarter_name, sieve
from web.identity import ask
from web.language import local

QUARTERS = 4
BARS = 8


def register(blueprint: Blueprint, page: Callable[..., Response]) -> None:
    """Add the pages to the place."""

    def overview() -> ResponseReturnValue:
        return _overview(page)

    def again() -> ResponseReturnValue:
        return _again(page)

    blueprint.add_url_rule("/audit/prevention", "prevention", overview)
    blueprint.add_url_rule("/audit/prevention/recruiters", "recruiters", again)


def _overview(page: Callable[..., Response]) -> ResponseReturnValue:
    ask(overseen_offices)
    choice = sieve()
    by = choice.by if choice.by in words.GROUPS else "perekrut_jenis"
    rows = ask(picture, by=by, office=choice.office, since=choice.begins, until=choice.ends)
    opened = next((each for each in rows if each.value == choice.value), None) if "value" in request.args else None
    spans = _quarters()
    quarters = ask(by_office, [(choice_.begins, choice_.ends) for choice_ in spans])
    courses = ask(courses_by_office, since=choice.begins, until=choice.ends)
    return page(
        "prevention",
        choice,
        by=by,
        groups=words.GROUPS,
        rows=rows,
        bars=[each for each in rows if each.value][:BARS],
        opened=opened,
        named=words.course,
        spans=[(quarter_name(each.since), each) for each in spans],
        quarters=_table(quarters, len(spans), choice.office),
        courses=[each for each in courses if not choice.office or each.office == choice.office],
        states=words.STATES,
    )


def _again(page: Callable[..., Response]) -> ResponseReturnValue:
    ask(overseen_offices)
    choice = sieve()
    asked: dict[str, Any] = {"office": choice.office, "since": choice.begins, "until": choice.ends}
    rows = ask(recruiters, repeated=bool(choice.again), **asked)
    persons = ask(repeaters, **asked)
    opened = next((each for each in rows if str(each.number) == choice.value), None)
    return page("recruiters", choice, rows=rows, persons=persons, opened=opened, bars=rows[:BARS], person=words.person)


def _quarters() -> list[Sieve]:
    """The last four, this one last."""
    today = local(g.now).date()
    return [Sieve(*quarter(today, back)) for back in reversed(range(QUARTERS))]


def _table(found: Sequence[Any], spans: int, office: str) -> list[tuple[str, list[Any]]]:
    """Office → one cell for each quarter, those with most cases first."""
    rows: dict[str, list[Any]] = {}
    for each in found:
        if not office or each.office == office:
            rows.setdefault(each.office, [None] * spans)[each.span] = each
    return sorted(rows.items(), key=lambda row: (-sum(each.cases for each in row[1] if each), row[0]))

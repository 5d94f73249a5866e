"""The prevention picture: who recruits, by which route and means, from where, who came again, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue

from engine.queries.oversight import overseen_offices
from engine.queries.pages import MOST, place_of
from engine.queries.prevention import Sieve as Sought
from engine.queries.prevention import cases_told, recruiters, repeaters
from engine.queries.prevention import prevention as picture
from engine.queries.prevention_by_office import by_office, courses_behind, courses_by_office
from web.answers import answers, told_by_rows
from web.audit import words
from web.audit.showing import page
from web.audit.sieve import Sieve, quarter, quarter_name, sieve
from web.identity import ask
from web.language import local

QUARTERS = 4
BARS = 8


def register(blueprint: Blueprint) -> None:
    """Add the pages to the place."""
    blueprint.add_url_rule("/audit/prevention", "prevention", overview)
    blueprint.add_url_rule("/audit/prevention/recruiters", "recruiters", again)
    blueprint.add_url_rule("/audit/prevention/cases", "prevention_cases", cases)
    blueprint.add_url_rule("/audit/prevention/courses", "courses", courses)


def overview() -> ResponseReturnValue:
    """What the cases of a period tell, by one fact; by office and quarter; and what was decided."""
    ask(overseen_offices)
    choice = sieve()
    by = choice.by if choice.by in words.GROUPS else "perekrut_jenis"
    rows = ask(picture, by=by, office=choice.office, since=choice.begins, until=choice.ends)
    spans = _quarters()
    quarters = ask(by_office, [(each.begins, each.ends) for each in spans])
    decided = ask(courses_by_office, since=choice.begins, until=choice.ends)
    return page(
        "prevention",
        choice,
        by=by,
        groups=words.GROUPS,
        answer=answers((by, each.value) for each in rows),
        rows=rows,
        bars=[each for each in rows if each.value][:BARS],
        named=words.course,
        spans=[(quarter_name(each.since), each) for each in spans],
        quarters=_table(quarters, len(spans), choice.office),
        courses=[each for each in decided if not choice.office or each.office == choice.office],
        states=words.STATES,
    )


def again() -> ResponseReturnValue:
    """Who recruits, as numbers that stand for names, and who came again."""
    ask(overseen_offices)
    choice = sieve()
    asked: dict[str, Any] = {"office": choice.office, "since": choice.begins, "until": choice.ends}
    rows, persons = ask(recruiters, repeated=bool(choice.again), **asked), ask(repeaters, **asked)
    after = place_of(request.args.get("after"))
    more = url_for("audit.recruiters", **choice.query(after=after + MOST)) if len(persons) > after + MOST else ""
    shown = persons[after : after + MOST]
    return page(
        "recruiters",
        choice,
        rows=rows,
        persons=shown,
        bars=rows[:BARS],
        answer=told_by_rows(rows, shown),
        person=words.person,
        more=more,
    )


def cases() -> ResponseReturnValue:
    """The cases behind one number of the picture."""
    ask(overseen_offices)
    choice = sieve()
    by = choice.by if choice.by in words.GROUPS else ""
    outcome = f"{choice.kind}:{choice.state}" if choice.kind else ""
    sought = Sought(by, choice.value, bool(choice.again), outcome, _number(choice.recruiter), _number(choice.person))
    asked: dict[str, Any] = {"office": choice.office, "since": choice.begins, "until": choice.ends}
    found = ask(cases_told, sought, after=request.args.get("after"), **asked)
    following = found.page.following
    return page(
        "told",
        choice,
        by=by,
        groups=words.GROUPS,
        answer=answers([(by, choice.value)]),
        found=found,
        sought=sought,
        outcome=outcome,
        named=words.course,
        person=words.person,
        more=url_for("audit.prevention_cases", **choice.query(after=following)) if following else "",
    )


def courses() -> ResponseReturnValue:
    """The courses behind one number."""
    ask(overseen_offices)
    choice = sieve()
    asked: dict[str, Any] = {"office": choice.office, "kind": choice.kind, "state": choice.state}
    found = ask(courses_behind, since=choice.begins, until=choice.ends, after=request.args.get("after"), **asked)
    more = url_for("audit.courses", **choice.query(after=found.following)) if found.following else ""
    return page("decided", choice, rows=found.rows, states=words.STATES, more=more)


def _number(text: str) -> int | None:
    return place_of(text) if text else None


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

"""What stands in the tables of the desk: numbers beside the address that opens what they count. Pages and files share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, url_for

from engine.queries.catalogue import catalogue, release_page
from engine.queries.oversight import Duration, StepCounts, View, act_counts, durations, step_counts
from engine.queries.reader import Reader
from sop_catalog.compliance import Line, Spread, lines, spreads
from web.audit import words
from web.audit.files import Sheet
from web.audit.sieve import Sieve
from web.identity import read, spoken_titles, wiring
from web.language import gettext, plain_moment

COLUMNS = ("cases", "done", "late", "open", "open_late", "repeated")
"""Numbers of a line behind which stand steps or cases."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line with its name and the addresses behind its numbers."""

    name: str
    code: str
    href: str
    line: Line
    links: Mapping[str, str]
    waited: Spread | None = None
    worked: Spread | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is counted for one page, at one moment."""

    view: View
    total: Line
    lines: tuple[Line, ...]


def figures(choice: Sieve, by: Sequence[str]) -> Figures:
    """The sum and one line for each key."""
    with wiring().engine.reading(at=g.now) as reader:
        return _figures(reader, choice, by)


def _figures(reader: Reader, choice: Sieve, by: Sequence[str]) -> Figures:
    view = choice.view(reader, g.officer)
    (total,) = _lines(reader, view, ()) or (Line((), StepCounts(())),)
    return Figures(view, total, _lines(reader, view, by))


def _lines(reader: Reader, view: View, by: Sequence[str]) -> tuple[Line, ...]:
    return lines(step_counts(reader, view, by=by), act_counts(reader, view, by=by))


@dataclass(frozen=True, slots=True)
class OneSop:
    """One SOP: by office, by step, and the times of both."""

    all: Figures
    offices: tuple[Line, ...]
    steps: tuple[StepCounts, ...]
    times: tuple[Duration, ...]
    release: Any


def one_sop(choice: Sieve) -> OneSop:
    """What is told of one SOP. Raises NotFound for one that is not in force."""
    with wiring().engine.reading(at=g.now) as reader:
        release = release_page(reader, choice.sop).release
        found = _figures(reader, choice, ("sop", "element"))
        by_office, steps = _lines(reader, found.view, ("office",)), tuple(each.counts for each in found.lines)
        return OneSop(found, by_office, steps, durations(reader, found.view), release)


def links(choice: Sieve, **where: str) -> dict[str, str]:
    """The addresses behind the numbers of one line."""
    kept = choice.with_(**where)
    names = ("sop", "process", "element")
    found = {name: url_for("audit.steps", **kept.only(*names, count=name)) for name in COLUMNS if name != "cases"}
    found["cases"] = url_for("audit.steps", **kept.only(*names, count="done", by="case"))
    found["overrides"] = url_for("audit.besides", **kept.only(*names))
    return found


def sop_rows(found: Sequence[Line], choice: Sieve, *, level: str) -> list[Row]:
    """Lines by SOP."""
    titles = {each.code: each.title for each in read(catalogue)}
    rows = []
    for each in found:
        code = each.key[0]
        alone = level == "micro" or code.startswith("p-")
        name = titles.get(code, code)
        if alone and code.startswith("p-"):
            name = gettext("%(title)s (steps on the map itself)", title=name)
        href = url_for("audit.sop", code=code, **choice.only()) if code in titles else ""
        rows.append(Row(name, code.upper(), href, each, links(choice, **{"process" if alone else "sop": code})))
    return rows


def office_rows(
    found: Sequence[Line], choice: Sieve, times: Sequence[Duration] = (), *, endpoint: str = ""
) -> list[Row]:
    """Lines by office; the name leads to the same page for that office alone."""
    titles, spread = spoken_titles(), spreads(times, lambda each: each.office)
    rows = []
    for each in found:
        code = each.key[0]
        own = choice.with_(office=code)
        href = (
            url_for("audit.sop", code=choice.sop, **own.only())
            if choice.sop
            else url_for("audit.overview", **own.only())
        )
        waited, worked = spread.get(code, (None, None))
        rows.append(Row(titles.get(code, code), "", endpoint or href, each, links(own), waited, worked))
    return rows


def step_rows(page: OneSop, choice: Sieve) -> list[Row]:
    """Lines by step of one SOP."""
    spread = spreads(page.times, lambda each: (each.process, each.element))
    named = {place: each.name for place, each in page.release.activities.items()}
    rows = []
    for each in page.all.lines:
        process, element = each.key
        if not element:
            continue
        waited, worked = spread.get((process, element), (None, None))
        to = links(choice, process=process, element=element)
        name = named.get((process, element), element)
        rows.append(
            Row(name, process.upper(), to["late"] if each.counts.late else to["done"], each, to, waited, worked)
        )
    return rows


def sheet_of(rows: Sequence[Row], choice: Sieve, first: str) -> Sheet:
    """Lines as a table for a file."""
    timed = any(each.waited for each in rows)
    header = [gettext("Code"), first, gettext("Cases")]
    header += [str(words.COUNTS[each]) for each in ("done", "promised", "late")]
    header += [gettext("Breach rate")]
    header += [str(words.COUNTS[each]) for each in ("open", "open_late", "repeated", "entered_late")]
    header += [gettext("Beside the usual way"), *(str(each) for each in words.ACTS.values())]
    header += _headings(gettext("Waiting time")) + _headings(gettext("Work time")) if timed else []
    return Sheet(header, [_cells(each, timed=timed) for each in rows], notes(choice))


def _cells(row: Row, *, timed: bool) -> list[Any]:
    counts = row.line.counts
    cells: list[Any] = [row.code, row.name, counts.cases, counts.done, counts.promised, counts.late, counts.breach]
    cells += [counts.open, counts.open_late, counts.repeated, counts.entered_late, row.line.overrides]
    cells += [row.line.acts.get(kind, 0) for kind in words.ACTS]
    return [*cells, *_times(row.waited), *_times(row.worked)] if timed else cells


def _headings(name: str) -> list[str]:
    return [f"{name}: {what}" for what in ("n", gettext("median (h)"), "10 %", "90 %")]


def _times(found: Spread | None) -> list[Any]:
    if found is None:
        return [0, None, None, None]
    return [found.number, *(round(each.total_seconds() / 3600, 2) for each in (found.middle, found.low, found.high))]


def notes(choice: Sieve) -> list[str]:
    """What was counted, over which period, and as of when; with every definition."""
    chosen = " · ".join(f"{name}={value}" for name, value in choice.query().items())
    as_of = gettext("Data as of %(when)s", when=plain_moment(g.now, near=False))
    return [as_of, chosen, *(f"{name}: {text}" for name, text in words.DEFINITIONS)]

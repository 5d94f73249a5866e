"""The flowchart table as the public reads it: steps, posts, what is needed, time and output. It says nothing of how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.release import Activity, Allowance
from engine.notation import Definitions, Process, StartEvent, SubProcess
from sop_catalog.portal.stripping import Stripped
from sop_catalog.sheets.form import Form, Symbol
from sop_catalog.sheets.forming import form_of


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One row of the table."""

    number: int | None
    """None of a start or an end."""
    symbol: Symbol
    activity: str
    who: str
    """The title of a post, never a person."""
    requirements: tuple[str, ...]
    allowance: Allowance | None
    output: str
    note: str
    """What is said of the order of the steps: answers, waiting, what goes on beside."""
    ways: tuple[tuple[str, str], ...]
    """Of a decision: each answer, and the number or the words of the row that it leads to."""
    ends: bool = False
    """Whether it may be the last step."""
    is_beside: bool = False
    """Whether it is only come to when something runs late or goes wrong elsewhere."""


@dataclass(frozen=True, slots=True)
class PublicForm:
    """The whole table."""

    rows: tuple[PublicStep, ...]

    @property
    def steps(self) -> tuple[PublicStep, ...]:
        """What is done, without starts, ends and questions."""
        return tuple(each for each in self.rows if each.symbol is Symbol.PROCESS)


def public_form(
    stripped: Stripped, activities: Mapping[str, Activity], code: str, titles: Mapping[str, str]
) -> PublicForm:
    """Make the table of a public drawing; `activities` are those of the catalogue's, by element."""
    form = form_of(stripped.definitions, titles=titles, code=code)
    names = {each.key: each.name for each in form.performers}
    places = {each.id: str(each.number) if each.number else each.activity for each in form.rows}
    ends, usual = _last(form), _usual(stripped.definitions, code)
    rows = []
    for row in form.rows:
        step = activities.get(stripped.origin.get(row.id, ""))
        rows.append(
            PublicStep(
                number=row.number,
                symbol=row.symbol,
                activity=row.activity if row.activity not in stripped.origin else "",
                who=names.get(row.performer, ""),
                requirements=step.requirements if step else (),
                allowance=step.allowance if step else None,
                output=step.output if step else "",
                note=row.note,
                ways=tuple((way.label, places[way.to]) for way in row.ways if way.to in places)
                if row.symbol is Symbol.DECISION
                else (),
                ends=row.id in ends,
                is_beside=row.id not in usual,
            )
        )
    return PublicForm(tuple(rows))


def _usual(drawing: Definitions, code: str) -> frozenset[str]:
    """Everything that a start leads to without an event at the edge of a step; groups of steps are looked into."""
    process = drawing.process(code)
    found: set[str] = set()
    scopes: list[Process | SubProcess] = [process] if process else []
    while scopes:
        scope = scopes.pop()
        ways = defaultdict(list)
        for flow in scope.flows:
            ways[flow.source].append(flow.target)
        waiting = [each.id for each in scope.nodes if isinstance(each, StartEvent)]
        while waiting:
            if (here := waiting.pop()) not in found:
                found.add(here)
                waiting += ways[here]
        scopes += [each for each in scope.nodes if isinstance(each, SubProcess) and each.id in found]
    return frozenset(found)


def _last(form: Form) -> frozenset[str]:
    """The rows from which the end is reached with nothing but questions between."""
    over = {each.id for each in form.rows if not each.ways}
    last: set[str] = set()
    while True:
        asked = {each.id for each in form.rows if each.symbol is Symbol.DECISION and each.id in last}
        found = {each.id for each in form.rows if any(way.to in over | asked for way in each.ways)}
        if found == last:
            return frozenset(last)
        last = found

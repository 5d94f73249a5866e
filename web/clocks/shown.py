"""What other places show of times: the tab of a case, and the sign on the work list. Those places do not know this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, g, url_for

from engine.domain.case import Case, CaseState
from engine.domain.clock import ExtensionState, PauseReason
from engine.queries.clock_pages import times_of_case
from engine.queries.clocks import ClockRow, pauses_of_case
from engine.queries.extensions import count_waiting
from web.clocks.picture import picture
from web.clocks.words import EXTENSIONS, REASONS, standing
from web.identity import ask, has_power
from web.language import gettext
from web.remaining import KINDS, allowance_words

FEW_STEPS = 6
"""So many steps that are over are shown in the picture; more are folded away."""


def start(app: Flask) -> None:
    """Let the pages of cases and of work show times."""
    app.jinja_env.globals.update(times_of=times_of, pauses_said=pauses_said, extensions_waiting=extensions_waiting)


def extensions_waiting() -> int:
    """How many extensions wait for this officer's decision."""
    return ask(count_waiting) if has_power("extend") else 0


def times_of(case: Case) -> dict[str, Any]:
    """Everything on the tab of times, but for the steps."""
    times = ask(times_of_case, case.number)
    rows, names, drawn = times.rows, times.names, picture(times.spent)
    by_clock = {each.clock.number: clock_told(each) for each in rows}
    over = [each for each in rows if not each.clock.going and each.clock.kind.value == "step"]
    folded = {each.clock.number for each in over[:-FEW_STEPS]}
    return {
        "rows": list(by_clock.values()),
        "picture": drawn,
        "lines": [(each, by_clock[each.clock.number]) for each in drawn.lines if each.clock.number not in folded]
        if drawn
        else [],
        "folded": [(each, by_clock[each.clock.number]) for each in drawn.lines if each.clock.number in folded]
        if drawn
        else [],
        "pauses": [pause_told(each, rows, names, case) for each in reversed(times.pauses)],
        "extensions": [extension_told(each, row, names) for row in rows for each in row.extensions],
        "may_pause": may_pause(case, rows),
    }


def pauses_said(case: Case, days: Sequence[Mapping[str, Any]]) -> Mapping[tuple[int, str], str]:
    """What was written of the pauses that a timeline tells of: when one was entered, and when it was put right."""
    if not any(line.pause[0] for day in days for line in day["records"]):
        return {}
    said: dict[tuple[int, str], str] = {}
    for each in ask(pauses_of_case, case.number):
        said[each.number, "entered"] = " · ".join(filter(None, (str(REASONS[each.reason][0]), each.text)))
        said[each.number, "corrected"] = each.voided_why
    return said


def may_pause(case: Case, rows: tuple[ClockRow, ...]) -> bool:
    """Whether to offer it: to the office of the case, and to those whose clocks run in it. The command asks again."""
    if case.state is not CaseState.RUNNING:
        return False
    offices = {case.office, *(each.clock.office for each in rows if each.clock.going)}
    return bool(offices & set(g.officer.offices))


def clock_told(row: ClockRow) -> dict[str, Any]:
    """One clock in a list."""
    one = row.clock
    return {
        "number": one.number,
        "kind": str(KINDS[one.kind]),
        "name": one.name,
        "left": standing(row),
        "allowance": allowance_words(one.allowance),
        "basis": one.allowance.basis,
        "started_at": one.started_at,
        "ended_at": one.ended_at,
        "due_at": one.due_at,
        "going": one.going,
        "why": url_for("clocks.show", clock=one.number),
        "own": one.office in g.officer.offices,
    }


def pause_told(row: Any, clocks: tuple[ClockRow, ...], names: Mapping[int, str], case: Case) -> dict[str, Any]:
    """One pause, as whoever comes later has to understand it."""
    chosen = [each.clock for each in clocks if each.clock.number in row.clocks]
    offices = {each.office for each in chosen} or {case.office}
    return {
        "number": row.number,
        "reason": str(REASONS[row.reason][0]),
        "text": row.text,
        "of": gettext("every time of the case") if row.whole else ", ".join(f"“{each.name}”" for each in chosen),
        "begins_at": row.begins_at,
        "ends_at": row.ends_at,
        "recorded_at": row.recorded_at,
        "late": row.recorded_at - row.begins_at if row.recorded_at > row.begins_at else None,
        "begun_by": names.get(row.begun_by or 0, ""),
        "ended_by": names.get(row.ended_by or 0, ""),
        "open": row.open,
        "voided_at": row.voided_at,
        "voided_by": names.get(row.voided_by or 0, ""),
        "voided_why": row.voided_why,
        "replaces": row.replaces,
        "may_end": row.open and case.state is CaseState.RUNNING and _mine(row, offices),
        "may_correct": row.stands and _mine(row, offices),
    }


def _mine(row: Any, offices: set[str]) -> bool:
    return row.reason is not PauseReason.SUSPENDED and offices <= set(g.officer.offices)


def extension_told(each: Any, row: ClockRow, names: Mapping[int, str]) -> dict[str, Any]:
    """One extension, decided or not."""
    return {
        "number": each.number,
        "name": row.clock.name,
        "amount": allowance_words(each.allowance),
        "basis": each.allowance.basis,
        "reason": each.reason,
        "asked_by": names.get(each.asked_by, ""),
        "asked_at": each.asked_at,
        "state": str(EXTENSIONS[each.state]),
        "open": each.state is ExtensionState.PROPOSED,
        "granted": each.state is ExtensionState.GRANTED,
        "decided_by": names.get(each.decided_by or 0, ""),
        "decided_at": each.decided_at,
        "answer": each.answer,
        "notice": each.notice,
    }

"""What the numbers of the desk are called, and how exactly each is counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import format_decimal, format_percent, lazy_gettext

from sop_catalog import registers
from sop_catalog.compliance import Spread
from web.language import gettext, ngettext

_ = lazy_gettext

COUNTS: Mapping[str, Any] = {
    "done": _("Steps done"),
    "promised": _("Steps with a time allowed"),
    "late": _("Late steps"),
    "entered_late": _("Entered late"),
    "repeated": _("Repeated steps"),
    "open": _("Steps waiting now"),
    "open_late": _("Waiting past their time"),
}
ACTS: Mapping[str, Any] = {
    "reassigned": _("Passed on to a colleague"),
    "taken_back": _("Taken back"),
    "returned": _("Returned"),
    "corrected": _("Corrected afterwards"),
    "replaced": _("Course replaced"),
    "cancelled": _("Case cancelled"),
    "reopened": _("Case opened again"),
    "suspended": _("Case suspended"),
    "entered_late": _("Entered late"),
    "set_aside": _("Fault laid aside by hand"),
}
MEASURES: Mapping[str, Any] = {
    "late": _("Breach rate"),
    "waiting": _("Waiting time"),
    "repeated": _("Repeats"),
    "done": _("Volume"),
}
OFFERS: Mapping[str, Any] = {
    "offered": _("Waiting for an answer"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "expired": _("Not answered in time"),
    "withdrawn": _("Withdrawn"),
}
STATES: Mapping[str, Any] = {
    "open": _("under way"),
    "closed": _("carried out"),
    "replaced": _("replaced"),
    "cancelled": _("cancelled"),
}
GROUPS: Mapping[str, Any] = {
    "perekrut_jenis": _("Kind of recruiter"),
    "rute": _("Route"),
    "modus": _("Means of recruiting"),
    "daerah_asal": _("Region of origin"),
    "negara_tujuan": _("Country of destination"),
    "sumber_temuan": _("How the person was found"),
    "hasil_penapisan": _("Result of the screening"),
    "alasan_penutupan": _("Reason for closing"),
}
WHYS = (
    _("Report to the leadership"),
    _("Six-monthly monitoring of the SOPs"),
    _("Audit by the inspectorate"),
    _("Analysis to better a procedure"),
    _("Planning of prevention"),
)
"""What a file may be taken out for; kept with it."""
DEFINITIONS = (
    (
        _("Steps done"),
        _(
            "Steps of people (user and manual tasks) that were completed within the period, by the office whose work they were. Steps that the diagram no longer needed do not count."
        ),
    ),
    (
        _("Cases"),
        _(
            "Cases and sub-cases in which at least one of these steps was done. A case that two offices work on counts in each, and once in the sum."
        ),
    ),
    (
        _("Late steps"),
        _(
            "Done after the moment at which their allowance ended, on the calendar of the office. Where a step was entered later than it happened, the real time counts."
        ),
    ),
    (
        _("Breach rate"),
        _("Late steps out of all done that had a time allowed. Steps without an allowance cannot be late."),
    ),
    (
        _("Waiting past their time"),
        _("Steps that wait at the moment this page was made and whose time has run out, whatever the period."),
    ),
    (
        _("Waiting time"),
        _(
            "From the opening of a step until somebody took it, or until it was done where nobody took it first; in working hours of its office. The middle one of all (median), and between which two values eight of ten lie; of one SOP the latest 4,000 steps."
        ),
    ),
    (
        _("Work time"),
        _("From when somebody took a step until it was done, in working hours; only of steps that were taken first."),
    ),
    (
        _("Repeated steps"),
        _(
            "A step that had been done before in the same case. Steps for each entry of a list (multi-instance) do not count."
        ),
    ),
    (
        _("Beside the usual way"),
        _(
            "Passed on by an overseer, taken back, returned, corrected afterwards, course replaced, case cancelled, suspended or opened again, entered late, fault laid aside by hand; by the moment at which it was done."
        ),
    ),
)
_WHATS: Mapping[str, tuple[Any, Any]] = {
    "the head of the house's own chain is gone": (
        _("the head of the house's own chain is gone"),
        _(
            "Somebody took it out of the table of heads. Compare the chain with the ends that were kept outside the house."
        ),
    ),
    "there is no record of how the case began": (
        _("there is no record of how the case began"),
        _("The whole chain of this case was taken out. Look for the case in the last backup that holds."),
    ),
    "the last record is not the one that the head names": (
        _("the last record is not the one that the head names"),
        _("Records were cut off or added at the end. Compare with the evidence of the case, or with a backup."),
    ),
    "it does not follow from the record before it": (
        _("it does not follow from the record before it"),
        _("The record before it was changed, taken out or put in. Compare both with a backup."),
    ),
    "what it says is not what was written": (
        _("what it says is not what was written"),
        _("This record was changed. What it said first stands in a backup made before."),
    ),
    "it does not follow from the seal before it": (
        _("it does not follow from the seal before it"),
        _("A seal before it was changed or taken out. Compare the seals with a backup."),
    ),
    "the record that was sealed is gone": (
        _("the record that was sealed is gone"),
        _("Somebody took out who saw or was refused something. The record stands in a backup made after that day."),
    ),
    "what it says is not what was sealed": (
        _("what it says is not what was sealed"),
        _("Who saw what was changed afterwards. What it said first stands in a backup made before."),
    ),
    "an old record that was never sealed": (
        _("an old record that was never sealed"),
        _("It was put in later, past the program, or the worker stood still for long. Ask the operator which."),
    ),
}
_MISSING = (
    _("a record before it is missing"),
    _("Records between were taken out. They stand in the last backup that holds."),
)
_CUT = (
    _("the last seals are not those that were counted"),
    _("Seals were cut off or added at the end. Compare with the ends that were kept outside the house."),
)


def broken(what: str) -> str:
    """What is wrong with a chain, in the reader's words."""
    return str(_told_of(what)[0])


def advice(what: str) -> str:
    """What to do about it."""
    return str(_told_of(what)[1])


def _told_of(what: str) -> tuple[Any, Any]:
    return _WHATS.get(what) or (_CUT if what.startswith("the chain ends") else _MISSING)


def act_reason(kind: str, reason: str) -> str:
    """Why something was done beside the usual way; of a cancelled case the reason's name in the register."""
    closing = registers.closing_reason(reason) if kind == "cancelled" else None
    return closing.name if closing else reason


def percent(part: float | None) -> str:
    """`38 %`; a dash where there is nothing to take a part of."""
    return "–" if part is None else str(format_percent(part, "#,##0 %"))


def hours(span: timedelta) -> str:
    """`2,5 jam kerja`."""
    amount = span / timedelta(hours=1)
    if amount < 1:
        return ngettext("%(num)s minute", "%(num)s minutes", round(amount * 60))
    return gettext("%(hours)s working h", hours=format_decimal(round(amount, 1)))


def band(found: Spread | None) -> str:
    """`2,5 jam kerja (0,5–8)`: the middle, and the two values between which eight of ten lie."""
    if found is None:
        return "–"
    middle, low, high = (
        format_decimal(round(each / timedelta(hours=1), 1)) for each in (found.middle, found.low, found.high)
    )
    return f"{gettext('%(hours)s working h', hours=middle)} ({low}–{high})"


def course(kind_and_state: str, titles: Mapping[str, str]) -> str:
    """`pemulangan:closed` as people say it."""
    kind, _sep, state = kind_and_state.partition(":")
    return f"{titles.get(f'disposition:{kind}', kind)}: {STATES.get(state, state)}"


def recruiter(number: int) -> str:
    """A recruiter as a number that stands for no name."""
    return f"P-{number:05}"


def person(number: int) -> str:
    """A person likewise."""
    return f"O-{number:05}"

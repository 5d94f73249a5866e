"""How the house's own things are called on its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext

from engine.domain.dispatch import TRIED, DispatchState
from engine.queries.health import Health
from web.language import gettext, raw

_ = lazy_gettext

POWERS: Mapping[str, Any] = {
    "publish": _("put procedures in force"),
    "administer": _("run the house"),
    "audit": _("see figures and audit trails"),
    "oversee": _("see and hand out all work of the office"),
    "extend": _("decide whether more time is given"),
    "exchange": _("exchange data with the placement system for the office"),
    "figures": _("put figures before the public"),
    "open": _("open cases of every kind"),
    "open:c": _("open cases of all core processes"),
    "open:c1": _("open cases of systems and strategy (C1)"),
    "open:c2": _("open cases of placement (C2)"),
    "open:c3": _("open cases of protection (C3)"),
    "open:c4": _("open cases of guidance and supervision (C4)"),
    "open:c5": _("open cases of empowerment (C5)"),
    "open:s": _("open cases of all supporting processes"),
    "open:l": _("open cases of the other process"),
}
REFUSED: Mapping[str, Any] = {
    "data-tidak-lengkap": _("data incomplete"),
    "nik-tidak-cocok": _("the NIK does not fit"),
    "sudah-terdaftar": _("registered already"),
    "tidak-memenuhi-syarat": _("conditions not met"),
    "lain": _("another reason, which stands in the answer"),
}
"""Why the placement system has refused a report, as it says in a file."""
ACTS: Mapping[str, Any] = {
    "pass_time": _("when time passed"),
    "deadline": _("when a deadline was far exceeded"),
    "complete_work_item": _("when a step was completed"),
    "claim_work_item": _("when a step was taken"),
    "release_work_item": _("when a step was given back"),
    "open_case": _("when a case was opened"),
    "receive_message": _("when a message arrived"),
    "decide_disposition": _("when a disposition was decided"),
}
DAY_KINDS: Mapping[str, Any] = {
    "public": _("National holiday"),
    "joint-leave": _("Joint leave"),
    "local": _("Local day off"),
}
MARKS: Mapping[str, str] = {"public": "●", "joint-leave": "◆", "local": "▲"}
"""Beside the colour of a day, which nobody should need."""
CLOCKS: Mapping[str, Any] = {
    "step": _("step"),
    "procedure": _("procedure"),
    "stage": _("stage"),
    "case": _("case"),
    "duty": _("legal duty"),
    "timer": _("timer"),
}
EDITS: Mapping[str, Any] = {
    "day added": _("A day off is added"),
    "day removed": _("A day off is taken away"),
    "day changed": _("A day off says something else"),
    "week added": _("A working week is added"),
    "week removed": _("A working week is taken away"),
    "week changed": _("A working week is changed"),
    "decree added": _("The decree of a year is entered"),
    "decree removed": _("The decree of a year is taken away"),
    "decree changed": _("The decree of a year is changed"),
}
"""What a line of changes is called: what it is about, and what became of it."""
EVENTS: Mapping[str, Any] = {
    "case.opened": _("a case was opened"),
    "case.ended": _("a case came to its end"),
    "case.cancelled": _("a case was cancelled"),
    "case.reopened": _("a case was opened again"),
    "case.suspended": _("a case was suspended"),
    "case.resumed": _("a case was resumed"),
    "work_item.claimed": _("a step was taken in hand"),
    "work_item.completed": _("a step was done"),
    "work_item.returned": _("a step was sent back"),
    "timer.fired": _("a timer fired"),
    "clock.rung_reached": _("the time of a step was running out or had run out"),
    "clocks.paused": _("the time of a case was stopped"),
    "pause.ended": _("the time of a case went on"),
    "extension.decided": _("more time was granted or declined"),
    "disposition.decided": _("a disposition was decided"),
    "disposition.closed": _("a disposition was carried out"),
    "handover.offered": _("a case was offered to another office"),
    "handover.accepted": _("a case was taken over"),
    TRIED: _("a call to see whether it arrives"),
}
REPORTS: Mapping[str, Any] = {
    "placement.begun": _("a placement begins"),
    "placement.changed": _("what is known of the person has changed"),
    "placement.closed": _("a placement is closed"),
}
REPORT_LISTS: Mapping[str, Any] = {
    "unknown": _("Outcome unknown"),
    "failed": _("Given up"),
    "waiting": _("On their way"),
    "withdrawn": _("Not sent"),
    "sent": _("Arrived"),
}
DISPATCH_STATES: Mapping[DispatchState, Any] = {
    DispatchState.PENDING: _("on its way"),
    DispatchState.SENDING: _("on its way"),
    DispatchState.SENT: _("arrived"),
    DispatchState.FAILED: _("given up"),
    DispatchState.WITHDRAWN: _("laid aside"),
    DispatchState.UNKNOWN: _("outcome unknown"),
}
"""What became of something that leaves the house."""
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the overview, and where its list is."""

    label: Any
    number: int
    address: str
    wrong: bool = False
    """Whether somebody has to look."""


def figures(now: Health) -> tuple[Figure, ...]:
    """What is counted, what is wrong first."""
    offices, waiting = url_for("house.offices"), url_for("house.waiting")
    return (
        Figure(_("Incidents open"), now.open_incidents, url_for("house.troubles"), now.open_incidents > 0),
        Figure(_("Deliveries given up"), now.failed_announcements, waiting + "#delivery", now.failed_announcements > 0),
        Figure(_("Cases in which nothing waits"), len(now.silent_cases), waiting + "#silent", bool(now.silent_cases)),
        Figure(_("Timers that should have fired"), now.overdue_timers, waiting + "#timers", now.overdue_timers > 0),
        Figure(
            _("Mail and calls given up"), now.failed_dispatches, url_for("house.deliveries"), now.failed_dispatches > 0
        ),
        Figure(
            _("Reports of unknown outcome"),
            now.unknown_dispatches,
            url_for("house.reports"),
            now.unknown_dispatches > 0,
        ),
        Figure(_("Deliveries waiting"), now.waiting_announcements, waiting + "#delivery"),
        Figure(_("Timers set"), now.waiting_timers, waiting + "#timers"),
        Figure(_("Running cases"), now.running_cases, offices),
        Figure(_("Open steps"), now.open_items, offices),
        Figure(_("Late steps"), now.late_items, offices),
        Figure(_("Offices without a telephone"), now.offices_without_phone, url_for("house.offices", phone="none")),
        Figure(_("Years without a decree on joint leave"), len(now.years_without_decree), url_for("house.calendars")),
        Figure(_("Procedures in force"), now.releases_in_force, url_for("catalog.areas")),
    )


def act(event: str) -> Any:
    """What was being done when it went wrong."""
    if event.startswith("announcement"):
        return _("when something was delivered")
    return ACTS.get(event, event)


def power(name: str) -> Any:
    """What a power lets its holder do."""
    known = POWERS.get(name)
    return known or gettext("open cases of the area %(area)s", area=name.removeprefix("open:").upper())


def edits(what: str, how: str) -> Any:
    """What a line of changes is called."""
    return EDITS[f"{what} {how}"]


def event(kind: str) -> Any:
    """What other programs are told of."""
    return EVENTS.get(kind) or REPORTS.get(kind, kind)


def problem(text: str) -> str:
    """What came in the way of a delivery, in the reader's language; of a code in brackets, those that the contract names."""
    said, bracket, code = text.partition(" (")
    known = REFUSED.get(code.removesuffix(")"))
    return raw(said) + (f": {known}" if known else bracket + code)

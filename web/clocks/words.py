"""What the clocks of a case, their pauses and their extensions are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from engine.domain.clock import ExtensionState, PauseReason
from engine.domain.release import Allowance, Clock
from engine.queries.clocks import ClockRow, Spent
from web.language import gettext
from web.remaining import Remaining, allowance_words, remaining, span_words

_ = lazy_gettext

REASONS: Mapping[PauseReason, tuple[Any, Any]] = {
    PauseReason.APPLICANT: (
        _("Waiting for the applicant"),
        _("What the person has to bring or to answer is missing."),
    ),
    PauseReason.OTHER_AGENCY: (
        _("Waiting for another agency"),
        _("A letter, a finding or a decision of another agency is needed first."),
    ),
    PauseReason.FORCE_MAJEURE: (
        _("Force majeure"),
        _("Disaster, unrest or an outage that the office cannot help."),
    ),
    PauseReason.SUSPENDED: (_("The case is suspended"), ""),
}
ENTERED = tuple(each for each in REASONS if each is not PauseReason.SUSPENDED)
"""The reasons that an officer may enter; a suspension stops the clocks by itself."""
SPENT: Mapping[Spent, Any] = {
    Spent.WAITED: _("waited to be taken"),
    Spent.WORKED: _("under way"),
    Spent.PAUSED: _("stood still"),
    Spent.LATE: _("late"),
}
EXTENSIONS: Mapping[ExtensionState, Any] = {
    ExtensionState.PROPOSED: _("asked for, not decided yet"),
    ExtensionState.GRANTED: _("granted"),
    ExtensionState.DECLINED: _("declined"),
}
UNITS: Mapping[Clock, Any] = {
    Clock.RUNNING_HOURS: _("hours"),
    Clock.WORKING_HOURS: _("working hours"),
    Clock.WORKING_DAYS: _("working days"),
    Clock.CALENDAR_DAYS: _("calendar days"),
    Clock.CONSECUTIVE_DAYS: _("consecutive days"),
    Clock.MONTHS: _("months"),
}


def standing(row: ClockRow) -> Remaining:
    """How a clock stands: what is left, that it stands still, or how it ended."""
    one = row.clock
    if one.going:
        return remaining(row.left, one.due_at, one.allowance, kept=row.kept)
    if one.state.value == "withdrawn":
        return Remaining("done", gettext("not needed any more"), one.due_at)
    if row.late and row.over is not None:
        amount = span_words(row.over, Clock.WORKING_HOURS)
        return Remaining("late", gettext("ended late by %(amount)s", amount=amount), one.due_at)
    return Remaining("done", gettext("done in time") if one.due_at else gettext("done"), one.due_at)


def most_words(most: Allowance | None) -> str:
    """`Paling banyak 7 hari kerja`; empty where nothing may be added."""
    if most is None:
        return ""
    return gettext("At most %(amount)s", amount=allowance_words(most))


def working_words(row: ClockRow) -> str:
    """What is left counted while the office works; empty where nothing is, or it stands still."""
    if row.left is None or row.late:
        return ""
    return span_words(row.left.working, Clock.WORKING_HOURS)

"""How what local governments are told is called on their pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from engine.domain.pemda import AgeGroup, HandoverStep, ReportKind
from engine.domain.small_numbers import ELSEWHERE, KEPT_BACK, SMALL
from sop_catalog.registers import place_name
from web.language import gettext, period

_ = lazy_gettext

AGES: Mapping[AgeGroup, Any] = {
    AgeGroup.CHILD: _("child (below 18)"),
    AgeGroup.ADULT: _("adult"),
    AgeGroup.ELDER: _("elder (60 and above)"),
    AgeGroup.UNKNOWN: _("not known"),
}
STEPS: Mapping[HandoverStep, tuple[Any, str]] = {
    HandoverStep.NOT_YET: (_("not arranged yet"), ""),
    HandoverStep.PREPARED: (_("protocol prepared"), "open"),
    HandoverStep.PLANNED: (_("planned"), "open"),
    HandoverStep.POSTPONED: (_("postponed"), "bad"),
    HandoverStep.DONE: (_("handed over"), "good"),
}
"""With the colour of the tag."""
REPORTS: Mapping[ReportKind, tuple[Any, str]] = {
    ReportKind.ACCEPTED: (_("Hand-over accepted"), "circle-check"),
    ReportKind.DECLINED: (_("Hand-over not accepted"), "circle-x"),
    ReportKind.ARRIVED: (_("Arrival reported"), "flag"),
}
MEASURES: Mapping[str, tuple[Any, Any]] = {
    "origins": (
        _("Citizens by origin"),
        _("Citizens for whom a course was set in this month, by where they came from."),
    ),
    "repeats": (_("Who had come before"), _("Of these, those who had been taken in before, in whichever office.")),
    "recruiters": (
        _("Where recruiters are from"),
        _("Cases in which the recruiter’s village is known, by that village. Who it was is told to nobody."),
    ),
}


def place(code: str) -> str:
    """A place by its name; what is known no closer is said so."""
    if code.endswith(f".{ELSEWHERE}"):
        return gettext("not known more closely")
    return place_name(code)


def count(told: str) -> str:
    """A count as it is told, in words where it is none."""
    return {SMALL: "< 5", KEPT_BACK: "–"}.get(told, told)


def banded(told: str) -> str:
    """A band of protected citizens."""
    return gettext("fewer than 5") if told == SMALL else told.replace("-", "–")


def month(code: str) -> str:
    """`Oktober 2026`."""
    return period(code)

"""How steps were done against what was promised: numbers for those who oversee, and the steps and cases behind each.

Who oversees an office is told of the steps of that office; who audits from the head office, of all. It counts what is in
the tables and defines no measure of a SOP: that is the catalogue's business. It names no person, neither of a case nor of
the house.
"""

from engine.queries.oversight.acts import Act, ActCount, act_counts, act_reasons, acts
from engine.queries.oversight.counting import COUNTS, StepCounts, step_counts
from engine.queries.oversight.offers import OfferCounts, OfferRow, offer_counts, offers_behind
from engine.queries.oversight.steps import (
    CaseCount,
    StepRow,
    cases_behind,
    events_of,
    late_reasons,
    steps_behind,
    steps_of_case,
)
from engine.queries.oversight.times import DURATIONS, Duration, durations
from engine.queries.oversight.view import MACRO, MAP, POWERS, View, overseen_offices, view_of

__all__ = [
    "COUNTS",
    "DURATIONS",
    "MACRO",
    "MAP",
    "POWERS",
    "Act",
    "ActCount",
    "CaseCount",
    "Duration",
    "OfferCounts",
    "OfferRow",
    "StepCounts",
    "StepRow",
    "View",
    "act_counts",
    "act_reasons",
    "acts",
    "cases_behind",
    "durations",
    "events_of",
    "late_reasons",
    "offer_counts",
    "offers_behind",
    "overseen_offices",
    "step_counts",
    "steps_behind",
    "steps_of_case",
    "view_of",
]

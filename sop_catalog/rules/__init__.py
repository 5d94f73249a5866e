"""What must be true of the drawing of an SOP. One rule a file, with a good and a bad drawing and a page in `docs/rules/`.

Whether the text is wise is not judged here: that is for the people who put it in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from engine.domain.finding import Finding
from sop_catalog.rules import (
    activity_complete,
    allowance_has_clock,
    calls_resolve,
    comes_to_an_end,
    condition_can_be_met,
    condition_reads_known_fact,
    decision_decidable,
    duty_can_end,
    edges_clear,
    form_fields_well_formed,
    ids_tell_apart,
    labels_readable,
    ladder_climbable,
    layout_drawn_once,
    legal_basis_known,
    output_comes_in_time,
    performer_known,
    promise_holds,
    related_resolve,
    runs_on_the_engine,
    sheet_whole,
    stage_said_once,
    variant_fits,
)
from sop_catalog.rules.view import View

__all__ = ["RULES", "View", "apply"]

Rule: TypeAlias = Callable[[View], Iterable[Finding]]

RULES: Final[Mapping[str, Rule]] = {
    runs_on_the_engine.RULE: runs_on_the_engine.check,
    ids_tell_apart.RULE: ids_tell_apart.check,
    calls_resolve.RULE: calls_resolve.check,
    related_resolve.RULE: related_resolve.check,
    variant_fits.RULE: variant_fits.check,
    sheet_whole.RULE: sheet_whole.check,
    activity_complete.RULE: activity_complete.check,
    allowance_has_clock.RULE: allowance_has_clock.check,
    promise_holds.RULE: promise_holds.check,
    stage_said_once.RULE: stage_said_once.check,
    duty_can_end.RULE: duty_can_end.check,
    ladder_climbable.RULE: ladder_climbable.check,
    performer_known.RULE: performer_known.check,
    decision_decidable.RULE: decision_decidable.check,
    condition_reads_known_fact.RULE: condition_reads_known_fact.check,
    condition_can_be_met.RULE: condition_can_be_met.check,
    output_comes_in_time.RULE: output_comes_in_time.check,
    form_fields_well_formed.RULE: form_fields_well_formed.check,
    legal_basis_known.RULE: legal_basis_known.check,
    layout_drawn_once.RULE: layout_drawn_once.check,
    edges_clear.RULE: edges_clear.check,
    labels_readable.RULE: labels_readable.check,
}
"""Every rule that reads, by its name. What is walked comes last and only where nothing keeps the engine from running it."""

WALKED: Final[Mapping[str, Rule]] = {comes_to_an_end.RULE: comes_to_an_end.check}


def apply(view: View, *, walked: bool = True) -> tuple[Finding, ...]:
    """Apply every rule to one process, the gravest findings first; what is walked only if it is wanted."""
    runs = [*runs_on_the_engine.check(view)]
    found = runs + [each for name, rule in RULES.items() if name != runs_on_the_engine.RULE for each in rule(view)]
    if walked and not any(each.severity == "error" for each in runs):
        found += [each for rule in WALKED.values() for each in rule(view)]
    weight = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(found, key=lambda each: (weight[each.severity], each.line or 0)))

"""The house profile: what a drawing may use so that the machine runs it exactly as BPMN 2.0 says. One rule a file.

It is not a judgement of style, and it does not prove that a drawing comes to an end: the catalogue does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final, TypeAlias

from engine import notation
from engine.domain.finding import Finding
from engine.domain.limits import Limits
from engine.machine.compiling import called_processes
from engine.machine.profile import (
    boundary_leads_on,
    call_leads_somewhere,
    calls_end,
    choice_has_conditions,
    code_of_other_engines,
    condition_where_none_is_asked,
    default_without_condition,
    element_outside_profile,
    end_is_the_end,
    error_interrupts,
    event_gateway_waits_for_events,
    executable,
    feel_only,
    feel_readable,
    foreign_ignored,
    join_is_not_conditional,
    links_in_pairs,
    message_has_a_name,
    multi_instance_over_a_list,
    one_definition,
    one_none_start,
    outcome_within_reach,
    reachable_nodes,
    rest_in_every_loop,
    special_sub_process,
    start_is_the_start,
    start_of_a_process,
    thrown_code,
    timer_of_its_kind,
    timer_readable,
    tokens_one_at_a_time,
    untyped_children,
)
from engine.machine.profile.sight import Sight
from engine.process import Bundle

Rule: TypeAlias = Callable[[Sight], Iterable[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    executable.check,
    element_outside_profile.check,
    special_sub_process.check,
    one_definition.check,
    tokens_one_at_a_time.check,
    code_of_other_engines.check,
    untyped_children.check,
    foreign_ignored.check,
    start_of_a_process.check,
    one_none_start.check,
    start_is_the_start.check,
    end_is_the_end.check,
    boundary_leads_on.check,
    error_interrupts.check,
    condition_where_none_is_asked.check,
    join_is_not_conditional.check,
    choice_has_conditions.check,
    default_without_condition.check,
    feel_only.check,
    feel_readable.check,
    timer_of_its_kind.check,
    timer_readable.check,
    message_has_a_name.check,
    thrown_code.check,
    links_in_pairs.check,
    event_gateway_waits_for_events.check,
    multi_instance_over_a_list.check,
    call_leads_somewhere.check,
    calls_end.check,
    reachable_nodes.check,
    rest_in_every_loop.check,
    outcome_within_reach.check,
)


def examine(bundle: Bundle, limits: Limits) -> tuple[Finding, ...]:
    """All that keeps a bundle from running as BPMN 2.0 says, and what of it would be ignored."""
    processes = called_processes(bundle)
    if bundle.code not in processes:
        message = "Expected the process {code} in the drawing, but it is not there."
        return (Finding("no-process", message, facts={"code": bundle.code}),)
    torn = [each for code in processes for each in _torn(notation.Same(bundle.drawings[code]), limits)]
    if any(each.severity == "error" for each in torn):
        return tuple(torn)
    sights = [Sight(bundle, limits, bundle.drawings[code], process) for code, process in processes.items()]
    sights.sort(key=lambda sight: sight.is_called)
    return tuple(finding for sight in sights for rule in RULES for finding in rule(sight))


@lru_cache(maxsize=128)
def _torn(same: notation.Same, limits: Limits) -> tuple[Finding, ...]:
    """Whether a drawing hangs together: asked again for each bundle that it is in."""
    return notation.check(same.drawing, limits=limits)

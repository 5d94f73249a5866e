"""Every condition over answers that a form offers can come true, two exits of a decision do not both, and some exit does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from math import prod
from typing import Final

from engine import feel
from engine.domain.finding import Finding
from engine.domain.release import Field, FieldKind
from engine.expression import text_of
from engine.notation import ExclusiveGateway, InclusiveGateway, SequenceFlow
from sop_catalog.diagram.held import held_in
from sop_catalog.diagram.outcomes import outcome_of
from sop_catalog.rules.condition_reads_known_fact import together
from sop_catalog.rules.view import View, find, scopes

RULE: Final = "condition-can-be-met"
_MOST: Final = 256
"""Combinations of answers that are tried for one condition."""

_MANY: Final[Mapping[FieldKind, int]] = {FieldKind.CHOICE: _MOST, FieldKind.YES_NO: _MOST, FieldKind.SEVERAL: 7}
"""Kinds of fields whose answers are tried → with how many choices: of several choices every selection is an answer."""

Answers = tuple[object, ...]


def check(view: View) -> Iterator[Finding]:
    """Try every combination of answers for conditions that read nothing but answers to choose from.

    A field counts only where every form at hand that writes the fact offers choices or yes and no.
    """
    offered = _offered(view)
    for scope in scopes(view.process):
        for flow in scope.flows:
            if not _can_be_met(flow, offered):
                message = (
                    "Expected the condition of “{name}” to come true for some answer, but for none that a form offers: "
                    "compare with {offered}."
                )
                yield find(RULE, flow, message, name=flow.name or flow.id, offered=_listed(flow, offered))
    for gateway in view.of(ExclusiveGateway):
        yield from _both(view, gateway, offered)
    for splitting in view.of(InclusiveGateway):
        yield from _none(view, splitting, offered)


def _both(view: View, gateway: ExclusiveGateway, offered: Mapping[str, Answers]) -> Iterator[Finding]:
    """Say of each exit the first behind it that fits the same answer."""
    exits = [each for each in view.lookup.outgoing(gateway.id) if each.id != gateway.default]
    fitting = [(each, _fitting(each, offered)) for each in exits]
    for place, (one, answers) in enumerate(fitting, start=1):
        for other, others in fitting[place:]:
            if _meet(answers, others):
                message = (
                    "Expected one exit of “{name}” at most to fit an answer, but “{one}” and “{other}” both do: "
                    "say in one of them what sets it apart."
                )
                told = {"one": one.name or one.id, "other": other.name or other.id}
                yield find(RULE, gateway, message, severity="warning", **told)
                break


def _fitting(flow: SequenceFlow, offered: Mapping[str, Answers]) -> Sequence[Mapping[str, object]]:
    """The answers for which its condition is true; none where they cannot be tried."""
    expression = _read(flow)
    tried = _combinations(expression.names, offered) if expression else []
    return [each for each in tried if expression and _true(expression, each)]


def _meet(some: Sequence[Mapping[str, object]], others: Sequence[Mapping[str, object]]) -> bool:
    """Whether a case can give answers of both: what both ask is answered alike."""
    return any(all(one[name] == other[name] for name in one.keys() & other.keys()) for one in some for other in others)


def can_be_tried(view: View, flows: Iterable[SequenceFlow]) -> bool:
    """Whether the conditions of these arrows read nothing but answers to choose from, and not too many of them."""
    read = [_read(each) for each in flows]
    known = [each for each in read if each is not None]
    return len(known) == len(read) and bool(_combinations(_names(known), _offered(view)))


def _names(conditions: Iterable[feel.Expression]) -> frozenset[str]:
    return frozenset().union(*(each.names for each in conditions))


def _none(view: View, gateway: InclusiveGateway, offered: Mapping[str, Answers]) -> Iterator[Finding]:
    """Say for which answer nothing comes after a gateway without a default; that of an exclusive one is asked for anyhow."""
    exits = view.lookup.outgoing(gateway.id)
    read = [_read(each) for each in exits]
    if gateway.default is not None or len(exits) < 2:  # noqa: PLR2004 - one exit is no choice
        return
    conditions = [each for each in read if each is not None]
    tried = _combinations(_names(conditions), offered)
    lost = next((each for each in tried if not any(_true(one, each) for one in conditions)), None)
    if len(conditions) == len(exits) and lost is not None:
        message = (
            "Expected some exit of “{name}” to fit every answer, but none does for {answers}: "
            "draw a default exit, or one for what is left."
        )
        yield find(RULE, gateway, message, severity=view.weight, answers=_told(lost))


def _told(answers: Mapping[str, object]) -> str:
    return "; ".join(f"{name}: {_word(each)}" for name, each in answers.items())


def _word(answer: object) -> str:
    return ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)


def _can_be_met(flow: SequenceFlow, offered: Mapping[str, Answers]) -> bool:
    expression = _read(flow)
    tried = _combinations(expression.names, offered) if expression else []
    return expression is None or not tried or any(_true(expression, each) for each in tried)


def _read(flow: SequenceFlow) -> feel.Expression | None:
    """The condition of an arrow; None where it has none, or one that asks something else than answers."""
    if flow.condition is None or outcome_of(flow) is not None:
        return None
    try:
        expression = feel.parse(text_of(flow.condition))
    except feel.FeelSyntaxError:
        return None  # told by what the engine says
    return None if expression.asks_clock else expression


def _true(expression: feel.Expression, answers: Mapping[str, object]) -> bool:
    try:
        return feel.is_true(expression, answers)
    except feel.FeelLimitExceeded:
        return True


def _combinations(names: frozenset[str], offered: Mapping[str, Answers]) -> Sequence[Mapping[str, object]]:
    """Every way in which the forms can be answered; empty where one of the facts is not chosen, or there are too many."""
    if not names or not names <= offered.keys() or prod(len(offered[each]) for each in names) > _MOST:
        return []
    order = sorted(names)
    return [dict(zip(order, each, strict=True)) for each in product(*(offered[name] for name in order))]


def _offered(view: View) -> dict[str, Answers]:
    """Fact → the answers that the forms of one case offer; without those that a case may bring along."""
    fields: dict[str, list[Field]] = {}
    declared = set(view.procedure.sheet.facts)
    for code, drawing in together(view):
        held = held_in(drawing, code)
        declared |= held.declared
        for field in held.fields:
            fields.setdefault(field.name, []).append(field)
    closed = {
        name: all_
        for name, all_ in fields.items()
        if all(each.kind in _MANY and len(each.choices) <= _MANY[each.kind] for each in all_)
    }
    found = {
        name: tuple({repr(value): value for each in all_ for value in _answers(each)}.values())
        for name, all_ in closed.items()
    }
    return {name: each for name, each in found.items() if name not in declared}


def _answers(field: Field) -> Iterator[object]:
    values = [each.value for each in field.choices]
    if field.kind is FieldKind.YES_NO:
        yield from (True, False)
    elif field.kind is FieldKind.CHOICE:
        yield from values
    else:
        several = (combinations(values, count) for count in range(1, len(values) + 1))
        yield from map(list, chain.from_iterable(several))


def _listed(flow: SequenceFlow, offered: Mapping[str, Answers]) -> str:
    expression = _read(flow)
    names = sorted(expression.names) if expression else []
    return "; ".join(f"{name}: {', '.join(dict.fromkeys(_each(offered[name])))}" for name in names)


def _each(answers: Answers) -> Iterator[str]:
    for answer in answers:
        yield from map(str, answer) if isinstance(answer, list) else (str(answer),)

"""From a tree to nested Python functions: evaluation walks them, and nothing is ever compiled from text.

One method for each construct. What can be known from the tree (where a name is bound, which function is meant) is
decided here once; only values are looked at in evaluation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from engine.feel.access import element_at, has_property, property_of
from engine.feel.errors import FeelSyntaxError
from engine.feel.evaluate import Evaluation
from engine.feel.functions import CLOCKED, FUNCTIONS, IS_DEFINED
from engine.feel.kinds import KIND_NAMES, Range, Value
from engine.feel.limits import NUMBERS
from engine.feel.operations import SIGNS, arithmetic, compare, compared, equal, found_in, negated, within
from engine.feel.tree import (
    Between,
    Call,
    Chain,
    Choice,
    Comparison,
    Domain,
    Entries,
    Filter,
    In,
    InstanceOf,
    Junction,
    Literal,
    Loop,
    Name,
    Negation,
    Node,
    Path,
    Sequence,
    Span,
    Test,
    size_of,
)
from engine.feel.turns import Turn, all_turns, counted, is_closed

Closure: TypeAlias = Callable[[Evaluation], Value]
_TestClosure: TypeAlias = Callable[[Evaluation, Value], bool | None]

_POWER_COST: Final = 20
_FAST: Final = {"+": NUMBERS.add, "-": NUMBERS.subtract, "*": NUMBERS.multiply}


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a name is bound: a loop's variable, an entry of a context, or any key of a filtered element."""

    slot: int
    name: str | None  # None: a filter, whose element's own keys are names too


class Builder:
    """Builds the closures of one expression, and notes what it reads."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._scopes: list[_Scope] = []
        self.slots = 0
        self.names: set[str] = set()
        self.filter_names: set[str] = set()
        self.asks_clock = False
        self._builders: dict[type[Node], Callable[..., Closure]] = {
            Literal: self._literal,
            Name: self._name,
            Negation: self._negation,
            Chain: self._chain,
            Junction: self._junction,
            Comparison: self._comparison,
            Between: self._between,
            In: self._in,
            InstanceOf: self._instance_of,
            Span: self._span,
            Sequence: self._sequence,
            Entries: self._entries,
            Path: self._path,
            Filter: self._filter,
            Choice: self._choice,
            Loop: self._loop,
            Call: self._call,
        }

    def build(self, node: Node) -> Closure:
        return self._builders[type(node)](node)

    def _bind(self, name: str | None) -> int:
        slot = self.slots
        self.slots += 1
        self._scopes.append(_Scope(slot, name))
        return slot

    def _literal(self, node: Literal) -> Closure:
        value = node.value
        return lambda _run: value

    def _name(self, node: Name) -> Closure:
        name, at, filters = node.name, node.at, []
        for scope in reversed(self._scopes):
            if scope.name is None:
                filters.append(scope.slot)
            elif scope.name == name:
                return self._filtered_name(name, filters, self._from_slot(scope.slot))
        (self.filter_names if filters else self.names).add(name)
        return self._filtered_name(name, filters, lambda run: run.variable(name, at))

    @staticmethod
    def _from_slot(slot: int) -> Closure:
        return lambda run: run.slots[slot]

    @staticmethod
    def _filtered_name(name: str, filters: list[int], otherwise: Closure) -> Closure:
        if not filters:
            return otherwise

        def read(run: Evaluation) -> Value:
            for slot in filters:
                element = run.slots[slot]
                if type(element) is dict and name in element:
                    return element[name]
            return otherwise(run)

        return read

    def _negation(self, node: Negation) -> Closure:
        operand, at = self.build(node.operand), node.at
        return lambda run: negated(operand(run), run, at)

    def _chain(self, node: Chain) -> Closure:
        closure = self.build(node.first)
        rest = tuple((sign, self.build(operand)) for sign, operand in node.rest)
        at = node.at
        if len(rest) == 1 and rest[0][0] in _FAST:
            return self._single(closure, *rest[0], at)

        def chained(run: Evaluation) -> Value:
            value = closure(run)
            for sign, operand in rest:
                if sign == "**":
                    run.spend(_POWER_COST)
                value = arithmetic(sign, value, operand(run), run, at)
            return value

        return chained

    @staticmethod
    def _single(left: Closure, sign: str, right: Closure, at: int) -> Closure:
        fast = _FAST[sign]

        def joined(run: Evaluation) -> Value:
            a, b = left(run), right(run)
            if type(a) is Decimal and type(b) is Decimal:
                try:
                    return fast(a, b)
                except ArithmeticError:
                    pass  # the careful way below says what is wrong
            return arithmetic(sign, a, b, run, at)

        return joined

    def _junction(self, node: Junction) -> Closure:
        operands = tuple(self.build(operand) for operand in node.operands)
        deciding, at, word = node.word == "or", node.at, node.word

        def joined(run: Evaluation) -> Value:
            result: bool | None = not deciding
            for operand in operands:
                value = operand(run)
                if value is deciding:
                    return deciding
                if type(value) is not bool:
                    if value is not None:
                        run.mismatch(f"booleans around “{word}”", value, position=at)
                    result = None
            return result

        return joined

    def _comparison(self, node: Comparison) -> Closure:
        left, right, sign, at = self.build(node.left), self.build(node.right), node.sign, node.at
        if sign in {"=", "!="}:
            return self._equality(left, right, at, wanted=sign == "=")
        holds = SIGNS[sign]

        def ordered(run: Evaluation) -> Value:
            order = compare(left(run), right(run), run, at)
            return None if order is None else holds(order)

        return ordered

    @staticmethod
    def _equality(left: Closure, right: Closure, at: int, *, wanted: bool) -> Closure:
        def same(run: Evaluation) -> Value:
            result = equal(left(run), right(run), run, at)
            return None if result is None else result is wanted

        return same

    def _between(self, node: Between) -> Closure:
        operand, low, high, at = self.build(node.operand), self.build(node.low), self.build(node.high), node.at

        def stands_between(run: Evaluation) -> Value:
            value = operand(run)
            above = compared(">=", value, low(run), run, at)
            below = compared("<=", value, high(run), run, at)
            if above is False or below is False:
                return False
            return None if above is None or below is None else True

        return stands_between

    def _in(self, node: In) -> Closure:
        operand = self.build(node.operand)
        tests = tuple(self._test(test) for test in node.tests)

        def is_in(run: Evaluation) -> Value:
            value = operand(run)
            result: bool | None = False
            for test in tests:
                found = test(run, value)
                if found:
                    return True
                if found is None:
                    result = None
            return result

        return is_in

    def _test(self, node: Test) -> _TestClosure:
        sign, at = node.sign, node.at
        if sign:
            limit = self.build(node.operand)
            return lambda run, value: compared(sign, value, limit(run), run, at)
        if isinstance(node.operand, Span):
            start, end = self.build(node.operand.start), self.build(node.operand.end)
            with_start, with_end = node.operand.start_included, node.operand.end_included
            return lambda run, value: self._within(run, value, (start(run), end(run)), with_start, with_end, at)
        place = self.build(node.operand)
        return lambda run, value: found_in(value, place(run), run, at)

    @staticmethod
    def _within(
        run: Evaluation, value: Value, ends: tuple[Value, Value], with_start: bool, with_end: bool, at: int
    ) -> bool | None:
        if ends[0] is None or ends[1] is None:
            return None  # an end that is unknown is not an open end
        return within(value, Range(*ends, with_start, with_end), run, at)

    def _instance_of(self, node: InstanceOf) -> Closure:
        operand, kind, of = self.build(node.operand), node.kind, node.of

        def is_one(value: Value, kind: str) -> bool:
            if kind == "Any":
                return value is not None
            return KIND_NAMES[type(value)] == ("null" if kind == "Null" else kind)

        def is_instance(run: Evaluation) -> Value:
            value = operand(run)
            if of is None or type(value) is not list:
                return is_one(value, kind)
            run.spend(len(value))
            return all(is_one(element, of) for element in value)

        return is_instance

    def _span(self, node: Span) -> Closure:
        start, end, at = self.build(node.start), self.build(node.end), node.at
        with_start, with_end = node.start_included, node.end_included

        def span(run: Evaluation) -> Value:
            low, high = start(run), end(run)
            if low is None or high is None or compare(low, high, run, at) is None:
                return None
            return Range(low, high, with_start, with_end)

        return span

    def _sequence(self, node: Sequence) -> Closure:
        elements = tuple(self.build(element) for element in node.elements)
        return lambda run: [element(run) for element in elements]

    def _entries(self, node: Entries) -> Closure:
        before = len(self._scopes)
        entries = []
        for name, value in node.entries:
            closure = self.build(value)
            entries.append((name, closure, self._bind(name)))
        del self._scopes[before:]

        def context(run: Evaluation) -> Value:
            made: dict[str, Value] = {}
            for name, closure, slot in entries:
                made[name] = run.slots[slot] = closure(run)
            return made

        return context

    def _path(self, node: Path) -> Closure:
        operand, name, at = self.build(node.operand), node.name, node.at
        return lambda run: property_of(operand(run), name, run, at)

    def _filter(self, node: Filter) -> Closure:
        operand, at, cost = self.build(node.operand), node.at, size_of(node.test)
        before = len(self._scopes)
        element_slot = self._bind(None)
        item_slot = self._bind("item")
        test = self.build(node.test)
        del self._scopes[before:]

        def tested(run: Evaluation, element: Value) -> Value:
            run.spend(cost)
            run.slots[element_slot] = run.slots[item_slot] = element
            return test(run)

        def empty(run: Evaluation) -> Value:
            """Nothing can be told of an element that is not there, but a number still means a place."""
            warnings, run.warnings = run.warnings, None
            number = type(tested(run, None)) is Decimal
            run.warnings = warnings
            return None if number else []

        def filtered(run: Evaluation) -> Value:
            value = operand(run)
            if value is None:
                return None
            elements: list[Value] = value if type(value) is list else [value]
            if not elements:
                return empty(run)
            first = tested(run, elements[0])
            if type(first) is Decimal:
                return element_at(elements, first, run, at)
            kept = elements[:1] if first is True else []
            kept.extend(element for element in elements[1:] if tested(run, element) is True)
            return kept

        return filtered

    def _choice(self, node: Choice) -> Closure:
        condition, then, otherwise = self.build(node.condition), self.build(node.then), self.build(node.otherwise)
        at = node.at

        def chosen(run: Evaluation) -> Value:
            value = condition(run)
            if value is True:
                return then(run)
            if value is not None and value is not False:
                run.mismatch("a condition that is true or false", value, position=at)
            return otherwise(run)

        return chosen

    def _loop(self, node: Loop) -> Closure:
        before = len(self._scopes)
        turns = [self._domain(domain) for domain in node.domains]
        body, cost = self.build(node.body), size_of(node.body)
        del self._scopes[before:]
        if node.word == "for":
            return self._for(turns, body, cost)
        return self._quantified(turns, body, cost, node)

    def _domain(self, domain: Domain) -> tuple[Callable[[Evaluation], "Iterator[Value] | None"], int]:
        start = self.build(domain.start)
        end = None if domain.end is None else self.build(domain.end)
        at = domain.at

        def elements(run: Evaluation) -> Iterator[Value] | None:
            if end is not None:
                return counted(start(run), end(run), run, at)
            value = start(run)
            if type(value) is Range:
                return counted(value.start, value.end, run, at) if is_closed(value) else None
            if value is None:
                return None
            return iter(value if type(value) is list else [value])

        return elements, self._bind(domain.name)

    @staticmethod
    def _for(turns: list[Turn], body: Closure, cost: int) -> Closure:
        def collected(run: Evaluation) -> Value:
            made: list[Value] = []
            for turn in all_turns(run, turns, cost):
                if turn is None:
                    return None
                made.append(body(run))
                if len(made) > run.limits.list_size:
                    break  # refused by the next line
            return run.sized_list(made)

        return collected

    @staticmethod
    def _quantified(turns: list[Turn], body: Closure, cost: int, node: Loop) -> Closure:
        deciding, at, word = node.word == "some", node.at, node.word

        def satisfied(run: Evaluation) -> Value:
            result: bool | None = not deciding
            for turn in all_turns(run, turns, cost):
                value = None if turn is None else body(run)
                if value is deciding:
                    return deciding
                if type(value) is not bool:
                    run.mismatch(f"true or false after “{word} … satisfies”", value, position=at)
                    result = None
            return result

        return satisfied

    def _call(self, node: Call) -> Closure:
        if node.function == IS_DEFINED:
            return self._is_defined(node)
        self.asks_clock |= node.function in CLOCKED
        count, labels = len(node.arguments), node.named
        ways = [way for way in FUNCTIONS[node.function] if way.takes(count, labels)]
        if not ways:
            raise FeelSyntaxError(self._text, node.at, _ways_to_call(node.function), f"{count} arguments")
        arguments = [self.build(argument) for argument in node.arguments]
        placed = [(way, way.places(labels, count)) for way in ways]
        at, named = node.at, bool(labels)

        def called(run: Evaluation) -> Value:
            values = [argument(run) for argument in arguments]
            run.position = at
            for way, places in placed:
                if way.fits(values, places):
                    return way.invoke(run, values, places, named=named)
            run.mismatch(_ways_to_call(node.function), *values, position=at)
            return None

        return called

    def _is_defined(self, node: Call) -> Closure:
        if len(node.arguments) != 1 or node.named:
            raise FeelSyntaxError(self._text, node.at, "is defined(name)", f"{len(node.arguments)} arguments")
        argument = node.arguments[0]
        if isinstance(argument, Path):
            operand, name = self.build(argument.operand), argument.name
            return lambda run: has_property(operand(run), name)
        closure = self.build(argument)
        if not isinstance(argument, Name) or any(scope.name == argument.name for scope in self._scopes):
            return lambda run: closure(run) is not None
        fact = argument.name
        filters = [scope.slot for scope in self._scopes if scope.name is None]
        return lambda run: fact in run.context or any(has_property(run.slots[slot], fact) for slot in filters)


def _ways_to_call(name: str) -> str:
    """How a function is called, for a person who called it otherwise."""
    ways = (
        ", ".join(way.parameters) + (", …" if way.kinds and way.kinds[-1].repeated else "") for way in FUNCTIONS[name]
    )
    return " or ".join(f"{name}({way})" for way in ways)

"""FEEL, the language of conditions, timers, loops and the “when” of form fields: a safe subset of DMN's.

An expression reads values and gives one; it is not a script, and can change, call or find nothing outside itself.
What is supported, and where it differs from the standard, is written in `docs/feel.md`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.feel.closures import Builder, Closure
from engine.feel.errors import FeelLimitExceeded, FeelSyntaxError
from engine.feel.evaluate import Evaluation, FeelWarning
from engine.feel.functions import FUNCTION_NAMES, OFFICE_SPANS
from engine.feel.kinds import Range, Value, YearsMonths
from engine.feel.limits import DEFAULT, Limits
from engine.feel.parser import parse_tree
from engine.feel.values import Json, from_json, to_json

__all__ = [
    "DEFAULT",
    "Expression",
    "FeelLimitExceeded",
    "FeelSyntaxError",
    "FeelWarning",
    "Json",
    "Limits",
    "Range",
    "Value",
    "YearsMonths",
    "from_json",
    "is_true",
    "parse",
    "to_json",
]


@dataclass(frozen=True, slots=True)
class Expression:
    """A text that was read once and can be evaluated often, by several threads at a time.

    `names` are the facts that it may read. Of these, `filter_names` stand only inside filters (`persons[age > 17]`),
    where an entry of the element is meant if it has one of that name.
    """

    text: str
    known: frozenset[str]
    timed: bool
    names: frozenset[str] = field(compare=False)
    filter_names: frozenset[str] = field(compare=False)
    asks_clock: bool = field(compare=False)
    """Whether its value may depend on when it is evaluated: it calls `now()` or `today()`."""
    _closure: Closure = field(compare=False, repr=False)
    _slots: int = field(compare=False, repr=False)

    def evaluate(
        self,
        context: Mapping[str, object],
        *,
        now: datetime | None = None,
        limits: Limits = DEFAULT,
        warnings: list[FeelWarning] | None = None,
    ) -> Value:
        """Give the expression's value for these facts; `now` is what `now()` and `today()` answer.

        Why something became null is added to `warnings` when a list is given. Raises FeelLimitExceeded and nothing else.
        """
        run = Evaluation(context, self._slots, now, limits, warnings)
        value = self._closure(run)
        if type(value) is list or type(value) is dict:
            return run.measured(value)
        return value

    def __reduce__(self) -> tuple[object, ...]:
        return _parse_again, (self.text, self.known, self.timed)


def parse(text: str, *, names: Collection[str] = (), limits: Limits = DEFAULT, timed: bool = False) -> Expression:
    """Read an expression. `names` are the facts that exist; names of one plain word need not be given.

    Only where it is the duration of a timer (`timed`) may it call `working days(n)` and the like.

    Raises FeelSyntaxError, also for a text beyond the limits, an unknown function or a wrong number of arguments.
    """
    root = parse_tree(text, names, FUNCTION_NAMES, limits, () if timed else OFFICE_SPANS)
    builder = Builder(text)
    closure = builder.build(root)
    read = frozenset(builder.names | builder.filter_names)
    sure = frozenset(builder.names)
    return Expression(text, frozenset(names), timed, read, read - sure, builder.asks_clock, closure, builder.slots)


def is_true(
    expression: Expression,
    context: Mapping[str, object],
    *,
    now: datetime | None = None,
    limits: Limits = DEFAULT,
    warnings: list[FeelWarning] | None = None,
) -> bool:
    """Whether a condition holds: null, and anything else that is not true, is false."""
    return expression.evaluate(context, now=now, limits=limits, warnings=warnings) is True


def _parse_again(text: str, names: frozenset[str], timed: bool) -> Expression:
    return parse(text, names=names, timed=timed)

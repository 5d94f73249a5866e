"""The functions that expressions may call, by family. A new one is one entry in its family's table."""

from collections.abc import Mapping
from itertools import chain
from typing import Final

from engine.feel.functions import allowances, booleans, contexts, conversions, lists, moments, numbers, ranges, strings
from engine.feel.functions.signature import Function
from engine.feel.tokens import Names

IS_DEFINED: Final = "is defined"  # asks about the name itself, so the closures answer it and not a function here


def _by_name() -> Mapping[str, tuple[Function, ...]]:
    found: dict[str, tuple[Function, ...]] = {}
    families = (allowances, booleans, contexts, conversions, lists, moments, numbers, ranges, strings)
    for function in chain.from_iterable(family.FUNCTIONS for family in families):
        found[function.name] = (*found.get(function.name, ()), function)
    return found


FUNCTIONS: Final = _by_name()
FUNCTION_NAMES: Final = Names([*FUNCTIONS, IS_DEFINED], called=True)
CLOCKED: Final = frozenset({"now", "today"})
"""Functions whose answer depends on when they are asked."""
OFFICE_SPANS: Final = frozenset(each.name for each in allowances.FUNCTIONS)
"""Functions that stand in the duration of a timer only."""

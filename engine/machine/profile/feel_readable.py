"""Every expression can be read as FEEL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import feel
from engine.domain.finding import Finding
from engine.expression import is_feel, text_of
from engine.machine.profile.sight import Sight, find

RULE: Final = "feel-readable"


def check(sight: Sight) -> Iterator[Finding]:
    """Find expressions that are no FEEL, and say where they stop being it."""
    for element, expression in sight.expressions():
        if not is_feel(expression.language):
            continue
        try:
            feel.parse(text_of(expression))
        except feel.FeelSyntaxError as wrong:
            message = "Expected {expected} at character {column} of the expression of “{name}”, but found {found}."
            line, column = expression.line, wrong.column
            yield find(RULE, element, message, line=line, column=column, expected=wrong.expected, found=wrong.found)

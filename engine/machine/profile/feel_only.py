"""Expressions are FEEL; no other language is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.expression import is_feel
from engine.machine.profile.sight import Sight, find
from engine.notation import Expression

RULE: Final = "feel-only"

ELSEWHERE: Final = re.compile(r"^\s*[$#]\{")
"""How expressions of Java engines begin."""


def check(sight: Sight) -> Iterator[Finding]:
    """Find expressions in another language, named or seen."""
    timers = ((event, timer.expression) for event, timer in sight.timers())
    for element, expression in (*sight.expressions(), *timers):
        language = _language(sight, expression)
        if not is_feel(language):
            message = "Expected FEEL at “{name}”, but the expression is in “{language}”."
            yield find(RULE, element, message, line=expression.line, language=language)
        elif ELSEWHERE.match(expression.text):
            message = (
                "Expected FEEL at “{name}”, but {text} is written for a Java engine: write a = 1, not ${{a == 1}}."
            )
            yield find(RULE, element, message, line=expression.line, text=expression.text.strip()[:80])


def _language(sight: Sight, expression: Expression) -> str | None:
    if expression.language is not None:
        return expression.language
    named = sight.definitions.expression_language
    return None if named and named.startswith("http://www.w3.org/1999/XPath") else named

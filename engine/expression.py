"""FEEL as a drawing uses it: parsed once, evaluated with the facts of a case. Never any other language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from engine import feel
from engine.notation import Expression
from engine.process import ConditionFailed

_FEEL: Final = ("", "feel", "http://www.omg.org/spec/FEEL/", "https://www.omg.org/spec/FEEL/")
_DMN: Final = ("http://www.omg.org/spec/DMN/", "https://www.omg.org/spec/DMN/")


def text_of(expression: Expression) -> str:
    """The expression without the sign that some modellers put before FEEL."""
    text = expression.text.strip()
    return text[1:].strip() if text.startswith("=") else text


def is_feel(language: str | None) -> bool:
    """Whether a drawing names FEEL, or no language at all."""
    named = (language or "").strip()
    if named.startswith(_DMN):
        return "FEEL" in named.upper()
    return named.lower() in _FEEL[:2] or named.startswith(_FEEL[2:])


class Condition:
    """One expression of a drawing, ready to be asked. Raises feel.FeelSyntaxError where it is none."""

    __slots__ = ("_parsed", "element", "text")

    def __init__(self, text: str, element: str, *, timed: bool = False) -> None:
        self.text = text
        self.element = element
        self._parsed = feel.parse(text, timed=timed)

    @property
    def names(self) -> frozenset[str]:
        """The facts that it reads."""
        return frozenset(self._parsed.names)

    @property
    def asks_clock(self) -> bool:
        """Whether what it gives may depend on when it is asked."""
        return self._parsed.asks_clock

    def value(self, facts: Mapping[str, Any], now: datetime) -> Any:
        """What it gives. Raises ConditionFailed where it would cost too much."""
        try:
            return self._parsed.evaluate(facts, now=now)
        except feel.FeelLimitExceeded as too_much:
            raise ConditionFailed(element=self.element, text=self.text, reason=str(too_much)) from too_much

    def holds(self, facts: Mapping[str, Any], now: datetime) -> bool:
        """Whether it is true; null and everything else is not."""
        return self.value(facts, now) is True

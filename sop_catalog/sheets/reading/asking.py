"""Questions that a sheet leaves open, and the answers given so far. An answer that none of the choices is counts for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a sheet does not say, or does not say clearly."""

    key: str
    row: int
    """Of the sheet, counted from 1; 0 where it is asked once for the whole sheet."""
    column: str
    what: str
    """A sentence with braces, the key under which it is translated."""
    facts: Mapping[str, object] = field(default_factory=dict)
    choices: tuple[tuple[str, str], ...] = ()
    """Value and label; empty where the answer is written."""
    likely: int = 0
    """How many of the choices, from the first, are likely ones."""
    answer: str = ""


class Questions:
    """All that one sheet leaves open, in the order met."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self._asked: dict[str, Question] = {}

    @property
    def all(self) -> Sequence[Question]:
        return tuple(self._asked.values())

    def choice(
        self,
        key: str,
        row: int,
        column: str,
        what: str,
        choices: Sequence[tuple[str, str]],
        likely: int = 0,
        **facts: object,
    ) -> str:
        """Ask for one of several answers; return the one given, empty while there is none."""
        given = self.answers.get(key, "")
        answer = given if given in {value for value, _ in choices} else ""
        self._asked[key] = Question(key, row, column, what, facts, tuple(choices), likely, answer)
        return answer

    def text(self, key: str, row: int, column: str, what: str, **facts: object) -> str:
        """Ask for an answer in words; return the one given, empty while there is none."""
        answer = " ".join(self.answers.get(key, "").split())[:80]
        self._asked[key] = Question(key, row, column, what, facts, answer=answer)
        return answer

    def again(self, key: str) -> None:
        """Ask once more: the answer given could not be understood."""
        self._asked[key] = replace(self._asked[key], answer="")

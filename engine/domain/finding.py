"""A finding: one thing that stands against a drawing, and where. It is not a refusal: a list of findings may become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence that is translated itself: one thing after the other, of which a finding tells."""

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The part in whole words, in the language of `translate`."""
        return translate(self.message).format_map(self.facts)

    def __str__(self) -> str:
        """In English."""
        return self.sentence()


@dataclass(frozen=True, slots=True)
class Phrases:
    """Several of them, in their order."""

    parts: tuple[Phrase, ...]

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """All of them, with arrows between."""
        return " → ".join(each.sentence(translate) for each in self.parts)

    def __str__(self) -> str:
        """In English."""
        return self.sentence()


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of the way to what is wrong: one thing that happens."""

    said: Phrase
    elements: tuple[str, ...]
    """Ids: where it happens, then the nodes and arrows that a case comes over by it, in their order."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a drawing breaks, at one place.

    `message` is a sentence with braces, the key under which it is translated; `facts` fills the braces. A fact may be
    words to be translated themselves.
    """

    rule: str
    """A slug: `duplicate-id`."""
    message: str
    severity: Severity = "error"
    element: str | None = None
    line: int | None = None
    """Counted from 1, in the file that was read."""
    facts: Mapping[str, object] = field(default_factory=dict)
    way: tuple[Leg, ...] = ()
    """The shortest way there, for whoever draws it."""

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """What stands against the drawing, in whole words, in the language of `translate`."""
        facts = {
            name: each.sentence(translate) if isinstance(each, Phrase | Phrases) else each
            for name, each in self.facts.items()
        }
        return translate(self.message).format_map(facts)

    def told(self, translate: Callable[[str], str] = str) -> str:
        """The sentence with its rule, element and line, for a terminal and for logs."""
        where = " ".join([*([f"line {self.line}"] if self.line else []), *([self.element] if self.element else [])])
        return f"{self.rule}: {self.sentence(translate)}" + (f" ({where})" if where else "")

    def __str__(self) -> str:
        """In English."""
        return self.told()

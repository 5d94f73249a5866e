"""What a behaviour may ask of the drawing while it is read: names and codes instead of references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from engine.expression import Condition, text_of
from engine.machine.multi import Multi
from engine.notation import (
    Activity,
    Definitions,
    Error,
    ErrorDefinition,
    Escalation,
    EscalationDefinition,
    Event,
    EventDefinition,
    LinkDefinition,
    MessageDefinition,
    MultiInstance,
    TimerDefinition,
)
from engine.timing import Timer, read_timer

Kind = TypeVar("Kind", bound=EventDefinition)


def definition_of(drawn: Event, kind: type[Kind]) -> Kind:
    """The event definition of one kind; the profile has seen to it that it is there."""
    return next(each for each in drawn.definitions if isinstance(each, kind))


@dataclass(frozen=True, slots=True)
class Reading:
    """One drawing, as the behaviours of its elements read it."""

    definitions: Definitions
    numbers: Mapping[str, int]
    """Element id → number, within the process that is read."""
    bodies: Mapping[str, int]
    """Sub-process id or process id → its body."""
    link_targets: Mapping[str, int]
    """Name of a link → number of its catch event, within the scope that is read."""

    def message(self, reference: str | None) -> str | None:
        """The name of a message."""
        return next((each.name for each in self.definitions.messages if each.id == reference), None)

    def message_of(self, drawn: Event) -> str:
        """The name of the message that an event catches or throws."""
        return self.message(definition_of(drawn, MessageDefinition).message) or ""

    def error_of(self, drawn: Event) -> str | None:
        """The code of the error that an event throws or catches."""
        return self._code(self.definitions.errors, definition_of(drawn, ErrorDefinition).error)

    def escalation_of(self, drawn: Event) -> str | None:
        """The code of the escalation that an event throws or catches."""
        return self._code(self.definitions.escalations, definition_of(drawn, EscalationDefinition).escalation)

    def timer_of(self, drawn: Event) -> Timer:
        """When a timer event fires."""
        definition = definition_of(drawn, TimerDefinition)
        return read_timer(drawn.id, definition.kind or "", definition.text.strip())

    def link_of(self, drawn: Event) -> int:
        """The catch event that a link leads to."""
        return self.link_targets[definition_of(drawn, LinkDefinition).name]

    def multi_of(self, drawn: Activity) -> Multi | None:
        """How often an activity runs, where that is not once."""
        loop = drawn.loop
        if not isinstance(loop, MultiInstance):
            return None
        return Multi(
            sequential=loop.sequential,
            collection=loop.collection.strip() if loop.collection else None,
            item=(loop.item.name or loop.item.id) if loop.item else None,
            cardinality=Condition(text_of(loop.cardinality), drawn.id) if loop.cardinality else None,
            enough=Condition(text_of(loop.completion_condition), drawn.id) if loop.completion_condition else None,
        )

    @staticmethod
    def _code(declared: tuple[Error, ...] | tuple[Escalation, ...], reference: str | None) -> str | None:
        return next((each.code for each in declared if each.id == reference), None)

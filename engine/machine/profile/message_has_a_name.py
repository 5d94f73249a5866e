"""What is sent or waited for has a name, because only a name finds its way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import Element

RULE: Final = "message-has-a-name"


def check(sight: Sight) -> Iterator[Finding]:
    """Find events and receive tasks without a named message, and send tasks whose message has none."""
    names = {each.id: each.name.strip() for each in sight.definitions.messages}
    asked: list[tuple[Element, str | None]] = [
        (event, definition.message) for event, definition in sight.definitions_of(notation.MessageDefinition)
    ]
    asked += [(task, task.message) for task in sight.of(notation.ReceiveTask)]
    asked += [(task, task.message) for task in sight.of(notation.SendTask) if task.message]
    for element, message in asked:
        if not names.get(message or ""):
            yield find(RULE, element, "Expected “{name}” to name a message.")

"""What events wait for and tell, in SpiffWorkflow's terms. None of it fires by a clock or meets another by its name:
a timer and a message happen when the engine says so, errors and escalations are led to their catcher by us.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.util import BpmnEvent


class Signed(EventDefinition):
    """A definition that is known by the sign in the text it was parsed from."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __eq__(self, other: object) -> bool:
        """Two definitions are one only if they stand at the same place."""
        return isinstance(other, Signed) and self.key == other.key

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self.key)

    def catches(self, my_task: Any, event: BpmnEvent) -> bool:  # noqa: ARG002 - the library's signature
        """Only what was meant for this very place: SpiffWorkflow would take any event of the same kind."""
        return isinstance(event, BpmnEvent) and event.event_definition == self

    def throw(self, my_task: Any) -> None:
        """Say nothing here: the task spec tells the run what was thrown."""


class Awaited(Signed):
    """A message or an instant that comes from outside."""

    def update_task(self, my_task: Any) -> None:
        """Begin to wait, once."""
        run = my_task.workflow.script_engine.run
        if "token" not in my_task.internal_data:
            run.wait(my_task, self.key)


class Thrown(Signed):
    """A message that goes out."""


class Led(Signed):
    """An error or an escalation: thrown by an event, or caught at the edge of an activity."""

"""How much room each element asks for around its anchor: the point at which its row and its column cross."""

from __future__ import annotations

from dataclasses import dataclass

from engine.notation import Activity, Event, FlowNode, Gateway

TASK_WIDTH, TASK_HEIGHT = 100.0, 80.0
EVENT = 36.0
GATEWAY = 50.0
BETWEEN = 50.0
"""Pixels between two columns, at least (docs/drawing.md)."""
TRACK = 14.0
"""Pixels between two lines that run side by side."""
PADDING = 20.0
"""Pixels between the border of a lane or sub-process and what stands in it."""
NAME_STRIP = 30.0
"""The strip at the left of pools and lanes in which the name stands."""
POOL_HEIGHT = 60.0
POOL_DISTANCE = 50.0
LABEL_WIDTH = 90.0
QUESTION_WIDTH = 110.0


@dataclass(slots=True)
class Extent:
    """How far something reaches from its anchor in each direction, in pixels."""

    left: float = 0.0
    right: float = 0.0
    up: float = 0.0
    down: float = 0.0

    def cover(self, *, left: float = 0.0, right: float = 0.0, up: float = 0.0, down: float = 0.0) -> None:
        """Grow until at least this much is covered."""
        self.left, self.right = max(self.left, left), max(self.right, right)
        self.up, self.down = max(self.up, up), max(self.down, down)


def extent_of(node: FlowNode) -> Extent:
    """Return the room of an element without its label; a sub-process brings its own size instead."""
    if isinstance(node, Gateway):
        return Extent(GATEWAY / 2, GATEWAY / 2, GATEWAY / 2, GATEWAY / 2)
    if isinstance(node, Event):
        return Extent(EVENT / 2, EVENT / 2, EVENT / 2, EVENT / 2)
    if isinstance(node, Activity):
        return Extent(TASK_WIDTH / 2, TASK_WIDTH / 2, TASK_HEIGHT / 2, TASK_HEIGHT / 2)
    return Extent(TASK_WIDTH / 2, TASK_WIDTH / 2, TASK_HEIGHT / 2, TASK_HEIGHT / 2)

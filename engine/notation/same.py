"""A drawing that is equal only to itself: to compare two of them word by word takes longer than to read them."""

from __future__ import annotations

from engine.notation.model import Definitions


class Same:
    """One drawing as the key of what was worked out for it; it is held as long as the key is."""

    __slots__ = ("drawing",)

    def __init__(self, drawing: Definitions) -> None:
        self.drawing = drawing

    def __hash__(self) -> int:
        return id(self.drawing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.drawing is other.drawing

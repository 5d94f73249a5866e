"""Whether a diagram comes to an end whatever is decided: walked on an interpreter, and compared on a second one.

It is not a style check (that is `rules`) and knows nothing of officers, offices or the database.
"""

from sop_catalog.soundness.second_opinion import DECLARED, Disagreement, Opinion, second_opinion
from sop_catalog.soundness.walk import Missed, Move, Trouble, Walk, Walked, replay, walk

__all__ = [
    "DECLARED",
    "Disagreement",
    "Missed",
    "Move",
    "Opinion",
    "Trouble",
    "Walk",
    "Walked",
    "replay",
    "second_opinion",
    "walk",
]

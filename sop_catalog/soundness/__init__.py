"""Whether a diagram comes to an end whatever is decided: proved over all its states, walked, and compared on a second interpreter.

It is not a style check (that is `rules`) and knows nothing of officers, offices or the database.
"""

from sop_catalog.soundness.proof import Flaw, Proof, Property, prove
from sop_catalog.soundness.second_opinion import DECLARED, Disagreement, Opinion, second_opinion
from sop_catalog.soundness.walk import Missed, Move, Trouble, Walk, Walked, replay, walk
from sop_catalog.soundness.ways import Way

__all__ = [
    "DECLARED",
    "Disagreement",
    "Flaw",
    "Missed",
    "Move",
    "Opinion",
    "Proof",
    "Property",
    "Trouble",
    "Walk",
    "Walked",
    "Way",
    "prove",
    "replay",
    "second_opinion",
    "walk",
]

"""What there is already of a drawing that is brought in: an edition in force, or a draft of one's own that says the same.

Asked before a draft is begun, so that a second run changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.queries.reader import Reader
from sop_catalog.exchange.report import Imported
from sop_catalog.publishing import Drawing
from sop_catalog.storage import Drafts, DraftState


def is_in_force(one: Imported, at_hand: Mapping[str, Drawing]) -> bool:
    """Whether the edition in force is this very drawing, as it came or as our own writer writes it."""
    return one.code in at_hand and at_hand[one.code].text in {one.text, one.plain}


def own_draft(reader: Reader, one: Imported, officer: str) -> int | None:
    """The number of an open draft of this officer that holds the same drawing."""
    drafts = Drafts(reader.connection)
    own = (each for each in drafts.listed(DraftState.DRAFT, code=one.code) if each.author == officer)
    return next((each.number for each in own if drafts.get(each.number).content in {one.text, one.plain}), None)

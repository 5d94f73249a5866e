"""What the catalogue keeps beside the releases: the owners' drafts and what was done with each. Nothing is judged here."""

from sop_catalog.storage.drafts import Draft, DraftAct, DraftChanged, DraftRow, Drafts, DraftState
from sop_catalog.storage.tables import metadata

__all__ = ["Draft", "DraftAct", "DraftChanged", "DraftRow", "DraftState", "Drafts", "metadata"]

"""What an officer has typed at an item and not sent yet. Nobody reads another's."""

from __future__ import annotations

from engine.domain.organisation import Officer
from engine.queries.reader import Reader
from engine.storage.answer_drafts import AnswerDraft, draft_of


def own_draft(reader: Reader, officer: Officer, item: int) -> AnswerDraft | None:
    """What this officer has typed at the item, if anything is kept."""
    return draft_of(reader.connection, reader.keys, item, officer.number)

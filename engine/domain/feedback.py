"""What somebody who is not signed in tells the owner of an SOP: a suggestion, a question, or that it is not kept to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

PROCEDURE: Final = "p-s03-01"
"""The procedure that each of them is a case of: *Penanganan Masukan atas SOP*."""
READ_AT, ANSWER, ASIDE = "telaah_masukan", "jawaban_masukan", "dikesampingkan"
"""Its step that answers, the fact that holds the answer, and the outcome that lays it aside."""
WORDS, CONTACT = "masukan", "kontak"
"""The papers of the case that hold what was said, and how its giver may be reached."""


def as_kept(contact: str, chance: str) -> str:
    """A contact as its paper keeps it: one line, and one of chance below.

    The digest of a paper stands in clear and in the audit trail for ever. That of a bare telephone number could be found
    again by counting all numbers through.
    """
    return f"{' '.join(contact.split())}\n\n(deret acak supaya isi berkas ini tidak dapat ditebak: {chance})\n"


def contact_in(kept: str) -> str:
    """The contact alone."""
    return kept.partition("\n")[0]


class FeedbackKind(StrEnum):
    """What it is, as its giver sees it."""

    SUGGESTION = "saran"
    UNCLEAR = "tidak-jelas"
    NOT_KEPT = "tidak-sesuai"
    """The service went otherwise than the SOP says."""
    WRONG = "keliru"
    """Something in the SOP is wrong."""


class FeedbackState(StrEnum):
    """How far it has come, as its giver may know it."""

    NEW = "new"
    ANSWERED = "answered"
    LAID_ASIDE = "laid-aside"
    ENDED = "ended"
    """The case was cancelled before anybody answered."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One of them. Nothing of it says who gave it or in which words."""

    case: int
    procedure: str
    edition: int
    step: str
    """The words of the step that it is about, as the public read them; empty where it is about the whole."""
    kind: FeedbackKind
    given_at: datetime

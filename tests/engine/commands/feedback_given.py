"""An owner who answers what the public says, and somebody who says it."""

from __future__ import annotations

from typing import Any

from engine import FeedbackGiven, FeedbackStatus, add_post, assign_post, give_feedback, read_feedback
from engine.domain.organisation import Post
from engine.domain.release import Field, FieldKind
from tests.small_office import Play, outcomes

WORDS, CONTACT = "Loket tutup pukul dua, padahal di SOP sampai pukul empat.", "082100000000"
HANDLING = "start -> user telaah_masukan -> end"


def furnish_owner(play: Play) -> str:
    """A process owner in the head office, an SOP in force, and the procedure that answers."""
    with play.engine.begin(at=play.now) as work:
        add_post(work, Post("pemilik", "Pemilik Proses", ("publish",)))
        assign_post(work, "hana", post="pemilik", office="PUSAT", begins_on=play.now.date())
    play.publish("start -> user A -> end")
    answer = (Field("jawaban_masukan", "Jawaban", FieldKind.LONG_TEXT, True),)
    step: dict[str, Any] = {"form": answer, "outcomes": outcomes("dijawab", "dikesampingkan")}
    play.publish(HANDLING, code="p-s03-01", telaah_masukan=step)
    return "hana"


def give(play: Play, *, kind: str = "tidak-sesuai", text: str = WORDS, **more: Any) -> FeedbackGiven:
    return play.engine.perform(give_feedback, "main", 1, kind=kind, text=text, at=play.now, **more)


def look(play: Play, given: FeedbackGiven, pin: str = "") -> FeedbackStatus | None:
    return play.engine.perform(read_feedback, given.code, pin or given.pin, address="10.0.0.1", at=play.now)

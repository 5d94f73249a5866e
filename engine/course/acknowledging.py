"""What stands in the rows of a file from the placement system: answers to a batch, and news. Each problem is a word to be translated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from engine.domain.batch import ANSWERS, REASONS, Answer, kind_of
from engine.domain.placement_reading import LONGEST_REFERENCE, NotAnEvent, read_event

UNKNOWN_KEY: Final = "unknown-key"
TWICE: Final = "twice"
NO_ANSWER: Final = "no-answer"
_OWN: Final = {
    "pesan": "message",
    "jenis": "kind",
    "nomor_penempatan": "reference",
    "nomor_kasus": "case",
    "urutan": "sequence",
    "waktu": "occurred_at",
}
"""The columns of a file with news; every other column that holds something is a fact under its own name."""


def read_answers(
    rows: Sequence[Mapping[str, Any]], waiting: Collection[str]
) -> tuple[list[Answer], list[dict[str, Any]]]:
    """Return the answers to the reports that wait, and the rows that are none: row and what is wrong with it."""
    answers: list[Answer] = []
    wrong: list[dict[str, Any]] = []
    seen: set[str] = set()
    for count, given in enumerate(rows, 1):
        line = int(given.get("row", count))
        key, said = str(given.get("kunci", "")).strip(), str(given.get("hasil", "")).strip().lower()
        if key not in waiting:
            wrong.append({"row": line, "why": UNKNOWN_KEY})
        elif key in seen:
            wrong.append({"row": line, "why": TWICE})
        elif said not in ANSWERS:
            wrong.append({"row": line, "why": NO_ANSWER})
        else:
            reason = str(given.get("alasan", "")).strip().lower()
            reference = str(given.get("nomor_penempatan", "")).strip()[:LONGEST_REFERENCE]
            known = reason if reason in REASONS else REASONS[-1]
            answers.append(Answer(line, key, ANSWERS[said], known, reference))
        seen.add(key)
    return answers, wrong


def as_news(given: Mapping[str, Any]) -> dict[str, Any]:
    """One row of a file as a piece of news."""
    said = {name: str(given.get(column, "")).strip() for column, name in _OWN.items()}
    said["kind"] = kind_of(said["kind"])
    facts = {
        str(name): value
        for name, value in given.items()
        if name not in _OWN and name != "row" and str(value or "").strip()
    }
    return {**said, "facts": facts}


def problem_of(given: Mapping[str, Any]) -> str:
    """Which part of a row cannot be read as news; empty where all of it can."""
    try:
        read_event(as_news(given))
    except NotAnEvent as wrong:
        return str(wrong.facts["name"])
    return ""

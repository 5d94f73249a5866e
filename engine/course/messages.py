"""Messages that come to a suspended case: kept beside it, and delivered when it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.course.answers import write_facts
from engine.course.progress import arrive
from engine.domain.case import Case
from engine.feel import from_json, to_json
from engine.storage import UnitOfWork
from engine.storage.announcements import Announcement

KEPT = "kept"
"""The kind of announcement that is a message to the case itself."""


def keep_message(work: UnitOfWork, case: Case, message: str, facts: Mapping[str, Any]) -> Case:
    """Keep a message for a suspended case that waits for it; it is withdrawn when the case waits for it no more."""
    token = work.waits.waiting(case.id, message) or ""
    payload = {"facts": {name: to_json(value) for name, value in facts.items()}}
    work.announcements.add(case.id, KEPT, message, at=work.at, token=token, payload=payload)
    work.record("message.kept", case, message=message, token=token)
    return case


def deliver_kept(work: UnitOfWork, told: Announcement) -> Case:
    """Let a kept message come to its case, with the facts that it brought."""
    case = work.cases.lock(told.case).case.running("deliver a message")
    if work.waits.waiting(case.id, told.name) is None:
        return case
    facts = {name: from_json(value) for name, value in told.payload.get("facts", {}).items()}
    write_facts(work, case, facts, work.facts.read(case.id, facts.keys()))
    return arrive(work, case, told.name, **({"facts": told.payload["facts"]} if facts else {}), kept=told.number)

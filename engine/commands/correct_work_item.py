"""Put a wrong answer of a completed work item right, in the open: what stood there before stays in the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.course.answers import place_answers
from engine.course.correcting import expect_own, expect_same_way, read_corrections
from engine.course.going_back import expect_reason
from engine.domain.receipt import Receipt
from engine.feel import from_json, to_json
from engine.rights import expect_holder, expect_officer
from engine.storage import UnitOfWork
from engine.storage.counter_steps import CounterKind

ACT = "correct"


def correct_work_item(work: UnitOfWork, item_id: int, *, answers: Mapping[str, Any], reason: str) -> Receipt:
    """Replace answers of a completed work item. `answers` names only those that were wrong.

    The record holds the names of what was corrected and, of facts, both values; of a person the name of the field alone.
    The outcome is not an answer: it is put right by taking the item back. Refused to others than those of its post,
    for answers that its form does not take, offices and documents, what another step has written since, what would
    change the other questions, and what the way of the case may have been chosen by. A note names each open sub-case
    that was given the fact as it was: it keeps its own.
    """
    text = expect_reason(reason)
    held, item, changer = work.cases.lock_for_item(item_id)
    case = held.case
    officer = expect_officer(work, "correct work items")
    who = expect_holder(work, case, item, ACT)
    item.check_done(ACT, tell={"who": changer, "when": work.clock_face(item.changed_at)})
    case.running("correct a work item")
    activity = work.releases.get(case.release).activities.get((item.process, item.element))
    form = activity.form if activity else ()
    corrected = read_corrections(work, case, item, form, answers)
    stored = expect_own(work, case, item, form, corrected)
    expect_same_way(work, case, item, stored, corrected)
    placed, facts = place_answers(work, case, form, corrected)
    if placed != case:
        work.cases.save(placed)
    for name, value in facts.items():
        was = stored.get(name)
        disputed = {name: from_json(was.disputed)} if was and was.disputed is not None else {}
        version = was.written_in if was else case.version
        by = officer.number
        work.facts.write(case.id, {name: value}, version=version, by=by, at=work.at, disputed=disputed)
    work.counter_steps.add(CounterKind.CORRECTED, case.id, text, by=officer.number, at=work.at, item=item.number)
    work.record(
        "work_item.corrected",
        case,
        **who,
        item=item.number,
        token=item.token,
        element=item.element,
        fields=sorted(corrected),
        before={name: to_json(stored[name].value) if name in stored else None for name in facts},
        after={name: to_json(value) for name, value in facts.items()},
    )
    copies = work.aftermath.copied_to(case.id, facts) if facts else ()
    notes = tuple(f"fact.copied: {each}" for each in copies)
    return Receipt(case=case.number, state=item.state.value, number=item.number, notes=notes)

"""Put a pause right that was entered wrongly: it is declared void with a reason, and what it should have been stands instead."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from engine.course.going_back import expect_reason
from engine.course.pausing import expect_clocks, expect_owner, hold_pause, lawful, touched
from engine.course.ticking import note_pauses, told_moves
from engine.domain.case import Case, CaseState
from engine.domain.clock import check_span
from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.pauses import PauseRow

ACT = "correct the pause"


class NothingChanged(NotValid):
    """Expected a pause that differs from what was entered, but nothing else is said of it."""


def correct_pause(
    work: UnitOfWork,
    pause: int,
    *,
    why: str,
    void: bool = False,
    reason: str | None = None,
    text: str | None = None,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
    still_open: bool = False,
    clocks: Collection[int] | None = None,
) -> Receipt:
    """Declare a pause void, and unless there was none at all (`void`), enter it anew with what is said otherwise here.

    What is not named stays as it was entered. `still_open`: it was ended by mistake and goes on; `clocks`: an empty
    collection means all. The wrong one stays to be read. Refused like pausing, without a reason, and where nothing differs.
    """
    because = expect_reason(why)
    officer = expect_officer(work, ACT)
    case, row, who = hold_pause(work, pause, ACT)
    if case.state is CaseState.SUSPENDED or still_open:
        case.running(ACT)
    said: dict[str, Any] = {"reason": reason and lawful(reason), "text": text and expect_reason(text)}
    said |= {"begins_at": begins_at, "ends_at": ends_at, "clocks": clocks if clocks is None else frozenset(clocks)}
    changes = {name: each for name, each in said.items() if each is not None}
    if still_open:
        changes["ends_at"] = None
    now = {name: getattr(row, name) for name in said} | changes
    if not void and all(getattr(row, name) == each for name, each in changes.items()):
        raise NothingChanged
    if not void:
        _expect_sound(work, case, now)
    work.pauses.void(row.number, because, by=officer.number, at=work.at)
    made = None if void else _enter(work, case, now, row, officer.number)
    rows = [row] if made is None else [row, made]
    moved = note_pauses(work, case, touched(work, case, rows))
    told: dict[str, Any] = {} if made is None else {"by_pause": made.number, "begins_at": made.begins_at.isoformat()}
    if made is not None and made.ends_at is not None:
        told["ends_at"] = made.ends_at.isoformat()
    work.record("pause.corrected", case, **who, pause=row.number, **told, **told_moves(moved))
    return Receipt(
        case=case.number,
        state="void" if made is None else "corrected",
        number=row.number if made is None else made.number,
    )


def _expect_sound(work: UnitOfWork, case: Case, now: dict[str, Any]) -> None:
    """Refuse what could not have been entered either; once the case is over, a pause that goes on."""
    check_span(now["begins_at"], now["ends_at"], opened=case.opened_at, now=work.at)
    expect_owner(work, case, expect_clocks(work, case, now["clocks"]), ACT)
    if now["ends_at"] is None:
        case.running(ACT)


def _enter(work: UnitOfWork, case: Case, now: dict[str, Any], instead_of: PauseRow, by: int) -> PauseRow:
    return work.pauses.add(
        case.id,
        now["reason"],
        now["text"],
        begins_at=now["begins_at"],
        ends_at=now["ends_at"],
        by=by,
        at=work.at,
        clocks=now["clocks"],
        replaces=instead_of.number,
    )

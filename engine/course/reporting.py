"""What is told to the national placement system: the drawing says when, the person's consent whether.

A report that waits says which case it is about and nothing of the person; what goes out is read when it goes, and each
such read is noted. How it travels is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.domain.dispatch import DispatchState
from engine.domain.placement import PARTNER, REPORTS, ReportKind
from engine.domain.report import (
    CONSENT,
    NO_CONSENT,
    NOT_BEGUN,
    NOT_KNOWN,
    OF_THE_PERSON,
    REASON,
    REFUSED,
    TOLD,
    consents,
    person_told,
    reason_told,
)
from engine.storage import UnitOfWork
from engine.storage.dispatches import settle
from engine.storage.facts import Written
from engine.storage.partner_cases import (
    About,
    about,
    begin_placement,
    close_placement,
    forget_placement,
    get_placement,
    papers_told,
    placement_near,
    said_otherwise,
)


def report(work: UnitOfWork, held: int, message: str) -> None:
    """Let a report of this case go out. A second beginning of the same placement is told as a change of it."""
    kind = REPORTS[message]
    standing = placement_near(work.connection, held)
    known = get_placement(work.connection, standing) if standing is not None else None
    if kind is ReportKind.BEGUN:
        if known is not None and known.closed_at is None:
            kind = ReportKind.CHANGED
        else:
            standing = held if standing is None else standing
            begin_placement(work.connection, standing, work.at)
    elif kind is ReportKind.CLOSED and standing is not None:
        close_placement(work.connection, standing, work.at)
    work.dispatches.report(held if standing is None else standing, kind, at=work.at, by=held)


def what_is_told(work: UnitOfWork, row: Any) -> Mapping[str, Any] | None:
    """The report that a row in hand stands for, as the contract has it: read now, and noted as an access.

    None where it may not go: it is settled, withdrawn or given up with the reason.
    """
    kind, case = ReportKind(row.event), about(work.connection, row.case_id)
    told = {"key": row.key, "kind": kind.value, "case": case.number, "office": case.office}
    told |= {"occurred_at": row.created_at.isoformat()}
    if get_placement(work.connection, row.case_id) is None:
        _not_told(work, row, DispatchState.WITHDRAWN, NOT_BEGUN)
        return None
    if kind not in OF_THE_PERSON:
        return {**told, "reason": reason_told(_reason(work, row))}
    return _with_the_person(work, row, case, told)


def _reason(work: UnitOfWork, row: Any) -> Any:
    """Why a placement is closed: as was recorded where that was said, or else the latest of the family."""
    said = _said(work, row, REASON)
    if said is not None:
        return said.value
    near = sorted(work.placements.family(row.case_id), reverse=True)
    found = [work.facts.read(each, [REASON]) for each in near]
    return next((each[REASON].value for each in found if REASON in each), None)


def consent_of(work: UnitOfWork, row: Any) -> Written | None:
    """The person's plain yes to a report; None where there is none, or a later no stands in a case near it."""
    consent = _said(work, row, CONSENT)
    if consent is None or consent.disputed is not None or not consents(consent.value):
        return None
    otherwise = any(said_otherwise(work.connection, each, CONSENT) for each in _cases_of(row))
    return None if otherwise else consent


def _with_the_person(work: UnitOfWork, row: Any, case: About, told: dict[str, Any]) -> Mapping[str, Any] | None:
    consent = consent_of(work, row)
    if consent is None:
        _without_consent(work, row)
        return None
    known = work.subjects.read(case.subject).fields if case.subject is not None else {}
    person = person_told(known)
    if person is None:
        _not_told(work, row, DispatchState.FAILED, NOT_KNOWN)
        return None
    fields = sorted(name for name in TOLD if known.get(name))
    work.trail.note(
        "subject.reported", work.at, work.login, row.case_id, case.subject, to=PARTNER, dispatch=row.id, fields=fields
    )
    given_at = {"at": consent.written_at.isoformat()} if consent.written_at else {}
    papers = papers_told(work.connection, *_cases_of(row))
    return {**told, "consent": {"given": True, **given_at}, "person": person, "documents": papers}


def _cases_of(row: Any) -> tuple[int, ...]:
    """The case in which a report was said, and the one that stands for the placement."""
    by = (row.payload or {}).get("by")
    return (row.case_id,) if by is None else (int(by), row.case_id)


def _said(work: UnitOfWork, row: Any, name: str) -> Any:
    """What was recorded where the report was said; else where the placement began. None where nobody has said it."""
    found = (work.facts.read(each, [name]).get(name) for each in _cases_of(row))
    return next((each for each in found if each is not None), None)


def _without_consent(work: UnitOfWork, row: Any) -> None:
    """Let it not go. Where it may have arrived before, a person has to find out: what is there is not taken back by silence."""
    if row.tries > 0 or (row.problem and not row.problem.startswith((REFUSED, NOT_KNOWN))):
        _not_told(work, row, DispatchState.UNKNOWN, NO_CONSENT)
        return
    if row.event == ReportKind.BEGUN:
        forget_placement(work.connection, row.case_id)
    _not_told(work, row, DispatchState.WITHDRAWN, NO_CONSENT)


def _not_told(work: UnitOfWork, row: Any, state: DispatchState, why: str) -> None:
    """Be done with it, and say why on the page."""
    settle(work.connection, row.id, state, work.at, why)

"""Show a person how their own case stands, by the slip in their hand: nothing that says who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.course.by_slip import open_slip
from engine.domain.release import Release
from engine.storage import UnitOfWork
from engine.storage.slips import chosen, plain_facts_of

TOLD = (
    "pilihan_penyintas",
    "persetujuan",
    "tanggal_berangkat",
    "tanggal_tiba",
    "rencana_berangkat",
    "sesi_berikut",
    "sidang_pertama",
    "moda",
)
"""The facts that the page tells: all of them about what comes next, or what the person said."""


@dataclass(frozen=True, slots=True)
class CourseTold:
    """One course set for the person, and how far it has come."""

    kind: str
    title: str
    state: str
    stage: str


@dataclass(frozen=True, slots=True)
class SlipStatus:
    """What the holder of code and PIN learns."""

    state: str
    """Of the case: running, suspended, completed or cancelled."""
    stage: str
    office: str
    """The code of the office that runs it."""
    office_name: str
    courses: tuple[CourseTold, ...]
    facts: Mapping[str, Any]
    chosen_at: datetime | None
    """When the choice was written down."""
    release: Release
    opened_at: datetime


def read_slip(work: UnitOfWork, code: str, pin: str, *, address: str) -> SlipStatus | None:
    """Return the status of the slip's case. None, with a note of the try, for anything that does not fit together."""
    slip = open_slip(work, code, pin, address)
    if slip is None:
        work.trail.note("slip.refused", work.at, "", address=address)
        return None
    case = work.slips.standing(slip.case)
    work.trail.note("slip.read", work.at, "", case.id, slip=slip.number)
    office = work.organisation.office(case.office)
    courses, facts = [], dict(plain_facts_of(work.connection, case.id, TOLD))
    for each in work.dispositions.of(case.id):
        below = work.slips.standing(each.sub_case) if each.sub_case else None
        if below is not None:
            facts |= plain_facts_of(work.connection, below.id, TOLD)
        stage = below.stage if below else ""
        courses.append(CourseTold(each.kind, work.dispositions.kind(each.kind).title, each.state.value, stage))
    choice = chosen(work.connection, case.id, "pilihan_penyintas")
    return SlipStatus(
        state=case.state.value,
        stage=case.stage,
        office=case.office,
        office_name=office.name,
        courses=tuple(courses),
        facts=facts,
        chosen_at=choice.at if choice else None,
        release=work.releases.get(case.release),
        opened_at=case.opened_at,
    )

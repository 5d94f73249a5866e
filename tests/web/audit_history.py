"""A small history of hand-overs for the manager's desk: made by the engine's own commands, some of it too late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine import (
    Engine,
    claim_work_item,
    complete_work_item,
    link_subject,
    open_case,
    publish_release,
    recognise_subject,
)
from engine.domain.organisation import Holding, Officer
from engine.domain.release import Bound, Field, FieldKind, Performer
from engine.queries import Scope, WorkRow, release_page, worklist
from tests.small_office import release_of

SOP = "c3-m07"
MADE_UP: dict[FieldKind, Any] = {
    FieldKind.YES_NO: "yes",
    FieldKind.LIST: ["Contoh"],
    FieldKind.NUMBER: "1",
    FieldKind.MONEY: "1",
    FieldKind.OFFICE: "bp3mi-jateng",
    FieldKind.REGION: "33",
    FieldKind.VILLAGE: "33.74.01.1001",
    FieldKind.COUNTRY: "MY",
}
REASON = "Jaringan padam di kantor"


def opener(office: str) -> str:
    return f"petugas-sispopmi.{office}"


def open_handover(engine: Engine, office: str, at: datetime) -> str:
    """A case of handing a person over, in this office."""
    made = engine.perform(
        open_case, SOP, office=f"bp3mi-{office}", origin_office=f"bp3mi-{office}", officer=opener(office), at=at
    )
    return str(made.case)


def waiting(engine: Engine, office: str, case: str, at: datetime) -> WorkRow:
    """The first open item of a case."""
    everybody = Officer(0, "", "", holdings=(Holding("", f"bp3mi-{office}", at.date()),))
    with engine.reading(at=at) as reader:
        return next(row for row in worklist(reader, everybody, Scope.OFFICE, length=200).rows if row.case == case)


def do_first(
    engine: Engine, office: str, case: str, at: datetime, *, take: datetime | None = None, **more: Any
) -> WorkRow:
    """Complete the first open item of a case, taken before where that is said."""
    row = waiting(engine, office, case, at)
    login, version = f"{row.post}.{office}", row.version
    if take is not None:
        engine.perform(claim_work_item, row.item, seen=version, officer=login, at=take)
        version += 1
    with engine.reading(at=at) as reader:
        activity = release_page(reader, SOP).release.activities[row.process, row.element]
    outcome = activity.outcomes[0].value if activity.outcomes else ""
    facts = {each.name: _answer(each, at) for each in activity.form if each.required and not each.when}
    engine.perform(
        complete_work_item, row.item, seen=version, outcome=outcome, facts=facts, officer=login, at=at, **more
    )
    return row


def handed_over_late(engine: Engine, now: datetime) -> dict[str, list[str]]:
    """East Java hands two over in time; Central Java one late, one entered late with its reason, and leaves one lying."""
    begun = now - timedelta(days=21)
    here = [open_handover(engine, "jatim", begun) for _ in range(2)]
    there = [open_handover(engine, "jateng", begun) for _ in range(3)]
    for case in here:
        do_first(engine, "jatim", case, begun + timedelta(minutes=30), take=begun + timedelta(minutes=10))
    do_first(engine, "jateng", there[0], begun + timedelta(days=9), take=begun + timedelta(days=8))
    late = begun + timedelta(days=12)
    do_first(engine, "jateng", there[1], late, happened_at=late - timedelta(days=2), late_because=REASON)
    return {"jatim": here, "jateng": there}


def _answer(each: Field, at: datetime) -> Any:
    if each.choices:
        return [each.choices[0].value] if each.kind is FieldKind.SEVERAL else each.choices[0].value
    moments = {FieldKind.DATE: at.date().isoformat(), FieldKind.MOMENT: at.isoformat()}
    return moments.get(each.kind) or MADE_UP.get(each.kind, "Contoh")


PERSON = {"nama": "Siti Noerjanah", "tanggal_lahir": "1998-03-02", "perekrut_nama": "Joko Contoh"}
PERSON |= {"perekrut_telepon": "081300000001"}
TOLD = {"rute": "Batam", "modus": "visa_wisata", "daerah_asal": "33.21", "perekrut_jenis": "calo"}
FOUND = "uji-temuan"


def came_again(engine: Engine, at: datetime, office: str = "jatim") -> list[str]:
    """One person who comes twice, both times through the same recruiter."""
    asked = tuple(Field(name, name, bound=Bound.SUBJECT) for name in PERSON) + tuple(Field(name, name) for name in TOLD)
    step = {"form": asked, "performer": Performer("petugas-sispopmi")}
    engine.perform(publish_release, release_of("start -> user A -> user B -> end", FOUND, A=step), at=at)
    made, login = [], opener(office)
    for days in (0, 5):
        then = at + timedelta(days=days)
        head = f"kepala-bp3mi.{office}"
        case = str(engine.perform(open_case, FOUND, office=f"bp3mi-{office}", officer=head, at=then).case)
        row = waiting(engine, office, case, then)
        engine.perform(complete_work_item, row.item, seen=row.version, facts={**PERSON, **TOLD}, officer=login, at=then)
        made.append(case)
    later = at + timedelta(days=6)
    known = engine.perform(recognise_subject, made[1], officer=login, at=later).known
    engine.perform(link_subject, made[1], subject=known[0].person, reason="Orang yang sama", officer=login, at=later)
    return made

"""What one officer is told of: whose steps, of which SOP, ended in which period. It counts nothing itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from engine.domain.organisation import Office, OfficeKind, Officer
from engine.errors import NotFound, NotYours
from engine.queries.reader import Reader
from engine.storage.tables import case as cases
from engine.storage.tables import release

POWERS = frozenset({"audit", "oversee"})
"""Any of these lets its holder see the numbers of the office; the first, held in the head office, those of all."""
MAP = "p-"
"""How the codes of maps begin: all steps of the cases that run on a map are the map's."""
MACRO = re.compile(r"[a-z0-9-]*-m[a-z0-9]{2}")
"""What the code of a macro looks like; those of its micros have two signs more."""
BEGINNING = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class View:
    """What one officer is told of: steps of these offices, of a SOP and a step where they are named, ended in a period."""

    offices: tuple[str, ...]
    since: datetime
    until: datetime
    sop: str = ""
    """A map, a macro with its micros, or a micro; empty for all."""
    element: str = ""
    process: str = ""
    """The drawing in which the element stands, where it is not the SOP itself."""


def overseen_offices(reader: Reader, officer: Officer) -> tuple[Office, ...]:
    """The offices whose steps an officer is told of. Raises NotYours for one who oversees none."""
    powers, known = reader.organisation.powers, reader.organisation.offices
    held = {each.office: each for each in officer.holdings if POWERS & powers.get(each.post, frozenset())}
    heads = {code for code in held if known[code].kind is OfficeKind.HEAD}
    if any("audit" in powers.get(each.post, ()) and each.office in heads for each in officer.holdings):
        return tuple(known[code] for code in sorted(known))
    if not held:
        posts = sorted(code for code, carried in powers.items() if POWERS & carried)
        raise NotYours(who=officer.name, act="oversee the work of an office", post=", ".join(posts))
    return tuple(known[code] for code in sorted(held))


def view_of(
    reader: Reader,
    officer: Officer,
    *,
    office: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    sop: str = "",
    element: str = "",
    process: str = "",
) -> View:
    """What the officer may count. Raises NotYours, and NotFound for an office that the officer does not oversee."""
    offices = tuple(each.code for each in overseen_offices(reader, officer))
    if office:
        if office not in offices:
            raise NotFound(what=f"office {office}")
        offices = (office,)
    return View(offices, since or BEGINNING, until or reader.at, sop, element, process)


def within(view: View, moment: Any) -> tuple[ColumnElement[bool], ...]:
    """The condition that a moment lies in the period."""
    return (moment >= view.since, moment < view.until)


def of_sop(
    view: View, *, case: ColumnElement[int], drawing: ColumnElement[str], element: ColumnElement[str]
) -> list[ColumnElement[bool]]:
    """The conditions that something done in a case, at an element of a drawing, belongs to the SOP and step of a view."""
    found: list[ColumnElement[bool]] = []
    if view.sop.startswith(MAP):
        run = select(cases.c.id).join(release, release.c.id == cases.c.release_id).where(release.c.code == view.sop)
        found.append(case.in_(run))
    elif view.sop:
        micros = [drawing.like(f"{view.sop}-__")] if MACRO.fullmatch(view.sop) else []
        found.append(or_(drawing == view.sop, *micros))
    if view.process:
        found.append(drawing == view.process)
    if view.element:
        found.append(element == view.element)
    return found

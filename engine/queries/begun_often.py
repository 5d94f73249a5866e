"""What an office begins most: what it is offered first."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from engine.queries.reader import Reader
from engine.storage.tables import case, participation, release

AMONG = 200
"""The newest cases of each office that are counted."""


def begun_often(reader: Reader, offices: Collection[str], *, most: int = 5) -> tuple[str, ...]:
    """The codes of the procedures that these offices began most among their newest cases, most first. Sub-cases began by themselves."""
    counted: dict[str, int] = {}
    for office in sorted(offices):
        newest = (
            select(participation.c.case_id)
            .where(participation.c.office == office)
            .order_by(participation.c.case_id.desc())
            .limit(AMONG)
        )
        found = (
            select(release.c.code, func.count())
            .join(case, case.c.release_id == release.c.id)
            .where(case.c.id.in_(newest), case.c.office == office, case.c.parent_id.is_(None))
            .group_by(release.c.code)
        )
        for code, times in reader.connection.execute(found):
            counted[code] = counted.get(code, 0) + times
    return tuple(sorted(counted, key=lambda code: (-counted[code], code)))[:most]

"""Published figures as rows. What was published is only ever read; what was prepared may be made anew until it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from engine.domain.figures import PREVENTION, Edition, EditionState, Made
from engine.storage.tables import case, figure_edition, release

COLUMNS = [each for each in figure_edition.c if each.name not in {"csv", "json", "published_by"}]
"""What a list needs: not the files themselves."""


class Figures:
    """All editions of all data sets."""

    def __init__(self, connection: Connection) -> None:
        """Use this transaction."""
        self._connection = connection

    def published(self, dataset: str, period: str) -> int:
        """The number of the newest published edition; 0 where there is none."""
        mine = (figure_edition.c.dataset == dataset) & (figure_edition.c.period == period)
        mine &= figure_edition.c.state == EditionState.PUBLISHED
        return self._connection.execute(select(func.max(figure_edition.c.edition)).where(mine)).scalar() or 0

    def prepare(self, made: Made, *, edition: int, reason: str, at: datetime) -> None:
        """Keep what was made, instead of whatever was prepared of it before."""
        mine = (figure_edition.c.dataset == made.dataset) & (figure_edition.c.period == made.period)
        stale = mine & (figure_edition.c.state == EditionState.PREPARED)
        self._connection.execute(delete(figure_edition).where(stale))
        row = {
            "dataset": made.dataset,
            "period": made.period,
            "edition": edition,
            "state": EditionState.PREPARED,
            "csv": made.csv,
            "json": made.json,
            "sha256": made.sha256,
            "rows": made.rows,
            "reason": reason,
            "made_at": at,
        }
        self._connection.execute(insert(figure_edition), row)

    def prepared(self, period: str) -> tuple[Edition, ...]:
        """What waits to be published of a period, by data set; nobody else publishes or prepares it meanwhile."""
        mine = (figure_edition.c.period == period) & (figure_edition.c.state == EditionState.PREPARED)
        found = select(*COLUMNS).where(mine).order_by(figure_edition.c.dataset).with_for_update()
        return tuple(edition_of(row) for row in self._connection.execute(found))

    def publish(self, numbers: Collection[int], *, by: int, at: datetime) -> None:
        """Put these at their addresses."""
        mine = figure_edition.c.id.in_(sorted(numbers))
        values = {"state": EditionState.PUBLISHED, "published_at": at, "published_by": by}
        self._connection.execute(update(figure_edition).where(mine).values(**values))


def edition_of(row: Any) -> Edition:
    """One as its row says it."""
    return Edition(
        row.id,
        row.dataset,
        row.period,
        row.edition,
        EditionState(row.state),
        row.sha256,
        row.rows,
        row.reason,
        row.made_at,
        row.published_at,
    )


def seal_of(editions: Sequence[Edition]) -> str:
    """What a person has looked at: the hashes of every file, so that nothing else is published in its stead."""
    return "-".join(sorted(f"{each.number}.{each.sha256[:12]}" for each in editions))


def is_prevented(connection: Connection, since: datetime, until: datetime) -> ColumnElement[bool]:
    """The condition that keeps the cases of which each is one departure that was prevented in this span.

    Left out are the parts of a case, and a case that takes a completed one up again.
    """
    rows = connection.execute(select(release.c.id, release.c.code, release.c.facts))
    codes = [each.id for each in rows if PREVENTION in (each.code, each.facts.get("variant_of"))]
    journeys = and_(case.c.parent_id.is_(None), case.c.follows_id.is_(None), case.c.release_id.in_(codes))
    return and_(journeys, case.c.opened_at >= since, case.c.opened_at < until)


def subjects_prevented(
    connection: Connection, since: datetime, until: datetime
) -> Sequence[tuple[int | None, datetime]]:
    """Of each such case, the person's row, where there is one, and when it was opened."""
    found = (
        select(case.c.subject_id, case.c.opened_at).where(is_prevented(connection, since, until)).order_by(case.c.id)
    )
    return [(row.subject_id, row.opened_at) for row in connection.execute(found)]

"""What the stored answers of closed questions are called: the label that the choice has in a published form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import select

from engine.domain.release import Choice, ReleaseState
from engine.queries.reader import Reader
from engine.storage.tables import release

Labels = Mapping[str, Mapping[str, str]]
"""Name of a question → stored value → label."""


def choice_labels(reader: Reader, told: Mapping[str, Collection[str]]) -> Labels:
    """The labels of these values, by the names of their questions. A value that no form offers has none.

    Releases in force are asked first; an older edition only for a value of a closed question that none of them offers
    any more, the latest first.
    """
    found: dict[str, dict[str, str]] = {}
    _gather(reader, _rows(reader, in_force=True), told, found)
    if _missing(told, found):
        _gather(reader, _rows(reader, in_force=False), told, found)
    return {name: {value: known[value] for value in told[name] if value in known} for name, known in found.items()}


def _gather(reader: Reader, rows: Iterable[int], told: Collection[str], found: dict[str, dict[str, str]]) -> None:
    for row in rows:
        for name, choice in _choices(reader, row):
            if name in told:
                found.setdefault(name, {}).setdefault(choice.value, choice.label)


def _choices(reader: Reader, row: int) -> Iterator[tuple[str, Choice]]:
    for activity in reader.release(row).activities.values():
        for asked in activity.form:
            for choice in asked.choices:
                yield asked.name, choice


def _missing(told: Mapping[str, Collection[str]], found: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether a question that has choices was answered with none of them."""
    return any(set(told[name]) - known.keys() - {""} for name, known in found.items())


def _rows(reader: Reader, *, in_force: bool) -> list[int]:
    state = release.c.state
    if in_force:
        wanted = select(release.c.id).where(state == ReleaseState.IN_FORCE).order_by(release.c.code)
    else:
        wanted = select(release.c.id).where(state != ReleaseState.IN_FORCE).order_by(release.c.id.desc())
    return list(reader.connection.execute(wanted).scalars())

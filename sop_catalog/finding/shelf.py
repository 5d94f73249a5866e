"""What one process of the program keeps in memory of the catalogue, renewed as soon as something else is in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from engine.notation import examine, read_kept
from engine.queries.in_force import numbers_in_force, own_drawings
from engine.queries.reader import Reader
from sop_catalog.finding.holdings import Held, held_of
from sop_catalog.finding.index import Index
from sop_catalog.finding.uses import Uses
from sop_catalog.storage import Draft, DraftRow


@dataclass(frozen=True, slots=True)
class Looked:
    """The catalogue at one moment."""

    index: Index
    uses: Uses


_Sign = tuple[frozenset[int], int]


class Shelf:
    """The index of the editions in force, and a small one of the drafts."""

    def __init__(self) -> None:
        self._lock, self._lock_of_drafts = Lock(), Lock()
        self._read: dict[int, Held] = {}
        self._sign: _Sign | None = None
        self._looked: Looked | None = None
        self._drafted: tuple[frozenset[tuple[int, int]], int] | None = None
        self._begun: dict[tuple[int, int], Held | None] = {}
        self._drafts: Index | None = None

    def in_force(self, reader: Reader, titles: Mapping[str, str]) -> Looked:
        """The index of what is in force now; `titles` says what posts are called. An edition is read once, since it never changes."""
        numbers = numbers_in_force(reader)
        sign = (numbers, hash(frozenset(titles.items())))
        with self._lock:
            if self._looked is None or self._sign != sign:
                self._read_new(reader, numbers)
                held = sorted((self._read[each] for each in numbers if each in self._read), key=lambda each: each.code)
                self._looked, self._sign = Looked(Index(held, titles), Uses(held)), sign
            return self._looked

    def _read_new(self, reader: Reader, numbers: frozenset[int]) -> None:
        for gone in self._read.keys() - numbers:
            del self._read[gone]
        for each in own_drawings(reader, numbers - self._read.keys()):
            self._read[each.number] = held_of(read_kept(each.drawing), each.code, each.title, edition=each.edition)

    def drafts(self, rows: Iterable[DraftRow], fetch: Callable[[int], Draft], titles: Mapping[str, str]) -> Index:
        """The index of these drafts; what cannot be read of a draft yet is not found. A version is read once.

        Who looks for what is in force does not wait for it.
        """
        versions = [(each.number, each.version) for each in rows]
        sign = (frozenset(versions), hash(frozenset(titles.items())))
        with self._lock_of_drafts:
            if self._drafts is None or self._drafted != sign:
                known = self._begun
                self._begun = {each: known[each] if each in known else _as_far(fetch(each[0])) for each in versions}
                self._drafts, self._drafted = Index(filter(None, self._begun.values()), titles), sign
            return self._drafts


def _as_far(draft: Draft) -> Held | None:
    """What a draft holds, as far as it can be read."""
    drawn = examine(draft.content).definitions
    return held_of(drawn, draft.code, draft.title, draft=draft.number) if drawn is not None else None

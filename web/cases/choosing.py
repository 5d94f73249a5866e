"""Which procedures a case can be begun of by hand: by area, maps before their macros, and the one that was come with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from engine.domain.release import Bound, Release, Whose
from engine.queries.begun_often import begun_often
from engine.queries.catalogue import ReleaseRow, catalogue
from sop_catalog import registers
from sop_catalog.procedure import Level, area_of, level_of
from web.identity import opens_cases, read


@dataclass(frozen=True, slots=True)
class Area:
    """One process area as far as the officer's posts open it."""

    code: str
    name: str
    """Empty for what no area of the register holds: a plain drawing under a code of its own."""
    maps: tuple[ReleaseRow, ...]
    macros: tuple[ReleaseRow, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is offered."""

    areas: tuple[Area, ...]
    often: tuple[ReleaseRow, ...] = ()
    """What the officer's offices begin most, most first."""
    wanted: ReleaseRow | None = None
    """What the officer came with, whatever its level; it stands apart and is chosen."""
    asked: tuple[str, ...] = ()
    """Which offices it must be told beside the one that opens it: `origin_office`, `destination_office`."""
    all_of_it: bool = True
    """Whether nothing was left out for the words that were looked for."""

    @property
    def first(self) -> str:
        """The code that is chosen from the beginning; none where it could be anything, lest a wrong case be opened."""
        only = self.areas[0] if len(self.areas) == 1 else None
        rows = [self.wanted, *self.often, *(only.maps or only.macros if only else ())]
        return next((each.code for each in rows if each is not None), "")

    @property
    def apart(self) -> tuple[ReleaseRow, ...]:
        """What stands before the areas, and not in them again."""
        return (self.wanted,) if self.wanted is not None else self.often


def choices(wanted: str, words: str, offices: Collection[str]) -> Choice:
    """What the officer's posts open. `wanted` is a code; of what stands in lists, each of the words must be in title or code.
    `offices` are those whose habits count.

    Lists hold maps and macros. A micro is begun by itself from its own page only. A variant is begun as what it stands in for.
    """
    rows = [each for each in read(catalogue) if opens_cases(each.code) and not each.facts.get("variant_of")]
    found = next((each for each in rows if each.code == wanted), None)
    sought = words.casefold().split()
    known = {each.code: each for each in rows if level_of(each.code) is not Level.MICRO}
    listed = [each for each in known.values() if all(word in f"{each.title} {each.code}".casefold() for word in sought)]
    often = () if sought else tuple(known[code] for code in read(begun_often, offices) if code in known)
    asked = _asked(read(lambda reader: reader.release(found.number))) if found else ()
    return Choice(tuple(_by_area(listed)), often, found, asked, all_of_it=not sought)


def _asked(release: Release) -> tuple[str, ...]:
    """The offices that its lanes mean and that no form of it asks for: something else would have told them."""
    steps = release.activities.values()
    meant = {each.performer.whose for each in steps if each.performer}
    told = {field.name for each in steps for field in each.form if field.bound is Bound.CASE}
    needs = {Whose.ORIGIN: "origin_office", Whose.DESTINATION: "destination_office"}
    return tuple(name for whose, name in needs.items() if whose in meant and name not in told)


def _by_area(rows: Iterable[ReleaseRow]) -> list[Area]:
    found: dict[str, list[ReleaseRow]] = {each.code: [] for each in registers.areas()}
    for each in rows:
        found.setdefault(area_of(each.code), []).append(each)
    names = {each.code: each.name for each in registers.areas()}
    return [Area(code, names.get(code, ""), *_by_level(held)) for code, held in found.items() if held]


def _by_level(rows: Sequence[ReleaseRow]) -> tuple[tuple[ReleaseRow, ...], tuple[ReleaseRow, ...]]:
    """Maps and macros."""
    maps = tuple(each for each in rows if level_of(each.code) is Level.MAP)
    return maps, tuple(each for each in rows if each not in maps)

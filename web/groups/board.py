"""The board of a group as a page shows it: who stands where, sieved by stage, step and mark, fifty to a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext

from engine.queries.groups import Board, BoardItem, BoardRow, Face
from engine.queries.pages import place_of
from engine.queries.together import MOST
from web.admitting import age
from web.language import gettext, local, ngettext
from web.remaining import remaining

_ = lazy_gettext

MARKS = ("anak", "sakit", "disabilitas", "hasil_penapisan", "simpulan_indikator")
"""Facts that a mark is made of."""
SIGNS = {
    "anak": _("child"),
    "sakit": _("ill"),
    "disabilitas": _("with a disability"),
    "terindikasi": _("signs of trafficking"),
    "kembar": _("perhaps known"),
}
"""What a mark is called."""
INDICATED = {"terindikasi", "tiga_unsur", "anak_dua_unsur"}
"""What the screening found: its result, or as long as there is none, what its indicators say."""
LENGTH = 50
"""People on one page."""
SEXES = {"perempuan": _("woman"), "laki-laki": _("man")}


@dataclass(frozen=True, slots=True)
class Sieve:
    """What of the board is shown; all of it stands in the address, and none of it is about a person."""

    stage: str = ""
    step: str = ""
    """`process/element`."""
    mark: str = ""
    all: bool = False
    """Whether everybody who can be chosen is chosen, on other pages too."""
    after: int = 0
    """The place in the group after which the page begins."""
    stages: tuple[tuple[str, int], ...] = ()
    """Each stage with how many stand in it, in the order in which the first person reached it."""
    marks: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, str], people: Sequence[BoardRow]) -> Sieve:
        """Read it out of an address."""
        stages = Counter(_stage(each) for each in people)
        marks = Counter(mark for each in people for mark in marks_of(each))
        return cls(
            given.get("stage", "")[:200],
            given.get("step", "")[:200],
            given.get("mark", "") if given.get("mark", "") in SIGNS else "",
            given.get("all") == "1",
            place_of(given.get("after")),
            tuple(stages.items()),
            tuple((mark, marks[mark]) for mark in SIGNS if marks[mark]),
        )

    def given(self, **changed: str) -> dict[str, str]:
        """The address of the same board with something changed, from its first page."""
        now = {"stage": self.stage, "step": self.step, "mark": self.mark} | changed
        return {name: value for name, value in now.items() if value}


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of the people whom the sieve keeps."""

    kept: tuple[BoardRow, ...]
    """All of them, in the order in which they came."""
    rows: tuple[BoardRow, ...]
    first: int
    """Which of them begins the page, from 1."""
    back: int | None
    """What the page before begins after; None on the first."""
    following: int | None
    """The same of the next; None on the last."""

    @property
    def last(self) -> int:
        """Which of them ends the page."""
        return self.first + len(self.rows) - 1


def sieved(found: Board, sieve: Sieve) -> Shown:
    """The people of one page. It follows a place in the group, so that nobody who joins moves it."""
    kept = tuple(each for each in found.people if _keeps(sieve, each))
    begins = sum(1 for each in kept if each.place <= sieve.after)
    rows = kept[begins : begins + LENGTH]
    before = kept[: max(begins - LENGTH, 0)]
    return Shown(
        kept,
        rows,
        begins + 1,
        (before[-1].place if before else 0) if begins else None,
        rows[-1].place if begins + LENGTH < len(kept) else None,
    )


def _keeps(sieve: Sieve, each: BoardRow) -> bool:
    if sieve.stage and _stage(each) != sieve.stage:
        return False
    if sieve.step and not _items(sieve, each):
        return False
    return not sieve.mark or sieve.mark in marks_of(each)


def _items(sieve: Sieve, each: BoardRow) -> list[BoardItem]:
    return [item for item in each.items if not sieve.step or step_of(item) == sieve.step]


def choosable(sieve: Sieve, kept: Sequence[BoardRow]) -> list[str]:
    """What everybody who can be chosen at a step is chosen by, as many as may be worked on at once."""
    firsts = [_items(sieve, each)[0] for each in kept] if sieve.step else []
    return [f"{item.item}:{item.version}" for item in firsts if _can(item)][:MOST]


def rows_of(found: Board, shown: Shown, sieve: Sieve, faces: Mapping[int, Face]) -> list[dict[str, Any]]:
    """The rows of the page, each with the item that it can be chosen by."""
    on = local(found.event.found_at or found.event.opened_at).date()
    return [
        _row(each, label_of(each.place, faces.get(each.place, Face()), on), _items(sieve, each)) for each in shown.rows
    ]


def steps_of(people: Sequence[BoardRow]) -> list[tuple[str, str, int]]:
    """Each step at which somebody stands: its place, its name, how many items of it wait."""
    counted = Counter((step_of(item), item.name) for each in people for item in each.items)
    return [(place, name, count) for (place, name), count in counted.most_common()]


def marks_of(row: BoardRow) -> tuple[str, ...]:
    """What an officer should see at a glance."""
    marks = [name for name in ("anak", "sakit", "disabilitas") if row.facts.get(name) is True]
    if (row.facts.get("hasil_penapisan") or row.facts.get("simpulan_indikator")) in INDICATED:
        marks.append("terindikasi")
    return (*marks, "kembar") if row.alike else tuple(marks)


def step_of(item: BoardItem) -> str:
    """Where an item stands, as an address says it."""
    return f"{item.process}/{item.element}"


def label_of(place: int, face: Face, on: date) -> str:
    """`Orang ke-7, perempuan, 24`: enough to tell people apart, not to know them."""
    said = [gettext("Person %(place)s", place=place)]
    if face.sex:
        said.append(str(SEXES.get(face.sex, face.sex)))
    try:
        years = age(date.fromisoformat(face.born), on) if face.born else None
    except ValueError:
        years = None
    if years is not None:
        said.append(ngettext("%(num)s year", "%(num)s years", years))
    return ", ".join(said)


def _row(each: BoardRow, label: str, items: Sequence[BoardItem]) -> dict[str, Any]:
    return {
        "place": each.place,
        "label": label,
        "case": each.case,
        "state": each.state.value,
        "stage": each.stage,
        "marks": [(mark, str(SIGNS[mark])) for mark in marks_of(each)],
        "alike": each.alike,
        "waiting": [_item(item) for item in items],
        "courses": [(title, state.value) for title, state in each.courses],
    }


def _item(item: BoardItem) -> dict[str, Any]:
    return {
        "number": item.item,
        "version": item.version,
        "name": item.name,
        "case": item.case,
        "holder": gettext("you") if item.mine else item.holder,
        "can": _can(item),
        "left": remaining(item.left, item.due_at, item.clock),
    }


def _can(item: BoardItem) -> bool:
    """Whether the officer may take it, or has it already."""
    return item.may and (item.mine or not item.holder)


def _stage(each: BoardRow) -> str:
    return each.stage if each.state.value == "running" else each.state.value

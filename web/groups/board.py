"""The board of a group as a page shows it: who stands where, sieved by stage, step and mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext

from engine.queries.groups import Board, BoardItem, BoardRow
from web.admitting import age
from web.language import gettext, local, ngettext
from web.remaining import remaining

_ = lazy_gettext

MARKS = ("anak", "sakit", "hamil", "disabilitas", "hasil_penapisan", "simpulan_indikator")
"""Facts that a mark is made of."""
SIGNS = {
    "anak": _("child"),
    "sakit": _("ill"),
    "hamil": _("pregnant"),
    "disabilitas": _("with a disability"),
    "terindikasi": _("signs of trafficking"),
    "kembar": _("perhaps known"),
}
"""What a mark is called."""
INDICATED = {"terindikasi", "tiga_unsur", "anak_dua_unsur"}
"""What the screening found: its result, or as long as there is none, what its indicators say."""
SEXES = {"perempuan": _("woman"), "laki-laki": _("man")}


@dataclass(frozen=True, slots=True)
class Sieve:
    """What of the board is shown; all of it stands in the address, and none of it is about a person."""

    stage: str = ""
    step: str = ""
    """`process/element`."""
    mark: str = ""
    all: bool = False
    """Whether everybody shown who can be chosen is chosen."""
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
            tuple(stages.items()),
            tuple((mark, marks[mark]) for mark in SIGNS if marks[mark]),
        )

    def given(self, **changed: str) -> dict[str, str]:
        """The address of the same board with something changed."""
        now = {"stage": self.stage, "step": self.step, "mark": self.mark} | changed
        return {name: value for name, value in now.items() if value}


def sieved(found: Board, sieve: Sieve) -> list[dict[str, Any]]:
    """The rows of the page, each with the item that it can be chosen by."""
    rows = []
    for each in found.people:
        marks = marks_of(each)
        items = [item for item in each.items if not sieve.step or step_of(item) == sieve.step]
        wrong_stage = sieve.stage and _stage(each) != sieve.stage
        if wrong_stage or (sieve.step and not items) or (sieve.mark and sieve.mark not in marks):
            continue
        rows.append(_row(found, each, marks, items))
    return rows


def steps_of(people: Sequence[BoardRow]) -> list[tuple[str, str, int]]:
    """Each step at which somebody stands: its place, its name, how many items of it wait."""
    counted = Counter((step_of(item), item.name) for each in people for item in each.items)
    return [(place, name, count) for (place, name), count in counted.most_common()]


def marks_of(row: BoardRow) -> tuple[str, ...]:
    """What an officer should see at a glance."""
    marks = [name for name in ("anak", "sakit", "hamil", "disabilitas") if row.facts.get(name) is True]
    if (row.facts.get("hasil_penapisan") or row.facts.get("simpulan_indikator")) in INDICATED:
        marks.append("terindikasi")
    return (*marks, "kembar") if row.alike else tuple(marks)


def step_of(item: BoardItem) -> str:
    """Where an item stands, as an address says it."""
    return f"{item.process}/{item.element}"


def label_of(row: BoardRow, on: date) -> str:
    """`Orang ke-7, perempuan, 24`: enough to tell people apart, not to know them."""
    said = [gettext("Person %(place)s", place=row.place)]
    if row.sex:
        said.append(str(SEXES.get(row.sex, row.sex)))
    try:
        years = age(date.fromisoformat(row.born), on) if row.born else None
    except ValueError:
        years = None
    if years is not None:
        said.append(ngettext("%(num)s year", "%(num)s years", years))
    return ", ".join(said)


def _row(found: Board, each: BoardRow, marks: tuple[str, ...], items: Sequence[BoardItem]) -> dict[str, Any]:
    seen = found.event.found_at or found.event.opened_at
    return {
        "place": each.place,
        "label": label_of(each, local(seen).date()),
        "case": each.case,
        "state": each.state.value,
        "stage": each.stage,
        "marks": [(mark, str(SIGNS[mark])) for mark in marks],
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
        "can": item.may and (item.mine or not item.holder),
        "left": remaining(item.left, item.due_at, item.clock),
    }


def _stage(each: BoardRow) -> str:
    return each.stage if each.state.value == "running" else each.state.value

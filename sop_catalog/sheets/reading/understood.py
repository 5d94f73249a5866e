"""What became of a sheet: its lines as they were understood, and what is still to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from engine.domain.finding import Finding
from engine.domain.release import Allowance
from sop_catalog.sheets.reading.asking import Question
from sop_catalog.sheets.table import Table

END: Final = "selesai"
"""Where a line leads that is the last on its way."""
_BULLET = re.compile(r"^\s*(?:[-•*–]|\d{1,2}[.)]|[a-z][.)])\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table as it was understood so far."""

    row: int
    """On the sheet, counted from 1."""
    id: str
    number: int
    activity: str
    performer: str = ""
    """The key of a lane; empty while it is open."""
    outside: str = ""
    """Who does it, where that is somebody outside the agency and the performer only records it."""
    decides: bool = False
    requirements: tuple[str, ...] = ()
    allowance: Allowance | None = None
    time: str = ""
    """As written."""
    output: str = ""
    note: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    """What follows: (answer or empty, id of a line or `selesai`); the next line where it is empty."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What became of a sheet: its lines, what is still to be asked, and the table once nothing is."""

    lines: tuple[Line, ...]
    questions: tuple[Question, ...]
    """Every question, answered or not, so that an answer can be changed."""
    aside: tuple[str, ...] = ()
    """Texts below and between the lines that belong to none: shown, so that nothing is lost unseen."""
    table: Table | None = None
    complaints: tuple[Finding, ...] = ()
    title: str = ""
    """As the sheet says itself; empty where it does not."""
    returned: bool = False
    """Whether it was printed here, so that what the paper does not show is kept."""

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that have no answer yet."""
        return tuple(each for each in self.questions if not each.answer)


def listed(text: str) -> tuple[str, ...]:
    """Part a cell into what it lists: by lines, semicolons and bullets."""
    parts = (_BULLET.sub("", each).strip(" .") for each in re.split(r"[\n;]", text))
    return tuple(each for each in parts if each and each not in {"-", "–"})

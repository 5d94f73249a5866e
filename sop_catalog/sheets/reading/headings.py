"""Finds the columns of a table of steps by their Indonesian headings, which may lie over two rows and over several columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sop_catalog.errors import NotATable
from sop_catalog.sheets.reading.grid import refused

_WORDS: Final = (
    ("number", re.compile(r"no|nomor|no urut")),
    ("performer", re.compile(r"(?:para )?pelaksana.*|aktor|penanggung ?jawab")),
    ("activity", re.compile(r"(?:uraian )?(?:kegiatan|aktivitas|aktifitas|langkah|prosedur|tahap(?:an)?).*|uraian.*")),
    ("requirements", re.compile(r"(?:kelengkapan|persyaratan|syarat|bahan).*")),
    ("time", re.compile(r"waktu.*|lama.*|durasi.*")),
    ("output", re.compile(r"output.*|keluaran.*|hasil.*")),
    ("note", re.compile(r"keterangan.*|ket|catatan.*")),
)
_FEWEST: Final = 3
"""Columns of a table of steps."""
HEIGHT: Final = 3
"""Rows of headings at most: over two rows, and the numbers of the columns."""
_NUMBERED: Final = re.compile(r"\(?\d{1,2}\)?")


@dataclass(frozen=True, slots=True)
class Headings:
    """Which column says what, and the first row below them."""

    columns: dict[str, int]
    performers: dict[int, str]
    """Column → what stands over it; empty where one column names the performer of each row."""
    below: int
    begins: int = 0
    """Their first row: what stands above belongs to the identity part."""
    said: dict[str, str] = field(default_factory=dict)
    """What stands over each column."""


def has_heading(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table of steps begins somewhere on these rows."""
    return find_headings(rows) is not None


def find_headings(rows: Sequence[Sequence[str]]) -> Headings | None:
    """Return the headings of the first table of steps, None where there is none."""
    for at, row in enumerate(rows):
        said = {word_of(each) for each in row}
        next_row = rows[at + 1] if at + 1 < len(rows) else ()
        both = said | {word_of(each) for each in next_row}
        if (
            "activity" in said
            and both & {"performer", "time", "output", "requirements"}
            and len(both - {""}) >= _FEWEST
        ):
            return _columns(rows, at)
    return None


def another_table(row: int) -> NotATable:
    """Return the refusal of a sheet on which a second table of steps begins."""
    return refused("table", "Another table of steps begins in row {row}. Keep one of them in the file.", row=row + 1)


def word_of(text: str) -> str:
    """Return which heading a text is, empty where it is none."""
    plain = re.sub(r"[^a-z ]+", " ", text.lower())
    plain = " ".join(plain.split())
    return next((word for word, pattern in _WORDS if pattern.fullmatch(plain)), "")


def is_number(text: str) -> bool:
    """Whether a cell says the number of a row: `3`, `3.` or `(3)`."""
    return bool(_NUMBERED.fullmatch(text.rstrip(".")))


def _columns(rows: Sequence[Sequence[str]], at: int) -> Headings:
    top = list(rows[at])
    second = list(rows[at + 1]) if at + 1 < len(rows) else []
    activity = next(column for column, each in enumerate(top) if word_of(each) == "activity")
    has_second = any(second) and not (second[activity] if activity < len(second) else "") and not _is_step(top, second)
    below = at + (2 if has_second else 1)
    if below < len(rows) and _is_numbering(rows[below]):
        below += 1
    columns: dict[str, int] = {}
    performers: dict[int, str] = {}
    over = ""
    for column in range(max(len(top), len(second) if has_second else 0)):
        over = top[column] if column < len(top) and top[column] else over
        under = second[column] if has_second and column < len(second) else ""
        word = word_of(under) if word_of(over) != "performer" else ""
        if word_of(over) == "performer" and under:
            performers[column] = " ".join(under.split())
        elif word or (column < len(top) and top[column]):
            columns.setdefault(word or word_of(top[column]), column)
    columns.pop("", None)
    if not performers and "performer" not in columns:
        performers = _unnamed(top, columns)
    if performers:
        columns.pop("performer", None)
    both = [top, second] if has_second else [top]
    said = {word: " ".join(row[column] for row in both if column < len(row)) for word, column in columns.items()}
    return Headings(columns, performers, below, at, said)


def _unnamed(top: Sequence[str], columns: dict[str, int]) -> dict[int, str]:
    """Return the columns between what is done and what it needs, over which stands nothing but who does it."""
    beyond = min((columns[each] for each in ("requirements", "time", "output") if each in columns), default=0)
    between = range(columns["activity"] + 1, beyond)
    return {at: " ".join(top[at].split()) for at in between if at < len(top) and top[at] and not word_of(top[at])}


def _is_step(top: Sequence[str], row: Sequence[str]) -> bool:
    number = next((column for column, each in enumerate(top) if word_of(each) == "number"), None)
    return number is not None and number < len(row) and is_number(row[number])


def _is_numbering(row: Sequence[str]) -> bool:
    """Whether a row does nothing but number the columns: 1, 2, 3 …"""
    said = [each for each in row if each]
    numbers = [each.strip("()") for each in said]
    return (
        len(said) >= _FEWEST
        and all(_NUMBERED.fullmatch(each) for each in said)
        and numbers == [str(at + int(numbers[0])) for at in range(len(said))]
    )

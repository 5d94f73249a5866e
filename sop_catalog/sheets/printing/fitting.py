"""Brings a form's texts to what a page can hold: a cell that would be higher than a page goes on in an annex, and words
that are too long for an arrow are said in the column *Keterangan*. Nothing is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Final

from sop_catalog.sheets.form import Form, FormRow, FormWay
from sop_catalog.sheets.printing.paper import Paper, Widths
from sop_catalog.sheets.wording import numbered

LETTER: Final = 1.5
"""Millimetres: a little more than a letter is wide on average."""
LINE: Final = 3.6
LONGEST_LABEL: Final = 48
"""Characters of what is written on an arrow."""
_WIDE_LETTER: Final = 1.75
_WORD: Final = re.compile(r"(\s+)")
_SOFT: Final = "\u00ad"
"""A soft hyphen: seen only where a line ends."""
GOES_ON: Final = " … (lanjutan pada lampiran)"
"""Ends what was cut off."""


@dataclass(frozen=True, slots=True)
class Annexed:
    """A text that did not fit, whole."""

    title: str
    text: str


def fit(form: Form, paper: Paper, widths: Widths) -> tuple[Form, tuple[Annexed, ...]]:
    """Return the form with texts that fit, and those that did not."""
    lines = int((paper.tall - 75) / LINE)
    annex: list[Annexed] = []
    rows = tuple(_fit(short_labels(each), widths, lines, annex) for each in form.rows)
    return replace(form, rows=rows), tuple(annex)


def soft(text: str, width: float) -> str:
    """Let words be parted that are wider than their column, and no others."""
    most = max(int((width - 2) / _WIDE_LETTER), 4)
    words = _WORD.split(text.replace("\t", " "))
    return "".join(_SOFT.join(wrap(each, most // 2)) if len(each) > most else each for each in words)


def _fit(row: FormRow, widths: Widths, lines: int, annex: list[Annexed]) -> FormRow:
    name = f"Langkah {row.number}" if row.number else row.activity[:60]

    def cut(text: str, width: float, column: str, share: float = 1, whole: str = "") -> str:
        letters = int((width - 2) / LETTER * lines * share)
        used = sum(max(1, -(-len(line) * LETTER // (width - 2))) for line in text.split("\n")) if text else 0
        if used <= lines * share:
            return text
        annex.append(Annexed(f"{name}, kolom {column}", whole or text))
        kept = text[: max(letters - 80, 40)]
        kept = "\n".join(kept.split("\n")[: max(int(lines * share * 0.5), 1)])
        return kept.rsplit(" ", 1)[0] + GOES_ON

    needs = "\n".join(row.requirements)
    wants = cut(needs, widths.requirements - 3.2, "Kelengkapan", whole="\n".join(numbered(row.requirements)))
    share = 0.6 if row.instruction else 1
    return replace(
        row,
        activity=cut(row.activity, widths.activity, "Kegiatan", share),
        instruction=cut(row.instruction, widths.activity, "Kegiatan (uraian)", 0.4),
        requirements=row.requirements if wants == needs else tuple(wants.split("\n")),
        output=cut(row.output, widths.output, "Output"),
        note=cut(row.note, widths.note, "Keterangan"),
    )


def short_labels(row: FormRow) -> FormRow:
    """Put letters on arrows whose words are too long, and say in the remarks what they mean."""
    long = [each.label for each in row.ways if len(each.label) > LONGEST_LABEL]
    if not long:
        return row
    letters = {label: f"({chr(ord('a') + at)})" for at, label in enumerate(dict.fromkeys(long))}
    said = [f"{letter} {label}" for label, letter in letters.items()]
    ways = tuple(FormWay(each.to, letters.get(each.label, each.label)) for each in row.ways)
    return replace(row, ways=ways, note="\n".join(filter(None, (row.note, *said))))

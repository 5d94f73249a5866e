"""The printed sheet as PDF: landscape, tagged (PDF/UA-1), set with the fonts that come with the typesetter. The same input
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import groupby
from typing import Any, Final

import typst

from sop_catalog.sheets.form import Form
from sop_catalog.sheets.printing.fitting import soft
from sop_catalog.sheets.printing.measuring import (
    FOLDER,
    TURNED,
    Planned,
    as_json,
    beside,
    page_of,
    planned,
    told,
    typed,
    widths_of,
)
from sop_catalog.sheets.printing.packing import NEVER
from sop_catalog.sheets.printing.paper import F4, Paper
from sop_catalog.sheets.printing.plan import SIDE_LABEL, Connector, Mark, Page, Placed

_SHORT: Final = 4
"""Characters of page numbers that leave room for the word *hlm.*"""


def write_pdf(form: Form, paper: Paper = F4) -> bytes:
    """Print one form."""
    return typeset(planned([form], paper), title=f"SOP {form.code.upper()} {form.title}", author=form.identity.agency)


def typeset(sheets: Sequence[Planned], *, title: str, author: str, book: Mapping[str, Any] | None = None) -> bytes:
    """Make the PDF of forms that are planned, with a book's front where one is given.

    Where the typesetter cannot promise PDF/UA, as for a letter that no font of its own has (it is an empty box then), the
    file is tagged all the same but does not claim it.
    """
    compiled = _compile(_data(sheets, title, author, book))
    try:
        made = compiled(format="pdf", pdf_standards="ua-1", timestamp=NEVER)
    except typst.TypstError:
        made = compiled(format="pdf", timestamp=NEVER)
    return bytes(made) if isinstance(made, bytes | bytearray) else b"".join(made or [])


def _compile(data: Mapping[str, Any]) -> Any:
    return partial(
        typst.compile,
        str(FOLDER / "sheet.typ"),
        root=str(FOLDER),
        ignore_system_fonts=True,
        sys_inputs={"data": as_json(data)},
    )


def _data(sheets: Sequence[Planned], title: str, author: str, book: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "title": title,
        "author": author,
        "paper": page_of(sheets[0].paper),
        "turned": TURNED,
        "book": book,
        "sheets": [_sheet(each, at) for at, each in enumerate(sheets)],
    }


def _sheet(whole: Planned, at: int) -> dict[str, Any]:
    return {
        **told(whole.form, whole.widths),
        "widths": widths_of(whole.widths),
        "head": whole.head,
        **beside(at, whole.paper, whole.annex, whole.count),
        "flow": [_page(each, whole) for each in whole.pages],
    }


def _page(page: Page, whole: Planned) -> dict[str, Any]:
    form = whole.form
    marks = {each.row: each for each in page.marks}
    columns = {each.key: at for at, each in enumerate(form.performers)}
    return {
        "number": page.number,
        "top": page.top,
        "rows": [_row(each, marks[each.row.id], columns.get(each.row.performer, 0), whole) for each in page.rows],
        "lines": [{"points": each.points, "headed": each.headed} for each in page.lines],
        "words": [{**asdict(each), "text": soft(each.text, SIDE_LABEL + 6)} for each in page.words],
        "connectors": [
            {"letter": each.letter, "x": each.x, "y": each.y, "says": says(each), "low": each.y > page.bottom}
            for each in page.connectors
        ],
    }


def _row(placed: Placed, mark: Mark, column: int, whole: Planned) -> dict[str, Any]:
    return {
        **typed(placed.row, whole.form, whole.widths),
        "y": placed.y,
        "height": placed.height,
        "column": column,
        "mark": {"y": mark.y, "width": mark.width, "height": mark.height},
    }


def says(connector: Connector) -> str:
    """`ke hlm. 3`: where an off-page connector leads to or comes from."""
    way, pages = "ke" if connector.out else "dari", spans(connector.pages)
    return f"{way} hlm. {pages}" if len(pages) <= _SHORT else f"{way} {pages}"


def spans(pages: Sequence[int]) -> str:
    """`2–4, 7`: page numbers, those that follow each other as one."""
    groups = [[number for _, number in each] for _, each in groupby(enumerate(pages), lambda each: each[1] - each[0])]
    return ", ".join(f"{each[0]}–{each[-1]}" if len(each) > 2 else ", ".join(map(str, each)) for each in groups)  # noqa: PLR2004

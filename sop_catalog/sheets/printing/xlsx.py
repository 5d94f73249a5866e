"""The sheet as a workbook: the same table and pages as on paper, its symbols as flowchart shapes on the performers' columns.
Cells and shapes can be edited; a hidden worksheet says which row is which element, so that it is read back without questions.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sop_catalog.sheets.form import Form
from sop_catalog.sheets.printing.carried import HEADINGS, HIDDEN, carried_rows, shape_name
from sop_catalog.sheets.printing.measuring import (
    LISTS,
    Planned,
    alternative,
    identity_of,
    mark_of,
    planned,
    row_of,
)
from sop_catalog.sheets.printing.packing import NEVER, packed_again
from sop_catalog.sheets.printing.paper import A4, F4, Paper
from sop_catalog.sheets.printing.pdf import says
from sop_catalog.sheets.printing.plan import Line, Mark, Page
from sop_catalog.sheets.printing.shapes import (
    OFF_PAGE,
    PRESETS,
    A,
    bare,
    box_of,
    emu,
    frame,
    led,
    polyline,
    preset_of,
    said,
    solid,
)
from sop_catalog.sheets.wording import numbered

NAME: Final = "SOP"
"""The visible worksheet."""
_XDR: Final = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TOP, _LEFT, _BOTTOM, _RIGHT = range(4)
"""The places of a shape that arrows hold on to, in the order of DrawingML."""
_PIXEL: Final = 25.4 / 96
_POINT: Final = 25.4 / 72
_A4_PAPER, _FOLIO_PAPER = 9, 14


def write_xlsx(form: Form, paper: Paper = F4) -> bytes:
    """Write one form as a workbook; the same bytes for the same form."""
    whole = planned([form], paper)[0]
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": f"SOP {form.code.upper()} {form.title}", "author": form.identity.agency, "created": NEVER}
    )
    book.set_custom_property("lajur:code", form.code)
    writer = _Writer(book, whole)
    writer.write()
    _hide(book, form, writer.lines)
    book.close()
    # the drawing stands in place of the one that made room for it
    return packed_again(made.getvalue(), {"xl/drawings/drawing1.xml": writer.drawing()})


class _Writer:
    """One visible worksheet, from the first line to the last."""

    def __init__(self, book: xlsxwriter.Workbook, whole: Planned) -> None:
        self.whole = whole
        self.form = whole.form
        self.sheet: Worksheet = book.add_worksheet(NAME)
        self.widths = [max(round(each / _PIXEL), 8) for each in whole.widths.all]
        self.heights: list[float] = []
        self.lines: dict[str, int] = {}
        self.breaks: list[int] = []
        self.parts: list[str] = []
        self.at = 0
        plain = {"font_name": "Calibri", "font_size": 8, "text_wrap": True, "valign": "vcenter"}
        self.formats: dict[str, Format] = {
            "text": book.add_format({**plain, "border": 1}),
            "middle": book.add_format({**plain, "border": 1, "align": "center"}),
            "small": book.add_format({**plain, "border": 1, "font_size": 7}),
            "head": book.add_format({**plain, "border": 1, "bold": True, "align": "center", "bg_color": "#E8E8E8"}),
            "turned": book.add_format(
                {**plain, "border": 1, "bold": True, "align": "center", "bg_color": "#E8E8E8", "rotation": 90}
            ),
            "bold": book.add_format({**plain, "bold": True}),
            "big": book.add_format({**plain, "border": 1, "bold": True, "font_size": 12, "align": "center"}),
            "top": book.add_format({**plain, "border": 1, "valign": "top"}),
            "bare": book.add_format(plain),
        }

    def write(self) -> None:
        for at, width in enumerate(self.widths):
            self.sheet.set_column_pixels(at, at, width)
        self.identity()
        for page in self.whole.pages:
            self.breaks.append(self.at)
            self.page(page)
        for each in self.whole.annex:
            self.line(30)
            self.sheet.merge_range(
                self.at - 1, 0, self.at - 1, len(self.widths) - 1, f"{each.title}: {each.text}", self.formats["top"]
            )
        self.sheet.insert_textbox(0, 0, "", {"width": 1, "height": 1})
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4_PAPER if self.whole.paper is A4 else _FOLIO_PAPER)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.4)
        self.sheet.set_h_pagebreaks(self.breaks)
        self.sheet.set_footer(f"&L{self.form.code.upper()}&RHalaman &P dari &N")

    def line(self, millimetres: float) -> int:
        """Begin a new line of a height; return its place."""
        points = round(min(millimetres / _POINT, 409) * 4 / 3) * 3 / 4
        self.heights.append(points * _POINT)
        self.sheet.set_row(self.at, points)
        self.at += 1
        return self.at - 1

    def identity(self) -> None:
        """Two halves, as on paper: the agency left, number, dates and signature right, then three pairs of lists."""
        own = identity_of(self.form)
        last = len(self.widths) - 1
        half = next(at for at, right in enumerate(accumulate(self.widths)) if right * 2 >= sum(self.widths))
        half = min(max(half, 1), last - 2)
        at = self.line(6)
        self.sheet.write_string(at, 0, f"{self.form.code.upper()}   {mark_of(self.form)}".strip(), self._unwrapped())
        fields = [
            ("NOMOR SOP", own["number"], 6),
            ("TGL. PEMBUATAN", own["made_on"], 6),
            ("TGL. REVISI", own["revised_on"], 6),
            ("TGL. EFEKTIF", own["effective_on"], 6),
            ("DISAHKAN OLEH", f"{own['post'] or '(jabatan)'}\n\n\n\n{own['name']}\nNIP {own['nip']}", 30),
            ("NAMA SOP", self.form.title.upper(), 9),
        ]
        first = self.at
        for name, value, tall in fields:
            at = self.line(tall)
            self.merge(at, half + 1, at, half + 1, name, "text")
            self.merge(at, half + 2, at, last, value, "middle" if name == "DISAHKAN OLEH" else "text")
        agency = "\n".join(filter(None, (own["agency"].upper(), own["unit"].upper(), own["area"], own["kinds"])))
        self.merge(first, 0, self.at - 1, half, agency, "big")
        for left, one, right, other in LISTS:
            at = self.line(4.2 * (max(self._lines(own[one]), self._lines(own[other])) + 1) + 2)
            self.merge(at, 0, at, half, _part(left, own[one]), "top")
            self.merge(at, half + 1, at, last, _part(right, own[other]), "top")

    def _lines(self, texts: Sequence[str]) -> int:
        return sum(1 + len(each) // 85 for each in texts)

    def _unwrapped(self) -> Format:
        self.formats["bold"].set_text_wrap(False)
        return self.formats["bold"]

    def merge(self, top: int, left: int, bottom: int, right: int, text: str, kind: str) -> None:
        """Write into one cell or several that become one."""
        if (top, left) == (bottom, right):
            self.sheet.write_string(top, left, text, self.formats[kind])
        else:
            self.sheet.merge_range(top, left, bottom, right, text, self.formats[kind])

    def page(self, page: Page) -> None:
        """The head, a strip where arrows come from other pages, and the rows; then what is drawn over them."""
        begins = self.at
        self.head()
        if page.top > self.whole.head:
            self.line(page.strip)
        for placed in page.rows:
            at = self.line(placed.height)
            self.lines[placed.row.id] = at
            self.row(at, row_of(placed.row, self.form))
        self.line(page.strip)
        self.draw(page, begins)

    def head(self) -> None:
        count = self.whole.widths.count
        top = self.line(6)
        low = self.line(self.whole.head - 6)
        after = 2 + count
        self.merge(top, 0, low, 0, "No.", "head")
        self.merge(top, 1, low, 1, "Kegiatan", "head")
        self.merge(top, 2, top, after - 1, "Pelaksana", "head")
        self.merge(top, after, top, after + 2, "Mutu Baku", "head")
        self.merge(top, after + 3, low, after + 3, "Keterangan", "head")
        for at, each in enumerate(self.form.performers, 2):
            self.merge(low, at, low, at, each.name, "turned" if self.whole.widths.turned else "head")
        for at, name in enumerate(("Kelengkapan", "Waktu", "Output"), after):
            self.merge(low, at, low, at, name, "head")

    def row(self, at: int, row: dict[str, Any]) -> None:
        after = 2 + self.whole.widths.count
        if row["number"]:
            self.sheet.write_number(at, 0, int(row["number"].rstrip(".")), self.formats["middle"])
        else:
            self.sheet.write_blank(at, 0, None, self.formats["middle"])
        self.merge(at, 1, at, 1, "\n".join(filter(None, (row["activity"], row["instruction"]))), "text")
        for column in range(2, after):
            self.sheet.write_blank(at, column, None, self.formats["text"])
        self.merge(at, after, at, after, "\n".join(numbered(row["requirements"])), "text")
        self.merge(at, after + 1, at, after + 1, row["time"], "middle")
        self.merge(at, after + 2, at, after + 2, row["output"], "text")
        self.merge(at, after + 3, at, after + 3, "\n".join(row["note"]), "small")

    def draw(self, page: Page, begins: int) -> None:
        """Lay the shapes of a page over its cells."""
        above = sum(self.heights[:begins])
        rows = {each.row.id: each.row for each in page.rows}
        ids: dict[str, int] = {}
        for mark in page.marks:
            ids[mark.row] = self._next()
            box = (mark.x - mark.width / 2, above + mark.y - mark.height / 2, mark.width, mark.height)
            self.shape(
                shape_name(mark.row), box, solid(PRESETS[mark.symbol]), descr=alternative(rows[mark.row], self.form)
            )
        for each in page.connectors:
            box = (each.x - 2.75, above + each.y - 2.75, 5.5, 5.5)
            ids.setdefault(each.letter, self._next())
            self.shape(f"connector:{each.letter}:{'out' if each.out else 'in'}", box, solid(OFF_PAGE), text=each.letter)
            self.shape(
                f"page:{each.letter}",
                (each.x - 6.5, above + each.y + (3 if each.y > page.bottom else -5.6), 13.0, 2.6),
                bare(),
                text=says(each),
            )
        for line in page.lines:
            self.arrow(line, above, ids, {each.row: each for each in page.marks})
        for words in page.words:
            box = (words.x - words.right, above + words.y - 0.3, words.width + 1, words.height + 1)
            self.shape("label", box, bare(), text=words.text, side="r" if words.right else "l")

    def _next(self) -> int:
        return len(self.parts) + 2

    def shape(
        self,
        name: str,
        box: tuple[float, float, float, float],
        look: str,
        *,
        text: str = "",
        descr: str = "",
        side: str = "ctr",
    ) -> None:
        """Add one shape; words in it are small."""
        words = (
            f'<xdr:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:p><a:pPr algn="{side}"/>'
            f'<a:r><a:rPr lang="id-ID" sz="700"><a:solidFill><a:srgbClr val="14202B"/></a:solidFill></a:rPr><a:t>{said(text)}</a:t></a:r></a:p></xdr:txBody>'
            if text
            else ""
        )
        self.parts.append(
            f"<xdr:twoCellAnchor>{self._anchor(box)}"
            f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{self._next()}" name="{said(name)}" descr="{said(descr)}"/>'
            f"<xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>{frame(*box)}{look}</xdr:spPr>{words}</xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"
        )

    def arrow(self, line: Line, above: float, ids: dict[str, int], marks: dict[str, Mark]) -> None:
        """Add one arrow, bound to the shapes at its ends where they are on the same page."""
        points = [(x, above + y) for x, y in line.points]
        begin = (
            f'<a:stCxn id="{ids[line.source]}" idx="{_site(marks[line.source], line)}"/>'
            if line.source in marks
            else ""
        )
        end = f'<a:endCxn id="{ids[line.target]}" idx="{_TOP}"/>' if line.target in marks else ""
        box = box_of(points)
        preset = preset_of(points)
        look = led(preset, headed=line.headed) if preset else polyline(points, headed=line.headed)
        turned = bool(preset) and points[-1][0] < points[0][0]
        self.parts.append(
            f"<xdr:twoCellAnchor>{self._anchor(box)}"
            f'<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="{self._next()}" name="{said(f"way:{line.source}:{line.target}")}"/>'
            f"<xdr:cNvCxnSpPr>{begin}{end}</xdr:cNvCxnSpPr></xdr:nvCxnSpPr>"
            f"<xdr:spPr>{frame(*box, mirrored=turned)}{look}</xdr:spPr></xdr:cxnSp>"
            "<xdr:clientData/></xdr:twoCellAnchor>"
        )

    def _anchor(self, box: tuple[float, float, float, float]) -> str:
        x, y, width, height = box
        return self._corner("from", x, y) + self._corner("to", x + width, y + height)

    def _corner(self, name: str, x: float, y: float) -> str:
        column, right = _within(x, self.whole.widths.all)
        row, down = _within(y, self.heights)
        return (
            f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>{emu(right)}</xdr:colOff>"
            f"<xdr:row>{row}</xdr:row><xdr:rowOff>{emu(down)}</xdr:rowOff></xdr:{name}>"
        )

    def drawing(self) -> bytes:
        """All shapes as the drawing part of the worksheet."""
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return (
            f'{head}<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{A}" xmlns:r="{_R}">{"".join(self.parts)}</xdr:wsDr>'.encode()
        )


def _site(mark: Mark, line: Line) -> int:
    """At which side of its symbol an arrow begins."""
    x, y = line.points[0]
    if y > mark.y + 0.1:
        return _BOTTOM
    return _LEFT if x < mark.x else _RIGHT


def _within(place: float, sizes: Sequence[float]) -> tuple[int, float]:
    """Which cell a place lies in, and how far from its beginning."""
    for at, size in enumerate(sizes):
        if place < size or at == len(sizes) - 1:
            return at, max(place, 0)
        place -= size
    return 0, 0


def _part(title: str, texts: Sequence[str]) -> str:
    return "\n".join([title, *(numbered(texts) or ["–"])])


def _hide(book: xlsxwriter.Workbook, form: Form, lines: dict[str, int]) -> None:
    """Write the worksheet that nobody sees."""
    sheet = book.add_worksheet(HIDDEN)
    sheet.very_hidden()
    for at, (name, value) in enumerate((("code", form.code), ("title", form.title))):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, value)
    for at, name in enumerate(HEADINGS):
        sheet.write_string(2, at, name)
    for at, each in enumerate(carried_rows(form), 3):
        sheet.write_string(at, 0, each["id"])
        sheet.write_string(at, 1, each["symbol"])
        sheet.write_string(at, 2, each["performer"])
        sheet.write_string(at, 3, str(each["number"] or ""))
        sheet.write_number(at, 4, lines[each["id"]] + 1)
        sheet.write_string(at, 5, json.dumps(each["ways"], ensure_ascii=False))

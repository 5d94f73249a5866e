"""The sheet as a document for a word processor: the same table and pages as on paper, symbols and arrows as shapes that are
anchored in the rows they stand in. It goes on being edited; unseen, it carries which row is which element.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.document import Document as Written
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from sop_catalog.sheets.form import Form
from sop_catalog.sheets.printing.carried import carried_xml, shape_name
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
from sop_catalog.sheets.printing.paper import F4, Paper
from sop_catalog.sheets.printing.pdf import says
from sop_catalog.sheets.printing.plan import Page
from sop_catalog.sheets.printing.shapes import (
    OFF_PAGE,
    PRESETS,
    A,
    bare,
    box_of,
    cut,
    emu,
    frame,
    polyline,
    said,
    solid,
)
from sop_catalog.sheets.wording import numbered

_FONT: Final = "Times New Roman"
_MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_WPS: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_TABLE: Final = (
    *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc"),
    *("tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"),
)
_CELL: Final = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection"),
    *("tcFitText", "vAlign", "hideMark"),
)
"""In which order the properties of a table and of a cell stand."""
Grid = list[list[_Cell]]
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def write_docx(form: Form, paper: Paper = F4) -> bytes:
    """Write one form as a document; the same bytes for the same form."""
    whole = planned([form], paper)[0]
    document = Document()
    _set_up(document, whole)
    _Writer(document, whole).write()
    package = document.part.package
    part = Part(PackURI("/customXml/item2.xml"), "application/xml", carried_xml(whole.form), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    made = io.BytesIO()
    document.save(made)
    return packed_again(made.getvalue())


def _set_up(document: Written, whole: Planned) -> None:
    form, paper = whole.form, whole.paper
    about = document.core_properties
    about.title = f"SOP {form.code.upper()} {form.title}"[:255]
    about.author, about.identifier, about.language = form.identity.agency[:255], form.code, "id-ID"
    about.created = about.modified = NEVER
    about.last_modified_by, about.comments = "", ""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(paper.margin)
    section.header_distance = section.footer_distance = Mm(6)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(8.5)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1
    section.header.paragraphs[0].text = f"{form.code.upper()}   {form.title}   {mark_of(form)}".rstrip()


class _Writer:
    """One document, from the first page to the last."""

    def __init__(self, document: Written, whole: Planned) -> None:
        self.document = document
        self.whole = whole
        self.form = whole.form
        self.shapes = 0

    def write(self) -> None:
        self.identity()
        for page in self.whole.pages:
            broken = self.document.add_paragraph()
            broken.paragraph_format.page_break_before = True
            _tiny(broken)
            self.page(page)
        for each in self.whole.annex:
            self.document.add_paragraph().add_run(f"{each.title}: {each.text}")

    def identity(self) -> None:
        """Two halves, as on paper."""
        own = identity_of(self.form)
        half = self.whole.paper.inner / 2
        _, grid = self._table(9, [half, 34.0, half - 34])
        agency = grid[0][0].merge(grid[5][0])
        lines = [own["agency"].upper(), own["unit"].upper(), own["area"], own["kinds"]]
        _fill(agency, [each for each in lines if each], centred=True, bold=True, size=11)
        fields = (
            ("NOMOR SOP", [own["number"]]),
            ("TGL. PEMBUATAN", [own["made_on"]]),
            ("TGL. REVISI", [own["revised_on"]]),
            ("TGL. EFEKTIF", [own["effective_on"]]),
            (
                "DISAHKAN OLEH",
                [own["post"] or "(jabatan)", "", "", "", own["name"] or "____________________", f"NIP {own['nip']}"],
            ),
            ("NAMA SOP", [self.form.title.upper()]),
        )
        for at, (name, lines) in enumerate(fields):
            _fill(grid[at][1], [name], size=9)
            _fill(grid[at][2], lines, centred=name == "DISAHKAN OLEH", bold=name == "NAMA SOP", size=9)
        for at, (left, one, right, other) in enumerate(LISTS, 6):
            _fill(grid[at][0], [left, *(numbered(own[one]) or ["–"])], size=9, headed=True)
            _fill(grid[at][1].merge(grid[at][2]), [right, *(numbered(own[other]) or ["–"])], size=9, headed=True)

    def _table(self, rows: int, widths: Sequence[float]) -> tuple[Table, Grid]:
        table = self.document.add_table(rows, len(widths))
        table.style = "Table Grid"
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        indent = OxmlElement("w:tblInd")
        indent.set(qn("w:w"), "0")
        indent.set(qn("w:type"), "dxa")
        _put(table._tblPr, indent, _TABLE)  # noqa: SLF001 - python-docx has no word for it
        _put(table._tblPr, _margins(), _TABLE)  # noqa: SLF001
        for at, width in enumerate(widths):
            table.columns[at].width = Mm(width)
        cells = table._cells  # noqa: SLF001 - asked once: each row of its own asks for all of them
        grid = [cells[at : at + len(widths)] for at in range(0, len(cells), len(widths))]
        for row in grid:
            for cell, width in zip(row, widths, strict=True):
                cell.width = Mm(width)
        return table, grid

    def page(self, page: Page) -> None:
        """One table a page: the head, a strip where arrows come from other pages, the rows, and the strip below."""
        strip = page.top > self.whole.head
        last = page.number == self.whole.pages[-1].number
        table, grid = self._table(2 + strip + len(page.rows) + (not last), self.whole.widths.all)
        rows = list(table.rows)
        anchors = [each[2].paragraphs[0] for each in grid]
        self.head(grid, rows)
        bands: list[tuple[int, float, float]] = []
        if strip:
            bands.append((2, self.whole.head, page.strip))
        bands += [(at, each.y, each.height) for at, each in enumerate(page.rows, 2 + strip)]
        if not last:
            bands.append((len(rows) - 1, page.bottom, page.strip))
        for at, each in enumerate(page.rows, 2 + strip):
            self.row(grid[at], row_of(each.row, self.form))
        for at, top, height in bands:
            _tall(rows[at], height)
            _tiny(anchors[at])
            _put(grid[at][2]._tc.get_or_add_tcPr(), _margins("w:tcMar", "0"), _CELL)  # noqa: SLF001 - shapes are placed from the text's edge
            self.draw(page, anchors[at], top, height)

    def head(self, grid: Grid, rows: Sequence[_Row]) -> None:
        """Two lines that are repeated where a table goes on over a page's end."""
        count = self.whole.widths.count
        after = 2 + count
        top, low = grid[0], grid[1]
        for cell in (*top, *low):
            _shade(cell)
        for at, name in ((0, "No."), (1, "Kegiatan"), (after + 3, "Keterangan")):
            _fill(top[at].merge(low[at]), [name], centred=True, bold=True)
        _fill(top[2].merge(top[after - 1]), ["Pelaksana"], centred=True, bold=True)
        _fill(top[after].merge(top[after + 2]), ["Mutu Baku"], centred=True, bold=True)
        for cell, each in zip(low[2:], self.form.performers, strict=False):
            _fill(cell, [each.name], centred=True, bold=True, size=7.5)
            if self.whole.widths.turned:
                turned = OxmlElement("w:textDirection")
                turned.set(qn("w:val"), "btLr")
                _put(cell._tc.get_or_add_tcPr(), turned, _CELL)  # noqa: SLF001 - python-docx has no word for it
        for cell, name in zip(low[after:], ("Kelengkapan", "Waktu", "Output"), strict=False):
            _fill(cell, [name], centred=True, bold=True)
        for row, tall in zip(rows, (6.0, self.whole.head - 6), strict=False):
            _tall(row, tall)
            _repeated(row)

    def row(self, cells: Sequence[_Cell], told: dict[str, Any]) -> None:
        """The words of one row."""
        after = 2 + self.whole.widths.count
        _fill(cells[0], [told["number"]], centred=True)
        _fill(cells[1], [each for each in (told["activity"], told["instruction"]) if each])
        _fill(cells[after], numbered(told["requirements"]), size=8)
        _fill(cells[after + 1], [told["time"]], centred=True, size=8)
        _fill(cells[after + 2], [told["output"]], size=8)
        _fill(cells[after + 3], told["note"], size=7.5)

    def draw(self, page: Page, anchor: Paragraph, top: float, height: float) -> None:
        """Put into a row what is drawn in it: its symbol, the parts of arrows that pass, words and connectors."""
        row = _Band(self, anchor, top, height)
        for line in page.lines:
            for at, (points, headed) in enumerate(cut(line, top, top + height)):
                row.add(f"way:{line.source}:{line.target}:{at}", box_of(points), polyline(points, headed=headed))
        rows = {each.row.id: each.row for each in page.rows}
        for mark in filter(lambda each: row.holds(each.y), page.marks):
            box = (mark.x - mark.width / 2, mark.y - mark.height / 2, mark.width, mark.height)
            row.add(
                shape_name(mark.row), box, solid(PRESETS[mark.symbol]), descr=alternative(rows[mark.row], self.form)
            )
        for each in filter(lambda each: row.holds(each.y), page.connectors):
            row.add(f"connector:{each.letter}", (each.x - 2.75, each.y - 2.75, 5.5, 5.5), solid(OFF_PAGE), each.letter)
            row.add(
                f"page:{each.letter}",
                (each.x - 6.5, each.y + (3 if each.y > page.bottom else -5.6), 13, 2.6),
                bare(),
                says(each),
            )
        for words in filter(lambda each: row.holds(each.y + each.height / 2), page.words):
            box = (words.x - 1.6 * words.right, words.y - 0.4, words.width + 1.6, words.height + 1.2)
            row.add("label", box, bare(), words.text, side="right" if words.right else "left")


class _Band:
    """One row of a table as a place for shapes, whose places are told from the corner of the page's table."""

    def __init__(self, writer: _Writer, anchor: Paragraph, top: float, height: float) -> None:
        self.writer = writer
        self.anchor = anchor
        self.top = top
        self.height = height

    def holds(self, y: float) -> bool:
        """Whether a height lies in this row."""
        return self.top <= y < self.top + self.height

    def add(
        self,
        name: str,
        box: tuple[float, float, float, float],
        look: str,
        text: str = "",
        *,
        descr: str = "",
        side: str = "center",
    ) -> None:
        """Anchor one shape in the row."""
        x, y, width, tall = box
        self.writer.shapes += 1
        place = (x - self.writer.whole.widths.first, y - self.top, width, tall)
        shape = _shape(self.writer.shapes, name, place, look, text=text, descr=descr, side=side)
        self.anchor._p.append(shape)  # noqa: SLF001 - python-docx has no word for it


def _shape(
    number: int,
    name: str,
    box: tuple[float, float, float, float],
    look: str,
    *,
    text: str = "",
    descr: str = "",
    side: str = "center",
) -> Any:
    """A floating shape, anchored in its cell, in front of the text and without pushing it aside."""
    x, y, width, height = box
    words = (
        f'<wps:txbx><w:txbxContent><w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="14"/></w:rPr><w:t>{said(text)}</w:t></w:r></w:p></w:txbxContent></wps:txbx>'
        if text
        else ""
    )
    return parse_xml(
        f'<w:r xmlns:w="{_W}" xmlns:mc="{_MC}" xmlns:wp="{_WP}" xmlns:wps="{_WPS}" xmlns:a="{A}">'
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{1000 + number}" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{emu(x)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{emu(y)}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{emu(width)}" cy="{emu(height)}"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="{said(name)}" descr="{said(descr)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_WPS}"><wps:wsp><wps:cNvSpPr/>'
        f"<wps:spPr>{frame(0, 0, width, height)}{look}</wps:spPr>{words}"
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def _fill(
    cell: _Cell,
    lines: Sequence[str],
    *,
    centred: bool = False,
    bold: bool = False,
    size: float = 8.5,
    headed: bool = False,
) -> None:
    """Write lines into a cell, the first in bold where it is a heading."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP if headed else WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for at, text in enumerate(lines or [""]):
        paragraph = cell.paragraphs[0] if not at else cell.add_paragraph()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.bold = bold or (headed and not at)


def _tiny(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.line_spacing = Pt(1)
    paragraph.add_run("").font.size = Pt(1)


def _tall(row: _Row, millimetres: float) -> None:
    row.height = Mm(millimetres)
    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)  # noqa: SLF001 - python-docx has no word for it


def _repeated(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no word for it


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "E8E8E8")
    _put(cell._tc.get_or_add_tcPr(), shade, _CELL)  # noqa: SLF001 - python-docx has no word for it


def _put(parent: Any, child: Any, order: Sequence[str]) -> None:
    """Set an element where its schema wants it: word processors refuse a file that is out of order."""
    after = {qn(f"w:{each}") for each in order[order.index(child.tag.rpartition("}")[2]) + 1 :]}
    place = next((at for at, each in enumerate(parent) if each.tag in after), len(parent))
    parent.insert(place, child)


def _margins(name: str = "w:tblCellMar", wide: str = "57") -> Any:
    """A millimetre, or nothing, left and right of the text of each cell."""
    margins = OxmlElement(name)
    for side in ("left", "right"):
        each = OxmlElement(f"w:{side}")
        each.set(qn("w:w"), wide)
        each.set(qn("w:type"), "dxa")
        margins.append(each)
    return margins

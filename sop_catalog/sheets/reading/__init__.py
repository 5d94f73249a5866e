"""An SOP sheet of the agency's own, read: a workbook, a document, a CSV file or a table pasted in the browser."""

from sop_catalog.sheets.reading.files import read_sheet
from sop_catalog.sheets.reading.grid import Grid
from sop_catalog.sheets.reading.typed import read_text
from sop_catalog.sheets.reading.understanding import Edition, Line, Question, Understood, understand

__all__ = ["Edition", "Grid", "Line", "Question", "Understood", "read_sheet", "read_text", "understand"]

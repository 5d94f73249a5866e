"""Tables that people bring: a sheet, a file with separators, a text pasted from either. What they mean is not known here."""

from web.tables.cells import SENTENCES, CellNotRead, read_cell
from web.tables.columns import match_columns
from web.tables.reading import Table, TableEmpty, TableNotRead, TableTooLarge, read_table

__all__ = [
    "SENTENCES",
    "CellNotRead",
    "Table",
    "TableEmpty",
    "TableNotRead",
    "TableTooLarge",
    "match_columns",
    "read_cell",
    "read_table",
]

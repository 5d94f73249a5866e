"""Tables that are nothing but text: CSV, and what a browser gets when a table of Word or Excel is pasted."""

from __future__ import annotations

import codecs
import csv
import io

from sop_catalog.sheets.reading.grid import MOST_ROWS, MOST_TEXT, Grid, grid_of, refused


def read_text(text: str, file: str = "table") -> Grid:
    """Read a table whose cells are parted by tabs, semicolons or commas: by what its lines have most of."""
    if len(text) > MOST_TEXT:
        raise refused(file, "It is longer than {count} characters.", count=MOST_TEXT)
    lines = text.splitlines()
    delimiter = next((each for each in "\t;" if sum(each in line for line in lines) * 3 >= len(lines)), ",")
    found = []
    try:
        for row in csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter):
            found.append(row)
            if len(found) > 2 * MOST_ROWS:
                break
    except csv.Error as wrong:
        raise refused(file, "A quotation mark is opened in it and not closed.") from wrong
    return grid_of(found, file)


def decoded(content: bytes) -> str:
    """Read the letters of a CSV file: as its mark says, else as UTF-8, else as Excel on Windows writes them."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")

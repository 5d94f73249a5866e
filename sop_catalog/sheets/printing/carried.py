"""What an editable sheet carries along unseen, so that it is read back without a question: the code, and each row's element.

In XLSX it is a hidden worksheet, in DOCX a part of custom XML. Who edits the sheet needs not know of it.
"""

from __future__ import annotations

from typing import Any, Final
from xml.sax.saxutils import quoteattr as _quoted

from sop_catalog.sheets.form import Form

NAMESPACE: Final = "urn:lajur:sheet:1"
HIDDEN: Final = "lajur"
"""The name of the hidden worksheet."""
HEADINGS: Final = ("id", "symbol", "performer", "number", "line", "ways")
"""Of its table, which begins below code and title. `line` is the row of the visible worksheet, counted from 1; `ways` is
`[[to, label], …]` as JSON."""


LONGEST: Final = 300
"""Characters that are read back of an id or of the words on an arrow."""
_ROW: Final = "row:"


def shape_name(row: str) -> str:
    """What the shape of a row is called in every format."""
    return f"{_ROW}{row}"


def row_named(shape: str) -> str:
    """The row that a shape is called after; empty for the shapes of other programs."""
    return shape.removeprefix(_ROW)[:LONGEST] if shape.startswith(_ROW) else ""


def carried_rows(form: Form) -> list[dict[str, Any]]:
    """The rows without their texts, from top to bottom."""
    return [
        {
            "id": each.id,
            "symbol": each.symbol.value,
            "performer": each.performer,
            "number": each.number,
            "ways": [[way.to, way.label] for way in each.ways],
        }
        for each in form.rows
    ]


def carried_xml(form: Form) -> bytes:
    """The part of custom XML: `<form code=… title=…><performer …/><row …><way …/></row></form>`."""
    said = [f'<form xmlns="{NAMESPACE}" code={_quoted(form.code)} title={_quoted(form.title)}>']
    said += [f"<performer key={_quoted(each.key)} name={_quoted(each.name)}/>" for each in form.performers]
    for each in form.rows:
        number = f" number={_quoted(str(each.number))}" if each.number else ""
        said.append(
            f"<row id={_quoted(each.id)} symbol={_quoted(each.symbol.value)} performer={_quoted(each.performer)}{number}>"
        )
        said += [f"<way to={_quoted(way.to)} label={_quoted(way.label)}/>" for way in each.ways]
        said.append("</row>")
    return "".join(['<?xml version="1.0" encoding="UTF-8"?>', *said, "</form>"]).encode()

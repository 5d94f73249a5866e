"""The monthly letter to a local government as PDF: the figures of its area as they were told. The same input gives the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from flask_babel import force_locale, format_date

from engine.domain.organisation import Office
from engine.domain.pemda import HOME, Pemda
from engine.queries.pemda import PemdaMonth
from web.pemda import words

FOLDER = Path(__file__).parent


def write_month(pemda: Pemda, found: PemdaMonth, office: Office | None) -> bytes:
    """Typeset the letter, in Indonesian whoever asks: tagged (PDF/UA-1), with the typesetter's own fonts."""
    with force_locale("id"):
        data = _told(pemda, found, office)
    made = typst.compile(
        str(FOLDER / "letter.typ"),
        root=str(FOLDER),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=found.counted_at.replace(microsecond=0),
    )
    return bytes(made) if isinstance(made, bytes | bytearray) else b"".join(made or [])


def _told(pemda: Pemda, found: PemdaMonth, office: Office | None) -> dict[str, Any]:
    counted = found.counted_at.astimezone(HOME)
    measures = [
        {
            "title": str(words.MEASURES[name][0]),
            "what": str(words.MEASURES[name][1]),
            "rows": [[row.depth, words.place(row.area), words.count(row.count)] for row in rows],
        }
        for name, rows in found.rows.items()
    ]
    return {
        "pemda": pemda.name,
        "area": words.place(pemda.area),
        "agreement": pemda.agreement,
        "basis": pemda.legal_basis,
        "month": words.month(found.month),
        "office": office.name if office else "Kementerian Pelindungan Pekerja Migran Indonesia",
        "city": office.city if office else "Jakarta",
        "counted": str(format_date(counted.date(), "d MMMM y")),
        "date": [counted.year, counted.month, counted.day],
        "measures": measures,
    }

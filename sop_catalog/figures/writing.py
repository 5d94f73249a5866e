"""Rows as files: CSV as RFC 4180 has it, and the same as JSON with what it means. The same rows are the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine.domain.figures import ZONE, Made, Period
from sop_catalog.figures.datasets import LICENCE, PUBLISHER, Dataset

Row = dict[str, Any]


def written(data: Dataset, period: Period, rows: Sequence[Row], *, edition: int, reason: str, at: datetime) -> Made:
    """Both files of one edition."""
    table = as_csv(data, rows)
    digest = hashlib.sha256(table.encode()).hexdigest()
    told = {
        "dataset": data.code,
        "title": {"id": data.title_id, "en": data.title_en},
        "definition": {"id": data.definition_id, "en": data.definition_en},
        "period": period.text,
        "reference_date": period.last.isoformat(),
        "time_zone": ZONE,
        "edition": edition,
        "corrects": reason or None,
        "made_at": at.isoformat(timespec="seconds"),
        "publisher": PUBLISHER,
        "licence": LICENCE[0],
        "csv_sha256": digest,
        "columns": [_column(data, name) for name in (each.name for each in data.columns)],
        "rows": rows,
    }
    return Made(data.code, period.text, table, json.dumps(told, ensure_ascii=False, indent=1) + "\n", digest, len(rows))


def as_csv(data: Dataset, rows: Sequence[Row]) -> str:
    """A header and a line for each row, with the line ends of RFC 4180 and points in numbers."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    names = [each.name for each in data.columns]
    write.writerow(names)
    write.writerows([_cell(row[name]) for name in names] for row in rows)
    return out.getvalue()


def _column(data: Dataset, name: str) -> dict[str, Any]:
    column = next(each for each in data.columns if each.name == name)
    return {
        "name": column.name,
        "type": column.type,
        "title": {"id": column.title_id, "en": column.title_en},
        "description": {"id": column.description_id, "en": column.description_en},
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)

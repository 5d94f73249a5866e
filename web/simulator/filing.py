"""The other transport, as the stand-in has it: a batch is read and answered, news and the list of placements are handed out.

The columns are those of `engine.domain.batch`. No cell that is written is a formula, whatever somebody typed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from engine import NotValid
from engine.domain.batch import ANSWER_COLUMNS, KINDS, LIST_COLUMNS, NEWS_COLUMNS, OUT_COLUMNS
from engine.domain.placement import ReportKind
from engine.domain.report import OF_THE_PERSON, TOLD
from web.simulator.contract import wrong_in
from web.simulator.store import Problem, Store
from web.tables import read_table

TAKEN: Final = "diterima"
REFUSED: Final = "ditolak"
INCOMPLETE: Final = "data-tidak-lengkap"
_SAID: Final = {kind.value: word for word, kind in reversed(KINDS.items())}
"""How people here write what kind of news it is."""
_GUARDED: Final = re.compile(r"'[=+\-@\t\r\n]")
_PAPER: Final = re.compile(r"(?P<kind>[^;]+) sha256:(?P<sha256>[0-9a-f]{64})")


def answer_batch(store: Store, content: bytes, name: str) -> bytes:
    """Take each report of a batch once, and say of each whether it was taken. Raises NotValid, TableNotRead and its kin."""
    table = read_table(content, name)
    header = [each.strip().lower() for each in table.header]
    if missing := [each for each in OUT_COLUMNS if each not in header]:
        raise NotValid(what="the headings", wanted=", ".join(missing), found=", ".join(header)[:200])
    rows = [dict(zip(header, map(_plain, cells), strict=True)) for cells in table.rows]
    return _file(ANSWER_COLUMNS, [_answer(store, row) for row in rows])


def as_news(events: Iterable[Mapping[str, Any]]) -> bytes:
    """Events as a file; each fact has a column of its own."""
    told = list(events)
    facts = sorted({name for each in told for name in each["facts"]})
    rows = [
        {
            "pesan": each["message"],
            "jenis": _SAID.get(each["kind"], each["kind"]),
            "nomor_penempatan": each["reference"],
            "nomor_kasus": each["case"],
            "urutan": each["sequence"],
            "waktu": each["occurred_at"],
            **each["facts"],
        }
        for each in told
    ]
    return _file((*NEWS_COLUMNS, *facts), rows)


def as_list(placements: Iterable[Mapping[str, Any]]) -> bytes:
    """The placements of an office, and those of none, as the file that both sides are compared by."""
    rows = [
        {
            "nomor_penempatan": each["reference"],
            "nomor_kasus": each["case"],
            "tahap": _SAID.get(each["stage"], each["stage"]),
            "urutan": each["sequence"],
            "terbuka": "ya" if each["open"] else "tidak",
            "tanggal_lahir": each["person"]["born_on"],
            "nama": each["person"]["name"],
        }
        for each in placements
    ]
    return _file(LIST_COLUMNS, rows)


def _answer(store: Store, row: Mapping[str, str]) -> dict[str, Any]:
    """What is said of one row."""
    refused = {"kunci": row["kunci"], "hasil": REFUSED, "alasan": INCOMPLETE, "nomor_penempatan": ""}
    if row["jenis"] not in set(ReportKind):
        return refused
    kind = ReportKind(row["jenis"])
    body = _body(kind, row)
    if wrong_in(kind, body):
        return refused
    try:
        receipt, _new = store.take(kind, body)
    except Problem:
        return refused | {"alasan": "lain"}
    return {"kunci": row["kunci"], "hasil": TAKEN, "alasan": "", "nomor_penempatan": receipt["reference"]}


def _body(kind: ReportKind, row: Mapping[str, str]) -> dict[str, Any]:
    """A row as the report that would have come over the line."""
    told: dict[str, Any] = {"key": row["kunci"], "kind": kind.value, "case": row["nomor_kasus"]}
    told |= {"office": row["kantor"], "occurred_at": row["waktu"]}
    if kind not in OF_THE_PERSON:
        return told | {"reason": row["alasan"]}
    given_at = {"at": row["waktu_persetujuan"]} if row["waktu_persetujuan"] else {}
    person = {name: row[column] for column, name in TOLD.items() if row[column]}
    papers = [found.groupdict() for found in map(_PAPER.fullmatch, row["dokumen"].split("; ")) if found]
    consent = {"given": row["persetujuan"] == "ya", **given_at}
    return told | {"consent": consent, "person": person, "documents": papers}


def _file(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    out = io.StringIO()
    written = csv.DictWriter(
        out, list(columns), delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL, restval=""
    )
    written.writeheader()
    written.writerows({name: _harmless(str(cell)) for name, cell in row.items()} for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(cell: str) -> str:
    """A text that a spreadsheet could take for a formula gets an apostrophe before it."""
    return f"'{cell}" if cell[:1] and cell[0] in "=+-@\t\r\n" else cell


def _plain(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell

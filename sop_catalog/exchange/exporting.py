"""The catalogue as it goes out: a zip of BPMN, one register as XLSX, or JSON. The same drawings give the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import xlsxwriter

from engine.domain.release import Activity, Allowance, LegalBasis
from engine.notation import CallActivity, Definitions, nodes
from sop_catalog.diagram.extension import read_activities, read_procedure
from sop_catalog.procedure import Level, Procedure
from sop_catalog.registers import post
from sop_catalog.sheets.folders import place_of
from sop_catalog.sheets.wording import allowance_text, legal_text

SHAPE = "lajur-catalogue/1"
"""The name of the shape of the JSON, told in `docs/exchange.md`; another number means another shape."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Exported:
    """One procedure on its way out."""

    code: str
    text: bytes
    definitions: Definitions

    @cached_property
    def procedure(self) -> Procedure:
        process = self.definitions.process(self.code)
        return read_procedure(process) if process else Procedure(self.code, self.code)

    @cached_property
    def steps(self) -> tuple[Activity, ...]:
        """Its own activities, in the order drawn."""
        return tuple(each for each in read_activities(self.definitions) if each.process == self.code)

    @cached_property
    def calls(self) -> Mapping[str, str]:
        """Element → the code that it calls."""
        own = self.definitions.process(self.code)
        found = nodes(own) if own else ()
        return {node.id: node.called for node, _ in found if isinstance(node, CallActivity) and node.called}


def as_zip(catalogue: Iterable[Exported]) -> bytes:
    """Pack every drawing at its place, as a folder of diagrams holds them."""
    every = sorted(catalogue, key=lambda each: each.code)
    titles = {each.code: each.procedure.title for each in every if each.procedure.sheet.level is Level.MACRO}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in every:
            place = place_of(each.procedure, Path("bpmn"), titles)
            archive.writestr(zipfile.ZipInfo(place.as_posix(), _LONG_AGO), each.text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def as_json(catalogue: Iterable[Exported]) -> bytes:
    """Tell every procedure with its sheet and steps."""
    every = sorted(catalogue, key=lambda each: each.code)
    told = {"shape": SHAPE, "count": len(every), "procedures": [_procedure(each) for each in every]}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _procedure(each: Exported) -> dict[str, Any]:
    sheet = each.procedure.sheet
    return {
        "code": each.code,
        "title": each.procedure.title,
        "level": sheet.level.value,
        "area": sheet.area,
        "owner": sheet.owner,
        "status": sheet.status.value,
        "nature": sheet.nature.value if sheet.nature else None,
        "scope": sheet.scope.value if sheet.scope else None,
        "generality": sheet.generality.value if sheet.generality else None,
        "promised": _time(sheet.promised),
        "legal": _laws(sheet.legal),
        "qualification": list(sheet.qualification),
        "equipment": list(sheet.equipment),
        "warning": list(sheet.warning),
        "records": list(sheet.records),
        "related": list(sheet.related),
        "steps": [_step(each, step) for step in each.steps],
    }


def _step(each: Exported, step: Activity) -> dict[str, Any]:
    who = step.performer
    return {
        "id": step.element,
        "name": step.name,
        "kind": step.kind,
        "calls": each.calls.get(step.element),
        "performer": {"post": who.post, "office": who.whose.value} if who else None,
        "instruction": step.instruction,
        "requirements": list(step.requirements),
        "allowance": _time(step.allowance),
        "output": step.output,
        "legal": _laws(step.legal),
        "note": step.note,
    }


def _time(allowance: Allowance | None) -> dict[str, Any] | None:
    if allowance is None:
        return None
    return {"amount": allowance.amount, "clock": allowance.clock.value, "basis": allowance.basis}


def _laws(legal: Iterable[LegalBasis]) -> list[dict[str, str]]:
    return [{"instrument": each.instrument, "article": each.article} for each in legal]


_PROCEDURES = ("Kode", "Judul", "Tingkat", "Area", "Unit", "Status", "Waktu dijanjikan", "Langkah", "Dasar hukum")
_STEPS = ("Kode SOP", "No.", "Kegiatan", "Pelaksana", "Kelengkapan", "Waktu", "Output", "Memanggil", "Keterangan")
_LAWS = ("Instrumen", "Tempat", "Kode SOP", "Langkah")
_WIDTHS = (14, 44, 34, 26, 40, 18, 34, 16, 40)


def as_xlsx(catalogue: Iterable[Exported]) -> bytes:
    """Write the register: procedures, their steps, and what rests on which law; every cell is text or a number."""
    every = sorted(catalogue, key=lambda each: each.code)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Register SOP", "created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        _sheet(book, "SOP", _PROCEDURES, [_procedure_row(each) for each in every])
        _sheet(book, "Langkah", _STEPS, [row for each in every for row in _step_rows(each)])
        _sheet(book, "Dasar hukum", _LAWS, sorted({row for each in every for row in _law_rows(each)}))
    return out.getvalue()


def _sheet(book: Any, name: str, heads: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    sheet = book.add_worksheet(name)
    bold, wrapped = (
        book.add_format({"bold": True, "bg_color": "#E3EFF8"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    for at, head in enumerate(heads):
        sheet.set_column(at, at, _WIDTHS[at])
        sheet.write_string(0, at, head, bold)
    for row, cells in enumerate(rows, 1):
        for at, cell in enumerate(cells):
            (sheet.write_number if isinstance(cell, int) else sheet.write_string)(row, at, cell, wrapped)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)


def _procedure_row(each: Exported) -> tuple[str | int, ...]:
    sheet = each.procedure.sheet
    said = each.code, each.procedure.title, sheet.level.value, sheet.area, sheet.owner, sheet.status.value
    return (*said, allowance_text(sheet.promised), len(each.steps), "; ".join(map(legal_text, sheet.legal)))


def _step_rows(each: Exported) -> Iterable[tuple[str | int, ...]]:
    for number, step in enumerate(each.steps, 1):
        known = post(step.performer.post) if step.performer else None
        who = known.name if known else step.performer.post if step.performer else ""
        called = each.calls.get(step.element, "")
        needs = "; ".join(step.requirements)
        yield each.code, number, step.name, who, needs, allowance_text(step.allowance), step.output, called, step.note


def _law_rows(each: Exported) -> Iterable[tuple[str, ...]]:
    for law in each.procedure.sheet.legal:
        yield law.instrument, law.article, each.code, ""
    for step in each.steps:
        for law in step.legal:
            yield law.instrument, law.article, each.code, step.name

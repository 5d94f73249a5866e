"""Asks the typesetter how high the texts of forms are, and has them planned: what every file format begins with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any, Final

import typst

from sop_catalog.errors import SheetTooLong
from sop_catalog.procedure import Level, Nature, Status
from sop_catalog.registers import areas, instruments
from sop_catalog.sheets.form import Form, FormRow, Symbol
from sop_catalog.sheets.printing.fitting import Annexed, fit, soft
from sop_catalog.sheets.printing.paper import F4, Paper, Widths, widths
from sop_catalog.sheets.printing.plan import SIDE_LABEL, Measures, Page, Said
from sop_catalog.sheets.printing.routes import plan
from sop_catalog.sheets.wording import allowance_text, date_text, legal_text

FOLDER: Final = Path(__file__).parent / "typst"
TURNED: Final = 30.0
"""How high a performer's name that is written upwards may be."""
MOST_ROWS: Final = 400
"""Of one sheet: forty pages or so. More is no SOP that anybody follows, and would keep others waiting."""
_HEAD: Final = 6.0
_PROPOSED: Final = "USULAN [synthetic] – bukan SOP resmi"
_RUNNING: Final = 110
"""Characters of the title that are repeated on every page."""
LISTS: Final = (
    ("DASAR HUKUM", "legal", "KUALIFIKASI PELAKSANA", "qualification"),
    ("KETERKAITAN", "related", "PERALATAN/PERLENGKAPAN", "equipment"),
    ("PERINGATAN", "warning", "PENCATATAN DAN PENDATAAN", "records"),
)
"""The lists of the identity block, left and right, each with its place in `identity_of`."""
_LEVELS: Final = {Level.MAP: "Peta lintas fungsi", Level.MACRO: "SOP makro", Level.MICRO: "SOP mikro"}


@dataclass(frozen=True, slots=True)
class Planned:
    """A form with its pages."""

    form: Form
    """With texts that fit."""
    paper: Paper
    widths: Widths
    head: float
    pages: tuple[Page, ...]
    annex: tuple[Annexed, ...]
    count: int
    """How many pages it has in all."""


def planned(forms: Sequence[Form], paper: Paper = F4) -> tuple[Planned, ...]:
    """Lay forms out on paper. Raises SheetTooLong."""
    for each in forms:
        if len(each.rows) > MOST_ROWS:
            raise SheetTooLong(code=each.code, count=len(each.rows), most=MOST_ROWS)
    shared = [widths(paper, len(each.performers)) for each in forms]
    fitted = [fit(form, paper, own) for form, own in zip(forms, shared, strict=True)]
    told = [
        {**_to_measure(form, own), **beside(at, paper, annex, 0)}
        for at, ((form, annex), own) in enumerate(zip(fitted, shared, strict=True))
    ]
    data = {"paper": page_of(paper), "sheets": told, "side": SIDE_LABEL, "turned": TURNED}
    answer = typst.query(
        str(FOLDER / "measure.typ"),
        "<measured>",
        field="value",
        root=str(FOLDER),
        ignore_system_fonts=True,
        sys_inputs={"data": as_json(data)},
    )
    forget(1)
    found = json.loads(answer)
    whole = []
    for at, ((form, annex), own) in enumerate(zip(fitted, shared, strict=True)):
        first, last, end, sizes = found[4 * at : 4 * at + 4]
        measures = _measures(form, sizes, last - first + 1)
        pages = plan(form, paper, own, measures)
        whole.append(Planned(form, paper, own, measures.head, pages, annex, pages[-1].number + end - last))
    return tuple(whole)


def forget(turns: int) -> None:
    """Let the typesetter forget what it has set: it does so in turns, whenever something is compiled, but after no query."""
    for _ in range(turns):
        typst.compile(b" ", ignore_system_fonts=True)


def beside(at: int, paper: Paper, annex: Sequence[Annexed], pages: int) -> dict[str, Any]:
    """What the typst files want to know of a form besides its words; `at` is its place among those that are set together."""
    return {"anchor": f"sop-{at}", "lead": paper.head, "annex": [asdict(each) for each in annex], "pages": pages}


def as_json(data: Mapping[str, Any]) -> str:
    """What a typst file is given, always in the same order."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def page_of(paper: Paper) -> dict[str, Any]:
    """The paper as the typst files want it."""
    return {**asdict(paper), "tall": paper.tall, "edges": [paper.margin] * 4}


def _measures(form: Form, sizes: Mapping[str, Any], before: int) -> Measures:
    names = max([*sizes["names"], 4.0])
    keys = [(row.id, at) for row in form.rows for at, _ in enumerate(row.ways)]
    return Measures(
        head=_HEAD + names + 2.4,
        texts={row.id: tall for row, tall in zip(form.rows, sizes["rows"], strict=True)},
        labels={key: Said(**each) for key, each in zip(keys, sizes["labels"], strict=True)},
        before=before,
    )


def _to_measure(form: Form, own: Widths) -> dict[str, Any]:
    return {
        **told(form, own),
        "widths": widths_of(own),
        "rows": [typed(each, form, own) for each in form.rows],
        "labels": [
            {"text": soft(way.label, SIDE_LABEL + 6), "narrow": max(own.performer / 2 - 2.2, 11)}
            for row in form.rows
            for way in row.ways
        ],
    }


def widths_of(own: Widths) -> dict[str, Any]:
    """The columns as the typst files want them."""
    return {**asdict(own), "turned": own.turned, "all": own.all}


def told(form: Form, own: Widths) -> dict[str, Any]:
    """All of a form but its rows, as the typst files want it."""
    half = (sum(own.all) - 9) / 2
    turned = TURNED if own.turned else own.performer
    return {
        "code": form.code,
        "title": soft(form.title, half - 32),
        "running": shorten(form.title, _RUNNING, placeholder=" …"),
        "mark": mark_of(form),
        "performers": [soft(each.name, turned) for each in form.performers],
        "identity": _softly(identity_of(form), half),
    }


def mark_of(form: Form) -> str:
    """What stands at the top of every page: that this is not, or not yet, an official SOP."""
    return form.identity.mark or (_PROPOSED if form.identity.status is Status.PROPOSED else "")


def typed(row: FormRow, form: Form, own: Widths) -> dict[str, Any]:
    """A row in words that fit their columns, as the typst files want it."""
    said = row_of(row, form)
    wide = {"activity": own.activity, "instruction": own.activity, "output": own.output, "note": own.note}
    wide |= {"requirements": own.requirements - 3.2, "time": own.time}
    return {**said, **{name: _softly(said[name], width) for name, width in wide.items()}}


def _softly(said: Any, width: float) -> Any:
    if isinstance(said, str):
        return soft(said, width)
    if isinstance(said, Mapping):
        return {name: _softly(each, width) for name, each in said.items()}
    return [_softly(each, width) for each in said]


def identity_of(form: Form) -> dict[str, Any]:
    """The identity block in words."""
    own = form.identity
    area = next((f"{each.code} {each.name}" for each in areas() if each.code == own.area), own.area)
    titles = {each.code: f"{each.title} tentang {each.about}" if each.about else each.title for each in instruments()}
    kinds = [_LEVELS[own.level], *[each.value for each in (own.nature, own.scope, own.generality) if each]]
    promised = f"waktu seluruhnya {allowance_text(own.promised)}" if own.promised else ""
    return {
        "agency": own.agency,
        "unit": own.unit,
        "area": area,
        "kinds": " · ".join(filter(None, (*kinds, promised))),
        "number": own.number,
        "made_on": date_text(own.made_on),
        "revised_on": date_text(own.revised_on),
        "effective_on": date_text(own.effective_on),
        "post": own.approved_by.post,
        "name": own.approved_by.name,
        "nip": own.approved_by.nip,
        "legal": [_law(legal_text(each), titles.get(each.instrument, "")) for each in own.legal],
        "qualification": own.qualification,
        "related": [f"SOP {each.code.upper()} {each.title}".strip() for each in own.related],
        "equipment": own.equipment,
        "warning": own.warning,
        "records": own.records,
    }


def _law(cited: str, title: str) -> str:
    return f"{cited} – {title}" if title else cited


def row_of(row: FormRow, form: Form) -> dict[str, Any]:
    """A row in words."""
    return {
        "number": f"{row.number}." if row.number else "",
        "activity": row.activity,
        "instruction": row.instruction if form.identity.nature is Nature.TECHNICAL else "",
        "requirements": row.requirements,
        "time": allowance_text(row.allowance),
        "output": row.output,
        "note": [each for each in row.note.split("\n") if each],
        "symbol": row.symbol.value,
        "alt": alternative(row, form),
    }


def alternative(row: FormRow, form: Form) -> str:
    """What a reader who does not see the symbol is told: which it is, whose, and where its arrows lead."""
    kinds = {Symbol.TERMINATOR: "Kapsul", Symbol.PROCESS: "Kotak", Symbol.DECISION: "Belah ketupat"}
    who = next((each.name for each in form.performers if each.key == row.performer), "")
    rows = {each.id: each for each in form.rows}
    ways = [f"{f'{way.label}: ' if way.label else ''}ke {_name(rows[way.to])}" for way in row.ways if way.to in rows]
    return f"{kinds[row.symbol]}, {who}. {'; '.join(ways)}".strip()


def _name(row: FormRow) -> str:
    return f"langkah {row.number}" if row.number else f"“{row.activity}”"

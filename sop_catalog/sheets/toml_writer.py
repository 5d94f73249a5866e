"""Writes an SOP table as TOML: the other way round of `toml_reader`. Keys stand in the order of docs/authoring.md, and a
key that says nothing is not written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from engine.domain.finding import Finding
from engine.domain.release import Allowance, Bound, Duty, Field, FieldKind, LegalBasis, Rung, Whose
from sop_catalog.errors import NotATable
from sop_catalog.procedure import Procedure
from sop_catalog.sheets.table import Catch, EndRow, Exit, ForkRow, GroupRow, LaneRow, StartRow, StepRow, Table
from sop_catalog.sheets.toml_reader import read_toml

_CATCHES = {
    "timer": ("late", "after", "name"),
    "error": ("on_error", "code", "name"),
    "message": ("on_message", "name", "label"),
    "escalation": ("on_escalation", "code", "name"),
}
_WHOLE = 100
"""Per cent."""

_Cells = Mapping[str, object]


def write_toml(table: Table, file: str = "table") -> str:
    """Write a table in its plainest spelling, so that reading it gives the same table.

    Raises NotATable where a file cannot say what the table says, as with a bar in the value of a choice.
    """
    text = "\n".join(_lines(table)) + "\n"
    again = read_toml(text, file)
    if again != table:
        raise NotATable(file, tuple(_differing(table, again)))
    return text


def _differing(table: Table, again: Table) -> Iterator[Finding]:
    said = "A file cannot say what is said here: {what}."
    found = False
    for part in ("procedure", "start"):
        if getattr(table, part) != getattr(again, part):
            found = True
            yield Finding("sop-table", said, element=table.procedure.code, facts={"what": part})
    for part in ("lanes", "pools", "steps", "forks", "groups", "ends", "also"):
        for mine, theirs in zip(getattr(table, part), getattr(again, part), strict=False):
            if mine != theirs:
                found = True
                named = getattr(mine, "id", "") or getattr(mine, "key", "")
                yield Finding("sop-table", said, element=named, facts={"what": named})
    if not found:
        yield Finding("sop-table", said, element=table.procedure.code, facts={"what": table.procedure.code})


def _lines(table: Table) -> Iterator[str]:
    yield from _pairs(_sheet(table.procedure))
    yield from _rows("duty", map(_duty, table.procedure.sheet.duties))
    yield from _rows("rung", map(_rung, table.procedure.sheet.ladder))
    yield from _rows(
        "standard", ({"part": each.part.value, "text": each.text} for each in table.procedure.sheet.standard)
    )
    yield from _rows("lane", map(_lane, table.lanes))
    yield from _rows("pool", ({"id": each.id, "name": each.name} for each in table.pools))
    if start := _filled(_start(table.start)):
        yield from ("", "[start]", *_pairs(start))
    yield from _rows("start_also", ({"id": each.id, **_start(each)} for each in table.also))
    yield from _rows("step", map(_step, table.steps))
    yield from _rows("fork", map(_fork, table.forks))
    yield from _rows("group", map(_group, table.groups))
    yield from _rows("end", map(_end, table.ends))


def _sheet(procedure: Procedure) -> _Cells:
    sheet = procedure.sheet
    return {
        "code": procedure.code,
        "title": procedure.title,
        "kind": sheet.level.value,
        "area": sheet.area,
        "owner": sheet.owner,
        "nature": sheet.nature or "",
        "scope": sheet.scope or "",
        "generality": sheet.generality or "",
        **_time("promised", "promised_basis", sheet.promised),
        "status": sheet.status.value,
        "legal": _legal(sheet.legal),
        "qualification": sheet.qualification,
        "equipment": sheet.equipment,
        "warning": sheet.warning,
        "records": sheet.records,
        "related": sheet.related,
        "facts": sheet.facts,
        "occasion": sheet.occasion or "",
        "shown": sheet.shown or "",
        "office": sheet.office,
        "variant_of": sheet.variant_of,
        "variant_edition": str(sheet.variant_edition or ""),
    }


def _duty(duty: Duty) -> _Cells:
    return {
        "code": duty.code,
        "title": duty.title,
        **_time("time", "time_basis", duty.allowance),
        "begins": duty.begins,
        "ends": duty.ends,
        **_time("most", "most_basis", duty.most),
        "times": duty.times,
        "legal": _legal(duty.legal),
    }


def _rung(rung: Rung) -> _Cells:
    part = "" if rung.part is None else f"{rung.part * _WHOLE:.0f} %"
    return {"at": part, **_time("after", "", rung.after), "do": rung.act.value}


def _lane(row: LaneRow) -> _Cells:
    whose = row.performer.whose
    return {"post": row.performer.post, "office": "" if whose is Whose.CASE else whose.value, "name": row.name}


def _start(row: StartRow) -> _Cells:
    return {
        "kind": "" if row.kind == "none" else row.kind,
        "name": row.name,
        "to": row.to,
        "message": row.message,
        "after": row.after,
    }


def _step(row: StepRow) -> _Cells:
    return {
        "id": row.id,
        "lane": row.lane,
        "kind": "" if row.kind == "user" else row.kind,
        "name": row.name,
        "group": row.group,
        "do": row.instruction,
        **_time("time", "time_basis", row.allowance),
        "needs": row.requirements,
        "output": row.output,
        "legal": _legal(row.legal),
        "note": row.note,
        "act": row.act,
        "stage": row.stage,
        **_time("stage_time", "stage_basis", row.stage_allowance),
        "calls": row.calls,
        "message": row.message,
        "after": row.after,
        **_many(row),
        "hears_from" if row.hears else "talks_to": row.talks_to,
        "fields": [_field(each) for each in row.form],
        "question": row.question,
        "exits": [_exit(each) for each in row.exits],
        "to": row.to,
        **_caught(row.catches),
    }


def _field(field: Field) -> _Cells:
    return {
        "name": field.name,
        "label": field.label,
        "kind": "" if field.kind is FieldKind.TEXT else field.kind.value,
        "required": field.required,
        "choices": tuple(f"{each.value}|{each.label}" for each in field.choices),
        "help": field.help,
        "when": field.when,
        "bound": "" if field.bound is Bound.FACT else field.bound.value,
        "alone": field.alone,
    }


def _exit(way: Exit) -> _Cells:
    return {"value": way.value, "when": way.when, "default": way.default, "label": way.label, "to": way.to}


def _many(row: StepRow | GroupRow) -> _Cells:
    return {"each": row.each, "item": row.item, "sequential": row.sequential}


def _caught(catches: Iterable[Catch]) -> _Cells:
    found: dict[str, list[_Cells]] = {}
    for each in catches:
        word, what, name = _CATCHES[each.kind]
        cells: dict[str, object] = {what: each.what, name: each.name, "to": each.to}
        found.setdefault(word, []).append(cells if each.interrupting else {**cells, "interrupting": _No()})
    return found


def _fork(row: ForkRow) -> _Cells:
    plain = all(each == Exit(each.to) for each in row.ways)
    return {
        "id": row.id,
        "kind": row.kind,
        "name": row.name,
        "lane": row.lane,
        "group": row.group,
        "to": tuple(each.to for each in row.ways) if plain else [_exit(each) for each in row.ways],
        "join": row.join,
        "after_join": row.after_join,
    }


def _group(row: GroupRow) -> _Cells:
    return {"id": row.id, "name": row.name, "group": row.group, **_many(row), "to": row.to, **_caught(row.catches)}


def _end(row: EndRow) -> _Cells:
    return {
        "id": row.id,
        "name": row.name,
        "kind": "" if row.kind == "none" else row.kind,
        "code": row.code,
        "lane": row.lane,
        "group": row.group,
    }


class _No:
    """A `false` that is said, where silence would mean `true`."""


def _time(key: str, basis: str, allowance: Allowance | None) -> _Cells:
    if allowance is None:
        return {}
    short = f"{allowance.amount:g}"
    amount = short if float(short) == allowance.amount else repr(allowance.amount)
    return {key: f"{amount} {allowance.clock}", **({basis: allowance.basis} if basis else {})}


def _legal(places: Iterable[LegalBasis]) -> tuple[str, ...]:
    return tuple(f"{each.instrument} | {each.article}" if each.article else each.instrument for each in places)


# The text.


def _rows(name: str, rows: Iterable[_Cells]) -> Iterator[str]:
    for each in rows:
        yield from ("", f"[[{name}]]", *_pairs(each))


def _pairs(cells: _Cells) -> Iterator[str]:
    for key, value in _filled(cells).items():
        if isinstance(value, list) and value:
            yield f"{key} = ["
            yield from (f"  {_inline(each)}," for each in value)
            yield "]"
        else:
            yield f"{key} = {_value(value)}"


def _filled(cells: _Cells) -> dict[str, object]:
    return {key: value for key, value in cells.items() if value}


def _inline(cells: _Cells) -> str:
    return "{" + ", ".join(f"{key} = {_value(value)}" for key, value in _filled(cells).items()) + "}"


def _value(value: object) -> str:
    if isinstance(value, _No):
        return "false"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _quoted(text: str) -> str:
    """Quote a text: TOML has JSON's escapes, and wants one more for the character 127."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

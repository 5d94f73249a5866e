"""Writes what an SOP adds to the notation as extension elements: the other way round of `extension`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.domain.release import Activity, Allowance, Bound, Duty, Field, FieldKind, LegalBasis, Performer, Rung
from engine.notation import LAJUR, Attributes, Xml
from sop_catalog.procedure import ServiceText, Sheet


def write_sheet(sheet: Sheet) -> Xml:
    """Write a cover sheet, to stand in its process."""
    return _xml(
        "sheet",
        (
            *_allowance("promised", sheet.promised),
            *map(_duty, sheet.duties),
            *map(_rung, sheet.ladder),
            *_legal(sheet.legal),
            *_texts("qualification", sheet.qualification),
            *_texts("related", sheet.related),
            *_texts("equipment", sheet.equipment),
            *_texts("warning", sheet.warning),
            *_texts("record", sheet.records),
            *_texts("fact", sheet.facts),
            *map(_service_text, sheet.standard),
        ),
        level=sheet.level,
        area=sheet.area,
        owner=sheet.owner,
        status=sheet.status,
        nature=sheet.nature or "",
        scope=sheet.scope or "",
        generality=sheet.generality or "",
        occasion=sheet.occasion or "",
        shown=sheet.shown or "",
        office=sheet.office,
        variantOf=sheet.variant_of,
        variantEdition=str(sheet.variant_edition or ""),
    )


def write_performer(performer: Performer) -> Xml:
    """Write which post, in whose office, a lane stands for."""
    return _xml("performer", post=performer.post, office=performer.whose)


def write_activity(activity: Activity) -> tuple[Xml, ...]:
    """Write what the sheet says of one activity; its name, instruction, lane and exits are said in BPMN itself."""
    return (
        *_allowance("allowance", activity.allowance),
        *_texts("requirement", activity.requirements),
        *_texts("output", (activity.output,)),
        *_legal(activity.legal),
        *_texts("note", (activity.note,)),
        *_stage(activity),
        *_texts("act", (activity.act,)),
        *((_xml("form", tuple(_field(each) for each in activity.form)),) if activity.form else ()),
    )


def _field(field: Field) -> Xml:
    return _xml(
        "field",
        tuple(_xml("choice", value=each.value, label=each.label) for each in field.choices),
        name=field.name,
        label=field.label,
        kind=field.kind if field.kind is not FieldKind.TEXT else "",
        required="true" if field.required else "",
        when=field.when,
        bound=field.bound if field.bound is not Bound.FACT else "",
        help=field.help,
        alone="true" if field.alone else "",
    )


def _service_text(said: ServiceText) -> Xml:
    return replace(_xml("standard", part=said.part), text=said.text)


def _duty(duty: Duty) -> Xml:
    return _xml(
        "duty",
        (*_allowance("allowance", duty.allowance), *_allowance("most", duty.most), *_legal(duty.legal)),
        code=duty.code,
        title=duty.title,
        begins=duty.begins,
        ends=duty.ends,
        times=str(duty.times or ""),
    )


def _rung(rung: Rung) -> Xml:
    part = "" if rung.part is None else f"{rung.part:g}"
    return _xml("rung", act=rung.act, part=part, **_counted(rung.after))


def _stage(activity: Activity) -> tuple[Xml, ...]:
    stages = _texts("stage", (activity.stage,))
    return tuple(replace(each, attributes=_filled(_counted(activity.stage_allowance))) for each in stages)


def _allowance(name: str, allowance: Allowance | None) -> tuple[Xml, ...]:
    return (_xml(name, **_counted(allowance)),) if allowance else ()


def _counted(allowance: Allowance | None) -> dict[str, str]:
    if allowance is None:
        return {}
    return {"amount": f"{allowance.amount:g}", "clock": allowance.clock, "basis": allowance.basis}


def _legal(places: Iterable[LegalBasis]) -> tuple[Xml, ...]:
    return tuple(_xml("legalBasis", instrument=each.instrument, article=each.article) for each in places)


def _texts(name: str, texts: Iterable[str]) -> tuple[Xml, ...]:
    return tuple(Xml(tag=f"{{{LAJUR}}}{name}", text=each) for each in texts if each)


def _xml(name: str, children: tuple[Xml, ...] = (), /, **attributes: str) -> Xml:
    return Xml(tag=f"{{{LAJUR}}}{name}", attributes=_filled(attributes), children=children)


def _filled(attributes: Mapping[str, str]) -> Attributes:
    return tuple(sorted((key, str(value)) for key, value in attributes.items() if value))

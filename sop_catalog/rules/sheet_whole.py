"""The cover sheet says everything that SOP AP asks for (PermenPANRB 35/2012, bagian identitas)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from engine.domain.finding import Finding
from engine.notation import LAJUR, Xml
from sop_catalog.procedure import (
    CODE,
    Generality,
    Level,
    Nature,
    Occasion,
    Procedure,
    Scope,
    ServicePart,
    Shown,
    Status,
    macro_of,
)
from sop_catalog.registers import areas
from sop_catalog.rules.view import View, find, find_on

RULE: Final = "sheet-whole"
_WORDS: Final[Mapping[str, type[StrEnum]]] = {
    "level": Level,
    "status": Status,
    "nature": Nature,
    "scope": Scope,
    "generality": Generality,
    "occasion": Occasion,
    "shown": Shown,
}
"""Attribute of the sheet → what it may say."""


def check(view: View) -> Iterator[Finding]:
    """Find what is missing on the sheet, or does not fit the code."""
    if not view.is_sop:
        message = "“{name}” has no cover sheet: it may run, but it is not an SOP."
        yield find(RULE, view.process, message, severity="warning")
        return
    for message in _lacking(view.procedure):
        yield find(RULE, view.process, message)
    yield from _unknown_words(view)
    yield from _misfits(view)


def _lacking(procedure: Procedure) -> Iterator[str]:
    sheet = procedure.sheet
    has = {
        "Expected the process {id} to have a title (its name).": procedure.title,
        "Expected the cover sheet of “{name}” to give its process area.": sheet.area,
        "Expected the cover sheet of “{name}” to give the unit that owns it.": sheet.owner,
        "Expected the cover sheet of “{name}” to give its nature (teknis or administratif).": sheet.nature,
        "Expected the cover sheet of “{name}” to give its scope (final or parsial).": sheet.scope,
        "Expected the cover sheet of “{name}” to give its generality (generik or spesifik).": sheet.generality,
        "Expected the cover sheet of “{name}” to promise a time for the whole.": sheet.promised,
        "Expected the cover sheet of “{name}” to give a legal basis.": sheet.legal,
        "Expected the cover sheet of “{name}” to give the qualification of those who do it.": sheet.qualification,
        "Expected the cover sheet of “{name}” to give the equipment.": sheet.equipment,
        "Expected the cover sheet of “{name}” to warn what happens if it is not followed.": sheet.warning,
        "Expected the cover sheet of “{name}” to say what is recorded.": sheet.records,
    }
    return (message for message, there in has.items() if not there)


def _unknown_words(view: View) -> Iterator[Finding]:
    """Words that nobody here knows: they would be read as if nothing was said."""
    sheet = view.process.extension(f"{{{LAJUR}}}sheet")
    if sheet is None:
        return
    said: list[tuple[Xml, str, type[StrEnum]]] = [(sheet, name, words) for name, words in _WORDS.items()]
    said += [(each, "part", ServicePart) for each in sheet.children if each.tag == f"{{{LAJUR}}}standard"]
    for xml, name, words in said:
        if xml.get(name) and xml.get(name) not in set(words):
            message = "Expected one of {known} as {what} on the cover sheet of “{name}”, but found “{found}”."
            told = {"known": ", ".join(words), "what": name, "found": xml.get(name)}
            yield find_on(xml.line, RULE, view.process, message, severity="error", **told)


def _misfits(view: View) -> Iterator[Finding]:
    code, sheet = view.procedure.code, view.procedure.sheet
    if not CODE.fullmatch(code):
        message = "Expected the id of the process to be a code such as c3-m05, c3-m05-02 or p-c3-01, but found {id}."
        yield find(RULE, view.process, message)
        return
    level = Level.MAP if code.startswith("p-") else Level.MICRO if macro_of(code) else Level.MACRO
    if sheet.level is not level:
        message = "Expected {id} to be a {expected} by its code, but the sheet says {found}: correct one of them."
        yield find(RULE, view.process, message, expected=level, found=sheet.level)
    if sheet.area and sheet.area not in {each.code for each in areas()}:
        message = "Expected the area of “{name}” to be one of the register, but found {found}."
        yield find(RULE, view.process, message, found=sheet.area)
    elif sheet.area and level is not Level.MAP and code.split("-")[0].upper() != sheet.area:
        message = "Expected {id} to be of the area in its code, but the sheet says {found}: correct one of them."
        yield find(RULE, view.process, message, found=sheet.area)

"""The form of a step as a page shows it, and what a browser sends of it. What may be answered the engine decides."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import marshmallow as ma
from werkzeug.datastructures import MultiDict

from engine import feel
from engine.domain.release import Activity, Bound, Field, FieldKind
from engine.forms import names_read, schema_of
from sop_catalog.registers import village_typed
from web.language import gettext, raw
from web.registers import Choices, Registers

FEW = 6
"""So many choices can be seen at once; more go into a list to choose from."""
AS = {
    FieldKind.TEXT: "text",
    FieldKind.LONG_TEXT: "long",
    FieldKind.NUMBER: "text",
    FieldKind.MONEY: "text",
    FieldKind.DATE: "date",
    FieldKind.MOMENT: "datetime-local",
    FieldKind.YES_NO: "radios",
    FieldKind.SEVERAL: "checks",
    FieldKind.REGION: "select",
    FieldKind.VILLAGE: "text",
    FieldKind.OFFICE: "select",
    FieldKind.COUNTRY: "select",
    FieldKind.LIST: "long",
    FieldKind.DOCUMENT: "document",
}
_DOTTED = re.compile(r"\d{1,3}(\.\d{3})+")


@dataclass(frozen=True, slots=True)
class Question:
    """One field, ready to be drawn."""

    name: str
    label: str
    help: str
    kind: str
    as_: str
    value: Any
    required: bool
    choices: Choices
    personal: bool
    asks_again: bool
    fault: str = ""
    recorded: bool = False
    """Kept of the person already: an empty box leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Form:
    """The questions that apply now, with what was typed and what is wrong with it."""

    shown: tuple[Question, ...] = ()
    faults: tuple[tuple[str, str, str], ...] = ()
    """Name, label and sentence of each answer that was not taken."""
    asks_again: bool = False
    """Whether an answer here decides on other questions."""

    @property
    def personal(self) -> bool:
        return any(each.personal for each in self.shown)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a form is drawn from."""

    activity: Activity
    known: Mapping[str, Any]
    """Facts of the case, for conditions and as first answers."""
    registers: Registers
    at: datetime
    typed: Mapping[str, Any] | None = None
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    recorded: frozenset[str] = frozenset()
    """Names of what is kept of the person already."""


def draw(drawn: Drawn) -> Form:
    """Choose the questions that apply, and fill them with what was typed or what is known."""
    form = drawn.activity.form
    decisive = names_read(form)
    asked = questions_asked(drawn)
    shown = tuple(_question(each, drawn, asks_again=each.name in decisive) for each in asked)
    faults = tuple((each.name, each.label, each.fault) for each in shown if each.fault)
    stray = tuple(
        (name, name, _sentence(said)) for name, said in drawn.errors.items() if name not in {q.name for q in shown}
    )
    return Form(shown, faults + stray, any(each.asks_again for each in shown))


def questions_asked(drawn: Drawn) -> tuple[Field, ...]:
    """The fields whose condition is true, given the answers before them."""
    schema = schema_of(drawn.activity.form)
    scope = dict(drawn.known)
    asked = []
    for each in drawn.activity.form:
        if each.when and not feel.is_true(_condition(each.when), scope, now=drawn.at):
            continue
        asked.append(each)
        if drawn.typed is not None and each.kind is not FieldKind.DOCUMENT:
            scope[each.name] = _taken(schema, each.name, drawn.typed.get(each.name))
    return tuple(asked)


def sent(form: tuple[Field, ...], posted: MultiDict[str, str], zone: str) -> dict[str, Any]:
    """What a browser sent for these fields, spelt as the engine reads it.

    Of a person no page shows what is kept, so a box that was left empty says nothing: it takes nothing away.
    """
    said = {
        each.name: _plain(each, posted, zone)
        for each in form
        if each.kind is not FieldKind.DOCUMENT
        if each.name in posted or each.kind is FieldKind.SEVERAL  # a browser says nothing of boxes without a tick
    }
    unseen = {each.name for each in form if each.bound is Bound.SUBJECT}
    return {name: value for name, value in said.items() if value not in ("", []) or name not in unseen}


def _plain(each: Field, posted: MultiDict[str, str], zone: str) -> Any:
    if each.kind is FieldKind.SEVERAL:
        return [value for value in posted.getlist(each.name) if value]
    text = posted.get(each.name, "").strip()
    match each.kind:
        case FieldKind.NUMBER | FieldKind.MONEY:
            return _number(text)
        case FieldKind.VILLAGE:
            return village_typed(text)
        case FieldKind.MOMENT if text and "+" not in text and not text.endswith("Z"):
            return _with_zone(text, zone)
    return text


def _number(text: str) -> str:
    """Read `Rp1.250.000,50` as people here write it."""
    bare = text.removeprefix("Rp").replace(" ", "").replace("\u00a0", "")
    if "," in bare:
        return bare.replace(".", "").replace(",", ".")
    return bare.replace(".", "") if _DOTTED.fullmatch(bare) else bare


def _with_zone(text: str, zone: str) -> str:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).isoformat()
    except ValueError:
        return text


@lru_cache(maxsize=2048)
def _condition(text: str) -> feel.Expression:
    return feel.parse(text)


def _taken(schema: ma.Schema, name: str, value: Any) -> Any:
    if value in ("", None, []):
        return None
    try:
        return schema.fields[name].deserialize(value)
    except ma.ValidationError:
        return None


def plain_facts_sent(names: Sequence[str], posted: MultiDict[str, str]) -> dict[str, Any]:
    """What a browser sent for facts that have no form: JSON (`true`, `12`, `["a"]`), and else a text."""
    typed = {name: posted.get(f"fact-{name}", "").strip()[:2000] for name in names}
    return {name: _json_or_text(text) for name, text in typed.items() if text}


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=str)
    except (ValueError, RecursionError):
        return text


def _question(each: Field, drawn: Drawn, *, asks_again: bool) -> Question:
    choices = drawn.registers.of(each)
    kind = AS.get(each.kind) or ("radios" if len(choices) <= FEW else "select")
    return Question(
        each.name,
        each.label,
        each.help or (gettext("Its Kemendagri code, such as 35.07.11.2003.") if each.kind is FieldKind.VILLAGE else ""),
        each.kind.value,
        kind,
        _value(each, drawn),
        each.required,
        choices,
        each.bound is Bound.SUBJECT,
        asks_again,
        _sentence(drawn.errors.get(each.name, ())),
        recorded=each.name in drawn.recorded,
    )


def _value(each: Field, drawn: Drawn) -> Any:
    if each.kind is FieldKind.DOCUMENT:
        return bool(drawn.known.get(each.name))
    if drawn.typed is not None:
        return _shown(each, drawn.typed.get(each.name, ""))
    if each.bound is Bound.SUBJECT:
        return ""
    return _shown(each, drawn.known.get(each.name))


def _shown(each: Field, value: Any) -> Any:
    """The value of an answer as its input holds it."""
    if each.kind is FieldKind.SEVERAL:
        return [] if value is None else [value] if isinstance(value, str) else list(value)
    if each.kind is FieldKind.LIST and not isinstance(value, str):
        return "\n".join(map(str, value or ()))
    return "" if value is None else _one(each, value)


def _one(each: Field, value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f").replace(".", ",")
        case str() if each.kind is FieldKind.MOMENT:
            return value[:16]
    return str(value)


def _sentence(said: Sequence[str]) -> str:
    return " ".join(raw(each) for each in said)

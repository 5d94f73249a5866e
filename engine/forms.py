"""What an officer sends in, checked against the form of an activity: the one validator of answers.

A form is read into a marshmallow schema once and kept. Unknown answers are refused, and so are answers to questions
that were not asked because their `when` is not true. It does not know where an answer is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import marshmallow as ma
from marshmallow import validate

from engine import feel
from engine.domain.pemda import VILLAGE_CODE, lies_outside
from engine.domain.release import Bound, Field, FieldKind
from engine.errors import NotValid

Answers = Mapping[str, Any]
"""Name → FEEL value, for the questions that were asked and answered; null for an answer that was taken away."""

_LONGEST: Final = {FieldKind.TEXT: 500, FieldKind.LONG_TEXT: 20_000}
_REGION: Final = r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?"
_VILLAGE, _AROUND = "desa_", "daerah_"
_MOST: Final = 200
"""Entries of one list."""

REQUIRED: Final = "Expected an answer."
UNKNOWN: Final = "Expected only questions of the form, or facts that the procedure reads."
NOT_ASKED: Final = "Expected no answer, for the question is not asked here."
SENTENCES: Final = (
    REQUIRED,
    UNKNOWN,
    NOT_ASKED,
    NOT_TEXT := "Expected a text.",
    TOO_LONG := "Expected a shorter text.",
    CONTROL := "Expected a text without control characters.",
    NOT_NUMBER := "Expected a number.",
    NOT_WHOLE := "Expected an amount in whole rupiah.",
    NOT_DATE := "Expected a date.",
    NOT_MOMENT := "Expected a date and time with its zone.",
    NOT_YES_NO := "Expected yes or no.",
    NOT_CHOICE := "Expected one of the choices.",
    NOT_LIST := "Expected a list.",
    NOT_REGION := "Expected the code of a region.",
    NOT_VILLAGE := "Expected the code of a village, such as 35.07.11.2003.",
    VILLAGE_OUTSIDE := "Expected a village of the regency or city that is named beside it.",
    NOT_OFFICE := "Expected the code of an office.",
    NOT_COUNTRY := "Expected the two letters of a country.",
    NO_PAPER := "Expected this document to be attached to the case.",
    NOT_TYPED := "Expected a document attached to the case, and no answer in words.",
)
"""Everything that may be said of one answer: keys for the translators."""


class FormNotValid(NotValid):
    """Expected the form to be filled in as it asks, but these answers cannot be taken: {fields}."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Keep what is wrong with each answer, under its field's name."""
        self.errors = {name: tuple(said) for name, said in sorted(errors.items())}
        super().__init__(fields=", ".join(self.errors))


def read_form(
    form: tuple[Field, ...],
    given: Mapping[str, Any],
    known: Mapping[str, Any],
    *,
    at: datetime,
    papers: Collection[str] = (),
    lists: AbstractSet[str] = frozenset(),
    of_person: Collection[str] = (),
) -> Answers:
    """Check what was given and turn it into FEEL values. `known` are the facts that a `when` may read.

    A list that is left empty is an empty list. One that is not mentioned at all stays as it is, but if it is among the
    `lists` that the drawing reads and nobody has filled it yet, it is empty too: there is nothing to be done for each.
    `papers` are the kinds of document that the case has: a document field that is asked is answered by them alone, with
    true or false. `of_person` are the names of what is known of the case's person already: a question about them that
    has to be answered may be left out then, or left empty, and what is known stays as it is.
    Raises FormNotValid with a sentence for each answer that cannot be taken.
    """
    schema = schema_of(form)
    said = {name: one for name, one in given.items() if one not in ("", None, [])}
    answers, errors = _load(schema, said)
    errors |= {name: [UNKNOWN] for name in given.keys() - {each.name for each in form}}
    scope = dict(known)
    stays = {each.name for each in form if each.required} & known_already(form, of_person) - said.keys()
    taken_away = given.keys() - said.keys() - stays
    for each in form:
        asked = _asked(each, scope, at)
        if not asked:
            taken_away -= {each.name}
        elif each.kind is FieldKind.DOCUMENT:
            answers.setdefault(each.name, each.name in papers)
        elif each.name in stays:
            continue
        elif (
            each.kind in _LISTS and each.name not in said and (each.name in given or each.name in lists - known.keys())
        ):
            answers[each.name] = []
        if wrong := _wrong(each, asked=asked, answered=each.name in said, papers=papers):
            errors[each.name] = [wrong]
        elif asked and each.name in answers:
            scope[each.name] = answers[each.name]
    errors |= _outside(form, answers, {name: scope[name] for name in scope.keys() - taken_away}, errors)
    if errors:
        raise FormNotValid(errors)
    return {**dict.fromkeys(taken_away), **answers}


def regions_beside(form: tuple[Field, ...]) -> Mapping[str, str]:
    """Village asked for → the fact that says in which region it lies: `desa_asal` in `daerah_asal`, whoever asks for that."""
    villages = (each.name for each in form if each.kind is FieldKind.VILLAGE and each.name.startswith(_VILLAGE))
    return {name: f"{_AROUND}{name.removeprefix(_VILLAGE)}" for name in villages}


def _outside(
    form: tuple[Field, ...], answers: Answers, known: Mapping[str, Any], wrong: Collection[str]
) -> dict[str, list[str]]:
    """What is said of villages that lie elsewhere; where one of the two answers is wrong already, nothing more is."""
    return {
        village: [VILLAGE_OUTSIDE]
        for village, region in regions_beside(form).items()
        if answers.get(village) and village not in wrong and region not in wrong
        if lies_outside(str(answers[village]), str(known.get(region) or ""))
    }


def fields_asked(form: tuple[Field, ...], scope: Mapping[str, Any], *, at: datetime) -> frozenset[str]:
    """The questions of a form that are asked where this is known."""
    return frozenset(each.name for each in form if _asked(each, scope, at))


def known_already(form: tuple[Field, ...], of_person: Collection[str]) -> frozenset[str]:
    """The questions about the person that nobody needs to answer again, where these names are known of them.

    One whose answer decides on other questions is not among them: what is kept of a person is not read for that.
    """
    about = {each.name for each in form if each.bound is Bound.SUBJECT}
    return frozenset(about.intersection(of_person) - names_read(form)) if about else frozenset()


def asks_of_person(form: tuple[Field, ...], given: Mapping[str, Any]) -> bool:
    """Whether it matters what is known of the person: something has to be answered about them and is not."""
    return any(
        each.required and each.bound is Bound.SUBJECT and given.get(each.name) in ("", None, []) for each in form
    )


def _wrong(each: Field, *, asked: bool, answered: bool, papers: Collection[str]) -> str:
    """What is wrong with there being an answer, or none; empty where nothing is."""
    if each.kind is FieldKind.DOCUMENT:
        if answered:
            return NOT_TYPED
        return NO_PAPER if asked and each.required and each.name not in papers else ""
    if not asked:
        return NOT_ASKED if answered else ""
    return REQUIRED if each.required and not answered else ""


def names_read(form: tuple[Field, ...]) -> frozenset[str]:
    """The facts that the form's conditions may read."""
    return frozenset().union(*(_condition(each.when).names for each in form if each.when))


@lru_cache(maxsize=2048)
def schema_of(form: tuple[Field, ...]) -> ma.Schema:
    """Build the schema of a form; `when` and `required` are decided together, afterwards."""
    unknown = {"unknown": UNKNOWN, "type": NOT_TEXT}
    made = ma.Schema.from_dict({each.name: _BUILDERS[each.kind](each) for each in form}, name="Form")
    schema = made(unknown=ma.RAISE)
    schema.error_messages |= unknown
    return schema


def _load(schema: ma.Schema, said: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    try:
        return dict(schema.load(said)), {}
    except ma.ValidationError as wrong:
        errors = {str(name): _first(told) for name, told in _messages(wrong).items()}
        return dict(wrong.valid_data) if isinstance(wrong.valid_data, dict) else {}, errors


def _messages(wrong: ma.ValidationError) -> Mapping[str, Any]:
    return wrong.messages if isinstance(wrong.messages, dict) else {}


def _first(told: Any) -> list[str]:
    while isinstance(told, Mapping):
        told = next(iter(told.values()))
    return [str(each) for each in told]


def _asked(each: Field, scope: Mapping[str, Any], at: datetime) -> bool:
    return not each.when or feel.is_true(_condition(each.when), scope, now=at)


@lru_cache(maxsize=4096)
def _condition(text: str) -> feel.Expression:
    return feel.parse(text)


def _tidy(text: str) -> str:
    """One spelling for what looks the same, without blanks around it."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()


def _no_control(text: str) -> None:
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\t" for each in text):
        raise ma.ValidationError(CONTROL)


class _Text(ma.fields.String):
    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> str:
        return _tidy(str(super()._deserialize(value, attr, data, **more)))


class _Number(ma.fields.Decimal):
    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> Decimal:
        if isinstance(value, bool):
            raise self.make_error("invalid")
        number = Decimal(super()._deserialize(value, attr, data, **more))
        try:
            feel.to_json(number)
        except ValueError:
            raise self.make_error("invalid") from None
        return number


class _Lines(ma.fields.List[Any]):
    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> list[Any]:
        lines = [line for line in value.splitlines() if line.strip()] if isinstance(value, str) else value
        return super()._deserialize(lines, attr, data, **more)


class _Day(ma.fields.Date):
    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **more: Any) -> date:
        return value if type(value) is date else super()._deserialize(value, attr, data, **more)


def _text(each: Field) -> ma.fields.Field[Any]:
    longest = validate.Length(max=_LONGEST.get(each.kind, _LONGEST[FieldKind.TEXT]), error=TOO_LONG)
    return _Text(validate=[longest, _no_control], error_messages=_say(NOT_TEXT))


def _pattern(pattern: str, sentence: str) -> Callable[[Field], ma.fields.Field[Any]]:
    whole = re.compile(rf"(?:{pattern})\Z")
    return lambda _: _Text(validate=validate.Regexp(whole, error=sentence), error_messages=_say(sentence))


def _number(_: Field) -> ma.fields.Field[Any]:
    return _Number(error_messages=_say(NOT_NUMBER) | {"special": NOT_NUMBER})


def _money(_: Field) -> ma.fields.Field[Any]:
    def whole(amount: Decimal) -> None:
        if amount != amount.to_integral_value() or amount < 0:
            raise ma.ValidationError(NOT_WHOLE)

    return _Number(validate=whole, error_messages=_say(NOT_WHOLE) | {"special": NOT_WHOLE})


def _yes_no(_: Field) -> ma.fields.Field[Any]:
    return ma.fields.Boolean(
        truthy={True, "true", "yes"}, falsy={False, "false", "no"}, error_messages=_say(NOT_YES_NO)
    )


def _choice(each: Field) -> ma.fields.Field[Any]:
    one_of = validate.OneOf([choice.value for choice in each.choices], error=NOT_CHOICE)
    return ma.fields.String(validate=one_of, error_messages=_say(NOT_CHOICE))


def _several(each: Field) -> ma.fields.Field[Any]:
    return _Lines(_choice(each), validate=validate.Length(max=_MOST, error=NOT_LIST), error_messages=_say(NOT_LIST))


def _list(each: Field) -> ma.fields.Field[Any]:
    return _Lines(_text(each), validate=validate.Length(max=_MOST, error=NOT_LIST), error_messages=_say(NOT_LIST))


def _say(sentence: str) -> dict[str, Any]:
    kinds = ("required", "null", "invalid", "invalid_utf8", "format", "too_large", "validator_failed")
    return dict.fromkeys(kinds, sentence)


_LISTS: Final = frozenset({FieldKind.LIST, FieldKind.SEVERAL})
_BUILDERS: Final[Mapping[FieldKind, Callable[[Field], ma.fields.Field[Any]]]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: lambda _: _Day(error_messages=_say(NOT_DATE)),
    FieldKind.MOMENT: lambda _: ma.fields.AwareDateTime(
        error_messages=_say(NOT_MOMENT) | {"invalid_awareness": NOT_MOMENT}
    ),
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.SEVERAL: _several,
    FieldKind.REGION: _pattern(_REGION, NOT_REGION),
    FieldKind.VILLAGE: _pattern(VILLAGE_CODE, NOT_VILLAGE),
    FieldKind.OFFICE: _pattern(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}", NOT_OFFICE),
    FieldKind.COUNTRY: _pattern(r"[A-Z]{2}", NOT_COUNTRY),
    FieldKind.LIST: _list,
    FieldKind.DOCUMENT: lambda _: ma.fields.Raw(error_messages=_say(NOT_TYPED)),
}

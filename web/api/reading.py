"""The OpenAPI document as a person reads it: operations with their parameters, bodies, answers and problems as rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from web.api.describing import TOKEN
from web.api.examples import EXAMPLES, Example

DEEPEST: Final = 4
"""Levels of bodies that are spelt out; ours have three."""
_SPANS: Final = (
    ("minLength", "maxLength", "characters"),
    ("minItems", "maxItems", "of them"),
    ("minimum", "maximum", ""),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a body, or one parameter."""

    name: str
    kind: str
    required: bool
    limits: str
    meaning: str
    where: str = ""
    """Of a parameter: `path`, `query` or `header`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered where nothing is refused, or with a body of its own where it is."""

    status: str
    meaning: str
    many: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program can ask for."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    parameters: tuple[Row, ...]
    body: tuple[Row, ...]
    sent: str
    """As what the body is sent; empty where there is none."""
    answers: tuple[Answer, ...]
    problems: tuple[tuple[str, str], ...]
    """Status and meaning."""
    example: Example


def operations(document: Mapping[str, Any]) -> tuple[Operation, ...]:
    """Every operation of the document, in its order."""
    return tuple(
        _operation(document, path, method, told)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if isinstance(told, Mapping)
    )


def _operation(document: Mapping[str, Any], path: str, method: str, told: Mapping[str, Any]) -> Operation:
    answers = {status: _resolved(document, each) for status, each in told["responses"].items()}
    refused = {status: each for status, each in answers.items() if "application/json" not in each.get("content", {})}
    shared = document["paths"][path].get("parameters", [])
    scopes = [scope for each in told["security"] for scope in each[TOKEN]]
    sent = next(iter(told.get("requestBody", {}).get("content", {}).items()), None)
    return Operation(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        description=" ".join(told.get("description", "").split()),
        scope=" ".join(scopes),
        parameters=tuple(_parameter(_resolved(document, each)) for each in [*shared, *told.get("parameters", [])]),
        body=tuple(_rows(document, sent[1]["schema"])) if sent else (),
        sent=sent[0] if sent else "",
        answers=tuple(_answer(document, status, each) for status, each in answers.items() if status not in refused),
        problems=tuple((status, each["description"]) for status, each in refused.items()),
        example=EXAMPLES[told["operationId"]],
    )


def _parameter(told: Mapping[str, Any]) -> Row:
    schema = told["schema"]
    meaning = told.get("description", "")
    return Row(told["name"], kind_of(schema), told.get("required", False), limits_of(schema), meaning, told["in"])


def _answer(document: Mapping[str, Any], status: str, told: Mapping[str, Any]) -> Answer:
    schema = told["content"]["application/json"]["schema"]
    many = schema.get("type") == "array"
    rows = tuple(_rows(document, schema["items"] if many else schema))
    return Answer(status, told["description"], many, rows)


def _rows(document: Mapping[str, Any], schema: Mapping[str, Any], before: str = "", depth: int = 0) -> Iterator[Row]:
    whole = _resolved(document, schema)
    for name, each in whole.get("properties", {}).items():
        called, known = f"{before}{name}", _plain(document, each)
        meaning = each.get("description") or known.get("description", "")
        yield Row(called, kind_of(known), name in whole.get("required", ()), limits_of(known), meaning)
        inner = known.get("items", known)
        if depth < DEEPEST and _resolved(document, inner).get("properties"):
            sign = "[]." if "items" in known else "."
            yield from _rows(document, inner, f"{called}{sign}", depth + 1)


def _plain(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema without its references, where it stands alone or beside null."""
    choices = [each for each in schema.get("anyOf", schema.get("allOf", ())) if each.get("type") != "null"]
    if len(choices) == 1:
        known = dict(_resolved(document, choices[0]))
        return known | ({"type": [known.get("type", "object"), "null"]} if "anyOf" in schema else {})
    return _resolved(document, schema)


def _resolved(document: Mapping[str, Any], told: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in told:
        return told
    found: Any = document
    for step in told["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    known: Mapping[str, Any] = found
    return known


def kind_of(schema: Mapping[str, Any]) -> str:
    """What a value is, in words: `text`, `list of numbers`, `moment or null`."""
    told = schema.get("type", "any value")
    kinds = [told] if isinstance(told, str) else list(told)
    return " or ".join(_kind(each, schema) for each in kinds)


def _kind(kind: str, schema: Mapping[str, Any]) -> str:
    if kind == "string":
        return {"date-time": "moment with its zone", "date": "date"}.get(schema.get("format", ""), "text")
    if kind == "array":
        inner = schema.get("items", {})
        return f"list of {'objects' if '$ref' in inner else _plural(kind_of(inner))}"
    return {"integer": "whole number", "boolean": "true or false", "object": "object"}.get(kind, kind)


def _plural(kind: str) -> str:
    return {"text": "texts", "whole number": "whole numbers", "object": "objects"}.get(kind, kind)


def limits_of(schema: Mapping[str, Any]) -> str:
    """Within what a value must lie, in words."""
    said = [*_spans(schema)]
    if "pattern" in schema:
        said.append(f"like `{schema['pattern']}`")
    if "enum" in schema:
        said.append("one of " + ", ".join(f"`{each}`" for each in schema["enum"] if each is not None))
    if schema.get("default") not in (None, "", [], {}):
        said.append(f"left out: `{schema['default']}`")
    return "; ".join(said)


def _spans(schema: Mapping[str, Any]) -> Iterator[str]:
    """From how much to how much: `1 to 200 characters`."""
    for least, most, unit in _SPANS:
        low, high = schema.get(least), schema.get(most)
        if low is not None and high is not None:
            yield f"{low} to {high} {unit}".rstrip()
        elif low is not None or high is not None:
            yield f"{'at least' if high is None else 'at most'} {low if high is None else high} {unit}".rstrip()

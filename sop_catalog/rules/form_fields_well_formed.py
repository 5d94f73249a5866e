"""Every field of a form can be asked, answered and kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from engine import feel
from engine.domain.finding import Finding
from engine.domain.release import Bound, FieldKind
from engine.notation import LAJUR, Activity, Xml
from sop_catalog.rules.view import View, find, find_on

RULE: Final = "form-fields-well-formed"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_CLOSED: Final = frozenset({FieldKind.CHOICE, FieldKind.SEVERAL})
_COLUMNS: Final = frozenset({"origin_office", "destination_office"})
_TAKEN: Final = frozenset({"outcome", "seen", "key", "csrf"})
"""What a page of ours sends beside the answers."""


def check(view: View) -> Iterator[Finding]:
    """Look at the fields as they are written: a word that is not known is read as its default otherwise."""
    for activity in view.of(Activity):
        form = activity.extension(f"{{{LAJUR}}}form")
        fields = [each for each in form.children if each.tag == f"{{{LAJUR}}}field"] if form else []
        for each in fields:
            for message, facts in _wrong(each):
                told = {"field": each.get("name") or each.get("label"), **facts}
                yield find_on(each.line, RULE, activity, message, severity="error", **told)
        for name, times in Counter(each.get("name") for each in fields).items():
            if times > 1:
                message = "Expected the fields of “{name}” to have names of their own, but “{field}” is there {times} times: rename all but one."
                yield find(RULE, activity, message, field=name, times=times)


def _wrong(xml: Xml) -> Iterator[tuple[str, dict[str, str]]]:
    name, kind, bound = xml.get("name"), xml.get("kind", FieldKind.TEXT), xml.get("bound", Bound.FACT)
    if not _NAME.fullmatch(name):
        yield "Expected the field “{field}” of “{name}” to be named in small letters, digits and _.", {}
    elif name in _TAKEN or not _is_readable(name):
        yield "Expected another name for the field “{field}” of “{name}”: that word has a meaning of its own.", {}
    if not xml.get("label"):
        yield "Expected the field “{field}” of “{name}” to have a label.", {}
    if kind not in set(FieldKind):
        known = ", ".join(sorted(FieldKind))
        yield (
            "Expected the field “{field}” of “{name}” to be of a kind among {known}, but found “{found}”.",
            {
                "known": known,
                "found": kind,
            },
        )
    if bound not in set(Bound):
        yield (
            "Expected the field “{field}” of “{name}” to be kept as fact, subject or case, but found “{found}”.",
            {"found": bound},
        )
    if bound == Bound.CASE and name not in _COLUMNS:
        yield "Expected a field kept with the case to be origin_office or destination_office, but found “{field}”.", {}
    if kind == FieldKind.DOCUMENT and bound != Bound.FACT:
        yield (
            "Expected the document field “{field}” of “{name}” to be kept as a fact: the fact says whether it is there.",
            {},
        )
    if xml.get("required", "false") not in {"true", "false"}:
        yield "Expected required to be true or false at the field “{field}” of “{name}”.", {}
    yield from _wrong_choices(xml, kind)
    yield from _wrong_condition(xml)


def _is_readable(name: str) -> bool:
    """Whether a condition that says this name reads the fact: `true` and `if` do not."""
    try:
        return feel.parse(name).names == {name}
    except feel.FeelSyntaxError:
        return False


def _wrong_choices(xml: Xml, kind: str) -> Iterator[tuple[str, dict[str, str]]]:
    values = [each.get("value") for each in xml.children if each.tag == f"{{{LAJUR}}}choice"]
    if kind in set(_CLOSED) and not values:
        yield "Expected the field “{field}” of “{name}” to have choices.", {}
    if kind not in set(_CLOSED) and values:
        yield "Expected no choices at the field “{field}” of “{name}”, for its kind is not one to choose from.", {}
    if len(set(values)) < len(values) or "" in values:
        yield "Expected the choices of the field “{field}” of “{name}” to have values that differ.", {}


def _wrong_condition(xml: Xml) -> Iterator[tuple[str, dict[str, str]]]:
    if not xml.get("when"):
        return
    try:
        feel.parse(xml.get("when"))
    except feel.FeelSyntaxError as wrong:
        yield "Expected the “when” of the field “{field}” of “{name}” to be FEEL, but: {wrong}", {"wrong": str(wrong)}

"""What is known of the person of a case, as the case's page tells it: dots, or words. Who may see it is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal

from engine.domain.release import Bound, Field, FieldKind, Release
from engine.domain.subject import FIELDS, LASTING, masked
from engine.queries.case import CasePage
from web.answers import answers
from web.language import day, gettext, plain_moment


def person_known(page: CasePage, release: Release, shown: Any) -> dict[str, Any] | None:
    """The names of what is known, who it is first, then in the order that forms ask for it; the contents only where they were asked for just now."""
    if not page.head.person:
        return None
    asked = {
        each.name: each
        for activity in release.activities.values()
        for each in activity.form
        if each.bound is Bound.SUBJECT
    }
    order = [*(each for each in FIELDS if each in LASTING), *asked]
    known = list(dict.fromkeys(each for each in [*order, *page.head.person] if each in page.head.person))
    clear = shown.fields if shown is not None else None
    return {"shown": shown is not None, "fields": [_known(each, asked.get(each), clear) for each in known]}


def _known(name: str, asked: Field | None, clear: Mapping[str, str] | None) -> tuple[str, str]:
    """One line about the person: its label, and what is known or dots."""
    label = asked.label if asked else name
    if clear is None or name not in clear:
        return label, masked("")
    return label, _in_words(asked, clear[name])


def _in_words(asked: Field | None, value: str) -> str:
    """A stored answer as its form would have said it; one that its form would not take is told as it stands."""
    if asked is None:
        return value
    labels = {each.value: each.label for each in asked.choices}
    if asked.kind in {FieldKind.SEVERAL, FieldKind.LIST}:
        return ", ".join(labels.get(each, each) for each in value.splitlines())
    if asked.kind in {FieldKind.REGION, FieldKind.VILLAGE, FieldKind.COUNTRY}:
        return answers(())(asked.name, value)
    with suppress(ValueError, ArithmeticError):
        if tell := _SAID.get(asked.kind):
            return tell(value)
    return labels.get(value, value)


_SAID: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.DATE: lambda value: day(date.fromisoformat(value)),
    FieldKind.MOMENT: lambda value: plain_moment(datetime.fromisoformat(value), near=False),
    FieldKind.YES_NO: lambda value: gettext("Yes") if value == "yes" else gettext("No"),
    FieldKind.NUMBER: lambda value: str(format_decimal(Decimal(value))),
    FieldKind.MONEY: lambda value: f"Rp{format_decimal(Decimal(value))}",
}

"""Letters and slips as PDF: what a case knows, put into the words of a letter, and typeset. The same input gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import segno
import typst
from flask_babel import force_locale, format_date, format_datetime

from engine import Extended, Matter
from engine.domain.organisation import Office
from engine.domain.release import Field, FieldKind, Release
from sop_catalog import registers
from web.language import gettext, plain_moment
from web.office_hours import place_of
from web.papers.register import FOLDER, IDENTITY, LetterKind
from web.remaining import allowance_words

DOTS = "…"


def labels_of(release: Release) -> Mapping[str, Field]:
    """Each question that some form of a release asks, by its name."""
    return {each.name: each for activity in release.activities.values() for each in activity.form}


def words_of(value: Any, field: Field | None) -> str:
    """An answer as its form would have said it."""
    choices = {each.value: each.label for each in field.choices} if field else {}
    if isinstance(value, list):
        return ", ".join(words_of(each, field) for each in value)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, dict):
        value = next(iter(value.values()), "")
    text = str(value)
    if text in choices:
        return choices[text]
    if field is not None and field.kind is FieldKind.REGION:
        return registers.regions().get(text, text)
    if field is not None and field.kind is FieldKind.VILLAGE:
        return registers.village_name(text) or text
    return _moment(text, field) or (text if field is not None else text.replace("_", " ").replace("-", " "))


def _moment(text: str, field: Field | None) -> str:
    """A day or an instant in words; empty for anything else."""
    try:
        if len(text) == len("2026-11-21"):
            return str(format_date(date.fromisoformat(text), "d MMMM y"))
        return (
            plain_moment(datetime.fromisoformat(text), near=False) if field and field.kind is FieldKind.MOMENT else ""
        )
    except ValueError:
        return ""


def write_letter(kind: LetterKind, matter: Matter) -> bytes:
    """Typeset a letter about a matter. What is not known becomes a dotted line."""
    with force_locale("id"):
        return typeset(kind.code, told(kind, matter), matter.at)


def told(kind: LetterKind, matter: Matter) -> dict[str, Any]:
    """What the letter's template reads."""
    fields = labels_of(matter.release)
    office = matter.offices["office"]
    origin = matter.offices.get("origin")
    facts = {name: words_of(value, fields.get(name)) for name, value in matter.facts.items()}
    person = {name: words_of(value, fields.get(name)) for name, value in matter.person.items()}
    return {
        "proposal": kind.proposal,
        "basis": kind.basis,
        "case": matter.case.number,
        "stage": matter.case.stage,
        "opened": plain_moment(matter.case.opened_at, near=False),
        "office": office.name,
        "city": office.city,
        "origin": origin.name if origin else "",
        "officer": matter.officer,
        "post": _post(matter.post),
        "person": person,
        "identity": " / ".join(person[each] for each in IDENTITY if person.get(each)),
        "facts": facts,
        "courses": [
            {"title": title, "ground": each.ground, "at": plain_moment(each.decided_at, near=False)}
            for title, each in matter.courses
        ],
        "choice": facts.get("pilihan_penyintas", ""),
        "consent": facts.get("persetujuan", ""),
        "consent_code": str(matter.facts.get("persetujuan", "")),
        "choice_by": matter.choice.by if matter.choice else "",
        "choice_at": plain_moment(matter.choice.at, near=False) if matter.choice else "",
        "extensions": [_extended(each) for each in matter.extensions],
        **_dates(matter.at),
    }


def _extended(one: Extended) -> dict[str, str]:
    """More time as a letter tells of it."""
    due, decided = one.clock.due_at, one.by.decided_at
    return {
        "name": one.clock.name,
        "amount": allowance_words(one.by.allowance),
        "until": plain_moment(due, near=False) if due else "",
        "reason": one.by.reason,
        "basis": one.by.allowance.basis,
        "decided": plain_moment(decided, near=False) if decided else "",
    }


def write_slip(office: Office, *, address: str, code: str, hours: str, at: datetime) -> bytes:
    """Typeset the slip for a person's hand. Neither a name, nor the case, nor the PIN is on it.

    `hours` says when the office is open: where it has given no telephone, to come is all that one can do.
    """
    shown = address.removeprefix("https://").removeprefix("http://")
    drawn = segno.make(f"{address}/{code}", error="m", micro=False).svg_inline(
        scale=4, border=2, dark="#000", light="#fff"
    )
    with force_locale("id"):
        dates = _dates(at)
    given = {
        "office": office.name,
        "place": place_of(office),
        "hours": hours,
        "address": shown,
        "code": code,
        "phone": office.phone,
        "qr": drawn
        if drawn.startswith("<?xml")
        else drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
        **dates,
    }
    return typeset("kartu", given, at)


def typeset(template: str, given: Mapping[str, Any], at: datetime) -> bytes:
    """Make the PDF: tagged (PDF/UA-1), with the fonts that come with the typesetter and no others."""
    made = _compile(template, given)(format="pdf", pdf_standards="ua-1", timestamp=at.replace(microsecond=0))
    return bytes(made) if isinstance(made, bytes | bytearray) else b"".join(made or [])


def _compile(template: str, given: Mapping[str, Any]) -> Any:
    data = {"data": json.dumps(given, ensure_ascii=False, sort_keys=True, default=_plain)}
    return partial(
        typst.compile, str(FOLDER / f"{template}.typ"), root=str(FOLDER), ignore_system_fonts=True, sys_inputs=data
    )


def _plain(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _dates(at: datetime) -> dict[str, Any]:
    local = plain_moment(at, near=False)
    return {
        "printed": local,
        "day": str(format_datetime(at, "EEEE")),
        "date_words": str(format_datetime(at, "d MMMM y")),
        "date": [int(format_datetime(at, each)) for each in ("y", "M", "d")],
    }


def _post(code: str) -> str:
    known = registers.post(code)
    return known.name if known else code

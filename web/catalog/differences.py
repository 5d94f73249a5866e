"""What two editions say differently, in the reader's language: one line for each thing, under the element that it is of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.domain.release import Allowance, Choice, Duty, LegalBasis, Performer, Rung, Whose
from sop_catalog.diagram.differ import Change
from sop_catalog.procedure import Occasion, ServiceText, Shown
from web.catalog.times import duty_words, legal_words, rung_words, time_words
from web.catalog.words import bounds, kinds, occasions, offices, service_parts, sheet_words, shown
from web.identity import spoken_titles
from web.language import gettext
from web.registers import post_title


@dataclass(frozen=True, slots=True)
class Said:
    """One element with everything that is said of it otherwise."""

    subject: str
    sign: str
    """`added`, `removed` or `changed`."""
    lines: Sequence[tuple[str, str, str]]
    """What, as it was, as it is; the last two are empty where there is nothing to set against each other."""
    element: str = ""


def say_changes(changes: Iterable[Change]) -> list[Said]:
    """Put changes of the same element together and say each in words."""
    titles = spoken_titles()
    groups: dict[tuple[str, str], list[Change]] = {}
    for each in changes:
        groups.setdefault((_place(each), each.element), []).append(each)
    return [_group(found, titles) for found in groups.values()]


def _place(each: Change) -> str:
    return each.of if each.what not in {"added", "removed"} else f"{each.of} {each.what}"


def _group(found: list[Change], titles: Mapping[str, str]) -> Said:
    first = found[0]
    whole = first.what if first.what in {"added", "removed"} else "changed"
    lines = [_line(each, titles) for each in found]
    if whole != "changed":
        word = gettext("added") if whole == "added" else gettext("removed")
        return Said(_subject(first), whole, [(word, "", "")], first.element)
    return Said(_subject(first), whole, lines, first.element)


def _subject(each: Change) -> str:
    name = each.name or each.element
    match each.of:
        case "sheet":
            return gettext("Cover sheet")
        case "layout":
            return gettext("Layout")
        case "other" if not each.element:
            return gettext("The file")
        case "step":
            return gettext("Step %(number)s “%(name)s”", number=each.step or "?", name=name)
        case "flow":
            way = each.detail
            return (
                gettext("Arrow “%(name)s” (%(way)s)", name=each.name, way=way)
                if each.name
                else gettext("Arrow %(way)s", way=way)
            )
    words = {
        "lane": gettext("Lane “%(name)s”", name=name),
        "event": gettext("Event “%(name)s”", name=name),
        "decision": gettext("Decision “%(name)s”", name=name),
        "group": gettext("Group “%(name)s”", name=name),
        "party": gettext("Outside party “%(name)s”", name=name),
        "message-flow": gettext("Message to or from outside “%(name)s”", name=name),
    }
    return words.get(each.of, name)


def _line(each: Change, titles: Mapping[str, str]) -> tuple[str, str, str]:
    if each.what == "field-added":
        return gettext("form: field “%(label)s” added", label=each.detail), "", ""
    if each.what == "field-removed":
        return gettext("form: field “%(label)s” removed", label=each.detail), "", ""
    if each.what == "field-order":
        return gettext("form: the fields stand in another order"), "", ""
    if each.what == "layout":
        return gettext("only drawn otherwise: nothing of what is done changes by it"), "", ""
    if each.what == "other":
        return gettext("something else of the element; see the drawing"), "", ""
    what = _aspect(each)
    return what, _value(each.before, titles), _value(each.after, titles)


def _aspect(each: Change) -> str:
    if each.what == "field":
        return gettext(
            "form: field “%(label)s”, %(aspect)s", label=each.detail, aspect=_of_field().get(each.aspect, "")
        )
    if each.what == "duty":
        return gettext("duty “%(title)s”", title=each.detail)
    if each.of == "sheet":
        return sheet_words().get(each.what, each.what)
    return _of_element().get(each.what, each.what)


def _of_field() -> dict[str, str]:
    return {
        "label": gettext("question"),
        "kind": gettext("kind of answer"),
        "required": gettext("required"),
        "when": gettext("asked when"),
        "choices": gettext("choices"),
        "bound": gettext("kept as"),
        "help": gettext("help"),
        "alone": gettext("asked of each person for themselves"),
    }


def _of_element() -> dict[str, str]:
    return {
        "name": gettext("name"),
        "kind": gettext("kind"),
        "performer": gettext("whose work"),
        "instruction": gettext("what is done"),
        "allowance": gettext("time limit"),
        "requirements": gettext("needed"),
        "output": gettext("output"),
        "legal": gettext("legal basis"),
        "note": gettext("note"),
        "stage": gettext("stage of the case"),
        "stage_allowance": gettext("how long the case may stay in the stage"),
        "act": gettext("what must be decided first"),
        "calls": gettext("procedure called"),
        "each": gettext("done once for each of"),
        "message": gettext("message"),
        "waits": gettext("waits for or tells"),
        "interrupting": gettext("interrupts the step"),
        "way": gettext("leads"),
        "condition": gettext("condition"),
        "default": gettext("way taken otherwise"),
    }


def _value(value: Any, titles: Mapping[str, str]) -> str:
    if isinstance(value, tuple | list):
        return "; ".join(_value(each, titles) for each in value) or gettext("(nothing)")
    return _one(value, titles) or gettext("(nothing)")


def _one(value: Any, titles: Mapping[str, str]) -> str:
    match value:
        case Allowance():
            said = time_words(value)
        case Duty():
            said = duty_words(value)
        case Rung():
            said = rung_words(value)
        case Performer():
            title, where = post_title(titles, value.post), dict(offices())[value.whose.value].lower()
            said = title if value.whose is Whose.CASE else f"{title} ({where})"
        case bool():
            said = gettext("Yes") if value else gettext("No")
        case ServiceText():
            said = f"{dict(service_parts())[value.part.value]}: {value.text}"
        case LegalBasis():
            said = legal_words(value)
        case Choice():
            said = value.label or value.value
        case None:
            said = ""
        case _:
            said = _word(value)
    return said


def _word(value: Any) -> str:
    """A word of a closed list as people say it; anything else as it is."""
    if isinstance(value, Occasion | Shown):
        return {**dict(occasions()), **dict(shown())}[value.value]
    return {**dict(kinds()), **dict(bounds())}.get(str(value), str(value))

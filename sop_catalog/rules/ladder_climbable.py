"""Every rung of an escalation ladder says when it is reached and what happens there, and they are reached in that order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from engine.domain.finding import Finding
from engine.domain.release import RungAct
from engine.notation import LAJUR, Xml
from sop_catalog.diagram.extension import PART
from sop_catalog.rules.view import View, find_on

RULE: Final = "ladder-climbable"


def check(view: View) -> Iterator[Finding]:
    """Look at every rung of the cover sheet, as it is written there; one that does not fit would be passed over."""
    sheet = view.process.extension(f"{{{LAJUR}}}sheet")
    rungs = [each for each in sheet.children if each.tag == f"{{{LAJUR}}}rung"] if sheet else []
    for place, rung in enumerate(rungs, start=1):
        yield from _look(rung, place, view)
    for place, (lower, higher) in enumerate(pairwise(rungs), start=2):
        if not _in_order(lower, higher):
            message = "Expected rung {place} of “{name}” to be reached after the one before it."
            yield find_on(higher.line, RULE, view.process, message, place=place)


def _look(rung: Xml, place: int, view: View) -> Iterator[Finding]:
    part, after = rung.get("part"), rung.get("amount") or rung.get("clock")
    if rung.get("act") not in set(RungAct):
        message = "Expected rung {place} of “{name}” to do one of {known}, but found “{found}”."
        yield find_on(
            rung.line, RULE, view.process, message, place=place, known=", ".join(RungAct), found=rung.get("act")
        )
    if bool(part) == bool(after):
        message = "Expected rung {place} of “{name}” to be reached either at a part of the time or some time after it."
        yield find_on(rung.line, RULE, view.process, message, place=place)
    elif part and not _is_part(part):
        message = (
            "Expected rung {place} of “{name}” to be reached at a part above 0 and at most 1, but found “{found}”."
        )
        yield find_on(rung.line, RULE, view.process, message, place=place, found=part)


def _in_order(lower: Xml, higher: Xml) -> bool:
    """Parts rise; what is counted from the due moment comes after them, and rises as far as it can be compared."""
    one, other = lower.get("part"), higher.get("part")
    if one or other:
        return bool(one) and (not other or not (_is_part(one) and _is_part(other)) or float(one) < float(other))
    try:
        return lower.get("clock") != higher.get("clock") or float(lower.get("amount")) < float(higher.get("amount"))
    except ValueError:
        return True


def _is_part(text: str) -> bool:
    return PART.fullmatch(text) is not None and 0 < float(text) <= 1

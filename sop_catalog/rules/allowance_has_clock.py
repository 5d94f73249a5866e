"""Every allowance is a positive number with one of the clocks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.domain.release import Clock
from engine.notation import LAJUR, Activity, Process, Xml
from sop_catalog.rules.view import View, find

RULE: Final = "allowance-has-clock"


def check(view: View) -> Iterator[Finding]:
    """Find allowances that cannot be counted; they would otherwise be read as missing."""
    for place, allowance in _allowances(view):
        if allowance.get("clock") not in set(Clock):
            known = ", ".join(sorted(Clock))
            message = "Expected one of the clocks {known} for the time of “{name}”, but found “{found}”."
            yield find(RULE, place, message, known=known, found=allowance.get("clock"))
        if not _is_positive(allowance.get("amount")):
            message = "Expected a number above 0 for the time of “{name}”, but found “{found}”."
            yield find(RULE, place, message, found=allowance.get("amount"))


def _allowances(view: View) -> Iterator[tuple[Activity | Process, Xml]]:
    for node in view.of(Activity):
        yield from ((node, each) for each in node.extensions if each.tag == f"{{{LAJUR}}}allowance")
    sheet = view.process.extension(f"{{{LAJUR}}}sheet")
    for each in sheet.children if sheet else ():
        if each.tag == f"{{{LAJUR}}}promised":
            yield view.process, each


def _is_positive(text: str) -> bool:
    try:
        amount = float(text)
    except ValueError:
        return False
    return math.isfinite(amount) and amount > 0

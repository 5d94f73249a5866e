"""Every time that is said anywhere is a positive number with one of the clocks: of a step, a stage, a duty, the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.domain.deadline import check_allowance
from engine.domain.finding import Finding
from engine.domain.release import Allowance, Clock
from engine.errors import NotValid
from engine.notation import LAJUR, Activity, Process, Xml
from sop_catalog.rules.view import View, find_on

RULE: Final = "allowance-has-clock"
_AMOUNT: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def check(view: View) -> Iterator[Finding]:
    """Find allowances that cannot be counted; they would otherwise be read as missing."""
    for place, allowance in _allowances(view):
        if allowance.get("clock") not in set(Clock):
            known = ", ".join(sorted(Clock))
            message = "Expected one of the clocks {known} for the time of “{name}”, but found “{found}”."
            yield find_on(allowance.line, RULE, place, message, known=known, found=allowance.get("clock"))
        if not _is_positive(allowance.get("amount")):
            message = "Expected a number above 0 for the time of “{name}”, but found “{found}”."
            yield find_on(allowance.line, RULE, place, message, found=allowance.get("amount"))
        elif not _is_countable(allowance):
            message = (
                "Expected a time for “{name}” that ends within ten years, in whole days or months, but found “{found}”."
            )
            yield find_on(
                allowance.line, RULE, place, message, found=f"{allowance.get('amount')} {allowance.get('clock')}"
            )


def _allowances(view: View) -> Iterator[tuple[Activity | Process, Xml]]:
    for node in view.of(Activity):
        yield from ((node, each) for each in node.extensions if each.tag == f"{{{LAJUR}}}allowance")
        yield from ((node, each) for each in node.extensions if each.tag == f"{{{LAJUR}}}stage" and _is_timed(each))
    sheet = view.process.extension(f"{{{LAJUR}}}sheet")
    for each in sheet.children if sheet else ():
        if each.tag == f"{{{LAJUR}}}promised" or (each.tag == f"{{{LAJUR}}}rung" and _is_timed(each)):
            yield view.process, each
        if each.tag == f"{{{LAJUR}}}duty":
            inside = (f"{{{LAJUR}}}allowance", f"{{{LAJUR}}}most")
            yield from ((view.process, time) for time in each.children if time.tag in inside)


def _is_timed(xml: Xml) -> bool:
    """Whether it says a time at all, for it need not."""
    return bool(xml.get("amount") or xml.get("clock"))


def _is_positive(text: str) -> bool:
    return _AMOUNT.fullmatch(text) is not None and float(text) > 0


def _is_countable(xml: Xml) -> bool:
    """Whether a due date could be reckoned with it; where its clock is unknown, that has been told."""
    if xml.get("clock") not in set(Clock):
        return True
    try:
        check_allowance(Allowance(float(xml.get("amount")), Clock(xml.get("clock"))))
    except NotValid:
        return False
    return True

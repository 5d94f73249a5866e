"""Ids in one file differ by more than capitals and dashes: people read them aloud, and files and sheets fold them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.notation import Element, elements
from sop_catalog.rules.view import View, find

RULE: Final = "ids-tell-apart"


def check(view: View) -> Iterator[Finding]:
    """Find ids that read as another one; that they are there, well formed and not given twice was asked on reading."""
    first: dict[str, Element] = {}
    for each in elements(view.drawing):
        if not each.id:
            continue
        other = first.setdefault(_folded(each.id), each)
        if other.id != each.id:
            message = (
                "Expected the id {id} to differ from {other} (line {there}) by more than capitals and dashes: "
                "give one of them another id."
            )
            yield find(RULE, each, message, severity=view.weight, other=other.id, there=other.line)


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_").replace(".", "_")

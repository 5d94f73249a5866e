"""Every SOP that the cover sheet calls related is another one, named by its code, and there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from engine.domain.finding import Finding
from engine.notation import LAJUR
from sop_catalog.procedure import CODE, macro_of
from sop_catalog.rules.view import View, find

RULE: Final = "related-resolve"
_LIKE_A_CODE: Final = re.compile(r"(?=\S*\d)[A-Za-z]\w{0,3}([-_./]\w{1,4}){1,3}|[cslCSL]\d{1,2}\s?[mM]\d{1,2}.{0,4}")
"""What was meant as a code. Other words name an SOP that has none: of another agency, or not drawn yet."""


def check(view: View) -> Iterator[Finding]:
    """Look at what the sheet says of other SOPs. Where nothing of a macro is at hand, it may not be drawn yet."""
    families = _families(view)
    said: set[str] = set()
    for code, line in _related(view):
        for found in _wrong(view, code, families, said):
            yield replace(found, line=line)
        said.add(code)


def _wrong(view: View, code: str, families: frozenset[str], said: set[str]) -> Iterator[Finding]:
    if code in said:
        message = "Expected the sheet of “{name}” to name {code} once among what is related: leave the other out."
        yield find(RULE, view.process, message, severity="warning", code=code)
    elif code == view.process.id:
        message = "Expected other SOPs among what is related to “{name}”, but found its own code {code}: leave it out."
        yield find(RULE, view.process, message, severity=view.weight, code=code)
    elif not CODE.fullmatch(code) and _LIKE_A_CODE.fullmatch(code):
        message = "Expected a code such as c3-m05-02 among what is related to “{name}”, but found “{code}”."
        yield find(RULE, view.process, message, severity=view.weight, code=code)
    elif CODE.fullmatch(code) and code not in view.drawings and (macro_of(code) or code) in families:
        message = (
            "Expected {code}, which the sheet of “{name}” calls related, to be there, but it is not: "
            "correct the code or leave it out."
        )
        yield find(RULE, view.process, message, severity="warning", code=code)


def _related(view: View) -> Iterator[tuple[str, int]]:
    sheet = view.process.extension(f"{{{LAJUR}}}sheet")
    written = [each for each in sheet.children if each.tag == f"{{{LAJUR}}}related"] if sheet else []
    return ((each.text.strip(), each.line) for each in written if each.text.strip())


def _families(view: View) -> frozenset[str]:
    """Macros of which the drawing and at least one micro are at hand."""
    micros = {macro_of(code) for code in view.drawings}
    return frozenset(code for code in view.drawings if code in micros)

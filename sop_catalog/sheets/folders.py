"""Where the drawing of a procedure lies: `core/c3-…/m05-…/c3-m05-02-….bpmn`. A macro is a folder with its micros.

The place is for people; a procedure is found by its code, never by its path.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sop_catalog.procedure import CODE, Procedure, slug
from sop_catalog.registers import areas

_KINDS = {"c": "core", "s": "supporting", "l": "other"}


def place_of(procedure: Procedure, root: Path, titles: Mapping[str, str]) -> Path:
    """Return the file of a procedure under a root; `titles` are those of the macros at hand.

    A micro whose macro is not at hand lies in the folder that is already there for it, else in one named by number.
    """
    found = CODE.fullmatch(procedure.code)
    if not found or not found["area"]:
        return root / "maps" / procedure.file_name
    names = {each.code.lower(): each.name for each in areas()}
    area = found["area"]
    parent = root / _KINDS[area[0]] / f"{area}-{slug(names.get(area, ''))}".rstrip("-")
    return parent / _macro_folder(parent, found["macro"], titles.get(f"{area}-{found['macro']}")) / procedure.file_name


def others_of(code: str, file: Path) -> list[Path]:
    """Return files beside this one that hold the same procedure under an older title."""
    same = re.compile(re.escape(code) + r"-(?!\d{2}-)[a-z0-9-]+\.bpmn")
    return [each for each in sorted(file.parent.glob("*.bpmn")) if same.fullmatch(each.name) and each != file]


def _macro_folder(parent: Path, number: str, title: str | None) -> str:
    if title:
        return f"{number}-{slug(title)}"
    there = sorted(each.name for each in parent.glob(f"{number}*") if each.is_dir())
    return there[-1] if there else number

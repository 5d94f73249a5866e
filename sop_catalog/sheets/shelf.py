"""The folder of diagrams as a shelf that sheets are printed from: each SOP by its code, and titles without reading all."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from engine.notation import CallActivity, Definitions, NotReadable, nodes, read
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.procedure import CODE


class Shelf:
    """The drawings below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def files(self) -> dict[str, Path]:
        """Code → file, sorted by code; a file is known by its name."""
        found = {}
        for each in sorted(self.root.rglob("*.bpmn")):
            code = _code_of(each.stem)
            if code:
                found[code] = each
        return dict(sorted(found.items()))

    def of_area(self, area: str) -> list[str]:
        """The codes of one area, maps first, macros before their micros; all where none is named. Maps belong to the area they say."""
        wanted = area.lower()
        found = (each for each in self.files if not wanted or each.removeprefix("p-").startswith(f"{wanted}-"))
        return sorted(found, key=lambda each: not each.startswith("p-"))

    def drawing(self, code: str) -> Definitions | None:
        """The drawing of an SOP. Raises NotReadable."""
        file = self.files.get(code.lower())
        return read(file.read_bytes()) if file else None

    def titles_for(self, drawing: Definitions) -> dict[str, str]:
        """The titles of those SOPs that a drawing names, as far as they lie here."""
        named = [code for each in drawing.processes for code in read_procedure(each).sheet.related]
        calls = [each.called for one in drawing.processes for each, _ in nodes(one) if isinstance(each, CallActivity)]
        return {code: title for code in filter(None, (*named, *calls)) if (title := self.title(code))}

    def title(self, code: str) -> str:
        """The title of an SOP; empty where it does not lie here or cannot be read."""
        if code not in self._titles:
            self._titles[code] = self._title(code)
        return self._titles[code]

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {}

    def _title(self, code: str) -> str:
        try:
            drawing = self.drawing(code)
        except (NotReadable, OSError):
            return ""
        found = (each.name for each in drawing.processes if each.id == code) if drawing else iter(())
        return next(found, "")


def _code_of(stem: str) -> str:
    """`c3-m05-02-penilaian-…` → `c3-m05-02`; `p-c3-01-penanganan…` → `p-c3-01`."""
    parts = stem.split("-")
    for count in range(min(len(parts), 3), 1, -1):
        code = "-".join(parts[:count])
        if CODE.fullmatch(code) and (not code.startswith("p-") or count == 3):  # noqa: PLR2004
            return code
    return ""

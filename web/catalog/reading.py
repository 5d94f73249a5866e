"""What a page reads out of a drawing: its cover sheet and its picture."""

from __future__ import annotations

from functools import lru_cache

from engine.domain.release import Release
from engine.notation import CallActivity, nodes
from engine.notation import read as read_drawing
from sop_catalog.diagram.drawing import draw_svg
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.procedure import Procedure


def procedure_of(release: Release) -> Procedure:
    """The procedure of a release with its sheet, read from its own drawing."""
    return _procedure(release.drawings[release.code], release.code, release.title)


@lru_cache(maxsize=256)
def _procedure(drawing: bytes, code: str, title: str) -> Procedure:
    process = read_drawing(drawing).process(code)
    return read_procedure(process) if process is not None else Procedure(code, title)


@lru_cache(maxsize=64)
def picture_of(drawing: bytes) -> str:
    """The drawing as SVG; a line of text where it has no picture."""
    try:
        return draw_svg(read_drawing(drawing))
    except ValueError:
        return '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'


def calls_of(release: Release) -> dict[tuple[str, str], str]:
    """(process, element) → the code of the procedure that it calls."""
    return dict(_calls(release.drawings[release.code]))


@lru_cache(maxsize=256)
def _calls(drawing: bytes) -> tuple[tuple[tuple[str, str], str], ...]:
    return tuple(
        ((process.id, node.id), node.called)
        for process in read_drawing(drawing).processes
        for node, _ in nodes(process)
        if isinstance(node, CallActivity) and node.called
    )

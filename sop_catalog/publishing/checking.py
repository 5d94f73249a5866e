"""Files put before the rules without a database: `lajur check`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sop_catalog.procedure import CODE
from sop_catalog.publishing.drawings import Drawing, Verdict, calls_of, read_from_disk
from sop_catalog.publishing.judging import judge


def check_paths(paths: Sequence[Path]) -> tuple[Verdict, ...]:
    """Judge files, and all files below folders, each with the others at hand and those beside it in its own folder."""
    asked = [file for path in paths for file in (sorted(path.rglob("*.bpmn")) if path.is_dir() else [path])]
    beside = {near for file in asked for near in file.parent.glob("*.bpmn")} - set(asked)
    read = {file: read_from_disk(file) for file in [*asked, *sorted(beside)]}
    known = {each.drawing.code: each.drawing for each in reversed(read.values()) if each.drawing and each.accepted}
    for top in {folder for file in asked if (folder := _catalogue_around(file))}:
        _add_called(known, top)
    return tuple(judge(read[file], known) for file in asked)


def _catalogue_around(file: Path) -> Path | None:
    """The folder of diagrams that a file lies in, known by its `core` or `maps`."""
    return next(
        (each for each in file.resolve().parents if (each / "core").is_dir() and (each / "maps").is_dir()), None
    )


def _add_called(known: dict[str, Drawing], top: Path) -> None:
    """Read from a folder of diagrams what is called and not at hand yet, by the code that file names begin with."""
    waiting = [call.called for each in known.values() for call in calls_of(each.definitions)]
    while waiting:
        code = waiting.pop() or ""
        if code in known or not CODE.fullmatch(code):
            continue
        for file in sorted(top.rglob(f"{code}-*.bpmn")):
            drawing = read_from_disk(file).drawing
            if drawing is not None and drawing.code == code:
                known[code] = drawing
                waiting += [call.called for call in calls_of(drawing.definitions)]

"""What lies in the folder of diagrams, put in force at start where it is new. An owner's edition is never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from engine import Engine, NotFound, drawings_hash, publish_release
from engine.domain.release import Release
from engine.notation import keep
from engine.queries import Reader, ReleaseRow, catalogue, release_page
from sop_catalog.publishing.drawings import Drawings, Verdict, bundle_of, calls_of, read_folder
from sop_catalog.publishing.judging import judge
from sop_catalog.publishing.releasing import build_release, drawing_kept

FROM_FOLDER = "bpmn"
"""Stands as publisher of a release that came out of the folder: it is nobody's own edition."""


@dataclass(slots=True)
class Loaded:
    """What a start made of the folder."""

    published: list[str] = field(default_factory=list)
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    """Codes whose edition in force is an owner's and differs from the file: the owner's was kept."""
    refused: list[Verdict] = field(default_factory=list)


def load_folder(engine: Engine, folder: Path, *, at: datetime, say: Callable[[str], None] = lambda _: None) -> Loaded:
    """Put in force what is new in a folder, by content. An owner's edition is never overwritten; a difference is told."""
    loaded = Loaded()
    with engine.reading(at=at) as reader:
        rows = {row.code: (row, reader.release(row.number)) for row in catalogue(reader)}
    if same := _all_in_force(folder, rows):
        loaded.unchanged = same
        return loaded
    read = read_folder(folder)
    found = {each.drawing.code: each for each in read if each.drawing and each.accepted}
    loaded.refused += [each for each in read if not each.accepted]
    drawings = {code: each.drawing for code, each in found.items() if each.drawing}
    for code, (row, release) in rows.items():
        if row.published_by != FROM_FOLDER:
            if code in drawings and drawings[code].text != release.drawings[code]:
                loaded.kept.append(code)
            drawings[code] = drawing_kept(code, release.drawings[code])
    with engine.reading(at=at) as reader:
        past = {code: each for code in found if code not in rows and (each := _last(reader, code))}
    fresh = [code for code in _callees_first(drawings) if _is_new(code, drawings, rows, found, past)]
    loaded.unchanged = len(found) - len(fresh)
    releases = []
    for code in fresh:
        verdict = judge(found[code], drawings, walked=False)
        if verdict.accepted:
            releases.append(build_release(drawings[code], drawings, at=at, by=FROM_FOLDER))
        else:
            loaded.refused.append(verdict)
    with engine.begin(at=at) as work:
        work.hold_house()
        for release in releases:
            current = work.releases.in_force(release.code)
            if current is not None and current.published_by != FROM_FOLDER:
                loaded.kept.append(release.code)  # an owner's came in force while the folder was being read
                continue
            say(release.code)
            for process, text in release.drawings.items():
                keep(text, drawings[process].definitions)  # it need not be read again
            publish_release(work, release)
            loaded.published.append(release.code)
    return loaded


def _all_in_force(folder: Path, rows: Mapping[str, tuple[ReleaseRow, Release]]) -> int:
    """How many files there are, if each is byte for byte the drawing in force of another procedure; else 0.

    Then nothing has to be read: the usual start. Which procedure a file is of is guessed from its name, and the bytes decide.
    """
    own = {code: release.drawings[code] for code, (row, release) in rows.items() if _whole(row, release)}
    seen: set[str] = set()
    for file in folder.rglob("*.bpmn"):
        codes = [code for code in own if file.name.startswith(f"{code}-")]
        code = max(codes, key=len, default="")
        if not code or code in seen or file.read_bytes() != own[code]:
            return 0
        seen.add(code)
    return len(seen)


def _is_new(
    code: str,
    drawings: Drawings,
    rows: Mapping[str, tuple[ReleaseRow, Release]],
    found: Mapping[str, Verdict],
    past: Mapping[str, Release],
) -> bool:
    """Whether a file says something that no edition in force says; one that was revoked stays revoked."""
    if code not in found:
        return False
    bundle, _ = bundle_of(drawings[code], drawings)
    digest = drawings_hash({each: drawings[each].text for each in bundle.drawings if each in drawings})
    if code not in rows:
        return code not in past or past[code].sha256 != digest
    row, release = rows[code]
    return row.published_by == FROM_FOLDER and (digest != release.sha256 or not _whole(row, release))


def _whole(row: ReleaseRow, release: Release) -> bool:
    """Whether it holds what each of its processes says of its time: one from the folder is published anew otherwise.

    Editions that were stored before times were kept do not. Those of owners stay as they are.
    """
    return row.published_by != FROM_FOLDER or release.timings.keys() >= release.drawings.keys()


def _last(reader: Reader, code: str) -> Release | None:
    """The last edition of a procedure that has none in force."""
    try:
        return release_page(reader, code).release
    except NotFound:
        return None


def _callees_first(drawings: Drawings) -> list[str]:
    """Order codes so that what is called comes before what calls it; a circle is left to the rules."""
    ordered: list[str] = []

    def visit(code: str, path: frozenset[str]) -> None:
        if code in ordered or code in path or code not in drawings:
            return
        for call in calls_of(drawings[code].definitions):
            visit(call.called or "", path | {code})
        ordered.append(code)

    for code in sorted(drawings):
        visit(code, frozenset())
    return ordered

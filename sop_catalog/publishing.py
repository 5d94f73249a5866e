"""From a drawing to a release in force: read, judged by every rule, walked on two interpreters, then published.

What is published is a release that needs nothing more: the engine never opens `bpmn/` and never reads our extension.
It does not say who may publish; the web asks that first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine import Engine, Receipt, drawings_hash, publish_release
from engine.domain.finding import Finding, Severity
from engine.domain.release import Release, ReleaseState
from engine.machine import Machine
from engine.notation import CallActivity, Definitions, examine, nodes
from engine.process import Bundle, Interpreter, Stuck
from engine.queries import catalogue, release_page
from sop_catalog.diagram.extension import read_activities, read_procedure
from sop_catalog.rules import View, apply
from sop_catalog.soundness import DECLARED, Trouble, second_opinion, walk

FROM_FOLDER = "bpmn"
"""Stands as publisher of a release that came out of the folder: it is nobody's own edition."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One BPMN file that could be read, with the one process that its procedure is."""

    code: str
    text: bytes
    definitions: Definitions
    place: str = ""
    """The file it came from; empty for one that was sent in."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands against a file, and the drawing in it where it could be read."""

    place: str
    findings: tuple[Finding, ...]
    drawing: Drawing | None = None

    @property
    def accepted(self) -> bool:
        """Whether no finding is an error."""
        return not any(each.severity == "error" for each in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return the verdict as `lajur check --json` prints it."""
        told = [
            {
                "rule": each.rule,
                "severity": each.severity,
                "element": each.element,
                "line": each.line,
                "message": each.sentence(),
            }
            for each in self.findings
        ]
        return {"file": self.place, "verdict": "accepted" if self.accepted else "refused", "findings": told}


@dataclass(slots=True)
class Loaded:
    """What a start made of the folder."""

    published: list[str] = field(default_factory=list)
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    """Codes whose edition in force is an owner's and differs from the file: the owner's was kept."""
    refused: list[Verdict] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a file that was to be published."""

    verdict: Verdict
    receipt: Receipt | None = None


_MACHINE = Machine()

Drawings = Mapping[str, Drawing]
"""Process id → the drawing that holds it."""


def read_file(text: bytes, place: str = "") -> Verdict:
    """Read one file: what the notation finds, and its drawing if it holds one process to run."""
    examined = examine(text)
    if examined.definitions is None:
        return Verdict(place, examined.findings)
    own = [each for each in examined.definitions.processes if each.executable] or examined.definitions.processes
    if len(own) != 1:
        message = "Expected one process to run in the file, but there are {count}."
        found = Finding("one-process", message, facts={"count": len(own)})
        return Verdict(place, (*examined.findings, found))
    return Verdict(place, examined.findings, Drawing(own[0].id, text, examined.definitions, place))


def read_folder(folder: Path) -> tuple[Verdict, ...]:
    """Read every `.bpmn` file below a folder, by name. Two files of one code are a finding on the second."""
    read: list[Verdict] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.rglob("*.bpmn")):
        verdict = read_file(path.read_bytes(), str(path))
        code = verdict.drawing.code if verdict.drawing else ""
        if code and code in seen:
            facts = {"code": code, "other": Path(seen[code]).name}
            twice = Finding("code-once", "Expected {code} in one file only, but {other} holds it too.", facts=facts)
            verdict = Verdict(verdict.place, (*verdict.findings, twice))
        elif code:
            seen[code] = str(path)
        read.append(verdict)
    return tuple(read)


def judge(verdict: Verdict, known: Drawings, *, walked: bool = True) -> Verdict:
    """Put a file that could be read before every rule, with the drawings that it may call.

    Not `walked`, it is not tried whether every way leads to an end: the shipped diagrams were walked before they left.
    """
    drawing = verdict.drawing
    if drawing is None or not verdict.accepted:
        return verdict
    process = drawing.definitions.process(drawing.code)
    if process is None:
        raise LookupError(drawing.code)
    bundle, missing = bundle_of(drawing, known)
    at_hand = {**{code: each.definitions for code, each in known.items()}, drawing.code: drawing.definitions}
    found = [*verdict.findings, *apply(View(drawing.definitions, process, _MACHINE, at_hand), walked=walked)]
    if not missing:
        found += [each for each in _runnable(drawing, bundle, known) if each not in found]
    else:
        found += _called_without(drawing, known)
    return replace(verdict, findings=tuple(found))


def bundle_of(drawing: Drawing, known: Drawings) -> tuple[Bundle, tuple[Finding, ...]]:
    """Gather a drawing and all that it calls, however deep, and say which calls lead nowhere."""
    held = {drawing.code: drawing}
    missing: list[Finding] = []
    waiting = [drawing]
    while waiting:
        each = waiting.pop()
        for call in _calls(each.definitions):
            called = known.get(call.called or "")
            if called is None:
                facts = {"name": call.name or call.id, "called": call.called or "", "code": each.code}
                message = "Expected “{name}” to call a procedure that is there, but there is no {called} ({code})."
                missing.append(Finding("calls-resolve", message, element=call.id, line=call.line, facts=facts))
            elif called.code not in held:
                held[called.code] = called
                waiting.append(called)
    return Bundle(drawing.code, {code: each.definitions for code, each in held.items()}), tuple(missing)


def build_release(drawing: Drawing, known: Drawings, *, at: datetime, by: str) -> Release:
    """Make the self-contained release of a drawing that was accepted, with the facts of every activity read out once."""
    bundle, _ = bundle_of(drawing, known)
    held = {code: drawing if code == drawing.code else known[code] for code in bundle.drawings}
    texts = {code: each.text for code, each in held.items()}
    activities = {
        (each.process, each.element): each for code in held for each in read_activities(bundle.drawings[code])
    }
    process = drawing.definitions.process(drawing.code)
    procedure = read_procedure(process) if process is not None else None
    promised = procedure.sheet.promised if procedure else None
    facts = {
        "level": procedure.sheet.level.value if procedure else "",
        "area": procedure.sheet.area if procedure else "",
        "owner": procedure.sheet.owner if procedure else "",
        "status": procedure.sheet.status.value if procedure else "",
        "promised": f"{promised.amount:g} {promised.clock}" if promised else "",
    }
    return Release(
        code=drawing.code,
        edition=0,
        title=procedure.title if procedure else drawing.code,
        state=ReleaseState.IN_FORCE,
        drawings=texts,
        activities=activities,
        sha256=drawings_hash(texts),
        published_at=at,
        published_by=by,
        facts=facts,
    )


def opinion_on(bundle: Bundle, first: Interpreter, second: Interpreter) -> tuple[Finding, ...]:
    """Walk every branch on one interpreter and replay the walks on the other.

    A disagreement is an error, unless it is on the closed list of declared ones; what the second cannot run at all,
    and what no walk could reach, are told as warnings.
    """
    walked = walk(bundle, first)
    found = [_troubled(each) for each in walked.troubles]
    opinion = second_opinion(bundle, walked.walks, first, second)
    for each in opinion.disagreements:
        facts = {"by": opinion.by, "how": str(each), "why": DECLARED.get(bundle.code, "")}
        message = "Expected {by} to go the same way, but it does not: {how}"
        severity: Severity = "note" if bundle.code in DECLARED else "error"
        found.append(Finding("second-opinion", message, severity, element=each.element, facts=facts))
    if opinion.refused:
        facts = {"by": opinion.by, "first": opinion.refused[0].sentence()}
        message = "There is no second opinion: {by} does not run this drawing. {first}"
        found.append(Finding("second-opinion", message, "warning", facts=facts))
    return tuple(found)


def publish(
    engine: Engine,
    text: bytes,
    *,
    officer: str,
    at: datetime,
    interpreters: Sequence[Interpreter],
    key: str | None = None,
    place: str = "",
) -> Published:
    """Judge one file against what is in force and put it in force where nothing stands against it.

    Procedures that call it are re-released in the same transaction; running cases stay on their edition.
    """
    known = in_force(engine, at=at)
    verdict = judge(read_file(text, place), known)
    drawing = verdict.drawing
    if drawing is None or not verdict.accepted:
        return Published(verdict)
    held = {**known, drawing.code: drawing}
    if len(interpreters) > 1:
        bundle, _ = bundle_of(drawing, held)
        verdict = replace(verdict, findings=(*verdict.findings, *opinion_on(bundle, interpreters[0], interpreters[1])))
        if not verdict.accepted:
            return Published(verdict)
    release = build_release(drawing, held, at=at, by=officer)
    receipt = engine.perform(publish_release, release, officer=officer, at=at, key=key)
    return Published(verdict, receipt)


def in_force(engine: Engine, *, at: datetime) -> dict[str, Drawing]:
    """Return the own drawing of every procedure in force."""
    with engine.reading(at=at) as reader:
        releases = [release_page(reader, row.code).release for row in catalogue(reader)]
    return {each.code: _kept(each.code, each.drawings[each.code]) for each in releases}


def load_folder(engine: Engine, folder: Path, *, at: datetime, say: Callable[[str], None] = lambda _: None) -> Loaded:
    """Put in force what is new in a folder, by content. An owner's edition is never overwritten; a difference is told."""
    loaded = Loaded()
    read = read_folder(folder)
    with engine.reading(at=at) as reader:
        rows = {row.code: (row, release_page(reader, row.code).release) for row in catalogue(reader)}
    found = {each.drawing.code: each for each in read if each.drawing and each.accepted}
    loaded.refused += [each for each in read if not each.accepted]
    drawings = {code: each.drawing for code, each in found.items() if each.drawing}
    for code, (row, release) in rows.items():
        if row.published_by != FROM_FOLDER:
            if code in drawings and drawings[code].text != release.drawings[code]:
                loaded.kept.append(code)
            drawings[code] = _kept(code, release.drawings[code])
    fresh = [code for code in _callees_first(drawings) if _is_new(code, drawings, rows, found)]
    loaded.unchanged = len(found) - len(fresh)
    releases = []
    for code in fresh:
        verdict = judge(found[code], drawings, walked=False)
        if verdict.accepted:
            releases.append(build_release(drawings[code], drawings, at=at, by=FROM_FOLDER))
        else:
            loaded.refused.append(verdict)
    with engine.begin(at=at) as work:
        for release in releases:
            say(release.code)
            publish_release(work, release)
            loaded.published.append(release.code)
    return loaded


def check_paths(paths: Sequence[Path]) -> tuple[Verdict, ...]:
    """Judge files, and all files below folders, each with the others at hand and those beside it in its own folder."""
    asked = [file for path in paths for file in (sorted(path.rglob("*.bpmn")) if path.is_dir() else [path])]
    beside = {near for file in asked for near in file.parent.glob("*.bpmn")} - set(asked)
    read = {file: read_file(file.read_bytes(), str(file)) for file in [*asked, *sorted(beside)]}
    known = {each.drawing.code: each.drawing for each in reversed(read.values()) if each.drawing and each.accepted}
    return tuple(judge(read[file], known) for file in asked)


def _troubled(trouble: Trouble) -> Finding:
    """A case that gets stuck is an error; one that only lacks an answer that a form would demand is a warning."""
    way = " → ".join(str(each) for each in trouble.moves[-8:]) or "start"
    message = "Expected every way to lead to an end, but a case gets stuck there ({refusal}): {way}"
    severity: Severity = "error" if trouble.refusal == Stuck.__name__ else "warning"
    return Finding(
        "comes-to-an-end", message, severity, trouble.element, facts={"refusal": trouble.refusal, "way": way}
    )


def _called_without(drawing: Drawing, known: Drawings) -> list[Finding]:
    """Say which of the drawings called calls something that is not at hand; its own calls are told by a rule."""
    found: list[Finding] = []
    for call in _calls(drawing.definitions):
        called = known.get(call.called or "")
        for lacking in bundle_of(called, known)[1] if called else ():
            facts = {"name": call.name or call.id, "called": call.called, "lacking": lacking.facts["called"]}
            message = (
                "Expected “{name}” to call a drawing that is whole, but {called} calls {lacking}, which is not there."
            )
            found.append(Finding("calls-run", message, element=call.id, line=call.line, facts=facts))
    return found


def _runnable(drawing: Drawing, bundle: Bundle, known: Drawings) -> list[Finding]:
    """Say what keeps a drawing itself from running; of what it calls, only that it does not run."""
    of_called: list[Finding] = []
    found: list[Finding] = []
    for call in _calls(drawing.definitions):
        called = known[call.called or ""]
        against = _MACHINE.examine(bundle_of(called, known)[0])
        of_called += against
        if any(each.severity == "error" for each in against):
            facts = {"name": call.name or call.id, "called": called.code}
            message = "Expected “{name}” to call a drawing that runs, but {called} does not."
            found.append(Finding("calls-run", message, element=call.id, line=call.line, facts=facts))
    return [each for each in _MACHINE.examine(bundle) if each not in of_called] + found


def _is_new(
    code: str, drawings: Drawings, rows: Mapping[str, tuple[Any, Release]], found: Mapping[str, Verdict]
) -> bool:
    if code not in found:
        return False
    if code not in rows:
        return True
    row, release = rows[code]
    if row.published_by != FROM_FOLDER:
        return False
    bundle, _ = bundle_of(drawings[code], drawings)
    return drawings_hash({each: drawings[each].text for each in bundle.drawings if each in drawings}) != release.sha256


def _callees_first(drawings: Drawings) -> list[str]:
    """Order codes so that what is called comes before what calls it; a circle is left to the rules."""
    ordered: list[str] = []

    def visit(code: str, path: frozenset[str]) -> None:
        if code in ordered or code in path or code not in drawings:
            return
        for call in _calls(drawings[code].definitions):
            visit(call.called or "", path | {code})
        ordered.append(code)

    for code in sorted(drawings):
        visit(code, frozenset())
    return ordered


def _calls(definitions: Definitions) -> tuple[CallActivity, ...]:
    return tuple(
        node for process in definitions.processes for node, _ in nodes(process) if isinstance(node, CallActivity)
    )


@lru_cache(maxsize=2048)
def _kept(code: str, text: bytes) -> Drawing:
    """Read a drawing that was accepted before."""
    read = read_file(text)
    if read.drawing is None or read.drawing.code != code:
        raise LookupError(code)
    return read.drawing

"""BPMN files as they are sent in or lie in a folder: what could be read, and what calls what. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.domain.finding import Finding
from engine.notation import CallActivity, Definitions, Process, examine, nodes
from engine.process import Bundle


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

    def as_json(self, translate: Callable[[str], str] = str) -> dict[str, Any]:
        """Return the verdict as `lajur check --json` prints it, with sentences in the language of `translate`."""
        told = [
            {
                "rule": each.rule,
                "severity": each.severity,
                "element": each.element,
                "line": each.line,
                "message": each.sentence(translate),
                **(
                    {"way": [{"said": leg.said.sentence(translate), "elements": leg.elements} for leg in each.way]}
                    if each.way
                    else {}
                ),
            }
            for each in self.findings
        ]
        return {"file": self.place, "verdict": "accepted" if self.accepted else "refused", "findings": told}


Drawings = Mapping[str, Drawing]
"""Process id → the drawing that holds it."""


def read_file(text: bytes, place: str = "") -> Verdict:
    """Read one file: what the notation finds, and its drawing if it holds one process to run."""
    examined = examine(text)
    if examined.definitions is None:
        return Verdict(place, examined.findings)
    own = _own(examined.definitions)
    if len(own) != 1:
        message = "Expected one process to run in the file, but there are {count}."
        found = Finding("one-process", message, facts={"count": len(own)})
        return Verdict(place, (*examined.findings, found))
    return Verdict(place, examined.findings, Drawing(own[0].id, text, examined.definitions, place))


def _own(definitions: Definitions) -> Sequence[Process]:
    """The processes that may be meant to run: marked so, or else not marked otherwise, or else any that is drawn.

    A pool is often drawn as a process without anything in it: that is somebody outside.
    """
    drawn = [each for each in definitions.processes if each.nodes] or definitions.processes
    marked = [each for each in drawn if each.executable]
    return marked or [each for each in drawn if each.executable is None] or drawn


def unreadable(file: Path, problem: OSError) -> Verdict:
    """The verdict on a file that is not there, or not for us to read."""
    found = Finding("not-there", "Expected a file to read, but: {problem}", facts={"problem": problem.strerror})
    return Verdict(str(file), (found,))


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


def bundle_of(drawing: Drawing, known: Drawings) -> tuple[Bundle, tuple[Finding, ...]]:
    """Gather a drawing and all that it calls, however deep, and say which calls lead nowhere."""
    held = {drawing.code: drawing}
    missing: list[Finding] = []
    waiting = [drawing]
    while waiting:
        each = waiting.pop()
        for call in calls_of(each.definitions):
            called = known.get(call.called or "")
            if called is None:
                facts = {"name": call.name or call.id, "called": call.called or "", "code": each.code}
                message = "Expected “{name}” to call a procedure that is there, but there is no {called} ({code})."
                missing.append(Finding("calls-resolve", message, element=call.id, line=call.line, facts=facts))
            elif called.code not in held:
                held[called.code] = called
                waiting.append(called)
    return Bundle(drawing.code, {code: each.definitions for code, each in held.items()}), tuple(missing)


def calls_of(definitions: Definitions) -> tuple[CallActivity, ...]:
    return tuple(
        node for process in definitions.processes for node, _ in nodes(process) if isinstance(node, CallActivity)
    )

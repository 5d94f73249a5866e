"""Releases made ready to run. What a drawing means is the interpreter's business; this only keeps what it made of it."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from engine.domain.limits import Limits
from engine.domain.release import Release
from engine.notation import read_kept
from engine.process import Bundle, ForeignSnapshot, Interpreter, Program


class Library:
    """Releases made ready to run; one program for the same drawings, shared by all threads."""

    def __init__(self, interpreters: Sequence[Interpreter], limits: Limits) -> None:
        """The first interpreter is given new cases; each case stays with the one that wrote its snapshot."""
        self._interpreters = tuple(interpreters)
        self._limits = limits
        self._programs: dict[tuple[str, str, str], Program] = {}
        self._lock = threading.Lock()

    def for_new(self, release: Release) -> tuple[Interpreter, Program]:
        """The interpreter that new cases are given to, with its program. Raises CannotRun."""
        return self._with(self._interpreters[0], release)

    def for_case(self, release: Release, snapshot: bytes) -> tuple[Interpreter, Program]:
        """The interpreter that wrote the snapshot, with its program. Raises ForeignSnapshot."""
        for each in self._interpreters:
            if snapshot.startswith(f"{each.name}/".encode()):
                return self._with(each, release)
        wanted = " or ".join(each.name for each in self._interpreters)
        raise ForeignSnapshot(wanted=wanted, found=snapshot[:20].decode("ascii", "replace"))

    def _with(self, interpreter: Interpreter, release: Release) -> tuple[Interpreter, Program]:
        key = (interpreter.name, release.code, release.sha256)
        if key not in self._programs:
            with self._lock:
                if key not in self._programs:
                    self._programs[key] = interpreter.compile(_bundle(release, self._limits), self._limits)
        return interpreter, self._programs[key]


def _bundle(release: Release, limits: Limits) -> Bundle:
    return Bundle(release.code, {process: read_kept(text, limits=limits) for process, text in release.drawings.items()})

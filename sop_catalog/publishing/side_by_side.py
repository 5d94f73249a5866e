"""Reading and judging files in several processes, or in this one where there is little to do. It decides nothing."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self, TypeVar

from engine.domain.finding import Finding
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.procedure import Sheet
from sop_catalog.publishing.drawings import Verdict, calls_of, read_file, unreadable
from sop_catalog.publishing.judging import judge
from sop_catalog.publishing.remembering import Sight

_FEW: Final = 12
"""Files for which no processes are begun."""
_AT_ONCE: Final = 16
"""Files of one folder that a process is given at once: they call each other, so it reads them once."""
_HELD: Final = 1_000
"""Drawings that a process keeps in memory: those used last."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class Task(NamedTuple):
    """A file to judge, by its content, with those that have a say in it."""

    file: Path
    digest: str
    near: tuple[Path, ...] = ()
    near_digests: tuple[str, ...] = ()
    on: date | None = None


Judged = tuple[Path, tuple[Finding, ...], bool]
"""A file, what stands against it, and whether everything still was as the task says."""


class SideBySide:
    """Some processes, begun when there is enough to do and ended on leaving."""

    def __init__(self, workers: int, watch: Callable[[str, int, int], None]) -> None:
        self._workers = workers
        self._watch = watch
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, raised: object, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        _READ.clear()

    def look(self, files: Sequence[Path]) -> Iterator[tuple[Path, str, Sight]]:
        """Read files and say what is in each, in no order."""
        yield from self._spread("read", _look_at, files, lambda file: file, _look_at)

    def judge(self, tasks: Sequence[Task]) -> Iterator[Judged]:
        """Put files before every rule, in no order."""
        yield from self._spread("judge", _judge, tasks, lambda task: task.file, _given_up)

    def _spread(
        self,
        what: str,
        do: Callable[[Item], Result],
        items: Sequence[Item],
        name: Callable[[Item], Path],
        give_up: Callable[[Item], Result],
    ) -> Iterator[Result]:
        if self._workers <= 1 or len(items) < _FEW:
            for done, each in enumerate(items, start=1):
                yield do(each)
                self._watch(what, done, len(items))
            return
        self._pool = self._pool or ProcessPoolExecutor(self._workers, mp_context=_context())
        waiting = {self._pool.submit(_all, do, some): some for some in _some(items, name)}
        done = 0
        for future in as_completed(waiting):
            some = waiting[future]
            if isinstance(future.exception(), BrokenProcessPool):
                self._pool = None  # for what comes next, others are begun
                yield from map(give_up, some)
            else:
                yield from future.result()
            done += len(some)
            self._watch(what, done, len(items))


def _given_up(task: Task) -> Judged:
    message = "Expected to judge the file, but the process that did so was ended: check fewer files at once."
    return task.file, (Finding("not-judged", message),), False


def _context() -> multiprocessing.context.BaseContext:
    """Forked processes begin at once; beside other threads, or where there are none, fresh ones are begun."""
    can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return multiprocessing.get_context("fork" if can_fork else "spawn")


def _some(items: Iterable[Item], name: Callable[[Item], Path]) -> Iterator[list[Item]]:
    """Items of one folder together, but not too many."""
    for _, group in groupby(items, key=lambda each: name(each).parent):
        together = list(group)
        for first in range(0, len(together), _AT_ONCE):
            yield together[first : first + _AT_ONCE]


def _all(do: Callable[[Item], Result], items: list[Item]) -> list[Result]:
    return [do(each) for each in items]


_READ: dict[Path, tuple[str, Verdict]] = {}
"""File → the digest of its content and what was read, the last used last, in each process of its own."""


def digest_of(file: Path) -> str:
    """The digest of a file's content; empty where it cannot be read."""
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _read(file: Path) -> tuple[str, Verdict]:
    read = _READ.pop(file, None)
    if read is None:
        try:
            text = file.read_bytes()
        except OSError as problem:
            return "", unreadable(file, problem)
        read = (sha256(text).hexdigest(), read_file(text, str(file)))
    _READ[file] = read
    if len(_READ) > _HELD:
        del _READ[next(iter(_READ))]
    return read


def _look_at(file: Path) -> tuple[Path, str, Sight]:
    digest, verdict = _read(file)
    drawing = verdict.drawing
    if drawing is None or not verdict.accepted:
        return file, digest, Sight()
    process = drawing.definitions.process(drawing.code)
    calls = {call.called for call in calls_of(drawing.definitions) if call.called}
    sheet = read_procedure(process).sheet if process else Sheet()
    needed = {*calls, sheet.variant_of} - {""}
    return file, digest, Sight(drawing.code, tuple(sorted(needed)), sheet.related)


def _judge(task: Task) -> Judged:
    digest, verdict = _read(task.file)
    near = [_read(file) for file in task.near]
    known = {each.drawing.code: each.drawing for _, each in near if each.drawing}
    if verdict.drawing and verdict.accepted:
        known.setdefault(verdict.drawing.code, verdict.drawing)
    is_same = bool(digest) and digest == task.digest and tuple(each for each, _ in near) == task.near_digests
    return task.file, judge(verdict, known, on=task.on).findings, is_same

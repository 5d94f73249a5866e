"""Files put before the rules without a database: `lajur check`. What has not changed since the last time is not judged again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from engine.domain.finding import Finding
from sop_catalog.procedure import CODE, macro_of
from sop_catalog.publishing.drawings import Verdict
from sop_catalog.publishing.remembering import Known, Remembered
from sop_catalog.publishing.side_by_side import SideBySide, Task, digest_of

Watch = Callable[[str, int, int], None]
"""Told what is being done (`read` or `judge`), how much of it is done, and how much there is."""


def check_paths(
    paths: Sequence[Path],
    *,
    remembered: Path | None = None,
    workers: int = 1,
    watch: Watch | None = None,
    on: date | None = None,
) -> tuple[Verdict, ...]:
    """Judge files, and all files below folders, each with the others at hand and those beside it in its own folder.

    The verdicts carry no drawings. With `remembered`, a file that belongs to this program alone, verdicts on what has not
    changed are taken from there: the file itself, all that it calls, that calls it or that it names, and the program
    with its registers, as they stand on the day. With several `workers`, that many processes judge side by side.
    """
    asked = list(dict.fromkeys(file for path in paths for file in _files(path)))
    beside = sorted({near for folder in {file.parent for file in asked} for near in folder.glob("*.bpmn")} - set(asked))
    memory = Remembered(remembered)
    with SideBySide(workers, watch or (lambda *_: None)) as hands:
        seen = _look([*asked, *beside], hands, memory)
        for top in sorted({top for folder in {file.parent for file in asked} if (top := _catalogue_around(folder))}):
            _look_at_called(seen, top, hands, memory)
        known = {each.code: file for file, each in reversed(seen.items()) if each.code}
        verdicts = _judged(_tasks(asked, seen, known, on), hands, memory)
    memory.keep()
    first = {seen[file].code: file for file in reversed(asked)}
    return tuple(Verdict(str(file), (*verdicts[file], *_told_twice(seen[file].code, file, first))) for file in asked)


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.bpmn")) if path.is_dir() else [path]


def _look(files: Sequence[Path], hands: SideBySide, memory: Remembered) -> dict[Path, Known]:
    """What each file holds and names, without judging it; from memory where it has not changed."""
    found: dict[Path, Known] = {}
    for file in files:
        digest = digest_of(file)
        sight = memory.sight(digest)
        found[file] = Known(digest, *sight) if sight else Known(digest)
    new = [file for file, each in found.items() if memory.sight(each.digest) is None]
    for file, digest, sight in hands.look(new):
        found[file] = Known(digest, *sight)
        memory.see(digest, sight)
    return found


def _look_at_called(seen: dict[Path, Known], top: Path, hands: SideBySide, memory: Remembered) -> None:
    """Look into a folder of diagrams for what is called and not at hand yet, by the code that file names begin with."""
    files = sorted(top.rglob("*.bpmn"))
    tried: set[str] = set()
    while (
        wanted := {code for each in seen.values() for code in each.calls}
        - {each.code for each in seen.values()}
        - tried
    ):
        tried |= wanted
        begins = tuple(f"{code}-" for code in wanted if CODE.fullmatch(code))
        named = [file for file in files if begins and file.name.startswith(begins) and file not in seen]
        seen |= {file: each for file, each in _look(named, hands, memory).items() if each.code in wanted}


def _judged(tasks: Mapping[Path, Task], hands: SideBySide, memory: Remembered) -> dict[Path, tuple[Finding, ...]]:
    keys = {file: memory.key(task.digest, task.near_digests, task.on) for file, task in tasks.items()}
    found = {file: told for file, key in keys.items() if (told := memory.verdict(key)) is not None}
    for file, findings, is_same in hands.judge([task for file, task in tasks.items() if file not in found]):
        found[file] = findings
        if is_same:
            memory.judge(keys[file], findings)
    return found


def _tasks(
    asked: Sequence[Path], seen: Mapping[Path, Known], known: Mapping[str, Path], on: date | None
) -> dict[Path, Task]:
    callers: dict[str, set[str]] = {}
    for code, file in known.items():
        for called in seen[file].calls:
            callers.setdefault(called, set()).add(code)
    return {file: _task(file, seen, known, callers)._replace(on=on) for file in asked}


def _task(file: Path, seen: Mapping[Path, Known], known: Mapping[str, Path], callers: Mapping[str, set[str]]) -> Task:
    """A file with every other that has a say in its verdict: all that runs in one case with it, and what its sheet names."""
    own = seen[file]
    above = _reached({own.code} if own.code else set(), lambda code: callers.get(code, set()))
    near = _reached(above, lambda code: set(seen[known[code]].calls) if code in known else set())
    for code in own.related:
        near |= {code} if code in known else _family(code, known)
    files = {code: known[code] for code in sorted(near) if code in known and known[code] != file}
    return Task(file, own.digest, tuple(files.values()), tuple(seen[each].digest for each in files.values()))


def _family(code: str, known: Mapping[str, Path]) -> set[str]:
    """The macro of a code that is not at hand, with its first micro: that they are at hand is what a rule asks."""
    above = macro_of(code) or code
    micro = min((each for each in known if macro_of(each) == above), default=None)
    return {above, micro} if micro and above in known else set()


def _reached(begin: set[str], onward: Callable[[str], set[str]]) -> set[str]:
    found, waiting = set(begin), list(begin)
    while waiting:
        fresh = onward(waiting.pop()) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def _told_twice(code: str, file: Path, first: Mapping[str, Path]) -> list[Finding]:
    """Say of a file that one before it holds the same code."""
    if not code or first[code] == file:
        return []
    facts = {"code": code, "other": first[code].name}
    return [Finding("code-once", "Expected {code} in one file only, but {other} holds it too.", facts=facts)]


def _catalogue_around(folder: Path) -> Path | None:
    """The folder of diagrams that a folder is or lies in, known by its `core` and `maps`."""
    here = folder.resolve()
    around = (here, *here.parents)
    return next((each for each in around if (each / "core").is_dir() and (each / "maps").is_dir()), None)

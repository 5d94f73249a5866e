"""What was judged before, by content: of a file, of all that has a say in its verdict, and of the program that judged.

It may be deleted at any time. What is in it is believed, so it lies with the program's own data, never beside drawings.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, NamedTuple

from engine.domain.finding import Finding, Leg, Phrase, Phrases
from sop_catalog.registers import instruments

MOST: Final = 20_000
"""Verdicts that are kept; the oldest go first."""


class Sight(NamedTuple):
    """What a file holds and names, as far as others must know it; no code where it was refused on reading."""

    code: str = ""
    calls: tuple[str, ...] = ()
    """What it cannot be judged without: all that it calls, and what it is a variant of."""
    related: tuple[str, ...] = ()


class Known(NamedTuple):
    """One file by its content, and what was seen in it."""

    digest: str
    code: str = ""
    calls: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


class Remembered:
    """Sights and verdicts in one JSON file; with none, it remembers nothing."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._sights: dict[str, Sight] = {}
        self._verdicts: dict[str, list[Any]] = {}
        self._is_new = False
        if file is not None:
            self._read(file)

    def sight(self, digest: str) -> Sight | None:
        """What was seen in a file of this content."""
        return self._sights.get(digest)

    def see(self, digest: str, sight: Sight) -> None:
        """Remember what was seen in a file; nothing of one that could not be read."""
        if not digest:
            return
        self._sights[digest] = sight
        self._is_new = True

    def key(self, digest: str, near: Iterable[str], on: date | None = None) -> str:
        """The name of a verdict: by the file's content, that of all with a say in it, and the laws that a day changes."""
        return sha256(" ".join([digest, *sorted(near), *_otherwise(on)]).encode()).hexdigest()

    def verdict(self, key: str) -> tuple[Finding, ...] | None:
        """What stood against a file with everything as it is now."""
        told = self._verdicts.get(key)
        return tuple(_from_json(each) for each in told) if told is not None else None

    def judge(self, key: str, findings: Iterable[Finding]) -> None:
        """Remember a verdict."""
        self._verdicts[key] = [_as_json(each) for each in findings]
        self._is_new = True

    def keep(self) -> None:
        """Write it all down, if there is anything new; where that cannot be done, the next check takes longer."""
        if self._file is None or not self._is_new:
            return
        kept = {
            "program": program_digest(),
            "sights": dict(list(self._sights.items())[-MOST:]),
            "verdicts": dict(list(self._verdicts.items())[-MOST:]),
        }
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            beside.replace(self._file)

    def _read(self, file: Path) -> None:
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            if kept["program"] == program_digest():
                self._sights = {
                    digest: Sight(code, tuple(calls), tuple(related))
                    for digest, (code, calls, related) in kept["sights"].items()
                }
                self._verdicts = dict(kept["verdicts"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._sights, self._verdicts = {}, {}


@cache
def _otherwise(on: date | None) -> tuple[str, ...]:
    """Laws that stand otherwise on that day than the register says of every day."""
    coming = [f"{each.code} +" for each in instruments() if each.is_to_come(on)]
    return (*coming, *(f"{each.code} -" for each in instruments() if each.is_replaced(on) != each.is_replaced()))


@cache
def program_digest() -> str:
    """The program that judges, by the text of its sources and registers: a number of a version would forget a change."""
    digest = sha256(sys.version.encode())
    for package in ("engine", "sop_catalog"):
        for name, content in sorted(_texts(files(package), package)):
            digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()


def _texts(folder: Traversable, name: str) -> Iterable[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each.is_dir() and each.name != "__pycache__":
            yield from _texts(each, f"{name}/{each.name}")
        elif each.name.endswith((".py", ".toml")):
            yield f"{name}/{each.name}", each.read_bytes()


def _as_json(found: Finding) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "message": found.message,
        "severity": found.severity,
        "element": found.element,
        "line": found.line,
        "facts": {name: _plain(each) for name, each in found.facts.items()},
        "way": [{"said": _plain(each.said), "elements": list(each.elements)} for each in found.way],
    }


def _plain(fact: object) -> object:
    if isinstance(fact, Phrases):
        return {"parts": [_plain(each) for each in fact.parts]}
    if isinstance(fact, Phrase):
        return {"message": fact.message, "facts": {name: _plain(each) for name, each in fact.facts.items()}}
    return fact if isinstance(fact, bool | int | float) else str(fact)


def _from_json(kept: Mapping[str, Any]) -> Finding:
    facts = {name: _fact(each) for name, each in kept["facts"].items()}
    way = tuple(Leg(_phrase(each["said"]), tuple(each["elements"])) for each in kept["way"])
    return Finding(kept["rule"], kept["message"], kept["severity"], kept["element"], kept["line"], facts, way)


def _fact(kept: object) -> object:
    if isinstance(kept, dict):
        return Phrases(tuple(map(_phrase, kept["parts"]))) if "parts" in kept else _phrase(kept)
    return kept


def _phrase(kept: Mapping[str, Any]) -> Phrase:
    return Phrase(kept["message"], {name: _fact(each) for name, each in kept["facts"].items()})

"""What becomes of a BPMN file that was sent in, by a page or by another program: a verdict, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g

from web.language import say_finding


@dataclass(frozen=True, slots=True)
class SaidFinding:
    """One finding in the reader's language."""

    rule: str
    severity: str
    element: str | None
    line: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a file that was sent in."""

    accepted: bool
    findings: Sequence[SaidFinding]
    code: str = ""
    title: str = ""
    edition: int = 0


def publish_file(content: bytes) -> Verdict:
    """Check a file by every rule and publish it where nothing stands against it."""
    raise NotImplementedError(content, g, say_finding)

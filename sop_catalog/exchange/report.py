"""What became of each file that was brought in: accepted, accepted after repair or refused, with every repair by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.domain.finding import Finding


class Outcome(StrEnum):
    """What became of a file."""

    ACCEPTED = "accepted"
    REPAIRED = "accepted after repair"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Imported:
    """One file that was brought in."""

    place: str
    source: bytes
    """The file as it came."""
    code: str = ""
    title: str = ""
    text: bytes = b""
    """The file repaired, and everything else in it in the order in which it came; empty where it could not be read."""
    plain: bytes = b""
    """The same drawing as our own writer writes it: what a draft of it holds."""
    repairs: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    calls: tuple[str, ...] = ()
    """The codes of what it calls."""
    drawn: bool = False
    """Whether there is a picture in it, so that it can be shown."""

    @property
    def outcome(self) -> Outcome:
        if not self.text or any(each.severity == "error" for each in self.findings):
            return Outcome.REFUSED
        return Outcome.REPAIRED if self.repairs else Outcome.ACCEPTED

    @property
    def accepted(self) -> bool:
        """Whether it may be drawn on and submitted."""
        return self.outcome is not Outcome.REFUSED

    @property
    def can_be_kept(self) -> bool:
        """Whether it is a BPMN file at all, fit to run or not."""
        return bool(self.text)

    def as_json(self, translate: Callable[[str], str] = str) -> dict[str, Any]:
        """Return the row of the report as `lajur import --json` prints it."""
        return {
            "file": self.place,
            "outcome": self.outcome.value,
            "code": self.code,
            "title": self.title,
            "repairs": [_told(each, translate) for each in self.repairs],
            "findings": [_told(each, translate) for each in self.findings],
        }


def _told(found: Finding, translate: Callable[[str], str]) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "severity": found.severity,
        "element": found.element,
        "line": found.line,
        "message": found.sentence(translate),
    }


def counts(report: Sequence[Imported]) -> dict[Outcome, int]:
    """How many files had which outcome."""
    return {outcome: sum(each.outcome is outcome for each in report) for outcome in Outcome}

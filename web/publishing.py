"""What becomes of a BPMN file that was sent in, by a page or by another program: a verdict, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g

from engine.domain.finding import Finding
from sop_catalog.publishing import Verdict as Found
from sop_catalog.publishing import publish
from web.identity import key_sent, wiring
from web.language import say_finding
from web.wiring import both_interpreters

ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class SaidFinding:
    """One finding in the reader's language."""

    rule: str
    severity: str
    element: str | None
    line: int | None
    sentence: str
    name: str = ""
    """What the element is called in the drawing, where it has a name."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a file that was sent in."""

    accepted: bool
    findings: Sequence[SaidFinding]
    code: str = ""


def publish_file(content: bytes) -> Verdict:
    """Check a file by every rule and on both interpreters, and publish it where nothing stands against it."""
    made = wiring()
    published = publish(
        made.engine,
        content,
        officer=g.officer.login,
        at=g.now,
        interpreters=both_interpreters(made.settings.interpreter),
        key=key_sent() or None,
    )
    code = published.receipt.name if published.receipt else ""
    return Verdict(published.receipt is not None, say_findings(published.verdict), code)


def say_findings(verdict: Found) -> list[SaidFinding]:
    """Everything that stands against a file, the gravest first, in the reader's language."""
    findings = sorted(verdict.findings, key=lambda each: (ORDER[each.severity], each.line or 0))
    return [_said(each) for each in findings]


def _said(each: Finding) -> SaidFinding:
    sentence = say_finding(each.message, each.facts)
    return SaidFinding(each.rule, each.severity, each.element, each.line, sentence, str(each.facts.get("name", "")))

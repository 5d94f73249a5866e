"""What becomes of a BPMN file that was sent in, by a page or by another program: a verdict, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g

from engine.domain.finding import Finding
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
    findings = sorted(published.verdict.findings, key=lambda each: (ORDER[each.severity], each.line or 0))
    code = published.receipt.name if published.receipt else ""
    return Verdict(published.receipt is not None, [_said(each) for each in findings], code)


def _said(each: Finding) -> SaidFinding:
    return SaidFinding(each.rule, each.severity, each.element, each.line, say_finding(each.message, each.facts))

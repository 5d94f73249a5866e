"""What becomes of a BPMN file that was sent in, by a page or by another program: a verdict and a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g

from engine.domain.finding import Finding
from engine.queries.reader import Reader
from sop_catalog.publishing import HandedIn, hand_in, hand_in_and_submit
from sop_catalog.publishing import Verdict as Found
from sop_catalog.storage import Draft, Drafts
from web.identity import key_sent, wiring
from web.language import raw, say_finding
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
    way: Sequence[Mapping[str, object]] = ()
    """The shortest way to it, each part as `said` and `elements`: for whoever draws it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a file that was sent in. Nothing of it is in force: a second person decides on the draft."""

    accepted: bool
    findings: Sequence[SaidFinding]
    draft: int | None = None
    """The number of the draft that was begun of it; None where nobody could draw on it."""


def upload_file(content: bytes) -> Verdict:
    """Check a file by every rule and on both interpreters, and begin a draft of it, sound or not."""
    return _handed(hand_in, content)


def submit_file(content: bytes, on: date) -> Verdict:
    """Check a file likewise, begin a draft of it, and submit that for a day where nothing stands against it."""
    return _handed(hand_in_and_submit, content, on=on)


def _handed(act: Callable[..., HandedIn], content: bytes, **more: Any) -> Verdict:
    made = wiring()
    handed = act(
        made.engine,
        content,
        officer=g.officer.login,
        at=g.now,
        interpreters=both_interpreters(made.settings.interpreter),
        key=key_sent() or None,
        **more,
    )
    return Verdict(handed.verdict.accepted, say_findings(handed.verdict), handed.draft)


def draft_held(reader: Reader, number: int) -> Draft:
    """One draft, whoever's it is. Raises NotFound."""
    return Drafts(reader.connection).get(number)


def say_findings(verdict: Found) -> list[SaidFinding]:
    """Everything that stands against a file, the gravest first, in the reader's language."""
    findings = sorted(verdict.findings, key=lambda each: (ORDER[each.severity], each.line or 0))
    return [_said(each) for each in findings]


def _said(each: Finding) -> SaidFinding:
    sentence = say_finding(each.message, each.facts)
    name = str(each.facts.get("name", ""))
    way = [{"said": leg.said.sentence(raw), "elements": leg.elements} for leg in each.way]
    return SaidFinding(each.rule, each.severity, each.element, each.line, sentence, name, way)

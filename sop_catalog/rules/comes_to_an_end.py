"""Whatever happens, a case comes to an end, leaves nothing behind, and nothing is drawn in vain: proved over all states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from engine.domain.finding import Finding, Phrase, Severity
from engine.notation import Element
from engine.process import Bundle
from sop_catalog.rules.view import View, find
from sop_catalog.soundness import Flaw, Proof, Property, prove

RULE: Final = "comes-to-an-end"
LARGEST: Final = 5_000
"""States of a process that are looked at while somebody waits."""
_SAID: Final[Mapping[Property, str]] = {
    Property.DEADLOCK: "Expected every case to come to an end, but at “{name}” one waits for what can no longer come. Shortest way there: {way}.{doubt}",
    Property.LEFT_BEHIND: "Expected nothing to be left when a case has come to its end, but a branch of it still waits at “{name}”, for ever. Shortest way there: {way}.{doubt}",
    Property.LIVELOCK: "Expected an end within reach, but from “{name}” on, nothing that can happen leads to one. Shortest way there: {way}.{doubt}",
    Property.RESTLESS: "Expected every step to come to rest, but the one after “{name}” goes round without end. Shortest way there: {way}.{doubt}",
    Property.UNBOUNDED: "Expected every round to leave no more open than it found, but “{name}” is open once more after each. Shortest way there: {way}.{doubt}",
    Property.IMPROPER: "“{name}” ends everything, though something else may still be open and is then dropped: {dropped}. Shortest way there: {way}.{doubt}",
    Property.DEAD: "Expected a case to be able to come over “{name}”, but none does: all {states} states were looked at.",
}
_DOUBT: Final = " Perhaps no case can go this way: no answers were found that lead along it."
_ADVISED: Final = frozenset({Property.IMPROPER, Property.DEAD})
"""BPMN allows the one, and the other does no case any harm."""


def check(view: View) -> Iterator[Finding]:
    """Prove the process; what it calls is proved by itself. Only asked where the engine can run it."""
    proof = prove(Bundle(view.process.id, {**view.drawings, view.process.id: view.drawing}), most=LARGEST)
    for flaw in proof.flaws:
        yield _finding(view, proof, flaw)
    if proof.is_cut and all(flaw.property in _ADVISED or not flaw.certain for flaw in proof.flaws):
        message = "So much can happen in “{name}” that only {found} states were looked at: nobody has shown that every case comes to an end."
        yield find(RULE, view.process, message, severity="warning", found=proof.states)


def _finding(view: View, proof: Proof, flaw: Flaw) -> Finding:
    element: Element = view.lookup.find(flaw.spots[0][1]) or view.process
    severity: Severity = "error" if flaw.certain and flaw.property not in _ADVISED else "warning"
    dropped = ", ".join(f"“{_name(view, each)}”" for _, each in flaw.spots[1:])
    facts: dict[str, object] = {
        "property": flaw.property.value,
        "way": flaw.way.said,
        "dropped": dropped,
        "states": proof.states,
        "doubt": "" if flaw.certain else Phrase(_DOUBT),
    }
    found = find(RULE, element, _SAID[flaw.property], severity=severity, **facts)
    return replace(found, way=flaw.way.legs(view.process.id))


def _name(view: View, element: str) -> str:
    found = view.lookup.find(element)
    return (found.name if found else "") or element

"""What BPMN itself has and the machine does not know is refused, unless it is lawful to ignore it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import BPMN, Xml

RULE: Final = "untyped-children"

IGNORED: Final = frozenset(
    [
        "auditing",
        "monitoring",
        "categoryValueRef",
        "property",
        "ioSpecification",
        "dataInput",
        "dataOutput",
        "inputSet",
        "outputSet",
        "resourceRole",
        "performer",
        "humanPerformer",
        "potentialOwner",
        "dataInputAssociation",
        "dataOutputAssociation",
        "supportedInterfaceRef",
        "supports",
        "correlationSubscription",
        "ioBinding",
        "rendering",
        "loopDataOutputRef",
        "outgoing",
        "incoming",
    ]
)
"""Data, resources and remarks: drawn, kept and not run. Facts belong to the case, performers to the lanes."""
MOVES_DATA: Final = frozenset({"assignment", "transformation"})


def check(sight: Sight) -> Iterator[Finding]:
    """Find untyped BPMN children that would do something."""
    for element in sight.elements():
        for child in element.foreign_children:
            xml = child.xml
            if xml.namespace != BPMN or (isinstance(element, notation.Event) and xml.local == "eventDefinitionRef"):
                continue
            if isinstance(element, notation.ScriptTask):
                continue  # refused as a whole
            if xml.local not in IGNORED:
                message = "Expected nothing in “{name}” that is not run, but it holds “{what}”."
                yield find(RULE, element, message, line=xml.line, what=xml.local)
            elif _holds(xml, MOVES_DATA):
                message = "Expected “{name}” to move no data by expressions: facts belong to the case as a whole."
                yield find(RULE, element, message, line=xml.line)


def _holds(xml: Xml, names: frozenset[str]) -> bool:
    waiting = [xml]
    while waiting:
        each = waiting.pop()
        if each.local in names:
            return True
        waiting.extend(each.children)
    return False

"""Code that another engine would run is refused, wherever a drawing carries it: here no drawing runs code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import LAJUR, Element, Xml

RULE: Final = "code-of-other-engines"

NAMES: Final = frozenset(
    name.lower()
    for name in [
        "script",
        "preScript",
        "postScript",
        "scripts",
        "scriptFormat",
        "executionListener",
        "executionListeners",
        "taskListener",
        "taskListeners",
        "startListener",
        "listeners",
        "listener",
        "class",
        "expression",
        "delegateExpression",
        "resultVariable",
        "serviceTaskOperator",
        "ioMapping",
        "inputOutput",
        "inputParameter",
        "outputParameter",
        "connector",
        "connectorId",
        "calledDecision",
        "calledElement",
        "in",
        "out",
        "mapping",
        "input",
        "output",
        "assignment",
        "transformation",
        "operator",
        "decisionRef",
        "decisionRefs",
        "field",
        "eventListener",
        "delegate",
        "rule",
        "onEntry-script",
        "onExit-script",
        "unitTest",
        "unitTests",
        "signalButtonLabel",
        "conditionVariableName",
        "skipExpression",
        "variableListener",
        "documentScript",
        "failedJobRetryTimeCycle",
        "elementVariable",
        "collection",
    ]
)
"""Of elements and attributes that make other engines run something or move data, in any namespace but our own."""


def check(sight: Sight) -> Iterator[Finding]:
    """Find extension elements and attributes that carry something to run."""
    for element in sight.elements():
        for name, line in _foreign(element):
            if name.lower() in NAMES:
                message = "Expected nothing to run but BPMN itself, but “{name}” carries “{what}” for another engine."
                yield find(RULE, element, message, line=line, what=name)


def _foreign(element: Element) -> Iterator[tuple[str, int]]:
    yield from _attributes(element.foreign_attributes, element.line)
    waiting = list(element.extensions)
    waiting += [child.xml for child in element.foreign_children if child.xml.namespace != notation.BPMN]
    while waiting:
        xml: Xml = waiting.pop()
        if xml.namespace == LAJUR:
            continue
        yield xml.local, xml.line
        yield from ((name.rpartition("}")[2], xml.line) for name, _ in xml.attributes)
        waiting.extend(xml.children)


def _attributes(attributes: notation.Attributes, line: int) -> Iterator[tuple[str, int]]:
    for name, _ in attributes:
        if name.startswith("{") and not name.startswith(f"{{{LAJUR}}}"):
            yield name.rpartition("}")[2], line

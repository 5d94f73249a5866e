"""Drawings as a few lines of text, so that a test shows what it is about. It writes plain BPMN 2.0 XML.

    start -> user A -> xor x
    x -[outcome = "yes"]-> user B -> end
    x -[*]-> user C -> end refused
    boundary late (on A; timer PT1H; beside) -> user Remind
    sub S {
        start s -> user In -> end e
    }

An element is a kind and an id, or an id alone once it is known. In brackets: what the kind needs, parted by `;`.
`-[…]->` is a condition, `-[*]->` the default. `process other {` … `}` is one more process of the same release.
"""

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from engine import notation
from engine.process import Bundle

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="drawing" targetNamespace="urn:lajur:test">'
)
TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "user": "userTask",
    "manual": "manualTask",
    "service": "serviceTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "task": "task",
    "script": "scriptTask",
    "rule": "businessRuleTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "events": "eventBasedGateway",
    "complex": "complexGateway",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
    "sub": "subProcess",
    "call": "callActivity",
}
DEFINITIONS = (
    "timer",
    "message",
    "error",
    "escalation",
    "terminate",
    "link",
    "signal",
    "compensate",
    "conditional",
    "cancel",
)
ARROW = re.compile(r"\s*(?:->|-\[(.*?)\]->)\s*")
ELEMENT = re.compile(r"(\w+)(?:\s+([\w.-]+))?(?:\s*\((.*)\))?")
EACH = re.compile(r"each (\w+) in (\w+)")
TIMES = re.compile(r"times (.+)")


@dataclass
class _Node:
    kind: str
    id: str
    notes: list[str]
    inside: "_Scope | None" = None


@dataclass
class _Scope:
    nodes: dict[str, _Node] = field(default_factory=dict)
    flows: list[tuple[str, str, str | None]] = field(default_factory=list)


@dataclass
class _Sketch:
    declared: dict[tuple[str, str], str] = field(default_factory=dict)
    """Kind and name of a message, error, escalation or signal → its XML."""

    def read(self, lines: list[str]) -> dict[str, _Scope]:
        main = _Scope()
        processes = {"main": main}
        stack = [main]
        for line in (each.strip() for each in lines):
            if not line or line.startswith("#"):
                continue
            if line == "}":
                stack.pop()
            elif line.startswith("process ") and line.endswith("{"):
                stack.append(processes.setdefault(line.split()[1], _Scope()))
            elif line.endswith("{"):
                node = self._chain(line[:-1].strip(), stack[-1])
                node.inside = _Scope()
                stack.append(node.inside)
            else:
                self._chain(line, stack[-1])
        return processes

    def _chain(self, line: str, scope: _Scope) -> _Node:
        parts = ARROW.split(line)
        nodes = [self._element(text, scope) for text in parts[::2]]
        for source, condition, target in zip(nodes, parts[1::2], nodes[1:], strict=False):
            scope.flows.append((source.id, target.id, condition))
        return nodes[-1]

    def _element(self, text: str, scope: _Scope) -> _Node:
        if text in scope.nodes:
            return scope.nodes[text]
        found = ELEMENT.fullmatch(text)
        if found is None:
            raise ValueError(text)
        word, name, notes = found.groups()
        if word not in TAGS:
            raise ValueError(text)
        node = _Node(word, name or word, [each.strip() for each in (notes or "").split(";") if each.strip()])
        return scope.nodes.setdefault(node.id, node)

    # Writing.

    def write(self, name: str, scope: _Scope) -> str:
        body = f'<process id="{name}" isExecutable="true">{self._scope(name, scope)}</process>'
        return f"{HEAD}{''.join(self.declared.values())}{body}</definitions>"

    def _scope(self, name: str, scope: _Scope) -> str:
        flows = [(f"{name}.{index}", *flow) for index, flow in enumerate(scope.flows)]
        defaults = {source: flow for flow, source, _, condition in flows if condition == "*"}
        nodes = [self._node(node, defaults.get(node.id)) for node in scope.nodes.values()]
        return "".join(nodes) + "".join(_flow(*flow) for flow in flows)

    def _node(self, node: _Node, default: str | None) -> str:
        attributes = {"id": node.id} | ({"default": default} if default else {})
        inner = ""
        for note in node.notes:
            word, _, rest = note.partition(" ")
            if word == "on":
                attributes["attachedToRef"] = rest
            elif word == "beside":
                attributes["cancelActivity"] = "false"
            elif word == "calls":
                attributes["calledElement"] = rest
            elif word == "about":
                attributes["messageRef"] = self._declare("message", rest)
            elif word in DEFINITIONS:
                inner += self._definition(word, rest)
            elif note.startswith("with "):
                key, _, value = rest.partition("=")
                attributes[key] = value
        inner += _loop(node.id, node.notes)
        if node.inside:
            inner += self._scope(node.id, node.inside)
        written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        return f"<{TAGS[node.kind]}{written}>{inner}</{TAGS[node.kind]}>"

    def _definition(self, word: str, rest: str) -> str:
        if word == "timer":
            return f"<timerEventDefinition>{_time(rest)}</timerEventDefinition>"
        if word == "link":
            return f"<linkEventDefinition name={quoteattr(rest)}/>"
        if word == "conditional":
            return f"<conditionalEventDefinition><condition>{escape(rest)}</condition></conditionalEventDefinition>"
        reference = f' {word}Ref="{self._declare(word, rest)}"' if rest else ""
        return f"<{word}EventDefinition{reference}/>"

    def _declare(self, word: str, name: str) -> str:
        identity = f"{word}.{re.sub(r'[^A-Za-z0-9]', '_', name)}"
        code = f" {word}Code={quoteattr(name)}" if word in {"error", "escalation"} else ""
        self.declared[word, name] = f'<{word} id="{identity}" name={quoteattr(name)}{code}/>'
        return identity


def _time(text: str) -> str:
    kind, _, rest = text.partition(" ")
    tags = {"date": "timeDate", "duration": "timeDuration", "cycle": "timeCycle"}
    if kind not in tags:
        kind, rest = "cycle" if text.startswith("R") else "duration" if text.startswith(("P", "-P")) else "date", text
    return f'<{tags[kind]} xsi:type="tFormalExpression">{escape(rest)}</{tags[kind]}>'


def _loop(node: str, notes: list[str]) -> str:
    each = next((found for note in notes if (found := EACH.fullmatch(note))), None)
    times = next((found for note in notes if (found := TIMES.fullmatch(note))), None)
    if not each and not times:
        return ""
    inner = f"<loopCardinality>{escape(times[1])}</loopCardinality>" if times else ""
    if each:
        inner += f'<loopDataInputRef>{each[2]}</loopDataInputRef><inputDataItem id="item.{node}" name="{each[1]}"/>'
    until = next((note[6:] for note in notes if note.startswith("until ")), None)
    inner += f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    sequential = "true" if "one by one" in notes else "false"
    tag = "multiInstanceLoopCharacteristics"
    return f'<{tag} isSequential="{sequential}">{inner}</{tag}>'


def _flow(identity: str, source: str, target: str, condition: str | None) -> str:
    if condition and condition != "*":
        inner = f'<conditionExpression xsi:type="tFormalExpression">{escape(condition)}</conditionExpression>'
        return f'<sequenceFlow id="{identity}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
    return f'<sequenceFlow id="{identity}" sourceRef="{source}" targetRef="{target}"/>'


def drawn(text: str) -> dict[str, str]:
    """Write a sketch as BPMN 2.0: process id → its own file."""
    scribe = _Sketch()
    processes = scribe.read(text.splitlines())
    return {name: scribe.write(name, scope) for name, scope in processes.items() if scope.nodes}


def bundle_of(files: dict[str, str], code: str = "main") -> Bundle:
    """Read BPMN 2.0 files as a release."""
    return Bundle(code, {process: notation.read(xml.encode()) for process, xml in files.items()})


def sketch(text: str) -> Bundle:
    """Make a release of a sketch."""
    return bundle_of(drawn(text))

"""Small pieces of BPMN text of which files in the manner of other tools are put together."""

from __future__ import annotations

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
UTF8 = '<?xml version="1.0" encoding="UTF-8"?>\n'


def spaces(prefix: str, **more: str) -> str:
    """The declarations at the top; an empty prefix is the default namespace."""
    own = f'xmlns:{prefix}="{MODEL}"' if prefix else f'xmlns="{MODEL}"'
    di = f'xmlns:bpmndi="{DI}" xmlns:dc="{DC}" xmlns:di="{DD}" xmlns:xsi="{XSI}"'
    return " ".join([own, di, *(f'xmlns:{name}="{uri}"' for name, uri in more.items())])


def shape(element: str, x: float, y: float, w: float = 100, h: float = 80, more: str = "", inside: str = "") -> str:
    box = f'<dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/>'
    return f'<bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}"{more}>{box}{inside}</bpmndi:BPMNShape>'


def edge(element: str, *points: tuple[float, float], more: str = "", inside: str = "") -> str:
    way = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<bpmndi:BPMNEdge id="{element}_di" bpmnElement="{element}"{more}>{way}{inside}</bpmndi:BPMNEdge>'


def picture(of: str, *drawn: str, name: str = "d", more: str = "") -> str:
    plane = f'<bpmndi:BPMNPlane id="{name}_plane" bpmnElement="{of}">{"".join(drawn)}</bpmndi:BPMNPlane>'
    return f'<bpmndi:BPMNDiagram id="{name}"{more}>{plane}</bpmndi:BPMNDiagram>'


LINE = picture(
    "proses",
    shape("s", 100, 100, 36, 36),
    shape("t", 200, 80),
    shape("e", 400, 100, 36, 36),
    edge("f1", (136, 118), (200, 118)),
    edge("f2", (300, 118), (400, 118)),
)


def line(prefix: str, task: str, start: str = "", head: str = 'id="proses" isExecutable="true"', more: str = "") -> str:
    """A start, one task and an end; `task` is the whole element."""
    p = f"{prefix}:" if prefix else ""
    begin = start or f'<{p}startEvent id="s"><{p}outgoing>f1</{p}outgoing></{p}startEvent>'
    return (
        f"<{p}process {head}>{begin}{task}"
        f'<{p}endEvent id="e"><{p}incoming>f2</{p}incoming></{p}endEvent>'
        f'<{p}sequenceFlow id="f1" sourceRef="s" targetRef="t"/><{p}sequenceFlow id="f2" sourceRef="t" targetRef="e"/>'
        f"{more}</{p}process>"
    )


def file(prefix: str, inside: str, top: str = "", head: str = UTF8, **more: str) -> str:
    p = f"{prefix}:" if prefix else ""
    return f'{head}<{p}definitions {spaces(prefix, **more)} targetNamespace="http://contoh.test/bpmn" id="defs"{top}>{inside}</{p}definitions>'

"""What must not come in: each hostile file is refused with its rule, quickly, and nothing outside it is opened."""

import gzip
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.domain.limits import Limits
from engine.notation import NotReadable, examine, gate, read

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = 'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
HEAD = f'<definitions xmlns="{MODEL}" {DI} targetNamespace="urn:t">'
BOMB = "".join(f'<!ENTITY a{n} "' + f"&a{n - 1};" * 10 + '">' for n in range(1, 10))
MANY_ATTRIBUTES = " ".join(f'a{n}="1"' for n in range(100_000))


def file(inside: str, prolog: str = "", beside: str = "") -> bytes:
    return f'{prolog}{HEAD}<process id="p">{inside}</process>{beside}</definitions>'.encode()


def shape(bounds: str) -> bytes:
    drawn = f'<bpmndi:BPMNShape id="x" bpmnElement="p">{bounds}</bpmndi:BPMNShape>'
    plane = f'<bpmndi:BPMNPlane bpmnElement="p">{drawn}</bpmndi:BPMNPlane>'
    return file("", beside=f"<bpmndi:BPMNDiagram>{plane}</bpmndi:BPMNDiagram>")


def box(**sides: str) -> bytes:
    given = {"x": "1", "y": "1", "width": "1", "height": "1", **sides}
    attributes = " ".join(f'{name}="{value}"' for name, value in given.items())
    return shape(f"<dc:Bounds {attributes}/>")


FLOW = '<startEvent id="a"/><endEvent id="b"/>'

CORPUS: dict[str, tuple[str, bytes]] = {
    # not a drawing at all
    "nothing": ("empty", b""),
    "blanks": ("empty", b" \n\t "),
    "plain text": ("not-xml", b"Hello"),
    "compressed": ("encoding", gzip.compress(file("") * 9)),
    "zip archive": ("not-xml", b"PK\x03\x04 an office document"),
    "picture": ("encoding", b"\x89PNG\r\n\x1a\n\x00\xff"),
    "json": ("not-xml", b'{"definitions": {}}'),
    "html": ("doctype", b"<!DOCTYPE html><html></html>"),
    "another XML": ("not-bpmn", b"<html/>"),
    "XPDL": ("not-bpmn", b'<Package xmlns="http://www.wfmc.org/2009/XPDL2.2"/>'),
    "no namespace": ("not-bpmn", b"<definitions/>"),
    "a process as root": ("not-bpmn", f'<process xmlns="{MODEL}" id="p"/>'.encode()),
    "no process": ("no-process", f"{HEAD}</definitions>".encode()),
    "cut off": ("not-xml", file("<task")[:-20]),
    "tag not closed": ("not-xml", file("<task>")),
    "attribute twice": ("not-xml", file('<task id="a" id="b"/>')),
    "unbound prefix": ("not-xml", file("<x:task/>")),
    "two roots": ("not-xml", file("") + b"<a/>"),
    # attacks on the parser
    "entity from a file": ("doctype", file("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>')),
    "entity from the net": ("doctype", file("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>')),
    "external DTD": ("doctype", file("", '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">')),
    "parameter entity": ("doctype", file("", '<!DOCTYPE d [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]>')),
    "billion laughs": ("doctype", file("&a9;", f'<!DOCTYPE d [<!ENTITY a0 "ha">{BOMB}]>')),
    "entity without DTD": ("not-xml", file("&x;")),
    "DOCTYPE behind a comment": ("doctype", file("", "<!-- <a --><!DOCTYPE d [<!ENTITY x 'y'>]>")),
    "DOCTYPE in UTF-16": ("doctype", file("", "<!DOCTYPE d>").decode().encode("utf-16")),
    "instruction before": ("processing-instruction", file("", '<?xml-stylesheet href="http://127.0.0.1:9/x"?>')),
    "instruction inside": ("processing-instruction", file("<?php echo 1 ?>")),
    "instruction behind": ("processing-instruction", file("") + b"<?x y?>"),
    "UTF-7": ("encoding", b'<?xml version="1.0" encoding="UTF-7"?>+ADw-definitions/+AD4-'),
    "ISO-8859-1": ("encoding", file("", '<?xml version="1.0" encoding="ISO-8859-1"?>')),
    "EBCDIC": ("encoding", '<?xml version="1.0" encoding="cp037"?><a/>'.encode("cp037")),
    "UTF-16 said, UTF-8 meant": ("encoding", file("", '<?xml version="1.0" encoding="UTF-16"?>')),
    "UTF-8 said, UTF-16 meant": (
        "encoding",
        file("", '<?xml version="1.0" encoding="UTF-8"?>').decode().encode("utf-16"),
    ),
    "UTF-32": ("not-xml", file("").decode().encode("utf-32")),
    "half a character": ("encoding", file('<task name="\u00e9"/>').replace(b"\xa9", b"")),
    "NUL": ("not-xml", file('<task id="a\0"/>')),
    "NUL as reference": ("not-xml", file('<task id="a" name="&#0;"/>')),
    "deep nesting": ("not-xml", file("<subProcess>" * 5_000)),
    "nesting too deep for us": ("too-large", file("<subProcess>" * 70 + "</subProcess>" * 70)),
    "100,000 attributes": ("too-large", file(f"<task {MANY_ATTRIBUTES}/>")),
    "300,000 elements": ("too-large", file("<a/>" * 300_000)),
    "huge text": ("too-large", file(f"<documentation>{'x' * 1_500_000}</documentation>")),
    "huge attribute": ("too-large", file(f'<task id="a" name="{"x" * 1_500_000}"/>')),
    "huge file": ("too-large", file(" " * 2_000_001)),
    # ids
    "no id": ("missing-id", file('<userTask name="Setujui"/>')),
    "id twice": ("duplicate-id", file('<task id="a"/><task id="a"/>')),
    "id of a vendor twice": ("duplicate-id", file('<task id="a"/><dataObject id="a"/>')),
    "id in a sub-process twice": ("duplicate-id", file('<task id="a"/><subProcess id="s"><task id="a"/></subProcess>')),
    "id End": ("reserved-id", file('<userTask id="End"/>')),
    "id Start": ("reserved-id", file('<userTask id="Start"/>')),
    "id P.EndJoin": ("reserved-id", file('<userTask id="P.EndJoin"/>')),
    "id u.BoundaryEventSplit": ("reserved-id", file('<userTask id="u.BoundaryEventSplit"/>')),
    "id with a slash": ("bad-id", file('<task id="../../etc"/>')),
    "id of Cyrillic": ("bad-id", file('<task id="\u0430pprove"/>')),
    "id with a line break": ("bad-id", file('<task id="a&#10;"/>')),
    "id too long": ("bad-id", file(f'<task id="{"a" * 65}"/>')),
    "id of markup": ("bad-id", file('<task id="&lt;script&gt;"/>')),
    # names
    "direction turned": ("hidden-character", file('<task id="a" name="\u202eiujutes"/>')),
    "direction turned by reference": ("hidden-character", file('<task id="a" name="&#x2066;x"/>')),
    "invisible tags": ("hidden-character", file('<task id="a" name="a\U000e0041"/>')),
    "control character": ("hidden-character", file('<task id="a" name="a\u0085"/>')),
    "direction turned in a condition": (
        "hidden-character",
        file(
            f'{FLOW}<sequenceFlow id="f" sourceRef="a" targetRef="b"><conditionExpression>\u202e1</conditionExpression></sequenceFlow>'
        ),
    ),
    "name too long": ("too-long", file(f'<task id="a" name="{"x" * 501}"/>')),
    "text where none may stand": ("stray-text", file("approve()")),
    # numbers
    "NaN": ("bad-number", box(x="NaN")),
    "infinity": ("bad-number", box(width="INF")),
    "1e999": ("bad-number", box(y="1e999")),
    "number of Python": ("bad-number", box(x="1_000")),
    "Arabic digits": ("bad-number", box(x="\u0661")),
    "no number": ("bad-number", shape("<dc:Bounds/>")),
    "negative width": ("bad-number", box(width="-1")),
    "far away": ("bad-number", box(x="99999999")),
    "no bounds": ("missing-bounds", shape("")),
    # references
    "flow to nowhere": ("dangling-flow", file(f'{FLOW}<sequenceFlow id="f" sourceRef="a" targetRef="x"/>')),
    "flow from nowhere": ("dangling-flow", file(f'{FLOW}<sequenceFlow id="f" sourceRef="x" targetRef="b"/>')),
    "flow to a flow": ("dangling-flow", file(f'{FLOW}<sequenceFlow id="f" sourceRef="a" targetRef="f"/>')),
    "flow without a target": ("missing-reference", file(f'{FLOW}<sequenceFlow id="f" sourceRef="a"/>')),
    "flow into a sub-process": (
        "flow-leaves-scope",
        file(f'{FLOW}<subProcess id="s"><task id="t"/></subProcess><sequenceFlow id="f" sourceRef="a" targetRef="t"/>'),
    ),
    "flow out of a sub-process": (
        "flow-leaves-scope",
        file(f'{FLOW}<subProcess id="s"><task id="t"/><sequenceFlow id="f" sourceRef="t" targetRef="b"/></subProcess>'),
    ),
    "flow to another process": (
        "flow-leaves-scope",
        file(
            f'{FLOW}<sequenceFlow id="f" sourceRef="a" targetRef="z"/>',
            beside='<process id="q"><task id="z"/></process>',
        ),
    ),
    "default of another node": (
        "bad-default",
        file(f'{FLOW}<exclusiveGateway id="g" default="f"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>'),
    ),
    "boundary event on nothing": ("bad-host", file('<boundaryEvent id="b" attachedToRef="x"/>')),
    "boundary event without host": ("missing-reference", file('<boundaryEvent id="b"/>')),
    "boundary event on an event": ("bad-host", file('<startEvent id="s"/><boundaryEvent id="b" attachedToRef="s"/>')),
    "boundary event on a task of a sub-process": (
        "bad-host",
        file('<subProcess id="s"><task id="t"/></subProcess><boundaryEvent id="b" attachedToRef="t"/>'),
    ),
    "message that is none": (
        "dangling-reference",
        file('<startEvent id="s"><messageEventDefinition messageRef="p"/></startEvent>'),
    ),
    "error that is not there": (
        "dangling-reference",
        file('<endEvent id="s"><errorEventDefinition errorRef="x"/></endEvent>'),
    ),
    "escalation that is not there": (
        "dangling-reference",
        file('<endEvent id="s"><escalationEventDefinition escalationRef="x"/></endEvent>'),
    ),
    "signal that is not there": (
        "dangling-reference",
        file('<endEvent id="s"><signalEventDefinition signalRef="x"/></endEvent>'),
    ),
    "task for a message that is not there": ("dangling-reference", file('<receiveTask id="r" messageRef="x"/>')),
    "timer without a time": (
        "timer-without-time",
        file('<startEvent id="s"><timerEventDefinition/></startEvent>'),
    ),
    "timer with two times": (
        "more-than-one",
        file(
            '<startEvent id="s"><timerEventDefinition><timeDate>a</timeDate><timeDuration>b</timeDuration>'
            "</timerEventDefinition></startEvent>"
        ),
    ),
    "two conditions": (
        "more-than-one",
        file(
            f'{FLOW}<sequenceFlow id="f" sourceRef="a" targetRef="b"><conditionExpression>true</conditionExpression>'
            "<conditionExpression>false</conditionExpression></sequenceFlow>"
        ),
    ),
    "call of nothing": ("missing-called-element", file('<callActivity id="c"/>')),
    "lane of nothing": (
        "dangling-lane",
        file('<laneSet><lane id="l"><flowNodeRef>x</flowNodeRef></lane></laneSet>'),
    ),
    "lane of another process": (
        "dangling-lane",
        file(
            '<laneSet><lane id="l"><flowNodeRef>z</flowNodeRef></lane></laneSet>',
            beside='<process id="q"><task id="z"/></process>',
        ),
    ),
    "node in two lanes": (
        "two-lanes",
        file(
            '<laneSet><lane id="l"><flowNodeRef>t</flowNodeRef></lane><lane id="k"><flowNodeRef>t</flowNodeRef></lane>'
            '</laneSet><task id="t"/>'
        ),
    ),
    "pool of nothing": (
        "dangling-reference",
        file("", beside='<collaboration><participant id="w" processRef="x"/></collaboration>'),
    ),
    "message to nowhere": (
        "dangling-message-flow",
        file("", beside='<collaboration><messageFlow id="m" sourceRef="x" targetRef="y"/></collaboration>'),
    ),
    "flag that is none": ("bad-flag", file('<task id="t" isForCompensation="perhaps"/>')),
    "kind that is none": ("bad-value", file('<eventBasedGateway id="g" eventGatewayType="Both"/>')),
}


@pytest.mark.parametrize(("rule", "source"), CORPUS.values(), ids=CORPUS.keys())
def test_a_hostile_file_is_refused_with_its_rule_in_little_time(rule: str, source: bytes) -> None:
    began = time.thread_time()

    with pytest.raises(NotReadable) as refusal:
        read(source)

    assert time.thread_time() - began < 10
    assert rule in {finding.rule for finding in refusal.value.findings}
    for finding in refusal.value.findings:
        assert finding.sentence().startswith("Expected ")
        assert len(str(finding)) < 400


@pytest.mark.parametrize(("rule", "source"), CORPUS.values(), ids=CORPUS.keys())
def test_examining_a_hostile_file_tells_and_never_raises(rule: str, source: bytes) -> None:
    examination = examine(source)

    assert rule in {finding.rule for finding in examination.errors}


@pytest.mark.parametrize(
    "inside",
    [
        '<task id="a"/>' + "<!-- x -->" * 15_000,
        f'<task id="a"><documentation>{"x<!-- y -->" * 15_000}</documentation></task>',
        f'<task id="a">{"<documentation>x<!-- y --></documentation>" * 15_000}</task>',
    ],
    ids=["among elements", "in one text", "in many texts"],
)
def test_thousands_of_comments_are_read_in_little_time(inside: str) -> None:
    began = time.thread_time()

    examination = examine(file(inside))

    assert time.thread_time() - began < 10
    assert examination.errors == ()


def test_too_many_flow_nodes_are_refused_and_many_are_told() -> None:
    source = file("".join(f'<task id="t{n}"/>' for n in range(11)))

    assert [each.rule for each in examine(source, limits=Limits(flow_nodes=10)).errors] == ["too-many-nodes"]
    assert [each.rule for each in examine(source, limits=Limits(flow_nodes=20)).findings] == ["many-nodes"]
    assert examine(source, limits=Limits(flow_nodes=22)).findings == ()


def test_a_picture_of_something_that_is_not_there_is_a_warning() -> None:
    source = box().replace(b'bpmnElement="p">', b'bpmnElement="q">')

    examination = examine(source)

    assert examination.errors == ()
    assert {each.rule for each in examination.findings} == {"draws-nothing"}


def test_a_node_that_claims_a_wrong_arrow_is_a_warning() -> None:
    flow = '<sequenceFlow id="f" sourceRef="a" targetRef="b"/>'
    source = file(
        '<startEvent id="a"><outgoing>f</outgoing></startEvent><endEvent id="b"><incoming>x</incoming></endEvent>'
        + flow
    )

    examination = examine(source)

    assert [(each.rule, each.severity, each.element) for each in examination.findings] == [
        ("false-claim", "warning", "b")
    ]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def test_nothing_is_opened_even_if_the_first_guard_sleeps(
    listener: socket.socket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    monkeypatch.setattr(gate, "_after_prolog", lambda text: text)

    for prolog in (
        f'<!DOCTYPE d SYSTEM "{address}">',
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{address}">]>',
        f'<!DOCTYPE d [<!ENTITY % y SYSTEM "{address}"> %y; <!ENTITY x "z">]>',
        f'<!DOCTYPE d [<!ENTITY a0 "ha">{BOMB}<!ENTITY x "&a9;">]>',
    ):
        with pytest.raises(NotReadable) as refusal:
            read(file("<documentation>&x;</documentation>", prolog))
        assert "the secret" not in str(refusal.value)

    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_schema_location_is_never_asked_for(listener: socket.socket) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/BPMN20.xsd"
    instance = "http://www.w3.org/2001/XMLSchema-instance"
    source = file("").replace(
        b"targetNamespace", f'xmlns:i="{instance}" i:schemaLocation="{MODEL} {address}" targetNamespace'.encode()
    )

    read(source)

    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_file_with_thousands_of_faults_gets_a_list_that_can_be_read() -> None:
    findings = examine(file("<task/>" * 3_000)).findings

    assert len(findings) == 501
    assert (findings[-1].rule, findings[-1].severity, findings[-1].facts) == (
        "more-findings",
        "error",
        {"count": 2_500},
    )

"""What the writer makes of elements: always the same bytes, and nothing lost."""

import difflib
from dataclasses import replace
from pathlib import Path

import pytest

from engine.notation import (
    Definitions,
    Expression,
    Foreign,
    Process,
    SequenceFlow,
    StartEvent,
    Task,
    TimerDefinition,
    UnknownNode,
    Xml,
    read,
    write,
)

DRAWINGS = sorted((Path(__file__).parent / "drawings").glob("*.bpmn"))
each_drawing = pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)


@each_drawing
def test_what_was_read_is_read_again_from_what_was_written(path: Path) -> None:
    drawn = read(path.read_bytes())

    assert read(write(drawn)) == drawn


@each_drawing
def test_writing_what_was_written_changes_nothing(path: Path) -> None:
    once = write(read(path.read_bytes()))

    assert write(read(once)) == once


@each_drawing
def test_no_word_of_a_drawing_is_lost(path: Path) -> None:
    source = path.read_bytes()

    written = write(read(source))

    assert _words(source) - _words(written) == set()


def _words(source: bytes) -> set[str]:
    """All texts and attribute values that are not a reference of a node to its arrows."""
    from lxml import etree  # noqa: PLC0415 - only to look at the file with other eyes than the reader's

    silent = {"", "xsd:string"}
    found: set[str] = set()
    for item in etree.fromstring(source).iter():
        values = [str(value) for value in item.attrib.values()]
        found |= {(item.text or "").strip(), *(value.rpartition(":")[2] for value in values)}
    numbers = {word for word in found if word.replace(".", "").replace("-", "").isdigit()}
    defaults = {"true", "false"}
    return found - silent - numbers - defaults


def test_one_arrow_moved_is_a_few_lines() -> None:
    drawn = read(DRAWINGS[1].read_bytes())
    process = drawn.processes[0]
    flows = tuple(replace(flow, target="Activity_1c2f3y4") if flow.id == "Flow_4" else flow for flow in process.flows)

    moved = replace(drawn, processes=(replace(process, flows=flows),))

    before, after = write(drawn).decode().splitlines(), write(moved).decode().splitlines()
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert len(changed) == 4


def test_nodes_tell_their_arrows_as_they_are_now() -> None:
    flow = SequenceFlow(id="f", source="a", target="b")
    drawn = Definitions(processes=(Process(id="p", nodes=(Task(id="a"), Task(id="b")), flows=(flow,)),))

    text = write(drawn).decode()

    assert text.count("<bpmn:outgoing>f</bpmn:outgoing>") == 1
    assert text.count("<bpmn:incoming>f</bpmn:incoming>") == 1


def test_our_own_prefixes_stand_in_every_file() -> None:
    text = write(read(DRAWINGS[-1].read_bytes())).decode()

    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="')
    assert "omgdc" not in text
    assert "signavio:signavioMetaData" in text


def test_id_and_name_come_first() -> None:
    task = Task(id="t", name="Nama", default="f", foreign_attributes=(("aa", "1"),))

    text = write(Definitions(processes=(Process(id="p", nodes=(task,)),))).decode()

    assert '<bpmn:task id="t" name="Nama" aa="1" default="f" />' in text


def test_what_is_special_in_xml_comes_through() -> None:
    name = "a < b & \"c\" > 'd'\n\te]]>"
    task = Task(id="t", name=name, documentation=(name + "\r",))
    drawn = Definitions(processes=(Process(id="p", nodes=(task,)),))

    assert read(write(drawn)) == drawn


def test_mixed_text_is_not_indented() -> None:
    mixed = Xml("{urn:x}p", (), "satu ", (Xml("{urn:x}b", (), "dua", (), " tiga"), Xml("{urn:x}br")))
    drawn = Definitions(processes=(Process(id="p", nodes=(Task(id="t", extensions=(mixed,)),)),))

    assert "<ns1:p>satu <ns1:b>dua</ns1:b> tiga<ns1:br /></ns1:p>" in write(drawn).decode()
    assert read(write(drawn)) == drawn


def test_a_foreign_child_comes_out_where_it_was() -> None:
    source = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:x"><process id="p">'
        '<x:first/><task id="a"/><x:second/><task id="b"/><x:third/></process></definitions>'
    )

    drawn = read(source.encode())

    assert [(each.xml.local, each.place) for each in drawn.processes[0].foreign_children] == [
        ("first", 0),
        ("second", 1),
        ("third", 2),
    ]
    assert read(write(drawn)) == drawn


def test_children_of_bpmn_are_written_where_the_schema_wants_them() -> None:
    model = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    task = Task(
        id="t",
        documentation=("d",),
        foreign_children=(Foreign(Xml(f"{{{model}}}property")), Foreign(Xml(f"{{{model}}}performer"))),
        loop=None,
    )
    unknown = UnknownNode(id="k", xml=Xml(f"{{{model}}}choreographyTask", (("id", "k"),)))
    process = Process(id="p", nodes=(unknown, task), foreign_children=(Foreign(Xml(f"{{{model}}}performer")),))

    text = write(Definitions(processes=(process,))).decode()

    order = [
        "choreographyTask",
        "documentation",
        "property",
        "performer",
        "</bpmn:task>",
        "performer",
        "</bpmn:process>",
    ]
    places = [0]
    for word in order:
        places.append(text.index(word, places[-1]))
    assert places == sorted(places)


def test_a_type_keeps_its_namespace_under_any_prefix() -> None:
    source = (
        '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">'
        '<b:process id="p"><b:startEvent id="s"><b:timerEventDefinition><b:timeDate i:type="b:tFormalExpression">'
        "2026-01-01T00:00:00+07:00</b:timeDate></b:timerEventDefinition></b:startEvent></b:process></b:definitions>"
    )

    drawn = read(source.encode())
    start = drawn.find("s")

    assert isinstance(start, StartEvent)
    assert start.definitions == (
        TimerDefinition(kind="date", expression=Expression(text="2026-01-01T00:00:00+07:00", formal=True)),
    )
    assert b'xsi:type="bpmn:tFormalExpression"' in write(drawn)


def test_a_prefix_that_a_kept_value_speaks_of_stays_declared() -> None:
    source = (
        '<bpmn2:definitions xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        '<bpmn2:itemDefinition id="i" structureRef="bpmn2:tDefinitions"/><bpmn2:process id="p"/></bpmn2:definitions>'
    )

    text = write(read(source.encode())).decode()

    assert 'xmlns:bpmn2="' in text


def test_text_that_xml_cannot_hold_is_not_written() -> None:
    drawn = Definitions(processes=(Process(id="p", nodes=(Task(id="t", name="\0"),)),))

    with pytest.raises(ValueError, match="\0"):
        write(drawn)


def test_comments_between_elements_come_out_where_they_were() -> None:
    inside = '<!-- alur --><task id="t"/><!-- penutup --><endEvent id="e"/>'
    model = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    source = f'<!-- atas --><definitions xmlns="{model}"><process id="p">{inside}</process></definitions><!-- bawah -->'

    text = write(read(source.encode())).decode()

    words = ["<!-- atas -->", "<bpmn:definitions", "<!-- alur -->", '"t"', "<!-- penutup -->", '"e"', "<!-- bawah -->"]
    places = [text.index(each) for each in words]
    assert places == sorted(places)
    assert write(read(text.encode())).decode() == text


def test_what_a_file_spells_out_is_spelled_out_again() -> None:
    model = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    task = '<userTask id="t" name="" isForCompensation="false"/>'
    source = f'<definitions xmlns="{model}"><process id="p">{task}</process></definitions>'

    text = write(read(source.encode())).decode()

    assert '<bpmn:userTask id="t" name="" isForCompensation="false" />' in text

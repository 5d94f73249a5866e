"""Arrows out of activities, implicit ends, link events, and what is drawn only."""

import pytest

from engine.process import NoWayOut
from tests.engine.constructs.conftest import Play
from tests.engine.constructs.sketch import bundle_of, drawn


def test_several_arrows_out_of_a_task_are_all_taken(play: Play) -> None:
    case = play("start -> user A -> user B -> end\nA -> user C -> end", "several arrows out of an activity")

    case.do("A")

    assert case.waiting == ["B", "C"]


CONDITIONAL = """
start -> user A -[outcome = "send"]-> user Send -> end
A -[outcome = "keep" or outcome = "send"]-> user Keep -> end
A -[*]-> user Ask -> end
"""


@pytest.mark.parametrize(("outcome", "opened"), [("send", ["Keep", "Send"]), ("keep", ["Keep"]), ("else", ["Ask"])])
def test_conditions_on_arrows_out_of_a_task_are_asked(play: Play, outcome: str, opened: list[str]) -> None:
    case = play(CONDITIONAL, "conditional flows")

    case.do("A", outcome)

    assert case.waiting == opened


def test_an_arrow_without_condition_is_taken_beside_one_with(play: Play) -> None:
    drawing = 'start -> user A -> user Always -> end\nA -[outcome = "b"]-> user B -> end\nA -[*]-> user Other -> end'

    assert play(drawing, "conditional flows").do("A", "b").waiting == ["Always", "B"]
    assert play(drawing, "conditional flows").do("A", "c").waiting == ["Always", "Other"]


def test_a_task_with_no_true_condition_and_no_default_is_refused(play: Play) -> None:
    case = play("start -> user A -[a]-> user B -> end\nA -[b]-> user C -> end", "conditional flows", a=False, b=False)

    with pytest.raises(NoWayOut, match="A"):
        case.do("A")


def test_a_single_conditional_arrow_out_of_a_task_is_not_taken_when_false(play: Play) -> None:
    case = play("start -> user A -[a]-> user B -> end", "conditional flows", a=False)

    with pytest.raises(NoWayOut):
        case.do("A")


def test_conditions_are_asked_out_of_sub_processes_too(play: Play) -> None:
    drawing = """
    sub S {
        start in -> user A -> end e
    }
    start -> S -[rich]-> user B -> end
    S -[*]-> user C -> end
    """

    assert play(drawing, "conditional flows", rich=True).do("A").waiting == ["B"]
    assert play(drawing, "conditional flows", rich=False).do("A").waiting == ["C"]


def test_a_node_without_a_way_out_ends_its_token(play: Play) -> None:
    case = play("start -> and s -> user A\ns -> user B", "implicit ends")

    assert case.do("B").ended is None
    case.do("A")

    assert case.ended is not None
    assert (case.ended.how, case.ended.element) == ("completed", "A")


def test_a_sub_process_without_an_end_event_is_left_all_the_same(play: Play) -> None:
    case = play("sub S {\nstart in -> user A\n}\nstart -> S -> user B -> end", "implicit ends")

    assert case.do("A").waiting == ["B"]


LINKS = """
start -> user A -> throw out (link page two)
catch in (link page two) -> user B -> end
"""


def test_a_link_goes_on_at_its_other_end(play: Play) -> None:
    case = play(LINKS, "link events").do("A")

    assert case.waiting == ["B"]
    assert case.ways("out", "in", "B") == ["out", "in", "B"]
    assert case.do("B").ended


def test_several_links_lead_to_one_place(play: Play) -> None:
    drawing = """
    start -> xor x -[first]-> user A -> throw out1 (link there)
    x -[*]-> user B -> throw out2 (link there)
    catch in (link there) -> user C -> end
    """

    assert play(drawing, "link events", first=True).do("A").waiting == ["C"]
    assert play(drawing, "link events", first=False).do("B").waiting == ["C"]


def test_links_of_the_same_name_in_two_scopes_do_not_meet(play: Play) -> None:
    drawing = """
    sub S {
        start s -> throw o1 (link there)
        catch i1 (link there) -> user Inside -> end e
    }
    start -> S -> throw o2 (link there)
    catch i2 (link there) -> user Outside -> end
    """
    case = play(drawing, "link events")

    assert case.waiting == ["Inside"]
    assert case.do("Inside").waiting == ["Outside"]


DRAWN_ONLY = """
<collaboration id="c"><participant id="pool" name="P4MI" processRef="main"/><participant id="out" name="Imigrasi"/>
<messageFlow id="mf" sourceRef="out" targetRef="A"/></collaboration>
"""
IN_THE_PROCESS = """
<laneSet id="lanes"><lane id="lane" name="Petugas"><flowNodeRef>A</flowNodeRef></lane></laneSet>
<dataObject id="data"/><dataObjectReference id="paper" dataObjectRef="data"/>
<textAnnotation id="note"><text>import os; os.system("id")</text></textAnnotation>
<association id="line" sourceRef="A" targetRef="note"/><group id="group"/>
"""


def test_lanes_pools_message_flows_data_and_notes_change_nothing(play: Play) -> None:
    xml = drawn("start -> user A -> user B -> end")["main"]
    xml = xml.replace("<process ", DRAWN_ONLY + "<process ").replace('"true">', '"true">' + IN_THE_PROCESS, 1)
    case = play(bundle_of({"main": xml}), "what is drawn only")

    assert case.waiting == ["A"]
    assert case.do("A").do("B").ended

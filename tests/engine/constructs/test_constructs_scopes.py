"""Sub-processes, call activities, and how each scope begins and ends."""

import pytest

from engine.process import NoSuchStart, StartKind
from tests.engine.constructs.conftest import Play

SUB = """
start -> user A -> sub S {
    start in -> and f -> user B -> end b
    f -> user C -> end c
}
S -> user D -> end
"""


def test_a_sub_process_is_left_when_no_token_is_left_in_it(play: Play) -> None:
    case = play(SUB, "sub-process").do("A")
    assert (case.waiting, case.wait("B").path) == (["B", "C"], ("main/S",))

    case.do("C")
    assert case.waiting == ["B"]
    case.do("B")

    assert (case.waiting, case.wait("D").path) == (["D"], ())


def test_a_sub_process_in_a_sub_process_tells_both(play: Play) -> None:
    drawing = """
    start -> sub S {
        start s -> sub T {
            start t -> user A -> end te
        }
        T -> end se
    }
    S -> end
    """
    case = play(drawing, "sub-process")

    assert case.wait("A").path == ("main/S", "main/T")
    assert case.do("A").ended


def test_a_sub_process_in_a_loop_is_fresh_each_time(play: Play) -> None:
    drawing = """
    start -> xor m -> sub S {
        start in -> and f -> user B -> and j -> end b
        f -> user C -> j
    }
    S -> user Check -> xor x -[outcome = "again"]-> m
    x -[*]-> end
    """
    case = play(drawing, "sub-process")

    for outcome in ("again", "again", "done"):
        assert case.waiting == ["B", "C"]
        case.do("C").do("B").do("Check", outcome)

    assert case.ended


def test_a_sub_process_that_rests_nowhere_is_passed(play: Play) -> None:
    drawing = "start -> sub S {\nstart in -> end e\n}\nS -> user A -> end"

    assert play(drawing, "sub-process").waiting == ["A"]


CALLS = """
start -> user A -> call micro (calls c3-m05-02) -> user D -> end
process c3-m05-02 {
    start begin -> user B -> xor x -[rich]-> user C -> end
    x -[*]-> end
}
"""


def test_a_call_activity_runs_another_process_with_the_facts_of_the_case(play: Play) -> None:
    case = play(CALLS, "call activity", rich=True).do("A")
    wait = case.wait("B")
    assert (wait.process, wait.path) == ("c3-m05-02", ("main/micro",))

    assert case.do("B").waiting == ["C"]
    assert case.do("C").waiting == ["D"]
    assert case.wait("D").process == "main"


def test_the_facts_that_a_called_process_reads_are_read_by_the_program(play: Play) -> None:
    case = play(CALLS, "call activity", rich=False)

    assert case.program.reads == {"rich"}
    assert case.do("A").do("B").waiting == ["D"]


def test_one_process_called_twice_runs_twice(play: Play) -> None:
    drawing = """
    start -> and s -> call one (calls p) -> end
    s -> call two (calls p) -> end
    process p {
        start begin -> user B -> end
    }
    """
    case = play(drawing, "call activity")

    assert case.waiting == ["B", "B"]
    assert {wait.path for wait in case.open.values()} == {("main/one",), ("main/two",)}
    assert case.do("B").ended is None
    assert case.do("B").ended


def test_calls_go_down_several_levels(play: Play) -> None:
    drawing = """
    start -> call a (calls p) -> end
    process p {
        start p1 -> call b (calls q) -> end p2
    }
    process q {
        start q1 -> user B -> end q2
    }
    """
    case = play(drawing, "call activity")

    assert case.wait("B").path == ("main/a", "p/b")
    ended = case.do("B").ended
    assert ended is not None
    assert (ended.process, ended.element) == ("main", "end")


STARTS = """
start -> user A -> end
start asked (message family asks) -> user B -> end
start monthly (timer R/P1M) -> user C -> end
"""


def test_all_ways_to_begin_are_told_in_the_order_drawn(play: Play) -> None:
    starts = play(STARTS, "several start events").program.starts

    assert [(each.element, each.kind) for each in starts] == [
        ("start", StartKind.NONE),
        ("asked", StartKind.MESSAGE),
        ("monthly", StartKind.TIMER),
    ]
    assert (starts[1].message, starts[2].timer) == ("family asks", ("cycle", "R/P1M"))


@pytest.mark.parametrize(("start", "task"), [(None, "A"), ("start", "A"), ("asked", "B"), ("monthly", "C")])
def test_a_case_begins_at_the_start_event_named(play: Play, start: str | None, task: str) -> None:
    case = play(STARTS, "several start events", start=start)

    assert case.waiting == [task]
    assert case.do(task).ended


@pytest.mark.parametrize("start", ["A", "end", "nowhere"])
def test_a_case_does_not_begin_anywhere_else(play: Play, start: str) -> None:
    with pytest.raises(NoSuchStart, match="asked"):
        play(STARTS, "several start events", start=start)


def test_a_case_that_only_a_message_begins_says_so(play: Play) -> None:
    drawing = "start asked (message family asks) -> user B -> end"

    with pytest.raises(NoSuchStart, match="asked"):
        play(drawing, "several start events")
    assert play(drawing, "several start events", start="asked").waiting == ["B"]


TERMINATE = """
start -> and s -> user A -> end stop (terminate)
s -> user B -> end
s -> sub S {
    start in -> user C -> end c
}
boundary late (on S; timer PT1H; beside) -> user Late -> end
"""


def test_a_terminate_end_event_at_the_top_ends_the_case(play: Play) -> None:
    case = play(TERMINATE, "terminate end")

    case.do("A")

    assert case.ended is not None
    assert (case.ended.how, case.ended.element) == ("terminated", "stop")
    assert sorted(case.cancelled) == ["B", "C", "S"]


def test_a_terminate_end_event_in_a_sub_process_ends_just_that(play: Play) -> None:
    drawing = """
    start -> and s -> user Outside -> end
    s -> sub S {
        start in -> and f -> user B -> end stop (terminate)
        f -> user C -> end c
    }
    S -> user After -> end
    """
    case = play(drawing, "terminate end")

    case.do("B")

    assert case.waiting == ["After", "Outside"]
    assert case.cancelled == ["C"]


def test_a_terminate_end_event_stops_what_is_on_its_way_in_the_same_step(play: Play) -> None:
    drawing = """
    start -> sub S {
        start in -> user A -> and f -> end stop (terminate)
        f -> throw milestone -> user B -> end b
    }
    S -> user After -> end
    """

    assert play(drawing, "terminate end").do("A").waiting == ["After"]


def test_a_terminate_end_event_in_a_called_process_ends_just_that(play: Play) -> None:
    drawing = """
    start -> call c (calls p) -> user After -> end
    process p {
        start in -> and f -> user B -> end stop (terminate)
        f -> user C -> end c2
    }
    """

    assert play(drawing, "terminate end").do("B").waiting == ["After"]


def test_a_case_ends_with_its_last_token_and_not_with_its_first_end_event(play: Play) -> None:
    case = play("start -> and s -> user A -> end one\ns -> user B -> end two", "none end")

    assert case.do("A").ended is None
    case.do("B")

    assert case.ended is not None
    assert case.ended.element == "two"


def test_a_message_end_event_sends_and_ends(play: Play) -> None:
    case = play("start -> user A -> end told (message case closed)", "message end").do("A")

    assert case.ended
    assert [(each.kind, each.name, each.element) for each in case.thrown] == [("message", "case closed", "told")]


def test_a_message_throw_event_sends_and_goes_on(play: Play) -> None:
    case = play("start -> throw told (message case opened) -> user A -> end", "message throw")

    assert case.waiting == ["A"]
    assert [(each.kind, each.name) for each in case.thrown] == [("message", "case opened")]


def test_a_none_intermediate_event_is_passed(play: Play) -> None:
    case = play("start -> throw milestone -> user A -> end", "none throw")

    assert case.waiting == ["A"]
    assert case.ways("milestone") == ["milestone"]

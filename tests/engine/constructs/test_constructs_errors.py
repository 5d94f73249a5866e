"""Errors and escalations: who catches them, and what becomes of the rest."""

import pytest

from tests.engine.constructs.conftest import Play


def test_a_task_that_fails_is_left_by_its_error_boundary_event(play: Play) -> None:
    case = play(
        "start -> service A -> end\nboundary no (on A; error REFUSED) -> user Mend -> end no_end", "error boundary"
    )
    assert case.armed == []

    case.fail("A", "REFUSED")

    assert (case.waiting, case.cancelled) == (["Mend"], ["A"])
    assert case.ways("no", "Mend") == ["no", "Mend"]


def test_an_error_of_another_code_ends_the_case(play: Play) -> None:
    case = play(
        "start -> and s -> user A -> end\nboundary no (on A; error REFUSED) -> end no_end\ns -> user B -> end",
        "error boundary",
    )

    case.fail("A", "OTHER")

    assert case.ended is not None
    assert (case.ended.how, case.ended.element, case.ended.code) == ("error", "A", "OTHER")


@pytest.mark.parametrize(("code", "next_"), [("E1", "One"), ("E2", "Any")])
def test_an_error_boundary_event_of_its_code_comes_before_one_that_catches_all(
    play: Play, code: str, next_: str
) -> None:
    drawing = """
    start -> service A -> end
    boundary any (on A; error) -> user Any -> end
    boundary one (on A; error E1) -> user One -> end
    """

    assert play(drawing, "error boundary").fail("A", code).waiting == [next_]


def test_an_error_end_event_leaves_the_sub_process_and_takes_the_rest_away(play: Play) -> None:
    drawing = """
    start -> sub S {
        start in -> and f -> user A -> end broken (error E1)
        f -> user B -> end b
    }
    S -> user After -> end
    boundary caught (on S; error E1) -> user Mend -> end mended
    """
    case = play(drawing, "error end").do("A")

    assert (case.waiting, sorted(case.cancelled)) == (["Mend"], ["B", "S"])
    assert case.do("Mend").ended


NESTED = """
start -> sub S {
    start in -> call c (calls p) -> end e
    boundary inner (on c; error E1) -> user Inner -> end i
}
S -> end
boundary outer (on S; error E2) -> user Outer -> end o
process p {
    start begin -> user A -> xor x -[outcome = "E1"]-> end one (error E1)
    x -[outcome = "E2"]-> end two (error E2)
    x -[*]-> end three (error E3)
}
"""


@pytest.mark.parametrize(("outcome", "next_"), [("E1", "Inner"), ("E2", "Outer")])
def test_the_innermost_activity_that_catches_an_error_is_interrupted(play: Play, outcome: str, next_: str) -> None:
    assert play(NESTED, "error end through a call").do("A", outcome).waiting == [next_]


def test_an_error_that_nothing_catches_ends_the_case_with_its_code(play: Play) -> None:
    ended = play(NESTED, "error end through a call").do("A", "E3").ended

    assert ended is not None
    assert (ended.how, ended.process, ended.element, ended.code) == ("error", "p", "three", "E3")


def test_a_task_that_fails_in_a_sub_process_is_caught_around_it(play: Play) -> None:
    drawing = """
    start -> sub S {
        start in -> user A -> end e
    }
    S -> end
    boundary caught (on S; error) -> user Mend -> end m
    """

    assert play(drawing, "error boundary").fail("A", "WHATEVER").waiting == ["Mend"]


ESCALATION = """
start -> sub S {
    start in -> user A -> throw tell (escalation LATE) -> user B -> end e
}
S -> user After -> end
"""


def test_an_escalation_beside_starts_something_and_the_sub_process_goes_on(play: Play) -> None:
    case = play(ESCALATION + "boundary heard (on S; escalation LATE; beside) -> user Chief -> end h", "escalation").do(
        "A"
    )

    assert (case.waiting, case.thrown) == (["B", "Chief"], [])
    assert case.do("B").waiting == ["After", "Chief"]


def test_an_interrupting_escalation_takes_the_sub_process_away(play: Play) -> None:
    case = play(ESCALATION + "boundary heard (on S; escalation LATE) -> user Chief -> end h", "escalation").do("A")

    assert (case.waiting, case.thrown) == (["Chief"], [])
    assert "B" not in case.walked


def test_an_escalation_boundary_event_without_a_code_hears_all(play: Play) -> None:
    drawing = ESCALATION + "boundary heard (on S; escalation; beside) -> user Chief -> end h"

    assert play(drawing, "escalation").do("A").waiting == ["B", "Chief"]


def test_an_escalation_that_nobody_hears_is_told_to_the_world_and_the_case_goes_on(play: Play) -> None:
    case = play(ESCALATION + "boundary heard (on S; escalation OTHER; beside) -> user Chief -> end h", "escalation").do(
        "A"
    )

    assert case.waiting == ["B"]
    assert [(each.kind, each.name, each.element) for each in case.thrown] == [("escalation", "LATE", "tell")]


def test_an_escalation_at_the_top_is_told_to_the_world(play: Play) -> None:
    case = play("start -> throw tell (escalation LATE) -> user A -> end told (escalation CLOSED)", "escalation")
    assert [(each.kind, each.name) for each in case.thrown] == [("escalation", "LATE")]

    case.do("A")

    assert case.ended is not None
    assert (case.ended.how, [each.name for each in case.thrown]) == ("completed", ["LATE", "CLOSED"])


def test_an_escalation_end_event_ends_its_token_and_tells(play: Play) -> None:
    drawing = """
    start -> sub S {
        start in -> and f -> user A -> end tell (escalation LATE)
        f -> user B -> end b
    }
    S -> user After -> end
    boundary heard (on S; escalation LATE; beside) -> user Chief -> end h
    """
    case = play(drawing, "escalation end").do("A")

    assert case.waiting == ["B", "Chief"]
    assert case.do("B").waiting == ["After", "Chief"]


def test_an_escalation_that_ends_the_sub_process_still_starts_what_stands_beside(play: Play) -> None:
    drawing = """
    start -> sub S {
        start in -> user A -> end tell (escalation LATE)
    }
    S -> user After -> end
    boundary heard (on S; escalation LATE; beside) -> user Chief -> end h
    """

    assert play(drawing, "escalation end").do("A").waiting == ["After", "Chief"]


def test_an_escalation_in_a_called_process_is_heard_by_the_call_and_not_beyond(play: Play) -> None:
    drawing = """
    start -> sub S {
        start in -> call c (calls p) -> end e
        boundary near (on c; escalation LATE; beside) -> user Near -> end n
    }
    S -> end
    boundary far (on S; escalation LATE; beside) -> user Far -> end f
    process p {
        start begin -> throw tell (escalation LATE) -> user A -> end done
    }
    """

    assert play(drawing, "escalation").waiting == ["A", "Near"]

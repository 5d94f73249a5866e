"""Multi-instance activities: one for each entry of a list."""

from decimal import Decimal

import pytest

from engine.process import NotACount, NotAList, TooMany
from tests.engine.constructs.conftest import Play

TOGETHER = "start -> user A (each person in persons) -> user After -> end"
ONE_BY_ONE = "start -> user A (each person in persons; one by one) -> user After -> end"
PERSONS = ["Sari", "Budi", "Tono"]


def test_instances_together_are_all_open_and_each_sees_its_own_item(play: Play) -> None:
    case = play(TOGETHER, "multi-instance", persons=PERSONS)

    assert [(wait.instance, wait.local) for wait in case.open.values()] == [
        (place, {"person": person}) for place, person in enumerate(PERSONS)
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_instances_together_are_left_when_the_last_is_done(play: Play, order: tuple[int, ...]) -> None:
    case = play(TOGETHER, "multi-instance", persons=PERSONS)

    for instance in order[:-1]:
        case.do("A", instance=instance)
        assert "After" not in case.waiting
    case.do("A", instance=order[-1])

    assert case.waiting == ["After"]
    assert case.ways("A") == ["A"]


def test_instances_one_by_one_follow_each_other(play: Play) -> None:
    case = play(ONE_BY_ONE, "multi-instance", persons=PERSONS)

    for place, person in enumerate(PERSONS):
        assert (case.waiting, case.wait("A").instance, case.wait("A").local) == (["A"], place, {"person": person})
        case.do("A")

    assert case.waiting == ["After"]


def test_the_list_is_read_once(play: Play) -> None:
    case = play(ONE_BY_ONE, "multi-instance", persons=PERSONS)

    case.facts["persons"] = ["Someone else"]
    case.do("A")

    assert case.wait("A").local == {"person": "Budi"}


@pytest.mark.parametrize("drawing", [TOGETHER, ONE_BY_ONE])
def test_an_empty_list_is_passed_at_once(play: Play, drawing: str) -> None:
    case = play(drawing, "multi-instance", persons=[])

    assert case.waiting == ["After"]
    assert case.ways("A") == ["A"]


@pytest.mark.parametrize("drawing", [TOGETHER, ONE_BY_ONE])
@pytest.mark.parametrize("persons", [None, "Sari", Decimal(3), {"a": 1}])
def test_what_is_no_list_is_refused_without_telling_what_it_is(play: Play, drawing: str, persons: object) -> None:
    with pytest.raises(NotAList, match="persons") as refusal:
        play(drawing, "multi-instance", persons=persons)

    assert "Sari" not in str(refusal.value)


@pytest.mark.parametrize("drawing", [TOGETHER, ONE_BY_ONE])
def test_a_list_beyond_the_limit_is_refused(play: Play, drawing: str) -> None:
    with pytest.raises(TooMany, match="501"):
        play(drawing, "multi-instance", persons=[str(each) for each in range(501)])

    assert play(drawing, "multi-instance", persons=[str(each) for each in range(500)]).open


def test_items_keep_their_kind(play: Play) -> None:
    items = [Decimal("1.5"), True, None, {"name": "x", "list": [Decimal(1)]}]
    case = play("start -> user A (each item in items) -> end", "multi-instance", items=items)

    assert [wait.local["item"] for wait in case.open.values()] == items


UNTIL = "start -> user A (each person in persons; until {condition}) -> user After -> end"


def test_a_completion_condition_ends_the_others(play: Play) -> None:
    case = play(UNTIL.format(condition='outcome = "enough"'), "completion condition", persons=PERSONS)

    case.do("A", "more", instance=1)
    assert case.waiting == ["A", "A"]
    case.do("A", "enough", instance=0)

    assert case.waiting == ["After"]


def test_a_completion_condition_may_count(play: Play) -> None:
    case = play(UNTIL.format(condition="numberOfCompletedInstances >= 2"), "completion condition", persons=PERSONS)
    assert case.program.reads == {"persons"}

    case.do("A", instance=2)
    assert case.waiting == ["A", "A"]
    case.do("A", instance=0)

    assert case.waiting == ["After"]


def test_a_completion_condition_may_read_the_item(play: Play) -> None:
    case = play(UNTIL.format(condition='person = "Budi"'), "completion condition", persons=PERSONS)

    assert case.do("A", instance=0).waiting == ["A", "A"]
    assert case.do("A", instance=1).waiting == ["After"]


def test_a_completion_condition_ends_a_sequence_early(play: Play) -> None:
    drawing = 'start -> user A (each person in persons; one by one; until outcome = "enough") -> user After -> end'
    case = play(drawing, "completion condition", persons=PERSONS)

    assert case.do("A", "more").wait("A").instance == 1
    assert case.do("A", "enough").waiting == ["After"]


SUB = """
start -> sub S (each person in persons) {
    start in -> user A -> xor x -[person = "Budi"]-> user B -> end b
    x -[*]-> end e
}
S -> user After -> end
"""


def test_a_sub_process_runs_once_for_each_item_and_conditions_in_it_see_the_item(play: Play) -> None:
    case = play(SUB, "multi-instance sub-process", persons=PERSONS)
    assert [(wait.instance, wait.local["person"], wait.path) for wait in case.open.values()] == [
        (place, person, ("main/S",)) for place, person in enumerate(PERSONS)
    ]
    assert case.program.reads == {"persons"}

    case.do("A", instance=1)

    assert [(wait.element, wait.instance) for wait in case.open.values()] == [("A", 0), ("A", 2), ("B", 1)]
    case.do("A", instance=0).do("B").do("A", instance=2)
    assert case.waiting == ["After"]


def test_a_sub_process_one_by_one(play: Play) -> None:
    case = play(SUB.replace("persons)", "persons; one by one)"), "multi-instance sub-process", persons=PERSONS)

    case.do("A")
    assert (case.waiting, case.wait("A").local) == (["A"], {"person": "Budi"})
    case.do("A").do("B").do("A")

    assert case.waiting == ["After"]


def test_sub_processes_one_by_one_that_rest_nowhere_are_run_through(play: Play) -> None:
    drawing = "start -> sub S (each person in persons; one by one) {\nstart in -> end e\n}\nS -> user A -> end"

    assert play(drawing, "multi-instance sub-process", persons=PERSONS).waiting == ["A"]


def test_a_call_activity_runs_once_for_each_item(play: Play) -> None:
    drawing = """
    start -> call c (calls p; each person in persons) -> user After -> end
    process p {
        start in -> user A -> end done
    }
    """
    case = play(drawing, "multi-instance call activity", persons=PERSONS)

    assert [(wait.instance, wait.local) for wait in case.open.values()][2] == (2, {"person": "Tono"})
    assert case.do("A").do("A").do("A").waiting == ["After"]


def test_lists_in_lists_show_both_items(play: Play) -> None:
    drawing = """
    start -> sub S (each family in families) {
        start in -> user A (each person in persons) -> end e
    }
    S -> end
    """
    case = play(drawing, "multi-instance in multi-instance", families=["x", "y"], persons=["1", "2"])

    assert [(wait.instance, dict(wait.local)) for wait in case.open.values()] == [
        (place, {"family": family, "person": person}) for family in "xy" for place, person in enumerate("12")
    ]
    assert case.do("A").do("A").do("A").do("A").ended


def test_a_list_may_be_the_item_of_the_list_around_it(play: Play) -> None:
    drawing = """
    start -> sub S (each family in families) {
        start in -> user A (each person in family) -> end e
    }
    S -> end
    """
    case = play(drawing, "multi-instance in multi-instance", families=[["a", "b"], [], ["c"]])

    assert [wait.local["person"] for wait in case.open.values()] == ["a", "b", "c"]


def test_an_inner_item_hides_an_outer_one_of_the_same_name(play: Play) -> None:
    drawing = """
    start -> sub S (each person in outer) {
        start in -> user A (each person in inner) -> user B -> end e
    }
    S -> end
    """
    case = play(drawing, "multi-instance in multi-instance", outer=["Sari"], inner=["Budi"])

    assert case.wait("A").local == {"person": "Budi"}
    assert case.do("A").wait("B").local == {"person": "Sari"}


BOUNDARIES = """
start -> user A (each person in persons) -> user After -> end
boundary late (on A; timer P3D) -> user Late -> end l
boundary soon (on A; timer P1D; beside) -> user Soon -> end s
boundary stop (on A; message stop) -> user Stop -> end m
boundary bad (on A; error) -> user Bad -> end b
"""


@pytest.mark.parametrize(("event", "next_"), [("late", "Late"), ("stop", "Stop"), ("bad", "Bad")])
def test_a_boundary_event_sits_on_all_instances_together(play: Play, event: str, next_: str) -> None:
    case = play(BOUNDARIES, "boundary on multi-instance", persons=PERSONS).do("A", instance=1)
    assert case.armed == ["late", "soon", "stop"]

    match event:
        case "late":
            case.fire("late")
        case "stop":
            case.do("stop")
        case _:
            case.fail("A", "E", instance=2)

    assert (case.waiting, case.armed) == ([next_], [])


@pytest.mark.parametrize("manner", ["", "; one by one"])
def test_instances_that_are_all_done_disarm_the_boundary_events(play: Play, manner: str) -> None:
    drawing = BOUNDARIES.replace("in persons)", f"in persons{manner})")
    case = play(drawing, "boundary on multi-instance", persons=PERSONS).do("A").do("A").do("A")

    assert (case.waiting, case.armed) == (["After"], [])


def test_a_timer_beside_many_instances_fires_once_for_all(play: Play) -> None:
    case = play(BOUNDARIES, "boundary on multi-instance", persons=PERSONS).fire("soon")

    assert case.waiting == ["A", "A", "A", "Soon"]


def test_an_escalation_in_one_instance_is_heard_at_the_whole(play: Play) -> None:
    drawing = """
    start -> sub S (each person in persons) {
        start in -> user A -> throw tell (escalation LATE) -> user B -> end e
    }
    S -> end
    boundary heard (on S; escalation LATE; beside) -> user Chief -> end h
    """
    case = play(drawing, "boundary on multi-instance", persons=PERSONS)

    assert case.do("A", instance=1).waiting == ["A", "A", "B", "Chief"]


def test_a_terminate_end_event_in_one_instance_ends_that_instance(play: Play) -> None:
    drawing = """
    start -> sub S (each person in persons) {
        start in -> and f -> user A -> end t (terminate)
        f -> user B -> end e
    }
    S -> user After -> end
    """
    case = play(drawing, "terminate end in an instance", persons=["x", "y"])

    case.do("A", instance=0)
    assert case.waiting == ["A", "B"]

    assert case.do("A").waiting == ["After"]


@pytest.mark.parametrize(("count", "opened"), [("3", 3), ("0", 0), ("count(persons) - 1", 2)])
def test_a_number_of_times_may_be_drawn(play: Play, count: str, opened: int) -> None:
    case = play(f"start -> user A (times {count}) -> user After -> end", "loop cardinality", persons=PERSONS)

    assert case.waiting == (["A"] * opened or ["After"])
    assert [wait.instance for wait in case.open.values()] == [*range(opened)] or opened == 0


@pytest.mark.parametrize("count", ["-1", "2.5", "null", '"3"', "missing"])
def test_what_is_no_count_is_refused(play: Play, count: str) -> None:
    with pytest.raises(NotACount):
        play(f"start -> user A (times {count}) -> end", "loop cardinality")


def test_a_count_beyond_the_limit_is_refused(play: Play) -> None:
    with pytest.raises(TooMany):
        play("start -> user A (times 10 ** 9) -> end", "loop cardinality")

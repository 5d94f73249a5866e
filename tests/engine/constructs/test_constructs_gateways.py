"""Exclusive, parallel and inclusive gateways, alone and against each other."""

from itertools import permutations

import pytest

from engine.process import NoWayOut, Stuck
from tests.engine.constructs.conftest import Play

CHOICE = """
start -> user A -> xor x
x -[outcome = "yes"]-> user Yes -> end
x -[outcome = "no"]-> user No -> end
x -[*]-> user Ask -> end
"""


@pytest.mark.parametrize(("outcome", "next_"), [("yes", "Yes"), ("no", "No"), ("perhaps", "Ask"), (None, "Ask")])
def test_an_exclusive_gateway_takes_the_way_whose_condition_is_true(
    play: Play, outcome: str | None, next_: str
) -> None:
    case = play(CHOICE, "exclusive gateway")

    case.do("A", outcome)

    assert case.waiting == [next_]


def test_an_outcome_comes_with_the_completion_and_is_no_fact_to_be_read(play: Play) -> None:
    case = play(
        'start -> user A -> xor x -[outcome = "yes" and rich]-> user B -> end\nx -[*]-> end', "exclusive gateway"
    )

    assert case.program.reads == {"rich"}


def test_the_first_of_several_true_conditions_wins(play: Play) -> None:
    drawing = "start -> xor x -[age > 10]-> user First -> end\nx -[age > 5]-> user Second -> end"

    assert play(drawing, "exclusive gateway", age=12).waiting == ["First"]


def test_the_default_is_asked_last_wherever_it_is_drawn(play: Play) -> None:
    drawing = "start -> xor x -[*]-> user Otherwise -> end\nx -[age > 5]-> user Old -> end"

    assert play(drawing, "exclusive gateway", age=12).waiting == ["Old"]
    assert play(drawing, "exclusive gateway", age=1).waiting == ["Otherwise"]


def test_no_way_out_is_refused_and_leaves_the_case_where_it_was(play: Play) -> None:
    case = play(
        'start -> user A -> xor x -[outcome = "yes"]-> user B -> end\nx -[outcome = "no"]-> end', "exclusive gateway"
    )

    with pytest.raises(NoWayOut, match="x"):
        case.do("A", "perhaps")

    assert case.do("A", "yes").waiting == ["B"]


@pytest.mark.parametrize("condition", ["age", "null", "age > null", '"true"', "1", "missing"])
def test_what_is_not_true_is_false(play: Play, condition: str) -> None:
    drawing = f"start -> xor x -[{condition}]-> user Wrong -> end\nx -[*]-> user Right -> end"

    assert play(drawing, "exclusive gateway", age=3).waiting == ["Right"]


def test_a_sign_of_equality_before_the_expression_is_dropped(play: Play) -> None:
    drawing = "start -> xor x -[= age > 5]-> user Old -> end\nx -[*]-> user Young -> end"

    assert play(drawing, "exclusive gateway", age=12).waiting == ["Old"]


def test_an_exclusive_merge_lets_every_token_pass(play: Play) -> None:
    case = play("start -> and a -> user A -> xor m -> user C -> end\na -> user B -> m", "exclusive gateway")

    case.do("A").do("B")

    assert case.waiting == ["C", "C"]


def test_a_mixed_exclusive_gateway_merges_and_chooses(play: Play) -> None:
    case = play('start -> user A -> xor x -[outcome = "again"]-> A\nx -[*]-> end', "exclusive gateway")

    case.do("A", "again").do("A", "again")

    assert case.waiting == ["A"]
    assert case.do("A", "enough").ended


def test_a_parallel_gateway_opens_all_its_ways_and_waits_for_all(play: Play) -> None:
    for order in permutations("ABC"):
        case = play(
            "start -> and s -> user A -> and j -> user D -> end\ns -> user B -> j\ns -> user C -> j", "parallel gateway"
        )
        assert case.waiting == ["A", "B", "C"]

        for task in order[:-1]:
            case.do(task)
        assert "D" not in case.waiting
        case.do(order[-1])

        assert case.waiting == ["D"]


def test_a_mixed_parallel_gateway_joins_before_it_splits(play: Play) -> None:
    case = play(
        "start -> and s -> user A -> and m -> user C -> end\ns -> user B -> m -> user D -> end", "parallel gateway"
    )

    case.do("A")
    assert case.waiting == ["B"]
    case.do("B")

    assert case.waiting == ["C", "D"]


def test_a_join_needs_a_token_on_each_arrow_and_not_two_on_one(play: Play) -> None:
    drawing = """
    start -> and s -> user A -> xor m -> and j -> end
    s -> user B -> m
    s -> user C -> j
    """
    case = play(drawing, "parallel gateway")

    case.do("A").do("B")

    assert (case.waiting, case.ended) == (["C"], None)


def test_a_choice_that_leads_into_a_parallel_join_is_refused_when_it_would_wait_for_ever(play: Play) -> None:
    drawing = """
    start -> user T -> xor x -[outcome = "a"]-> user A -> and j -> end
    x -[*]-> user B -> j
    """
    case = play(drawing, "parallel gateway").do("T", "a")

    with pytest.raises(Stuck, match="j"):
        case.do("A")

    assert case.waiting == ["A"]


def test_two_ways_that_merge_without_a_join_run_what_follows_twice(play: Play) -> None:
    case = play("start -> and s -> user A -> user C -> end\ns -> user B -> C", "parallel gateway")

    case.do("A").do("B")

    assert case.waiting == ["C", "C"]
    assert case.do("C").ended is None
    assert case.do("C").ended


REWORK = """
start -> xor again -> and s -> user A -> and j -> user Check -> xor x
s -> user B -> j
x -[outcome = "again"]-> again
x -[*]-> end
"""


@pytest.mark.parametrize("first", ["AB", "BA"])
@pytest.mark.parametrize("second", ["AB", "BA"])
@pytest.mark.parametrize("third", ["AB", "BA"])
def test_a_parallel_block_in_a_rework_loop_is_right_in_every_order(
    play: Play, first: str, second: str, third: str
) -> None:
    case = play(REWORK, "parallel gateway in a loop")

    for order, outcome in ((first, "again"), (second, "again"), (third, "done")):
        assert case.waiting == ["A", "B"]
        case.do(order[0])
        assert case.waiting == [order[1]]
        case.do(order[1])
        assert case.waiting == ["Check"]
        case.do("Check", outcome)

    assert case.ended


INCLUSIVE = """
start -> user T -> or s
s -[list contains(needs, "a")]-> user A -> or j -> user End_ -> end
s -[list contains(needs, "b")]-> user B -> j
s -[list contains(needs, "c")]-> user C -> j
s -[*]-> user D -> j
"""


@pytest.mark.parametrize(
    ("needs", "opened"), [("abc", "ABC"), ("ab", "AB"), ("ac", "AC"), ("bc", "BC"), ("a", "A"), ("c", "C"), ("", "D")]
)
def test_an_inclusive_gateway_opens_what_is_needed_and_waits_for_just_that(play: Play, needs: str, opened: str) -> None:
    for order in permutations(opened):
        case = play(INCLUSIVE, "inclusive gateway", needs=list(needs)).do("T")
        assert case.waiting == list(opened)

        for task in order:
            assert "End_" not in case.waiting
            case.do(task)

        assert case.waiting == ["End_"]


def test_an_inclusive_gateway_without_a_true_way_or_default_is_refused(play: Play) -> None:
    case = play(
        "start -> user T -> or s -[a]-> user A -> end\ns -[b]-> user B -> end", "inclusive gateway", a=False, b=False
    )

    with pytest.raises(NoWayOut):
        case.do("T")


def test_an_inclusive_join_fires_when_the_token_it_waited_for_went_elsewhere(play: Play) -> None:
    drawing = """
    start -> and s -> user A -> or j -> user After -> end
    s -> user B -> xor x -[outcome = "away"]-> end gone
    x -[*]-> j
    """
    case = play(drawing, "inclusive gateway").do("A")
    assert case.waiting == ["B"]

    case.do("B", "away")

    assert case.waiting == ["After"]


def test_an_inclusive_join_fires_when_the_token_it_waited_for_was_interrupted(play: Play) -> None:
    drawing = """
    start -> and s -> user A -> or j -> user After -> end
    s -> user B -> j
    boundary late (on B; timer PT1H) -> user Late -> end given up
    """.replace("given up", "given_up")
    case = play(drawing, "inclusive gateway").do("A")
    assert case.waiting == ["B"]

    case.fire("late")

    assert case.waiting == ["After", "Late"]


def test_an_inclusive_join_waits_for_what_may_come_from_a_boundary_event(play: Play) -> None:
    drawing = """
    start -> and s -> user A -> or j -> user After -> end
    s -> user B -> end gone
    boundary late (on B; timer PT1H) -> j
    """
    case = play(drawing, "inclusive gateway").do("A")
    assert case.waiting == ["B"]

    assert case.fire("late").waiting == ["After"]


def test_an_inclusive_join_in_a_loop_waits_for_each_round_alone(play: Play) -> None:
    drawing = """
    start -> xor again -> or s -[true]-> user A -> or j -> user Check -> xor x
    s -[rich]-> user B -> j
    x -[outcome = "again"]-> again
    x -[*]-> end
    """
    case = play(drawing, "inclusive gateway in a loop", rich=True)

    for _ in range(3):
        case.do("B")
        assert case.waiting == ["A"]
        case.do("A")
        assert case.waiting == ["Check"]
        case.do("Check", "again")

    assert case.do("A").do("B").do("Check", "done").ended


def test_an_inclusive_join_does_not_wait_for_what_can_come_along_a_filled_arrow_as_well(play: Play) -> None:
    drawing = """
    start -> and s -> user A -> xor m -> or j -> user After -> end
    s -> user B -> xor x -[outcome = "one"]-> m
    x -[*]-> j
    """
    case = play(drawing, "inclusive gateway with two ways to it")

    case.do("A")

    assert case.waiting == ["After", "B"]


def test_a_boundary_event_is_one_of_the_ways_of_its_task_and_no_token_of_its_own(play: Play) -> None:
    drawing = """
    start -> and s -> user A -> xor m -> or j -> user After -> end
    s -> user B -> m
    boundary late (on B; timer PT1H) -> j
    """

    assert play(drawing, "inclusive gateway with two ways to it").do("A").waiting == ["After", "B"]


def test_an_inclusive_join_does_not_wait_for_another_instance(play: Play) -> None:
    drawing = """
    start -> sub S (each person in persons) {
        start in -> or s -[true]-> user A -> or j -> user After -> end e
        s -[person = "y"]-> user B -> j
    }
    S -> end
    """
    case = play(drawing, "inclusive gateway", persons=["x", "y"])

    assert case.do("A", instance=0).waiting == ["A", "After", "B"]
    assert case.do("A", instance=1).waiting == ["After", "B"]
    assert case.do("B").waiting == ["After", "After"]


def test_an_inclusive_join_in_a_sub_process_looks_at_its_own_scope_only(play: Play) -> None:
    drawing = """
    start -> and s -> sub S {
        start in -> and f -> user A -> or j -> user After -> end e
        f -> user B -> j
    }
    S -> end
    s -> user Outside -> end
    """
    case = play(drawing, "inclusive gateway")

    assert case.do("A").waiting == ["B", "Outside"]
    assert case.do("B").waiting == ["After", "Outside"]


EVENTS = """
start -> events g -> catch answer (message answer) -> user Answered -> end
g -> catch late (timer P3D) -> user Late -> end
g -> receive refusal (about refusal) -> user Refused -> end
"""


@pytest.mark.parametrize(("event", "next_"), [("answer", "Answered"), ("refusal", "Refused"), ("late", "Late")])
def test_the_first_event_behind_an_event_based_gateway_wins(play: Play, event: str, next_: str) -> None:
    case = play(EVENTS, "event-based gateway")
    assert case.waiting == ["answer", "late", "refusal"]

    _ = case.fire(event) if event == "late" else case.do(event)

    assert case.waiting == [next_]
    assert case.ways("g", "answer", "late", "refusal") == ["g", event]
    assert case.do(next_).ended


def test_an_event_based_gateway_in_a_loop_waits_anew(play: Play) -> None:
    drawing = """
    start -> events g -> catch answer (message answer) -> user Read -> end
    g -> catch late (timer P3D) -> user Remind -> g
    """
    case = play(drawing, "event-based gateway")

    case.fire("late").do("Remind")

    assert case.waiting == ["answer", "late"]

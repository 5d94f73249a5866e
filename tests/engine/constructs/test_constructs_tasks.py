"""Tasks: all of them are wait states, answered from outside."""

import pytest

from engine.process import Arrived, Completed, Due, Failed, Interpreter, NoSuchToken, NotThisWait, WaitKind
from tests.engine.constructs.conftest import Play


@pytest.mark.parametrize(
    ("kind", "waits"),
    [
        ("user A", WaitKind.WORK),
        ("manual A", WaitKind.WORK),
        ("service A", WaitKind.SERVICE),
        ("send A", WaitKind.SEND),
        ("send A (about offer)", WaitKind.SEND),
        ("receive A (about answer)", WaitKind.MESSAGE),
    ],
)
def test_a_task_rests_until_it_is_answered(play: Play, kind: str, waits: WaitKind) -> None:
    case = play(f"start -> {kind} -> user B -> end", "tasks")

    assert (case.waiting, case.wait("A").kind) == (["A"], waits)
    case.do("A")

    assert (case.waiting, case.ended) == (["B"], None)


def test_the_last_task_leads_to_the_end_of_the_case(play: Play) -> None:
    case = play("start -> user A -> end done", "tasks")

    case.do("A")

    assert case.ended is not None
    assert (case.ended.how, case.ended.process, case.ended.element) == ("completed", "main", "done")


def test_the_way_is_told_in_the_order_in_which_it_was_walked(play: Play) -> None:
    case = play("start -> user A -> user B -> end", "tasks").do("A").do("B")

    assert case.walked == ["start", "main.0", "A", "main.1", "B", "main.2", "end"]


def test_a_receive_task_tells_the_name_of_its_message(play: Play) -> None:
    case = play("start -> receive A (about family answers) -> end", "tasks")

    assert case.wait("A").message == "family answers"


def test_a_send_task_tells_the_name_of_its_message(play: Play) -> None:
    case = play("start -> send A (about family is told) -> send B -> end", "tasks")

    assert case.wait("A").message == "family is told"
    assert case.do("A").wait("B").message is None


def test_a_send_task_for_each_of_several_tells_it_too(play: Play) -> None:
    case = play("start -> send A (about told; each person in people) -> end", "tasks", people=["Siti", "Budi"])

    assert {each.message for each in case.open.values()} == {"told"}


def test_a_task_that_was_done_cannot_be_done_again(play: Play) -> None:
    case = play("start -> user A -> user B -> end", "tasks")
    done = Completed(case.wait("A").token)
    case.happen(done)

    with pytest.raises(NoSuchToken):
        case.happen(done)

    assert case.waiting == ["B"]


@pytest.mark.parametrize("token", ["", "0", "99", "-1", "01", "١", "x", "1 OR 1", "9" * 400])
def test_a_token_from_elsewhere_is_refused(play: Play, token: str) -> None:
    case = play("start -> user A -> end", "tasks")

    with pytest.raises(NoSuchToken):
        case.happen(Completed(token))


@pytest.mark.parametrize(("kind", "wrong"), [("user A", Arrived), ("user A", Due), ("receive A (about m)", Completed)])
def test_a_wait_takes_only_the_event_that_it_waits_for(
    play: Play, kind: str, wrong: type[Arrived] | type[Due] | type[Completed]
) -> None:
    case = play(f"start -> {kind} -> end", "tasks")

    with pytest.raises(NotThisWait):
        case.happen(wrong(case.wait("A").token))

    assert case.waiting == ["A"]


def test_a_message_cannot_fail(play: Play) -> None:
    case = play("start -> receive A (about m) -> end", "tasks")

    with pytest.raises(NotThisWait):
        case.happen(Failed(case.wait("A").token, "E"))


def test_an_event_that_is_refused_changes_nothing(play: Play) -> None:
    case = play("start -> user A -> user B -> end", "tasks")
    before = case.snapshot

    with pytest.raises(NotThisWait):
        case.happen(Due(case.wait("A").token))

    assert case.snapshot == before
    assert case.do("A").waiting == ["B"]


def test_a_snapshot_begins_with_the_name_of_its_interpreter(play: Play, interpreter: Interpreter) -> None:
    case = play("start -> user A -> end", "tasks")

    assert case.snapshot.startswith(interpreter.name.encode())

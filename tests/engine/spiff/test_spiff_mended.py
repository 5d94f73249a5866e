"""What stock SpiffWorkflow 3.2.0 does wrong in silence, and does right here."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from SpiffWorkflow.bpmn.util.task import BpmnTaskIterator
from SpiffWorkflow.util.task import TaskIterator

from engine.process import Arrived, Completed, Due, NoSuchToken, NotThisWait, Step, Stuck, TooEarly, TooLong, TooMany
from engine.spiff import Spiff, SpiffProgram
from engine.spiff.hardening import DEPTH
from tests.engine.constructs.sketch import sketch

NOW = datetime.fromisoformat("2026-01-05T08:00:00+07:00")
PARALLEL_IN_A_LOOP = """
start -> xor again -> user A -> and fork
fork -> user B -> and join
fork -> user C -> join
join -> user D -> xor x
x -[outcome = "again"]-> again
x -[*]-> end
"""


class Case:
    def __init__(self, drawing: str, **facts: Any) -> None:
        self.spiff = Spiff()
        self.program: SpiffProgram = self.spiff.compile(sketch(drawing))
        self.facts = facts
        self.step: Step = self.spiff.start(self.program, at=NOW, facts=facts)

    @property
    def waiting(self) -> list[str]:
        return [wait.element for wait in self.spiff.waits(self.program, self.step.snapshot)]

    def token(self, element: str) -> str:
        return next(w.token for w in self.spiff.waits(self.program, self.step.snapshot) if w.element == element)

    def do(self, element: str, outcome: str = "") -> "Case":
        event = Completed(self.token(element))
        facts = {**self.facts, "outcome": outcome}
        self.step = self.spiff.advance(self.program, self.step.snapshot, event, at=NOW, facts=facts)
        return self


def test_a_join_inside_a_loop_waits_for_both_branches_in_every_round() -> None:
    case = Case(PARALLEL_IN_A_LOOP)

    case.do("A").do("C").do("B").do("D", "again").do("A").do("B")

    assert case.waiting == ["C"]


def test_state_and_waits_do_not_grow_with_the_rounds_of_a_loop() -> None:
    case = Case(PARALLEL_IN_A_LOOP)
    sizes = []

    for _ in range(400):
        case.do("A").do("B").do("C").do("D", "again")
        sizes.append(len(case.step.snapshot))

    assert case.waiting == ["A"]
    assert sizes[-1] - sizes[3] <= 6, "only the number of the next token gets longer"


def test_the_iterators_go_as_deep_as_a_case_can_be() -> None:
    for iterator in (TaskIterator, BpmnTaskIterator):
        assert DEPTH in (iterator.__init__.__defaults__ or ())


def test_parallel_sections_one_after_the_other_stay_small() -> None:
    sections = [
        f"j{n} -> and f{n + 1}\nf{n + 1} -> user a{n + 1} -> and j{n + 1}\nf{n + 1} -> user b{n + 1} -> j{n + 1}"
        for n in range(14)
    ]
    case = Case("start -> and j0\n" + "\n".join(sections) + "\nj14 -> end")

    assert len(case.step.snapshot) < 500
    assert case.waiting == ["a1", "b1"]


@pytest.mark.parametrize("name", ["Begin.EndJoin", "A.BoundaryEventSplit", "n1", "p0"])
def test_no_id_of_a_drawing_meets_a_name_of_the_library(name: str) -> None:
    case = Case("start -> user A -> user n1 -> user p0 -> end\nboundary late (on A; timer PT1H; beside) -> end l")

    case.do("A").do("n1")

    assert case.waiting == ["p0"]
    assert name


def test_a_cycle_without_a_gateway_is_run_as_long_as_something_can_leave_it() -> None:
    case = Case(
        "start -> sub S {\n start s -> xor m -> user A -> m\n}\nS -> end\nboundary b (on S; message stop) -> end off"
    )

    for _ in range(30):
        case.do("A")
    case.step = case.spiff.advance(case.program, case.step.snapshot, Arrived(case.token("b")), at=NOW, facts={})

    assert case.step.ended is not None


def test_a_loop_that_never_rests_is_stopped() -> None:
    with pytest.raises(TooLong):
        Case("start -> xor m -> throw t (message hello) -> xor x\nx -[stop = true]-> end\nx -[*]-> m")


def test_waiting_for_ever_at_a_join_is_refused() -> None:
    case = Case('start -> user A -> xor x\nx -[outcome = "a"]-> and j\nx -[*]-> j\nj -> end')

    with pytest.raises(Stuck) as stuck:
        case.do("A", "a")

    assert "j" in str(stuck.value)


def test_a_step_is_completed_once_only() -> None:
    case = Case("start -> user A -> user B -> end")
    done = case.token("A")
    case.do("A")

    with pytest.raises(NoSuchToken):
        case.spiff.advance(case.program, case.step.snapshot, Completed(done), at=NOW, facts={})


def test_a_later_step_cannot_be_completed_before_its_turn() -> None:
    case = Case("start -> user A -> user B -> end")

    with pytest.raises(NoSuchToken):
        case.spiff.advance(case.program, case.step.snapshot, Completed("2"), at=NOW, facts={})


def test_a_wait_is_answered_by_what_it_waits_for() -> None:
    case = Case("start -> user A -> end")

    with pytest.raises(NotThisWait):
        case.spiff.advance(case.program, case.step.snapshot, Arrived(case.token("A")), at=NOW, facts={})


def test_a_timer_fires_when_it_is_told_and_never_by_the_clock() -> None:
    case = Case("start -> catch c (timer date 2001-01-01T00:00:00Z) -> end")
    assert case.waiting == ["c"], "long past, and still waiting to be told"

    case.step = case.spiff.advance(case.program, case.step.snapshot, Due(case.token("c")), at=NOW, facts={})

    assert case.step.ended is not None


def test_a_timer_does_not_fire_early() -> None:
    case = Case("start -> catch c (timer PT1H) -> end")
    early = NOW + timedelta(minutes=59)

    with pytest.raises(TooEarly):
        case.spiff.advance(case.program, case.step.snapshot, Due(case.token("c")), at=early, facts={})


def test_a_list_has_a_limit() -> None:
    with pytest.raises(TooMany):
        Case("start -> user A (each who in people) -> end", people=["x"] * 501)


def test_facts_are_never_in_the_state() -> None:
    case = Case('start -> user A -> xor x\nx -[secret = "yes"]-> user B -> end\nx -[*]-> end other', secret="yes")

    case.do("A")

    assert case.waiting == ["B"]
    assert b"secret" not in case.step.snapshot
    assert b"yes" not in case.step.snapshot


def test_the_library_logs_nothing_of_a_case(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Case("start -> user A (each who in people) -> end", people=["canary"]).do("A")

    assert [record for record in caplog.records if record.name.startswith("spiff")] == []


def test_two_cases_of_one_program_do_not_meet() -> None:
    case = Case("start -> user A -> user B -> end")
    other = case.spiff.start(case.program, at=NOW, facts={})

    case.do("A")

    assert [wait.element for wait in case.spiff.waits(case.program, other.snapshot)] == ["A"]
    assert case.waiting == ["B"]

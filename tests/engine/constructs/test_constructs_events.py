"""Timers and messages, on the way and on the boundary."""

from datetime import datetime

import pytest

from engine.process import Due, NotATime, TooEarly
from tests.engine.constructs.conftest import MORNING, Play


def test_a_message_catch_event_rests_until_its_message_comes(play: Play) -> None:
    case = play("start -> catch m (message ticket bought) -> user A -> end", "message catch")

    assert (case.wait("m").kind, case.wait("m").message) == ("message", "ticket bought")
    assert case.do("m").waiting == ["A"]


TIMES = [
    ("PT8H", "2026-01-31T16:00:00+07:00"),
    ("P3D", "2026-02-03T08:00:00+07:00"),
    ("P2W", "2026-02-14T08:00:00+07:00"),
    ("P1M", "2026-02-28T08:00:00+07:00"),
    ("P1Y1M", "2027-02-28T08:00:00+07:00"),
    ("P2Y1M", "2028-02-29T08:00:00+07:00"),
    ("P1M1DT30M", "2026-03-01T08:30:00+07:00"),
    ("PT0S", "2026-01-31T08:00:00+07:00"),
    ("PT1.5S", "2026-01-31T08:00:01.5+07:00"),
    ("2026-03-01T08:00:00+09:00", "2026-03-01T06:00:00+07:00"),
    ("2026-03-01T08:00Z", "2026-03-01T15:00:00+07:00"),
    ("2020-03-01T08:00:00Z", "2020-03-01T15:00:00+07:00"),
    ('duration duration("P" + string(days) + "D")', "2026-02-05T08:00:00+07:00"),
    ('duration = "PT" + string(days) + "H"', "2026-01-31T13:00:00+07:00"),
    ('duration duration("P1M")', "2026-02-28T08:00:00+07:00"),
    ('date date and time("2026-03-01T08:00:00+07:00")', "2026-03-01T08:00:00+07:00"),
    ("date flight", "2026-04-01T10:00:00+08:00"),
]


@pytest.mark.parametrize(("text", "due"), TIMES)
def test_a_timer_fires_at_the_time_drawn(play: Play, text: str, due: str) -> None:
    flight = datetime.fromisoformat("2026-04-01T10:00:00+08:00")
    case = play(f"start -> catch t (timer {text}) -> user A -> end", "timer catch", days=5, flight=flight)

    assert (case.wait("t").kind, case.wait("t").due) == ("timer", datetime.fromisoformat(due))
    assert case.fire("t").waiting == ["A"]


def test_a_timer_does_not_fire_before_its_time(play: Play) -> None:
    case = play("start -> catch t (timer PT1H) -> user A -> end", "timer catch")
    wait = case.wait("t")

    with pytest.raises(TooEarly):
        case.later(minutes=59).happen(Due(wait.token))

    assert case.later(minutes=1).happen(Due(wait.token)).waiting == ["A"]


@pytest.mark.parametrize(
    "text",
    ["duration null", "duration days", 'duration duration("-PT1H")', 'duration "P1"', "date flight", 'date "2026-03-01"',
     'date date("2026-03-01")', 'date date and time("2026-03-01T08:00:00")', "duration missing", "P9999Y"],
)  # fmt: skip
def test_what_is_no_time_is_refused_when_the_timer_is_reached(play: Play, text: str) -> None:
    case = play(f"start -> user A -> catch t (timer {text}) -> end", "timer catch", days=5, flight=None)

    with pytest.raises(NotATime, match="t"):
        case.do("A")

    assert case.waiting == ["A"]


BOUNDARY = """
start -> user A -> end
boundary late (on A; timer P3D) -> user Late -> end late_end
boundary soon (on A; timer P1D; beside) -> user Remind -> end
"""


def test_an_interrupting_timer_takes_the_task_away(play: Play) -> None:
    case = play(BOUNDARY, "boundary timer")
    assert (case.waiting, case.armed) == (["A"], ["late", "soon"])
    assert (case.wait("late").host, case.wait("late").interrupting) == (case.wait("A").token, True)

    case.fire("late")

    assert (case.waiting, case.armed, case.cancelled) == (["Late"], [], ["A"])


def test_a_timer_beside_starts_something_once_and_leaves_the_task(play: Play) -> None:
    case = play(BOUNDARY, "boundary timer")
    assert not case.wait("soon").interrupting

    case.fire("soon")

    assert (case.waiting, case.armed) == (["A", "Remind"], ["late"])
    assert case.do("A").ended is None
    assert case.do("Remind").ended


def test_a_task_that_is_done_disarms_its_boundary_events(play: Play) -> None:
    case = play(BOUNDARY, "boundary timer").do("A")

    assert case.ended
    assert "late" not in case.walked


def test_a_cycle_fires_as_often_as_it_says(play: Play) -> None:
    case = play(
        "start -> user A -> end\nboundary c (on A; timer R3/P1M; beside) -> user Remind -> end", "boundary cycle"
    )
    dues = []

    for _ in range(3):
        dues.append(case.wait("c").due)
        case.fire("c")

    assert dues == [datetime.fromisoformat(f"2026-{day}T08:00:00+07:00") for day in ("02-28", "03-31", "04-30")]
    assert case.armed == []
    assert case.waiting == ["A", "Remind", "Remind", "Remind"]


def test_a_cycle_that_was_late_catches_up_without_moving(play: Play) -> None:
    case = play(
        "start -> user A -> end\nboundary c (on A; timer R/P1D; beside) -> user Remind -> end", "boundary cycle"
    )
    case.later(days=2, hours=5)

    first = case.wait("c").due
    second = case.fire("c").wait("c").due
    third = case.fire("c").wait("c").due

    assert [each.isoformat() for each in (first, second, third) if each] == [
        "2026-02-01T08:00:00+07:00",
        "2026-02-02T08:00:00+07:00",
        "2026-02-03T08:00:00+07:00",
    ]


def test_a_cycle_ends_with_its_task(play: Play) -> None:
    case = play("start -> user A -> user B -> end\nboundary c (on A; timer R/P1D; beside) -> end", "boundary cycle")

    case.fire("c").fire("c").do("A")

    assert (case.waiting, case.armed) == (["B"], [])


SCOPED = """
start -> sub S {
    start in -> and f -> user A -> end a
    f -> catch m (message x) -> end b
}
S -> end
boundary late (on S; timer P3D) -> user Late -> end late_end
"""


def test_an_interrupting_timer_on_a_sub_process_takes_all_in_it_away(play: Play) -> None:
    case = play(SCOPED, "boundary timer on a sub-process")
    assert (case.waiting, case.armed) == (["A", "m"], ["late"])

    case.fire("late")

    assert (case.waiting, case.armed, case.cancelled) == (["Late"], [], ["S", "A"])


def test_an_interrupting_timer_on_a_call_activity_takes_all_in_it_away(play: Play) -> None:
    drawing = """
    start -> call c (calls p) -> end
    boundary late (on c; timer P3D) -> user Late -> end late_end
    process p {
        start in -> sub S {
            start s -> user A -> end a
        }
        S -> end b
    }
    """
    case = play(drawing, "boundary timer on a call activity")
    assert case.wait("A").path == ("main/c", "p/S")

    case.fire("late")

    assert (case.waiting, case.armed) == (["Late"], [])


MESSAGES = """
start -> user A -> end
boundary stop (on A; message withdrawn) -> user Stop -> end
boundary news (on A; message news; beside) -> user Read -> end
"""


def test_an_interrupting_message_takes_the_task_away(play: Play) -> None:
    case = play(MESSAGES, "boundary message")
    assert (case.wait("stop").kind, case.wait("stop").message) == ("message", "withdrawn")

    case.do("stop")

    assert (case.waiting, case.armed) == (["Stop"], [])


def test_a_message_beside_is_heard_as_often_as_it_comes(play: Play) -> None:
    case = play(MESSAGES, "boundary message")

    case.do("news").do("news")

    assert (case.waiting, case.armed) == (["A", "Read", "Read"], ["news", "stop"])


def test_the_instant_is_kept_in_the_state_and_not_counted_again(play: Play) -> None:
    case = play("start -> and s -> catch t (timer P1D) -> end\ns -> user A -> end", "timer catch")
    due = case.wait("t").due

    case.later(hours=5).do("A")

    assert due is not None
    assert case.interpreter.waits(case.program, case.snapshot)[0].due == due == MORNING.replace(month=2, day=1)

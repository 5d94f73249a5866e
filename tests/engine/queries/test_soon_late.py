"""What will be late soon: whoever oversees an office is told of its clocks, page by page, and of how many there are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, NotYours, add_post, pause_clocks
from engine.domain.clock import ClockKind
from engine.domain.organisation import Officer, Post
from engine.domain.release import Duty, Timing
from engine.queries.pages import NotAPage, Page
from engine.queries.soon_late import FARTHEST, LateCount, SoonRow, late_counts, soon_late
from engine.storage import tables
from tests.engine.commands.clockwork import DAYS, HOURS, TEN, Clockwork
from tests.small_office import MORNING, Play

MICRO = "start s -> user {} -> end e"
TEXTS = {
    "x1-m01-02": MICRO.format("K"),
    "x1-m011": MICRO.format("L"),
    "x1-m01-021": MICRO.format("N"),
    "x1-m02-05": MICRO.format("U"),
    "x1-m01": """
        start s -> and f -> user M -> end e
        f -> call Q (calls x1-m01-02) -> end q
        f -> call T (calls x1-m02-05) -> end t
    """,
    "p-x1-01": """
        start -> and f -> call P (calls x1-m01) -> end
        f -> call R (calls x1-m011) -> end r
        f -> call S (calls x1-m01-021) -> end s
    """,
}
OTHERS = ["x1-m01-02", "x1-m02-05"]
CALLED = {"x1-m01": OTHERS, "p-x1-01": ["x1-m01", *OTHERS, "x1-m011", "x1-m01-021"]}
LAPOR, LAIN, ASING = Duty("lapor", "Melapor", TEN), Duty("lain", "Memberi tahu", TEN), Duty("asing", "Menjawab", TEN)
TIMINGS = {
    "p-x1-01": Timing(promised=TEN),
    "x1-m01": Timing(promised=DAYS),
    "x1-m01-02": Timing(promised=DAYS, duties=(LAPOR,)),
    "x1-m011": Timing(duties=(LAIN,)),
    "x1-m02-05": Timing(duties=(ASING,)),
}
STEPS: dict[str, Any] = {step: {"allowance": HOURS} for step in ("M", "K", "L", "N", "U")}
STEPS["M"] |= {"stage": "Awal", "stage_allowance": DAYS}
OF_MICRO = {"x1-m01-02", "x1-m01-02/K", "lapor"}


@pytest.fixture
def office(play: Play) -> Clockwork:
    oversee(play, "oversee")
    return Clockwork(play)


@pytest.fixture
def mapped(play: Play) -> Play:
    """A map that calls a macro with a micro, and two whose codes only begin alike; one case of it."""
    oversee(play, "oversee")
    for code, text in TEXTS.items():
        called = CALLED.get(code, [])
        parts = [text, *(f"process {each} {{\n{TEXTS[each]}\n}}" for each in called)]
        timings = {each: TIMINGS[each] for each in [code, *called] if each in TIMINGS}
        play.publish("\n".join(parts), code, timings=timings, **STEPS)
    play.open("p-x1-01")
    return play


def oversee(play: Play, *powers: str) -> None:
    play.engine.perform(add_post, Post("ketua", "Ketua", powers), at=play.now)


def who(play: Play, login: str) -> Officer:
    return play.engine.officer(login, at=play.now)


def soon(play: Play, within: int, *, at: datetime | None = None, by: str = "tini", **more: Any) -> Page[SoonRow]:
    with play.engine.reading(at=at or play.now) as reader:
        return soon_late(reader, who(play, by), within=within, **more)


def counts(play: Play, within: int, *, at: datetime | None = None, by: str = "tini") -> tuple[LateCount, ...]:
    with play.engine.reading(at=at or play.now) as reader:
        return late_counts(reader, who(play, by), within=within)


def codes(found: Page[SoonRow]) -> list[str]:
    return [row.clock.code for row in found.rows]


def all_pages(play: Play, length: int, **more: Any) -> list[SoonRow]:
    page = soon(play, FARTHEST, length=length, **more)
    rows = list(page.rows)
    while page.following is not None:
        page = soon(play, FARTHEST, length=length, after=page.following, **more)
        rows += page.rows
    return rows


def test_what_runs_out_within_so_many_working_days_is_told_the_first_due_first(office: Clockwork) -> None:
    play, friday = office.play, office.opened + timedelta(days=4)

    assert codes(soon(play, 0)) == ["main/A"]
    assert codes(soon(play, 3))[0] == "main/A"
    assert set(codes(soon(play, 3))) == {"firm", "main", "main/A"}
    assert set(codes(soon(play, 0, at=friday, late=True))) == {"main/A", "main", "firm"}
    assert soon(play, 2).rows[0].case == office.number


def test_what_stands_still_runs_out_at_no_time_and_is_counted_apart(office: Clockwork) -> None:
    office.do(pause_clocks, office.number, reason="applicant", text="Menunggu", clocks=[office.clock("firm")["id"]])

    (count,) = counts(office.play, 3)

    assert codes(soon(office.play, 3)) == ["main/A", "main"]
    assert count == LateCount("JATENG", late=0, soon=2, stopped=1, later=1)


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("length", [1, 3, 5])
def test_pages_follow_each_other_without_a_gap_though_many_are_due_at_once(
    office: Clockwork, length: int, late: bool
) -> None:
    for _ in range(3):
        office.play.open()
    at = office.opened + timedelta(days=40) if late else office.opened

    rows = all_pages(office.play, length, at=at, late=late)

    keys = [(row.clock.due_at, row.clock.number) for row in rows]
    assert len({due for due, _ in keys}) < len(keys) == office.play.count(tables.clock)
    assert keys == sorted(keys)


@pytest.mark.parametrize("days", [0, 2, 3, 60])
def test_late_soon_stopped_and_later_are_all_the_open_clocks_there_are(office: Clockwork, days: int) -> None:
    office.later(hours=5)
    for _ in range(2):
        number = office.play.open()
    office.do(pause_clocks, number, reason="applicant", text="Menunggu")
    office.play.complete_number(office.play.items()[1])

    (found,) = counts(office.play, days)

    going = [row for row in office.play.rows(tables.clock) if row["state"] in {"running", "paused"}]
    assert found.late + found.soon + found.stopped + found.later == len(going)
    assert found.late == len(soon(office.play, days, late=True).rows) == 1
    assert found.soon == len(soon(office.play, days).rows)
    assert found.stopped == 4


def test_what_is_due_at_this_very_moment_is_not_late_yet(office: Clockwork) -> None:
    due = office.due("A")
    assert due is not None

    assert codes(soon(office.play, 0, at=due)) == ["main/A"]
    assert codes(soon(office.play, 0, at=due, late=True)) == []
    assert codes(soon(office.play, 0, at=due + timedelta(microseconds=1), late=True)) == ["main/A"]


@pytest.mark.parametrize(
    ("sop", "wanted"),
    [
        ("x1-m01", {"x1-m01", "x1-m01/M", *OF_MICRO}),
        ("x1-m01-02", OF_MICRO),
        ("x1-m011", {"x1-m011/L", "lain"}),
        ("x1-m01-021", {"x1-m01-021/N"}),
        ("x1-m02", {"x1-m02-05/U", "asing"}),
        ("x1-m02-05", {"x1-m02-05/U", "asing"}),
        ("x1-m0", set()),
        ("x1-m01-0", set()),
        ("x1", set()),
        ("x1-m__", set()),
        ("%", set()),
        ("p-x1-02", set()),
    ],
)
def test_a_sop_is_told_with_its_steps_its_micros_and_its_duties_and_nothing_that_only_begins_alike(
    mapped: Play, sop: str, wanted: set[str]
) -> None:
    assert set(codes(soon(mapped, 60, sop=sop))) == wanted


def test_a_map_is_told_with_every_clock_of_its_cases(mapped: Play) -> None:
    everything = set(codes(soon(mapped, 60)))

    assert set(codes(soon(mapped, 60, sop="p-x1-01"))) == everything
    assert {"p-x1-01", "Awal", "lapor", "lain", "x1-m011/L"} < everything


def test_a_stage_belongs_to_the_sop_on_which_its_case_runs(mapped: Play) -> None:
    mapped.open("x1-m01")

    stages = soon(mapped, 60, sop="x1-m01", kind=ClockKind.STAGE).rows

    assert [(row.release, row.clock.code) for row in stages] == [("x1-m01", "Awal")]


def test_who_audits_from_the_head_office_is_told_of_all_and_opens_only_its_own(office: Clockwork) -> None:
    oversee(office.play, "audit")

    found = soon(office.play, 60, by="hana")

    assert [each.office for each in counts(office.play, 3, by="hana")] == ["JATENG", "NTB", "PUSAT"]
    assert {row.seen for row in found.rows} == {False}
    assert {row.seen for row in soon(office.play, 60, by="tini").rows} == {True}
    assert codes(soon(office.play, 60, by="hana", office="NTB")) == []


def test_others_are_told_nothing(office: Clockwork) -> None:
    with pytest.raises(NotYours):
        soon(office.play, 3, by="sri")
    with pytest.raises(NotYours):
        counts(office.play, 3, by="wayan")
    with pytest.raises(NotFound):
        soon(office.play, 3, office="NTB")


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"within": -1}, NotValid),
        ({"within": FARTHEST + 1}, NotValid),
        ({"within": 3, "length": 0}, NotValid),
        ({"within": 3, "after": "entah"}, NotAPage),
    ],
)
def test_what_nobody_can_answer_is_refused(office: Clockwork, asked: dict[str, Any], refused: type[Exception]) -> None:
    with pytest.raises(refused):
        soon(office.play, **asked)


def test_a_weekend_has_no_working_day_so_that_nothing_more_is_due_then(office: Clockwork) -> None:
    saturday = MORNING + timedelta(days=5)

    assert counts(office.play, 0, at=saturday)[0].soon == 0

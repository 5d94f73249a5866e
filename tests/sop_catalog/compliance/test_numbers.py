"""What is made of the numbers: lines, spreads, marks on a drawing, an event log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from lxml import etree

from engine.queries.oversight import ActCount, Duration, StepCounts, StepRow
from sop_catalog.compliance import lines, marks, of_most, spread, spreads, write_event_log
from tests.small_office import release_of

MONDAY = datetime(2026, 5, 4, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
STEP = StepRow(
    1,
    "S-1",
    True,
    "c3-m07",
    "a",
    "Menyambut <tamu>",
    "petugas",
    "NTB",
    "completed",
    MONDAY,
    None,
    None,
    None,
    None,
    None,
)


def test_a_spread_is_the_median_with_where_eight_of_ten_lie() -> None:
    found = spread(each * HOUR for each in (1, 2, 3, 4, 11))

    assert found is not None
    assert (found.number, found.middle, found.low, found.high) == (5, 3 * HOUR, 1.4 * HOUR, 8.2 * HOUR)
    assert spread([]) is None


def test_waiting_and_work_are_spread_apart_and_by_key() -> None:
    found = spreads(
        [Duration("p", "a", "NTB", HOUR, None), Duration("p", "a", "PUSAT", HOUR, 2 * HOUR)], lambda each: each.office
    )

    assert found["NTB"][1] is None
    assert found["PUSAT"][1] == spread([2 * HOUR])


def test_lines_join_numbers_and_acts_the_latest_first() -> None:
    counts = [
        StepCounts(("c3-m06",), done=9, promised=9, late=1),
        StepCounts(("c3-m07",), done=3, promised=2, late=1, open_late=1),
    ]

    acts = [
        ActCount((sop,), kind, 1)
        for sop, kind in (("c3-m07", "returned"), ("c3-m07", "replaced"), ("c3-m01", "returned"))
    ]
    found = lines(counts, acts)

    assert [(each.key[0], each.all_late, each.overrides) for each in found] == [
        ("c3-m07", 2, 2),
        ("c3-m06", 1, 0),
        ("c3-m01", 0, 1),
    ]
    assert of_most(found) is found[0]


DRAWN = release_of("start -> user A -> call Sub (calls micro) -> end\nprocess micro {\nstart s -> user B -> end e\n}")


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("late", [("A", 0.25, 2), ("Sub", 0.5, 4)]),
        ("done", [("A", 8, 4), ("Sub", 4, 2)]),
        ("repeated", [("A", 0, 0), ("Sub", 3, 4)]),
        ("waiting", [("A", 1.0, 4), ("Sub", 0, 0)]),
    ],
)
def test_a_call_counts_what_lies_below_it(measure: str, expected: list[tuple[str, float, int]]) -> None:
    counts = [
        StepCounts(("main", "A"), done=8, promised=8, late=2),
        StepCounts(("micro", "B"), done=4, promised=4, late=2, repeated=3),
        StepCounts(("elsewhere", "A"), done=9, promised=9, late=9),
    ]
    times = [Duration("main", "A", "NTB", HOUR, None)]

    found = marks(DRAWN, "main", counts, times, measure=measure)

    assert [(each.element, each.number, each.strength) for each in found] == expected


def test_an_event_log_keeps_the_order_that_the_standard_asks_for() -> None:
    steps = [
        replace(STEP, closed_at=MONDAY + HOUR),
        replace(STEP, item=2, closed_at=MONDAY + 3 * HOUR, happened_at=MONDAY),
    ]

    log = etree.fromstring("".join(write_event_log(steps, name="Uji & coba", made_at=MONDAY)).encode())

    order = [etree.QName(each).localname for each in log]
    rank = ["extension", "global", "classifier", "string", "date", "trace"]
    assert all(
        rank.index(one) <= rank.index(next_) for one, next_ in pairwise(order) if next_ != "string" or one != "date"
    )
    events = [{each.get("key"): each.get("value") for each in event} for event in log.iterfind(".//{*}event")]
    assert [event["concept:instance"] for event in events] == ["2", "1"]
    assert events[0]["time:timestamp"] == "2026-05-04T01:00:00.000+00:00"
    assert events[0]["concept:name"] == "Menyambut <tamu>"

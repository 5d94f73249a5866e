"""Sending reports: in order, not blindly twice, and no faster than the line allows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.delivery import NotReported
from engine.delivery.reporting import MOST_UNSURE, PAUSE
from engine.delivery.siskop2mi import Fate
from engine.domain.partner_line import OPENS_AFTER, RESTS_FOR
from engine.domain.placement import PARTNER, ReportKind
from engine.storage import tables
from tests.engine.placements_out import Reports, Scripted, reporting, send_all
from tests.small_office import Play


@pytest.fixture
def reports(play: Play) -> Reports:
    return Reports(play)


@pytest.fixture
def line() -> Scripted:
    return Scripted()


def trouble(fate: Fate, *, wait: timedelta | None = None) -> NotReported:
    return NotReported(fate, "no whole answer came", "Test", wait=wait)


def told(line: Scripted) -> list[str]:
    return [each.body["kind"] for each in line.sent]


def test_what_goes_well_has_been_sent_and_the_number_is_known(reports: Reports, line: Scripted) -> None:
    number = reports.begin()

    send_all(reports.play, reporting(reports.play, line))

    assert reports.states() == [("placement.begun", "sent")]
    assert reports.play.rows(tables.partner_case)[0]["reference"] == f"SIM-{number}"


def test_the_reports_of_one_case_go_in_order_also_when_the_first_is_put_off(reports: Reports, line: Scripted) -> None:
    reports.begin()
    reports.on("B")
    reports.on("C")
    line.troubles = [trouble(Fate.UNSURE)]

    send_all(reports.play, reporting(reports.play, line))

    assert told(line) == ["placement.begun", "placement.begun", "placement.changed", "placement.closed"]


def test_a_case_whose_report_is_put_off_holds_up_no_other(reports: Reports, line: Scripted) -> None:
    first, second = reports.begin(), reports.begin()
    line.troubles = [trouble(Fate.UNSURE)]

    reporting(reports.play, line).work(reports.play.now)

    assert [each.body["case"] for each in line.sent] == [first, second]
    assert [state for _, state in reports.states()] == ["pending", "sent"]


def test_after_an_answer_that_nobody_got_the_next_try_asks_first(reports: Reports, line: Scripted) -> None:
    reports.begin()
    line.troubles = [trouble(Fate.UNSURE)]

    send_all(reports.play, reporting(reports.play, line))

    assert [each.doubtful for each in line.sent] == [False, True]
    assert len({each.key for each in line.sent}) == 1


def test_where_nobody_can_find_out_it_rests_unknown(reports: Reports, line: Scripted) -> None:
    reports.begin()
    reports.on("B")
    other = reporting(reports.play, line)
    for _ in range(MOST_UNSURE * 3):
        back = [None] if reports.play.engine.line(PARTNER).open else []
        line.troubles = [*back, trouble(Fate.UNSURE)]
        other.work(reports.play.now)
        line.troubles = []
        reports.play.now += timedelta(hours=7)

    assert reports.states() == [("placement.begun", "unknown"), ("placement.changed", "pending")]
    assert reports.rows()[0]["tries"] == MOST_UNSURE


def test_what_was_refused_is_a_dead_letter_and_says_nothing_of_the_line(reports: Reports, line: Scripted) -> None:
    for _ in range(OPENS_AFTER + 1):
        reports.begin()
    line.troubles = [trouble(Fate.REFUSED)] * (OPENS_AFTER + 1)

    send_all(reports.play, reporting(reports.play, line))

    assert {state for _, state in reports.states()} == {"failed"}
    assert not reports.play.engine.line(PARTNER).open


def test_a_wish_to_be_left_alone_is_heeded_and_is_no_try(reports: Reports, line: Scripted) -> None:
    reports.begin()
    line.troubles = [trouble(Fate.WAIT, wait=timedelta(seconds=90))]

    reporting(reports.play, line).work(reports.play.now)

    (row,) = reports.rows()
    assert (row["state"], row["tries"], row["next_at"]) == ("pending", 0, reports.play.now + timedelta(seconds=90))


def test_a_partner_that_is_not_there_is_waited_for_without_end(reports: Reports, line: Scripted) -> None:
    reports.begin()
    line.troubles = [trouble(Fate.NOT_SENT)] * 500

    send_all(reports.play, reporting(reports.play, line))

    assert reports.states() == [("placement.begun", "sent")]
    assert reports.rows()[0]["tries"] == 1


def test_five_failures_open_the_line_and_nothing_goes_through(reports: Reports, line: Scripted) -> None:
    for _ in range(8):
        reports.begin()
    line.troubles = [trouble(Fate.UNSURE)] * 99

    one = reporting(reports.play, line)
    one.work(reports.play.now)

    assert len(line.sent) == OPENS_AFTER
    assert one.work(reports.play.now + RESTS_FOR - timedelta(seconds=1)) == 0
    assert (len(line.sent), line.pings) == (OPENS_AFTER, 0)


def test_after_its_rest_one_call_tries_and_only_one(reports: Reports, line: Scripted) -> None:
    for _ in range(8):
        reports.begin()
    line.troubles = [trouble(Fate.UNSURE)] * 99
    one, other = reporting(reports.play, line), reporting(reports.play, line)
    one.work(reports.play.now)
    reports.play.now += RESTS_FOR

    one.work(reports.play.now)
    other.work(reports.play.now)

    assert (len(line.sent), line.pings) == (OPENS_AFTER, 1)


def test_once_the_partner_is_back_everything_goes_within_a_minute(reports: Reports, line: Scripted) -> None:
    for _ in range(8):
        reports.begin()
    line.troubles = [trouble(Fate.UNSURE)] * OPENS_AFTER
    one = reporting(reports.play, line)
    one.work(reports.play.now)
    opened = reports.play.now

    send_all(reports.play, one)

    assert reports.play.now - opened <= timedelta(seconds=60)
    assert {state for _, state in reports.states()} == {"sent"}


def test_every_process_heeds_a_line_that_another_has_opened(reports: Reports, line: Scripted) -> None:
    for _ in range(OPENS_AFTER):
        reports.begin()
    line.troubles = [trouble(Fate.NOT_SENT)] * OPENS_AFTER
    reporting(reports.play, line).work(reports.play.now)
    elsewhere = Scripted()

    assert reporting(reports.play, elsewhere).work(reports.play.now) == 0
    assert elsewhere.sent == []


def test_a_partner_that_had_forgotten_a_placement_counts_anew_under_its_new_number(
    reports: Reports, line: Scripted
) -> None:
    reports.begin()
    send_all(reports.play, reporting(reports.play, line))
    with reports.play.engine.begin(at=reports.play.now) as work:
        known = {"reference": "SIM-OLD", "sequence": 4, "stage": "oriented"}
        work.connection.execute(tables.partner_case.update().values(**known))
        work.dispatches.report(1, ReportKind.BEGUN, at=work.at)

    send_all(reports.play, reporting(reports.play, line))

    assert [state for _, state in reports.states()] == ["sent", "sent"]
    (now,) = reports.play.rows(tables.partner_case)
    assert (now["reference"][:6], now["sequence"], now["stage"]) == ("SIM-S-", 0, "")


def test_pauses_are_spread_by_a_quarter_at_most(reports: Reports, line: Scripted) -> None:
    reports.begin()
    line.troubles = [trouble(Fate.NOT_SENT)]
    one = reporting(reports.play, line)
    one._jitter = lambda: 1.0

    one.work(reports.play.now)

    assert reports.rows()[0]["next_at"] == reports.play.now + PAUSE * 1.25

"""News is asked for page by page, the mark moves after what was kept, and once a day both sides are compared."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from engine import ask_comparison
from engine.delivery.hearing import BREATH, EVERY, Hearing
from engine.delivery.siskop2mi import Fate, NotReported, Page, StaleCursor
from engine.domain.placement import PARTNER
from engine.storage import tables
from tests.engine.placement_news import REFERENCE, Partner, news
from tests.small_office import Play


class Line:
    """A way to a partner that has these events, two on a page."""

    def __init__(self, *events: Mapping[str, Any]) -> None:
        self.told = list(events)
        self.records_: list[Mapping[str, Any]] = []
        self.asked: list[str] = []
        self.stale = self.endless = False
        self.lists = 0
        self.trouble: NotReported | None = None

    def events(self, after: str = "") -> Page:
        self.asked.append(after)
        if self.trouble:
            raise self.trouble
        if self.stale and after:
            raise StaleCursor(after)
        return self._page(self.told, after)

    def records(self, after: str = "") -> Page:
        self.lists += 1
        return Page((), "", True) if self.endless else self._page(self.records_, after)

    def _page(self, rows: list[Mapping[str, Any]], after: str) -> Page:
        begin = int(after or 0)
        end = min(begin + 2, len(rows))
        return Page(tuple(rows[begin:end]), str(end), end < len(rows))


@pytest.fixture
def partner(play: Play) -> Partner:
    return Partner(play)


def hearing(partner: Partner, line: Line) -> Hearing:
    return Hearing(partner.play.engine, line, lambda: partner.play.now)


def later(partner: Partner, by: timedelta = EVERY) -> None:
    partner.play.now += by


def test_every_page_is_taken_in_and_the_mark_kept(partner: Partner) -> None:
    number = partner.placed()
    line = Line(
        *(news(kind, place, case=number) for place, kind in enumerate(("registered", "trained", "examined"), 1))
    )

    assert hearing(partner, line).work(partner.play.now) == 3

    assert line.asked == ["", "2"]
    assert partner.play.engine.news_cursor()[0] == "3"
    assert partner.play.engine.line(PARTNER).answered_at == partner.play.now


def test_what_was_read_is_asked_for_no_more_and_not_too_often(partner: Partner) -> None:
    number = partner.placed()
    line = Line(news(case=number))
    one = hearing(partner, line)
    one.work(partner.play.now)
    one.work(partner.play.now)
    assert line.asked == [""]
    later(partner)

    assert one.work(partner.play.now) == 0

    assert line.asked == ["", "1"]


def test_a_mark_that_is_too_old_is_begun_anew_and_nothing_is_doubled(partner: Partner) -> None:
    number = partner.placed()
    line = Line(news(case=number))
    one = hearing(partner, line)
    one.work(partner.play.now)
    line.stale = True
    later(partner)

    one.work(partner.play.now)

    assert partner.play.count(tables.partner_event) == 1


def test_garbage_among_the_news_holds_up_nothing(partner: Partner) -> None:
    number = partner.placed()

    line = Line({"nonsense": True}, {"x": "\x00"}, news(case=number))
    line.records_ = [{"reference": REFERENCE, "case": number, "open": True}]
    hearing(partner, line).work(partner.play.now)

    assert partner.states() == [("?", "refused", "unreadable message"), ("registered", "waiting", "")]
    assert partner.play.count(tables.incident) == 1


def test_a_line_that_fails_is_left_alone_and_told_to_the_breaker(partner: Partner) -> None:
    line = Line()
    line.trouble = NotReported(Fate.UNSURE, "the placement system has failed", 500)
    one = hearing(partner, line)
    for _ in range(8):
        one.work(partner.play.now)
        later(partner)

    assert partner.play.engine.line(PARTNER).open
    assert len(line.asked) == 5
    assert (
        one.next_at(partner.play.now) == partner.play.now + BREATH
    )  # and not at once, again and again, until it is tried


def test_both_sides_are_compared_once_a_day(partner: Partner) -> None:
    partner.placed()
    line = Line()
    one = hearing(partner, line)
    one.work(partner.play.now)
    later(partner)
    one.work(partner.play.now)
    assert partner.play.count(tables.reconciliation) == 1
    assert [row["kind"] for row in partner.play.rows(tables.difference)] == ["unknown-to-them"]
    later(partner, timedelta(hours=24))

    one.work(partner.play.now)

    assert partner.play.count(tables.reconciliation) == 2


def test_both_sides_are_compared_when_somebody_asks_and_then_not_again(partner: Partner) -> None:
    partner.placed()
    one = hearing(partner, Line())
    one.work(partner.play.now)
    partner.play.engine.perform(ask_comparison, at=partner.play.now + timedelta(seconds=1))

    for _ in range(3):
        later(partner)
        one.work(partner.play.now)

    assert [row["source"] for row in partner.play.rows(tables.reconciliation)] == ["rest", "asked", "rest"]


def test_half_a_list_is_compared_with_nothing(partner: Partner) -> None:
    partner.placed()
    line = Line()
    line.records_ = [{"reference": "R-1", "open": "maybe"}]

    hearing(partner, line).work(partner.play.now)

    assert partner.play.count(tables.reconciliation) == 0


def test_a_list_that_does_not_end_is_compared_with_nothing_and_told(partner: Partner) -> None:
    partner.placed()
    line = Line()
    line.endless = True
    one = hearing(partner, line)

    one.work(partner.play.now)
    later(partner)
    one.work(partner.play.now)

    assert partner.play.count(tables.reconciliation) == 0
    assert partner.play.count(tables.incident) == 1
    assert line.lists == 1


def test_the_list_of_one_office_does_not_stand_for_the_daily_comparison(partner: Partner) -> None:
    row = {"partner": PARTNER, "at": partner.play.now, "compared": 0, "source": "M-2026-000001"}
    with partner.play.engine.begin(at=partner.play.now) as work:
        work.connection.execute(tables.reconciliation.insert(), row)

    hearing(partner, Line()).work(partner.play.now)

    assert partner.play.count(tables.reconciliation) == 2

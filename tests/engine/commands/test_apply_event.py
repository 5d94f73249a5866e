"""`apply_event`: news of the placement system moves the case that waits for it: once, in order, and never what it may not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete

from engine import Engine, NotFound, NotYours, cancel_case, resume_case, suspend_case
from engine.domain.release import Bound, Field, FieldKind
from engine.storage import tables
from engine.storage.partner_cases import know_reference
from engine.worker.arrivals import Arrivals
from tests.engine.placement_news import REFERENCE, Partner
from tests.small_office import Play


@pytest.fixture
def partner(play: Play) -> Partner:
    return Partner(play)


def test_news_moves_the_case_that_waits_for_it(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell(case=number)

    done = partner.move()

    assert (done.state, done.number, done.case) == ("applied", 1, number)
    assert partner.open() == ["B"]
    (known,) = partner.play.rows(tables.partner_case)
    assert (known["stage"], known["sequence"]) == ("registered", 1)
    assert "placement.moved" in {row["kind"] for row in partner.play.rows(tables.audit)}


def test_what_comes_early_is_applied_by_the_worker_when_the_case_comes_to_wait(partner: Partner) -> None:
    number = partner.placed()
    partner.tell(case=number)
    partner.work()
    assert partner.open() == ["A"]
    partner.play.complete("A")

    partner.work()

    assert partner.open() == ["B"]
    assert partner.states() == [("registered", "applied", "")]


def test_what_comes_in_disorder_is_applied_in_order(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell("departed", 3)
    partner.tell("trained", 2)
    partner.work()
    assert partner.open() == []
    partner.tell(case=number)
    for step in ("B", "C"):
        partner.work()
        partner.play.complete(step)

    partner.work()

    assert partner.open() == ["D"]
    order = [row["data"]["of"] for row in partner.play.rows(tables.audit) if row["kind"] == "placement.moved"]
    assert order == ["registered", "trained", "departed"]


def test_a_missing_number_is_waited_for_until_a_person_says_otherwise(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell(case=number)
    partner.work()
    partner.play.complete("B")
    partner.tell("trained", 3)
    partner.work()
    assert partner.states()[1] == ("trained", "waiting", "")
    partner.move()
    assert partner.states()[1] == ("trained", "waiting", "missing 2")

    partner.move(without_missing=True)

    assert partner.open() == ["C"]
    assert "placement.waited_no_more" in {row["kind"] for row in partner.play.rows(tables.audit)}


def test_what_is_passed_by_hand_is_set_aside_and_the_next_goes_on(partner: Partner) -> None:
    number = partner.placed("start -> user A -> user B -> catch lat (message siskop2mi_pelatihan) -> user C -> end")
    for step in ("A", "B"):
        partner.play.complete(step)
    partner.tell(case=number)
    partner.tell("trained", 2)

    partner.work()

    assert partner.states() == [("registered", "set-aside", "by-hand"), ("trained", "applied", "")]
    assert partner.open() == ["C"]


def test_the_news_of_a_case_that_is_over_is_set_aside(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.play.engine.perform(cancel_case, number, reason="uji", officer="sri", at=partner.play.now)
    partner.tell(case=number)

    partner.work()

    assert partner.states() == [("registered", "set-aside", "over")]
    assert "placement.set_aside" in {row["kind"] for row in partner.play.rows(tables.audit)}


def test_a_number_that_was_dealt_with_moves_nothing_again(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell(case=number)
    partner.work()
    partner.tell(case=number, message="the-same-again")

    partner.work()

    assert partner.states()[1] == ("registered", "set-aside", "passed")
    assert partner.open() == ["B"]


def test_only_what_the_drawing_asks_for_becomes_a_fact(partner: Partner) -> None:
    form = (
        Field("tanggal_daftar", "Tanggal", FieldKind.DATE),
        Field("nama", "Nama", bound=Bound.SUBJECT),
        Field("biaya", "Biaya", FieldKind.NUMBER),
    )
    number = partner.placed(B={"form": form})
    partner.play.complete("A")
    facts = {"tanggal_daftar": "2026-05-03", "nama": "Zzpersonal Contoh", "biaya": "banyak", "lain": "x"}
    partner.tell(case=number, facts=facts)

    partner.work()

    assert {row["name"]: row["value"] for row in partner.play.rows(tables.fact)} == {
        "tanggal_daftar": {"@date": "2026-05-03"}
    }
    assert "Zzpersonal" not in str(partner.play.rows(tables.audit))


def test_a_suspended_case_gets_its_news_when_it_goes_on(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.play.engine.perform(suspend_case, number, reason="uji", officer="sri", at=partner.play.now)
    partner.tell(case=number)
    partner.work()
    assert partner.open() == []
    assert partner.states() == [("registered", "applied", "")]

    partner.play.engine.perform(resume_case, number, reason="uji", officer="sri", at=partner.play.now)
    partner.work()

    assert partner.open() == ["B"]


def test_a_crash_between_keeping_and_applying_loses_nothing(partner: Partner, new_engine: Callable[[], Engine]) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell(case=number)
    fresh = new_engine()

    assert Arrivals(fresh).work(partner.play.now) == 1
    assert Arrivals(fresh).work(partner.play.now) == 0
    assert partner.open() == ["B"]


def test_two_workers_apply_once(partner: Partner, new_engine: Callable[[], Engine]) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell(case=number)
    workers = [Arrivals(new_engine()) for _ in range(2)]

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda each: each.work(partner.play.now), workers))

    assert sum(done) == 1
    assert [row["kind"] for row in partner.play.rows(tables.audit)].count("message.received") == 1


def test_cancelling_may_come_at_any_time_and_ends_the_placement(partner: Partner) -> None:
    number = partner.placed("start -> user A -> catch batal (message siskop2mi_batal) -> user B -> end")
    partner.play.complete("A")
    partner.tell(case=number)
    partner.tell("cancelled", 2)

    partner.work()

    assert partner.states() == [("registered", "set-aside", "by-hand"), ("cancelled", "applied", "")]
    assert partner.play.rows(tables.partner_case)[0]["closed_at"] is not None


def test_an_officer_without_the_power_applies_nothing(partner: Partner) -> None:
    number = partner.placed()

    with pytest.raises(NotYours):
        partner.move(number, officer="sri")


def test_a_case_that_the_partner_does_not_know_is_not_moved(partner: Partner) -> None:
    partner.play.publish("start -> user A -> end")
    number = partner.play.open()

    with pytest.raises(NotFound):
        partner.move(number)


def test_news_under_a_number_that_becomes_known_with_the_report_is_found(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell()
    assert partner.states() == [("registered", "refused", "unknown-reference")]
    with partner.play.engine.begin(at=partner.play.now) as work:
        know_reference(work.connection, work.cases.row_of(number), REFERENCE)

    partner.work()

    assert partner.states() == [("registered", "applied", "")]


def test_news_of_a_case_below_waits_for_the_one_that_was_told_of(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell(case=number)
    with partner.play.engine.begin(at=partner.play.now) as work:
        work.connection.execute(delete(tables.partner_case))
    assert partner.work() == 0
    with partner.play.engine.begin(at=partner.play.now) as work:
        work.placements.begin(work.cases.row_of(number), work.at)

    partner.work()

    assert partner.open() == ["B"]


def test_the_day_of_news_is_that_of_jakarta(partner: Partner) -> None:
    form = (Field("siskop2mi_tanggal", "Tanggal"),)
    number = partner.placed(B={"form": form})
    partner.play.complete("A")
    partner.tell(case=number, occurred_at="2026-05-04T05:30:00+07:00")

    partner.work()

    assert [row["value"] for row in partner.play.rows(tables.fact)] == ["2026-05-04"]


def test_a_suspended_case_keeps_one_message_and_the_next_waits_for_its_turn(partner: Partner) -> None:
    number = partner.placed(
        "start -> user A -> catch one (message siskop2mi_pemantauan) -> user B "
        "-> catch two (message siskop2mi_pemantauan) -> user C -> end"
    )
    partner.play.complete("A")
    partner.play.engine.perform(suspend_case, number, reason="uji", officer="sri", at=partner.play.now)
    for sequence in (1, 2):
        partner.tell("monitored", sequence, case=number)
    partner.work()
    assert [state for _, state, _ in partner.states()] == ["applied", "waiting"]
    partner.play.engine.perform(resume_case, number, reason="uji", officer="sri", at=partner.play.now)
    partner.work()
    assert partner.open() == ["B"]
    partner.play.complete("B")

    partner.work()

    assert partner.open() == ["C"]
    assert [state for _, state, _ in partner.states()] == ["applied", "applied"]

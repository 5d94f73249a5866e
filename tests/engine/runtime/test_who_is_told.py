"""Notices: who is told what, once, and never the one who caused it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine import (
    accept_handover,
    ask_extension,
    assign_post,
    choose_notices,
    deactivate_officer,
    decide_extension,
    decline_handover,
    offer_handover,
    reassign_work_item,
    return_work_item,
)
from engine.storage import tables
from engine.storage.notices import MOST_UNREAD
from engine.worker import Worker
from tests.engine.delivery.told import DAY, climb, overseen, told, with_address
from tests.small_office import MORNING, Play


@pytest.fixture
def case(play: Play) -> str:
    """One case at step A, which may take one working day, in an office that Tini oversees."""
    overseen(play)
    play.publish("start -> user A -> user B -> end", A=DAY, B=DAY)
    return play.open()


def reassign(play: Play, to: str, officer: str = "tini") -> None:
    item = play.item("A")
    play.engine.perform(reassign_work_item, item.number, seen=item.version, to=to, officer=officer, at=play.now)


def offer(play: Play, case: str) -> int:
    until = play.now + timedelta(days=2)
    made = play.engine.perform(
        offer_handover, case, to_office="NTB", reason="Lebih dekat", until=until, officer="sri", at=play.now
    )
    assert made.number
    return made.number


def test_the_ladder_reminds_who_has_the_step_and_tells_who_oversees(play: Play, case: str) -> None:
    assert case
    play.claim("A", "budi")

    climb(play)

    assert told(play) == [("budi", "clock.remind"), ("tini", "clock.tell-superior"), ("tini", "clock.incident")]


def test_of_a_step_that_nobody_has_all_are_reminded_who_may_take_it(play: Play, case: str) -> None:
    assert case

    climb(play, 1)

    assert told(play) == [("sri", "clock.remind"), ("budi", "clock.remind")]


def test_a_step_given_to_somebody_is_told_to_them_and_to_who_had_it(play: Play, case: str) -> None:
    assert case
    play.claim("A", "sri")

    reassign(play, "budi")

    assert told(play) == [("budi", "item.assigned"), ("sri", "item.taken")]


def test_whoever_causes_it_is_not_told(play: Play, case: str) -> None:
    assert case
    play.claim("A", "sri")

    reassign(play, "budi", officer="sri")

    assert told(play) == [("budi", "item.assigned")]


def test_a_step_sent_back_is_told_to_whoever_has_it_again(play: Play, case: str) -> None:
    assert case
    play.complete("A", "sri")
    done, item = play.rows(tables.work_item)[0]["id"], play.item("B")
    play.engine.perform(
        return_work_item, item.number, seen=item.version, reason="Kurang", to=done, officer="budi", at=play.now
    )

    assert told(play) == [("sri", "item.returned")]


def test_an_offer_is_told_to_the_other_office_and_its_answer_to_who_offered(play: Play, case: str) -> None:
    first = offer(play, case)
    play.engine.perform(decline_handover, first, reason="Penuh", officer="wayan", at=play.now)
    second = offer(play, case)
    play.engine.perform(accept_handover, second, officer="wayan", at=play.now)

    assert told(play) == [
        ("wayan", "handover.offered"),
        ("sri", "handover.declined"),
        ("wayan", "handover.offered"),
        ("sri", "handover.accepted"),
    ]


def test_an_offer_that_ran_out_is_told_to_who_made_it(play: Play, case: str) -> None:
    offer(play, case)

    Worker(play.engine, lambda: play.now + timedelta(days=2)).work_once()

    assert ("sri", "handover.expired") in told(play)


def test_an_extension_is_told_to_who_decides_and_then_to_who_asked(play: Play, case: str) -> None:
    assert case
    (clock,) = play.rows(tables.clock)
    asked = play.engine.perform(
        ask_extension, clock["id"], amount=1, reason="Saksi di luar kota", officer="sri", at=play.now
    )
    assert asked.number
    play.engine.perform(decide_extension, asked.number, grant=True, officer="tini", at=play.now)

    assert told(play) == [("tini", "extension.asked"), ("sri", "extension.granted")]


def test_what_the_one_who_could_decide_asks_for_is_told_to_the_head_office(play: Play, case: str) -> None:
    assert case
    (clock,) = play.rows(tables.clock)
    begins = date(2026, 1, 1)
    play.engine.perform(assign_post, "hana", post="kepala", office="PUSAT", begins_on=begins, at=play.now)

    play.engine.perform(ask_extension, clock["id"], amount=1, reason="Saksi", officer="tini", at=play.now)

    assert told(play) == [("hana", "extension.asked")]


def test_what_is_not_read_yet_is_said_anew_and_not_twice(play: Play, case: str) -> None:
    assert case
    play.claim("A", "sri")
    with_address(play, "budi")
    for to in ("budi", "sri", "budi"):
        play.now += timedelta(minutes=1)
        reassign(play, to)

    mine = [row for row in play.rows(tables.notice) if row["kind"] == "item.assigned" and row["officer_id"] == 2]
    assert [row["at"] for row in mine] == [play.now]
    assert play.count(tables.dispatch) == 2  # given to Budi, and taken from him


def test_of_one_case_nobody_is_told_without_end(play: Play, case: str) -> None:
    offer_ends = []
    for _ in range(MOST_UNREAD // 2 + 3):
        offer_ends.append(offer(play, case))
        play.engine.perform(decline_handover, offer_ends[-1], reason="Penuh", officer="wayan", at=play.now)

    assert [who for who, _ in told(play)].count("wayan") <= MOST_UNREAD


def test_somebody_who_has_gone_is_told_nothing(play: Play, case: str) -> None:
    assert case
    play.engine.perform(deactivate_officer, "budi", reason="Pindah", at=play.now)

    climb(play, 1)

    assert told(play) == [("sri", "clock.remind")]


def test_a_refused_act_tells_nobody(play: Play, case: str) -> None:
    assert case
    item = play.item("A")
    with pytest.raises(Exception, match="receiver"):
        play.engine.perform(reassign_work_item, item.number, seen=item.version, to="wayan", officer="tini", at=play.now)

    assert play.count(tables.notice) == 0


def test_mail_goes_only_to_who_gave_an_address_and_wants_it(play: Play, case: str) -> None:
    assert case
    with_address(play, "sri", "budi")
    play.engine.perform(choose_notices, mail={"deadlines": "off"}, officer="sri", at=play.now)

    climb(play, 1)

    assert [row["officer_id"] for row in play.rows(tables.dispatch)] == [2]
    assert len(told(play)) == 2


def test_a_digest_gathers_what_happens_until_half_past_seven_on_ones_own_clock(play: Play, case: str) -> None:
    with_address(play, "wayan")
    play.engine.perform(choose_notices, mail={"handovers": "digest"}, officer="wayan", at=play.now)
    for _ in range(2):
        play.engine.perform(decline_handover, offer(play, case), reason="Penuh", officer="wayan", at=play.now)

    (sent,) = play.rows(tables.dispatch)
    assert sent["digest"]
    assert sent["case_id"] is None
    assert sent["next_at"] == datetime(2026, 5, 4, 23, 30, tzinfo=UTC)  # 07.30 WITA
    assert {row["dispatch_id"] for row in play.rows(tables.notice) if row["kind"] == "handover.offered"} == {sent["id"]}
    assert sent["next_at"] > MORNING


def test_nothing_personal_stands_in_what_is_to_be_sent(play: Play, case: str) -> None:
    with_address(play, "wayan")
    offer(play, case)

    (row,) = play.rows(tables.notice)
    assert set(row["told"]) == {"from", "to", "until"}
    assert "Lebih dekat" not in str(play.rows(tables.notice)) + str(play.rows(tables.dispatch))
    assert "contoh.example" not in str(play.rows(tables.mail_address)) + str(play.rows(tables.audit))

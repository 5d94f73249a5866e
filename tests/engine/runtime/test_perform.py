"""One command, one transaction: keys, refusals, faults and what they leave behind."""

from datetime import timedelta
from typing import Any

import pytest

from engine import Engine, Receipt, Unexpected, claim_work_item, complete_work_item, open_case, retry_incident
from engine.errors import NotFound, NotValid, NotYours
from engine.storage import UnitOfWork, tables
from engine.storage.receipts import KeyUsedOtherwise
from tests.small_office import MORNING, Play

CASE_TABLES = (
    tables.case,
    tables.work_item,
    tables.fact,
    tables.timer,
    tables.subscription,
    tables.audit,
    tables.audit_head,
)


def photograph(play: Play) -> list[Any]:
    return [play.rows(each) for each in CASE_TABLES]


def start(play: Play, key: str = "k", officer: str = "sri", **more: Any) -> Receipt:
    return play.engine.perform(open_case, "main", office="JATENG", officer=officer, at=MORNING, key=key, **more)


def test_the_same_command_sent_twice_has_one_effect_and_one_answer(play: Play) -> None:
    play.publish("start -> user A -> end")

    first, second = start(play), start(play)

    assert first == second
    assert play.count(tables.case) == 1


def test_a_key_that_comes_back_with_another_command_is_refused(play: Play) -> None:
    play.publish("start -> user A -> end")
    start(play)

    with pytest.raises(KeyUsedOtherwise):
        start(play, origin_office="NTB")


def test_the_key_of_one_officer_is_not_replayed_to_another(play: Play) -> None:
    play.publish("start -> user A -> end")

    assert start(play).case != start(play, officer="budi").case


def test_a_refused_command_leaves_its_mark_among_the_accesses_only(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.open()
    before = photograph(play)

    with pytest.raises(NotYours):
        play.engine.perform(claim_work_item, 1, seen=1, officer="tini", at=MORNING)

    assert photograph(play) == before
    (record,) = play.rows(tables.access_record)
    assert (record["case_id"], record["data"]) == (
        1,
        {"command": "claim_work_item", "refusal": "NotYours", "status": 403},
    )


def break_down(work: UnitOfWork, number: str) -> Receipt:
    """A command with a fault, which shows only after it has begun to write."""
    case = work.cases.lock(number).case
    work.record("case.broken", case)
    work.flush()
    raise ZeroDivisionError("somebody's name: Orang Contoh")


def test_a_fault_stores_nothing_and_becomes_an_incident_without_its_words(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()
    before = photograph(play)

    with pytest.raises(Unexpected, match="incident 1"):
        play.engine.perform(break_down, number, officer="sri", at=MORNING)

    assert photograph(play) == before
    (incident,) = play.rows(tables.incident)
    assert (incident["code"], incident["event"], incident["case_id"]) == ("ZeroDivisionError", "break_down", 1)
    assert "Orang" not in str(incident)


def test_the_same_fault_again_is_one_more_try_of_the_same_incident(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()

    for _ in range(2):
        with pytest.raises(Unexpected):
            play.engine.perform(break_down, number, officer="sri", at=MORNING)

    assert [row["tries"] for row in play.rows(tables.incident)] == [2]


def test_an_incident_can_be_dealt_with_once(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()
    with pytest.raises(Unexpected):
        play.engine.perform(break_down, number, officer="sri", at=MORNING)

    play.engine.perform(retry_incident, 1, officer="sri", at=MORNING)

    assert [row["state"] for row in play.rows(tables.incident)] == ["resolved"]
    with pytest.raises(Exception, match="resolved"):
        play.engine.perform(retry_incident, 1, officer="sri", at=MORNING)


def test_several_commands_may_share_one_commit(engine: Engine, play: Play) -> None:
    play.publish("start -> user A -> user B -> end")
    with engine.begin(officer="sri", at=MORNING) as work:
        for _ in range(3):
            open_case(work, "main", office="JATENG")
    items = play.items()

    with engine.begin(officer="sri", at=MORNING + timedelta(minutes=1)) as work:
        for item in items:
            claim_work_item(work, item.number, seen=1)
            complete_work_item(work, item.number, seen=2)

    assert [each.element for each in play.items()] == ["B", "B", "B"]


def test_what_goes_wrong_in_a_shared_commit_undoes_all_of_it(engine: Engine, play: Play) -> None:
    play.publish("start -> user A -> end")
    before = photograph(play)

    with pytest.raises(NotFound), engine.begin(officer="sri", at=MORNING) as work:
        [open_case(work, code, office="JATENG") for code in ("main", "elsewhere")]

    assert photograph(play) == before


@pytest.mark.parametrize(
    "more",
    [
        {"code": "ma\x00in"},
        {"code": "\ud83d"},
        {"code": "main", "facts": {"n": "x" * 300_000}},
        {"code": "x" * 300_000},
        {"code": "main", "facts": {"n": ["\udfff"]}},
        {"code": "main", "key": "k\x00"},
        {"code": "main", "key": "k" * 201},
    ],
)
def test_what_no_database_takes_is_refused_in_a_sentence(play: Play, more: dict[str, Any]) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(open_case, **{"office": "JATENG", "officer": "sri", "at": MORNING, **more})

    assert play.count(tables.incident) == 0


def test_a_number_beyond_the_database_is_not_found(play: Play) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(claim_work_item, 10**30, seen=1, officer="sri", at=MORNING)


def test_keys_are_let_go_of_after_a_week(play: Play) -> None:
    play.publish("start -> user A -> end")
    start(play)

    assert play.engine.tidy(at=MORNING + timedelta(days=6)) == 0
    assert play.engine.tidy(at=MORNING + timedelta(days=8)) == 1
    assert play.count(tables.idempotency) == 0

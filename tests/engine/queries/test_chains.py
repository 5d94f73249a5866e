"""Chains that an officer may see, checked and given out whole."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from engine import NotFound, NotYours, add_post, open_case, start_trail_check
from engine.domain.organisation import Post
from engine.queries.chains import chain_of, ends_of_chains, last_check
from tests.engine.people import hire
from tests.small_office import MORNING, Play


@pytest.fixture
def house(play: Play) -> Play:
    with play.engine.begin(at=MORNING) as work:
        add_post(work, Post("auditor", "Auditor", ("audit",)))
        add_post(work, Post("kepala", "Kepala", ("oversee",)))
    hire(play, "rini", ("auditor", "JATENG"))
    hire(play, "made", ("auditor", "NTB"))
    hire(play, "dewi", ("auditor", "PUSAT"))
    hire(play, "joko", ("kepala", "JATENG"))
    play.publish("start -> user A -> end")
    play.open()
    play.engine.perform(open_case, "main", office="NTB", officer="wayan", at=play.now)
    return play


def ask(play: Play, query: Any, login: str, *more: Any) -> Any:
    with play.engine.reading(at=play.now) as reader:
        return query(reader, play.engine.officer(login, at=play.now), *more)


def change(play: Play, case: int) -> None:
    with play.engine.database.writing() as connection:
        gone = "audit_no_update" if play.engine.database.sqlite else "audit_kept ON audit"
        connection.execute(text(f"DROP TRIGGER {gone}"))
        connection.execute(text("UPDATE audit SET post = 'x' WHERE seq = 1 AND case_id = :case"), {"case": case})


def checked(play: Play, login: str) -> Any:
    """What the last check told, after one was asked for and done."""
    play.engine.perform(start_trail_check, officer=login, at=play.now)
    while play.engine.check_trail(at=play.now):
        pass
    return ask(play, last_check, login)


def test_the_head_office_is_told_how_much_was_read_and_others_only_whether_it_holds(house: Play) -> None:
    before = ask(house, last_check, "dewi")
    found = {login: checked(house, login) for login in ("rini", "dewi")}

    assert (before.last, before.under_way) == (None, None)
    assert [(each.last.holds, each.last.asked_by, each.every) for each in found.values()] == [
        (True, "Rini", False),
        (True, "Dewi", True),
    ]
    assert found["rini"].last.figures is None
    assert (found["dewi"].last.figures.chains, found["dewi"].last.figures.records > 2) == (3, True)


def test_a_change_is_named_to_those_who_may_see_the_case(house: Play) -> None:
    change(house, 2)

    found = {login: checked(house, login).last for login in ("rini", "made", "dewi")}

    assert {login: {(each.case, each.seq) for each in told.breaks} for login, told in found.items()} == {
        "rini": set(),
        "made": {("S-2026-00002", 1)},
        "dewi": {("S-2026-00002", 1)},
    }
    assert {(told.holds, told.broken) for told in found.values()} == {(False, 1)}


def test_a_change_in_the_house_and_among_the_looks_is_named_to_the_head_office_alone(house: Play) -> None:
    with house.engine.begin(at=MORNING) as work:
        work.trail.note("subject.revealed", MORNING, "sri")
    house.engine.seal_accesses()
    change(house, 0)
    with house.engine.database.writing() as connection:
        gone = "access_record_no_update" if house.engine.database.sqlite else "access_record_kept ON access_record"
        connection.execute(text(f"DROP TRIGGER {gone}"))
        connection.execute(text("UPDATE access_record SET officer = 'x'"))

    assert checked(house, "rini").last.breaks == ()
    assert [(each.chain, each.case) for each in checked(house, "dewi").last.breaks] == [("acts", ""), ("accesses", "")]


def test_the_ends_of_all_chains_are_given_to_the_head_office_alone(house: Play) -> None:
    with house.engine.reading(at=house.now) as reader:
        ends = list(ends_of_chains(reader, house.engine.officer("dewi", at=house.now)))

    assert [chain for chain, _, _ in ends] == ["0", "1", "2"]
    with pytest.raises(NotYours):
        ask(house, ends_of_chains, "rini")


def test_a_chain_is_given_whole_to_who_oversees_and_may_open_the_case(house: Play) -> None:
    chain = ask(house, chain_of, "joko", "S-2026-00001")

    assert (chain.head_seq, chain.head_hash, chain.breaks) == (len(chain.records), chain.records[-1]["hash"], ())
    with pytest.raises(NotYours):
        ask(house, last_check, "joko")
    with pytest.raises(NotYours):
        ask(house, chain_of, "sri", "S-2026-00001")
    with pytest.raises(NotFound):
        ask(house, chain_of, "joko", "S-2026-00002")

"""Chains that an officer may see, checked and given out whole."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from engine import NotFound, NotYours, add_post, open_case
from engine.domain.organisation import Post
from engine.queries.chains import chain_of, check_chains
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


def test_each_checks_the_chains_of_the_own_office_and_the_head_office_all(house: Play) -> None:
    found = {login: ask(house, check_chains, login) for login in ("rini", "made", "dewi")}

    assert [(login, each.chains, each.breaks) for login, each in found.items()] == [
        ("rini", 1, ()),
        ("made", 1, ()),
        ("dewi", 3, ()),
    ]


def test_a_change_is_named_to_those_who_may_see_the_case(house: Play) -> None:
    change(house, 2)

    assert ask(house, check_chains, "rini").breaks == ()
    assert {(each.case, each.seq) for each in ask(house, check_chains, "made").breaks} == {("S-2026-00002", 1)}
    assert {each.case for each in ask(house, check_chains, "dewi").breaks} == {"S-2026-00002"}


def test_a_change_in_the_house_is_named_to_the_head_office_alone(house: Play) -> None:
    change(house, 0)

    assert ask(house, check_chains, "rini").breaks == ()
    assert {each.case for each in ask(house, check_chains, "dewi").breaks} == {""}


def test_a_chain_is_given_whole_to_who_oversees_and_may_open_the_case(house: Play) -> None:
    chain = ask(house, chain_of, "joko", "S-2026-00001")

    assert (chain.head_seq, chain.head_hash, chain.breaks) == (len(chain.records), chain.records[-1]["hash"], ())
    with pytest.raises(NotYours):
        ask(house, check_chains, "joko")
    with pytest.raises(NotYours):
        ask(house, chain_of, "sri", "S-2026-00001")
    with pytest.raises(NotFound):
        ask(house, chain_of, "joko", "S-2026-00002")

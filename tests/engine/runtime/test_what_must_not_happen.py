"""What a curious officer, another program or somebody at the database might try, and what comes of it."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from engine import (
    Engine,
    FormNotValid,
    Receipt,
    cancel_case,
    decide_disposition,
    open_case,
    receive_message,
    verify_audit,
)
from engine.commands.deliver_announcement import deliver_announcement
from engine.commands.receive_message import NobodyWaits, NotFromOutside, SeveralWait
from engine.course.beginning import DEEPEST, TooDeep
from engine.domain.release import Bound, Field, FieldKind
from engine.storage import tables
from tests.small_office import Play

OPTIONAL = (Field("note", "Catatan"),)
DECIDES = {"act": "decide_disposition"}


def decide(play: Play, case: str) -> Receipt:
    return play.engine.perform(
        decide_disposition, case, kind="pulang", ground="Keluarga menunggu", officer="sri", at=play.now
    )


def hand_over(play: Play) -> None:
    for each in play.engine.announced(at=play.now):
        play.engine.perform(deliver_announcement, each.number, at=play.now)


def breaks(engine: Engine) -> list[tuple[int, int]]:
    with engine.database.reading() as connection:
        return [(each.case, each.seq) for each in verify_audit(connection)]


@pytest.fixture
def tamper(engine: Engine) -> Callable[[str], None]:
    """Change what is stored as somebody who owns the database could, past what guards the audit."""
    listed = {
        True: "select name, tbl_name from sqlite_master where type = 'trigger'",
        False: "select distinct trigger_name, event_object_table from information_schema.triggers",
    }[engine.database.sqlite]

    def run(statement: str) -> None:
        with engine.database.writing() as connection:
            for name, table in connection.execute(text(listed)).all():
                connection.execute(
                    text(f'drop trigger "{name}"' + ("" if engine.database.sqlite else f' on "{table}"'))
                )
            connection.execute(text(statement))

    return run


def test_an_answer_that_is_cleared_later_is_gone_and_no_fault(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A={"form": OPTIONAL}, B={"form": OPTIONAL})
    play.open()
    play.complete("A", facts={"note": "datang sendiri"})

    play.complete("B", facts={"note": ""})

    assert [(row["name"], row["value"]) for row in play.rows(tables.fact)] == [("note", None)]
    assert play.rows(tables.incident) == []


def test_silence_on_a_question_that_is_not_asked_takes_nothing_away(play: Play) -> None:
    form = (
        Field("ill", "Sakit", FieldKind.YES_NO),
        Field("where", "Di mana", when="ill = true"),
        Field("nik", "NIK", when="ill = true", bound=Bound.SUBJECT),
    )
    play.publish("start -> user A -> user B -> end", A={"form": form}, B={"form": form})
    play.open()
    play.complete("A", facts={"ill": True, "where": "kaki", "nik": "3300000000000001"})

    play.complete("B", facts={"ill": False, "where": None, "nik": None})

    assert {row["name"]: row["value"] for row in play.rows(tables.fact)} == {"ill": False, "where": "kaki"}
    assert play.count(tables.subject_field) == 1


def test_what_one_form_keeps_with_the_person_no_program_can_make_a_fact(play: Play) -> None:
    play.publish(
        """
        start -> user A -> xor x
        x -[nik = "33"]-> user B -> end
        x -[*]-> user C -> end
        """,
        A={"form": (Field("nik", "NIK", bound=Bound.SUBJECT),)},
    )

    with pytest.raises(FormNotValid):
        play.open(facts={"nik": "3300000000000001"})

    assert play.rows(tables.fact) == []


def test_nobody_can_tell_a_case_that_its_dispositions_are_closed(play: Play) -> None:
    play.publish("start -> user Help -> end", code="home")
    play.publish("start -> user Decide -> receive W (about dispositions_closed) -> user Z -> end", Decide=DECIDES)
    case = play.open()
    decide(play, case)
    play.complete("Decide")

    with pytest.raises(NotFromOutside):
        play.engine.perform(receive_message, "dispositions_closed", keys={"case": case}, officer="sri", at=play.now)

    assert [each.element for each in play.items()] == ["Help"]


@pytest.mark.parametrize("how", ["carried out", "cancelled"])
def test_every_branch_that_waits_for_the_dispositions_goes_on_when_they_are_closed(play: Play, how: str) -> None:
    play.publish("start -> user Help -> end", code="home")
    play.publish(
        """
        start -> user Decide -> and f -> receive V (about dispositions_closed) -> and j -> end
        f -> receive W (about dispositions_closed) -> j
        """,
        Decide=DECIDES,
    )
    case = play.open()
    sub = decide(play, case).sub_case
    play.complete("Decide")

    if how == "cancelled":
        play.engine.perform(cancel_case, sub, reason="tidak jadi", officer="sri", at=play.now)
    else:
        play.complete("Help")

    assert play.state(case) == "completed"
    assert play.rows(tables.subscription) == []


def test_cases_of_other_offices_are_not_even_counted_when_a_message_comes(play: Play) -> None:
    play.publish("start -> receive W (about ping) -> user Z -> end")
    for office, login in (("JATENG", "sri"), ("JATENG", "sri"), ("NTB", "wayan")):
        play.engine.perform(open_case, "main", office=office, officer=login, at=play.now)

    moved = play.engine.perform(receive_message, "ping", officer="wayan", at=play.now)

    assert moved.case == "S-2026-00003"
    with pytest.raises(SeveralWait):
        play.engine.perform(receive_message, "ping", officer="sri", at=play.now)
    with pytest.raises(NobodyWaits):
        play.engine.perform(receive_message, "ping", officer="hana", at=play.now)


def test_drawings_that_begin_each_other_for_ever_are_stopped(play: Play) -> None:
    play.publish("start s (message two) -> throw t (message one) -> end", code="first")
    play.publish("start s (message one) -> throw t (message two) -> end", code="second")
    play.publish("start -> throw t (message one) -> end")
    play.open()

    for _ in range(DEEPEST):
        hand_over(play)

    with pytest.raises(TooDeep):
        hand_over(play)

    assert max(row["number"].count(".") for row in play.rows(tables.case)) == DEEPEST


def test_a_record_that_is_no_json_any_more_is_told_and_the_rest_is_read(
    play: Play, tamper: Callable[[str], None]
) -> None:
    play.publish("start -> user A -> end")
    play.open()
    play.open()
    tamper("update audit set data = 'no json' where case_id = 1 and seq = 1")

    tamper("update audit set officer = 'budi' where case_id = 2 and seq = 1")

    assert breaks(play.engine) == [(1, 1), (2, 1)]


def test_the_records_of_two_cases_cannot_change_places(play: Play, tamper: Callable[[str], None]) -> None:
    play.publish("start -> user A -> end")
    play.open()
    play.open()
    assert breaks(play.engine) == []

    tamper("update audit set case_id = case_id + 10 where case_id in (1, 2)")
    tamper("update audit set case_id = 13 - case_id where case_id > 10")

    assert {case for case, _ in breaks(play.engine)} == {1, 2}


def test_the_house_s_own_chain_cannot_be_taken_away_whole(play: Play, tamper: Callable[[str], None]) -> None:
    tamper("delete from audit where case_id = 0")

    tamper("delete from audit_head where case_id = 0")

    assert breaks(play.engine) == [(0, 0)]

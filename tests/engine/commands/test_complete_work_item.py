"""Finishing a work item."""

from datetime import timedelta

import pytest

from engine import FormNotValid, NotFound, NotYours, complete_work_item, decide_disposition
from engine.commands.complete_work_item import NoDisposition, NoSuchOutcome
from engine.course import Overtaken
from engine.domain.case import NoSuchOffice
from engine.domain.release import Bound, Field, FieldKind, Performer, Whose
from engine.domain.work_item import AlreadyDone, StalePage, TakenByAnother
from engine.storage import tables
from tests.small_office import Play, outcomes

CHOICE = """
    start -> user A -> xor x
    x -[outcome = "yes"]-> user B -> end
    x -[*]-> user C -> end
"""


def test_a_case_of_one_step_ends_when_the_step_is_done(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()

    done = play.complete("A")

    assert (done.case, done.state) == (number, "completed")
    assert play.items() == []


def test_the_outcome_chooses_the_way(play: Play) -> None:
    play.publish(CHOICE, A={"outcomes": outcomes("yes", "no")})
    play.open()

    play.complete("A", outcome="no")

    assert [each.element for each in play.items()] == ["C"]


@pytest.mark.parametrize("outcome", ["", "perhaps"])
def test_an_outcome_that_is_not_offered_is_refused(play: Play, outcome: str) -> None:
    play.publish(CHOICE, A={"outcomes": outcomes("yes", "no")})
    play.open()

    with pytest.raises(NoSuchOutcome):
        play.complete("A", outcome=outcome)


def test_a_fact_of_the_form_is_kept_and_read_by_a_condition(play: Play) -> None:
    play.publish(
        """
        start -> user A -> xor x
        x -[age < 18]-> user Child -> end
        x -[*]-> user Adult -> end
        """,
        A={"form": (Field("age", "Umur", FieldKind.NUMBER, required=True),)},
    )
    play.open()

    play.complete("A", facts={"age": "17"})

    assert [each.element for each in play.items()] == ["Child"]
    assert [(row["name"], row["value"]) for row in play.rows(tables.fact)] == [("age", 17)]


def test_unknown_and_missing_answers_are_named_together(play: Play) -> None:
    play.publish("start -> user A -> end", A={"form": (Field("age", "Umur", FieldKind.NUMBER, required=True),)})
    play.open()

    with pytest.raises(FormNotValid) as refused:
        play.complete("A", facts={"colour": "red"})

    assert sorted(refused.value.errors) == ["age", "colour"]


def test_a_person_s_field_enters_neither_facts_nor_audit_nor_snapshot(play: Play) -> None:
    form = (Field("nik", "NIK", bound=Bound.SUBJECT), Field("note", "Catatan"))
    play.publish("start -> user A -> user B -> end", A={"form": form})
    play.open()

    play.complete("A", facts={"nik": "3300000000000001", "note": "datang sendiri"})

    assert [row["name"] for row in play.rows(tables.fact)] == ["note"]
    everything = str([play.rows(each) for each in tables.metadata.sorted_tables])
    assert "3300000000000001" not in everything
    assert play.count(tables.subject_field) == 1


def test_an_office_of_the_case_lets_a_lane_of_that_office_work(play: Play) -> None:
    form = (Field("origin_office", "Daerah asal", FieldKind.OFFICE, bound=Bound.CASE),)
    play.publish(
        "start -> user A -> user B -> end", A={"form": form}, B={"performer": Performer("petugas", Whose.ORIGIN)}
    )
    number = play.open()

    play.complete("A", facts={"origin_office": "NTB"})

    assert [(each.element, each.office) for each in play.items()] == [("B", "NTB")]
    assert play.complete("B", officer="wayan").case == number


def test_a_lane_whose_office_is_not_known_yet_says_what_to_fill_in(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", B={"performer": Performer("petugas", Whose.ORIGIN)})
    play.open()

    with pytest.raises(NoSuchOffice, match="origin_office has not been filled in"):
        play.complete("A")

    assert [each.element for each in play.items()] == ["A"]


def test_another_post_of_the_office_is_told_whose_work_it_is(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.open()

    with pytest.raises(NotYours, match="petugas"):
        play.complete("A", officer="tini")


def test_another_office_is_told_that_there_is_no_such_item(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.open()

    with pytest.raises(NotFound):
        play.complete("A", officer="wayan")


def test_who_comes_second_learns_who_was_first_and_when(play: Play) -> None:
    play.publish("start -> user A -> user B -> end")
    play.open()
    (item,) = play.items()
    play.complete("A", officer="budi")

    with pytest.raises(AlreadyDone, match="Budi completed it at 08:01"):
        play.engine.perform(complete_work_item, item.number, seen=item.version, officer="sri", at=play.now)


def test_a_page_made_before_a_change_is_stale(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.open()
    play.claim("A")
    play.give_back("A")

    with pytest.raises(StalePage):
        play.complete("A", seen=1)


def test_an_item_that_a_colleague_holds_is_not_to_be_had(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.open()
    play.claim("A", officer="budi")

    with pytest.raises(TakenByAnother, match="Budi"):
        play.complete("A", officer="sri")


def test_an_interrupting_timer_that_was_due_first_wins_though_no_worker_ran(play: Play) -> None:
    play.publish("""
        start -> user A -> end
        boundary late (on A; timer PT1H) -> user Remind -> end over
    """)
    play.open()
    play.now += timedelta(hours=2)

    with pytest.raises(Overtaken):
        play.complete("A")

    assert [each.element for each in play.items()] == ["Remind"]
    assert play.count(tables.timer) == 0


def test_a_timer_that_does_not_interrupt_leaves_the_work_to_be_done(play: Play) -> None:
    play.publish("""
        start -> user A -> end
        boundary late (on A; timer PT1H; beside) -> user Remind -> end over
    """)
    play.open()
    play.now += timedelta(hours=2)

    play.complete("A")

    assert [each.element for each in play.items()] == ["Remind"]


def test_an_activity_that_asks_for_a_decision_waits_for_one(play: Play) -> None:
    play.publish("start -> user Help -> end", code="home")
    play.publish("start -> user Decide -> user B -> end", Decide={"act": "decide_disposition"})
    number = play.open()
    with pytest.raises(NoDisposition):
        play.complete("Decide")

    play.engine.perform(
        decide_disposition, number, kind="pulang", ground="Keluarga menunggu", officer="sri", at=play.now
    )

    assert play.complete("Decide").state == "running"


def test_two_branches_that_write_different_values_are_told(play: Play) -> None:
    form = {"form": (Field("cost", "Biaya", FieldKind.MONEY),)}
    play.publish("start -> and f -> user A -> and j -> end\n f -> user B -> j", A=form, B=form)
    play.open()
    play.complete("A", facts={"cost": 5})

    done = play.complete("B", facts={"cost": 7})

    assert done.notes == ("fact.disputed: cost",)
    (row,) = play.rows(tables.fact)
    assert (row["value"], row["disputed"]) == (7, 5)
    assert "fact.disputed" in [each["kind"] for each in play.rows(tables.audit)]


BRANCHES = "start -> and f -> user A -> user B -> and j -> end\n f -> user C -> user D -> j"
COURT, MONEY = {"stage": "court", "line": 1}, {"stage": "money", "line": 2}


@pytest.mark.parametrize("order", ["ACBD", "CADB", "ACDB", "CABD"])
def test_of_two_branches_the_one_drawn_further_on_says_the_stage_whoever_moves(play: Play, order: str) -> None:
    play.publish(BRANCHES, A=COURT, B=COURT, C=MONEY, D=MONEY)
    play.open()

    seen = []
    for step in order:
        seen.append(play.rows(tables.case)[0]["stage"])
        play.complete(step)

    still_there = order.index("D") + 1
    assert seen == ["money"] * still_there + ["court"] * (4 - still_there)

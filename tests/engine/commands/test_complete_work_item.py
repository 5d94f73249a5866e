"""Finishing a work item."""

from tests.small_office import Play, outcomes


def test_a_case_of_one_step_ends_when_the_step_is_done(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()

    done = play.complete("A")

    assert (done.case, done.state) == (number, "completed")
    assert play.items() == []


def test_the_outcome_chooses_the_way(play: Play) -> None:
    play.publish(
        """
        start -> user A -> xor x
        x -[outcome = "yes"]-> user B -> end
        x -[*]-> user C -> end
        """,
        A={"outcomes": outcomes("yes", "no")},
    )
    play.open()

    play.complete("A", outcome="no")

    assert [each.element for each in play.items()] == ["C"]

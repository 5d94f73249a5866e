"""What leaves a case in one step is numbered in the order of the step, on both databases: by that it goes out."""

from engine.storage import tables
from tests.small_office import Play


def test_messages_of_one_step_go_out_as_they_were_thrown(play: Play) -> None:
    play.publish(
        "start -> user A -> throw T (message satu) -> throw U (message dua) -> throw V (message tiga) -> user B -> end"
    )
    play.open()

    play.complete("A")

    assert [row["name"] for row in play.rows(tables.announcement)] == ["satu", "dua", "tiga"]

"""Putting editions in force and out of force."""

from pathlib import Path

import pytest

import engine.commands
from engine import NotFound, NotYours, publish_release, revoke_release
from engine.commands.publish_release import NobodyToDoIt
from engine.process import CannotRun
from engine.storage import tables
from tests.small_office import MORNING, Play, release_of

CALLS = "start -> call {} (micro) -> end\nprocess micro {{\n start -> user {} -> end\n}}"


def editions(play: Play) -> list[tuple[str, int, str]]:
    return [(row["code"], row["edition"], row["state"]) for row in play.rows(tables.release)]


def test_a_new_edition_supersedes_the_old_and_running_cases_stay(play: Play) -> None:
    play.publish("start -> user Old -> user Next -> end")
    play.open()

    play.publish("start -> user New -> end")
    play.open()
    play.complete("Old")

    assert sorted(each.element for each in play.items()) == ["New", "Next"]
    assert editions(play) == [("main", 1, "superseded"), ("main", 2, "in-force")]


def test_an_edition_that_says_the_same_changes_nothing(play: Play) -> None:
    play.publish("start -> user A -> end")

    done = play.publish("start -> user A -> end")

    assert done.state == "unchanged"
    assert play.count(tables.release) == 1


def test_a_step_without_a_post_is_refused(play: Play) -> None:
    with pytest.raises(NobodyToDoIt, match="“A” of main"):
        play.publish("start -> user A -> end", A={"performer": None})


def test_a_drawing_that_does_not_run_is_refused_with_its_findings(play: Play) -> None:
    with pytest.raises(CannotRun) as refused:
        play.publish("start -> script A -> end")

    assert refused.value.findings
    assert play.count(tables.release) == 0


def test_publishing_a_micro_releases_its_callers_anew(play: Play) -> None:
    play.publish("start -> call c (calls micro) -> end\nprocess micro {\n start -> user Old -> end\n}")

    play.publish("start -> user New -> end", code="micro")
    play.open()

    assert editions(play) == [("main", 1, "superseded"), ("micro", 1, "in-force"), ("main", 2, "in-force")]
    assert [each.element for each in play.items()] == ["New"]


def test_a_revoked_procedure_begins_no_case(play: Play) -> None:
    play.publish("start -> user A -> end")

    play.engine.perform(revoke_release, "main", reason="Peraturan dicabut", at=MORNING)

    with pytest.raises(NotFound):
        play.open()


def test_every_command_has_a_test_of_its_name() -> None:
    commands = {path.stem for path in Path(engine.commands.__file__).parent.glob("[a-z]*.py")}
    told = "".join(path.read_text() for path in Path(__file__).parents[1].rglob("test_*.py"))

    assert {each for each in commands if each not in told} == set()


def test_only_whoever_may_publish_puts_a_release_in_force(play: Play) -> None:
    with pytest.raises(NotYours, match="put a procedure in force"):
        play.engine.perform(publish_release, release_of("start -> user A -> end"), officer="sri", at=MORNING)

    assert play.count(tables.release) == 0

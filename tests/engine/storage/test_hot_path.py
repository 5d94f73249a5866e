"""What one completed work item sends to the database, in how many round trips, and that a guard holds there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
import sqlalchemy
from sqlalchemy import bindparam, event, insert, update

from engine.domain.release import Allowance, Clock, Field
from engine.storage import hot_path, tables
from engine.storage.database import Conflict
from tests.small_office import MORNING, Play

KEPT = Path(__file__).parent / "hot_path"


@contextmanager
def overheard() -> Iterator[list[Sequence[hot_path.Sentence]]]:
    """Every trip over the hot path; nothing may go beside it."""
    trips: list[Sequence[hot_path.Sentence]] = []
    run = hot_path.run

    def tell(connection: sqlalchemy.Connection, sentences: Sequence[hot_path.Sentence]) -> list[hot_path.Answer]:
        trips.append(sentences)
        return run(connection, sentences)

    def beside(_c: object, _u: object, statement: str, *_: object) -> None:
        trips.append([(f"-- beside the hot path\n{statement}", [])])

    event.listen(sqlalchemy.Engine, "before_cursor_execute", beside)
    with mock.patch.object(hot_path, "run", tell):
        yield trips
    event.remove(sqlalchemy.Engine, "before_cursor_execute", beside)


def spoken(trips: Sequence[Sequence[hot_path.Sentence]]) -> str:
    told = (";\n\n".join(text for text, _ in trip) for trip in trips)
    return "".join(f"-- round trip {number}\n\n{each};\n\n" for number, each in enumerate(told, 1)).rstrip() + "\n"


def test_one_completed_work_item_sends_what_is_kept(play: Play) -> None:
    step = {"form": (Field("note", "Note"),), "allowance": Allowance(4, Clock.WORKING_HOURS)}
    play.publish("start -> user A -> user B -> user C -> end", A=step, B=step, C=step)
    play.open()
    play.complete("A", facts={"note": "first"}, key="1")
    item = play.item("B")

    with overheard() as trips:
        play.complete_number(item, facts={"note": "second"}, key="2")

    kind = "sqlite" if play.engine.database.sqlite else "postgresql"
    kept = KEPT / f"complete_work_item.{kind}.sql"
    assert spoken(trips) == kept.read_text(encoding="utf-8")


SAVE = (
    update(tables.counter)
    .where(tables.counter.c.name == bindparam("of"), tables.counter.c.value == bindparam("was"))
    .values(value=bindparam("new"))
)


def rows(count: int) -> list[dict[str, object]]:
    return [{"name": f"n{number}", "value": 0} for number in range(count)]


def write(play: Play, *puts: hot_path.Put) -> None:
    with play.engine.database.writing() as connection:
        hot_path.write(connection, puts)


@pytest.mark.parametrize("count", [1, hot_path.MOST_TOGETHER + 1])
def test_a_row_that_is_no_longer_as_it_was_read_takes_everything_back(play: Play, count: int) -> None:
    before = play.count(tables.counter)

    with pytest.raises(Conflict):
        write(play, (insert(tables.counter), rows(count), False), (SAVE, [{"of": "n0", "was": 7, "new": 8}], True))

    assert play.count(tables.counter) == before


@pytest.mark.parametrize("count", [2, hot_path.MOST_TOGETHER + 2])
def test_few_rows_and_many_are_written_alike(play: Play, count: int) -> None:
    changed = [{"of": f"n{number}", "was": 0, "new": number} for number in range(count)]

    write(play, (insert(tables.counter), rows(count), False))
    write(play, (SAVE, changed, True))

    made = {row["name"]: row["value"] for row in play.rows(tables.counter) if row["name"].startswith("n")}
    assert made == {f"n{number}": number for number in range(count)}


def test_what_is_asked_together_is_answered_apart(play: Play) -> None:
    one = sqlalchemy.select(tables.officer.c.login, tables.officer.c.added_at).where(tables.officer.c.login == "sri")
    none = sqlalchemy.select(tables.case.c.id)

    with play.engine.database.writing() as connection:
        (found,), nothing = hot_path.ask(connection, (one, {}), (none, {}))

    assert (found.login, found.added_at.utcoffset(), nothing) == ("sri", MORNING.utcoffset(), [])

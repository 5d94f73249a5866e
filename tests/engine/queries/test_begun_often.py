"""What an office begins most."""

from __future__ import annotations

from engine import Engine, open_case
from engine.queries.begun_often import begun_often
from tests.small_office import MORNING, Play


def begun(engine: Engine, *offices: str, most: int = 5) -> tuple[str, ...]:
    with engine.reading(at=MORNING) as reader:
        return begun_often(reader, offices, most=most)


def test_what_is_begun_most_in_these_offices_comes_first(engine: Engine, play: Play) -> None:
    for code in ("often", "seldom", "never"):
        play.publish("start -> user A -> end", code)
    for code, office, officer in (
        ("seldom", "JATENG", "sri"),
        ("often", "JATENG", "sri"),
        ("often", "JATENG", "budi"),
        ("seldom", "NTB", "wayan"),
    ):
        engine.perform(open_case, code, office=office, officer=officer, at=MORNING)

    assert begun(engine, "JATENG") == ("often", "seldom")
    assert begun(engine, "NTB") == ("seldom",)
    assert begun(engine, "JATENG", "NTB", most=1) == ("often",)
    assert begun(engine) == ()

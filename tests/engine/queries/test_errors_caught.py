"""Which errors may be reported at a step."""

from engine.queries.ahead import Place
from engine.queries.errors_caught import errors_caught
from tests.small_office import release_of

DRAWING = "start -> user A -> user B -> end\nboundary broken (on A; error tidak-ada) -> user C -> end"


def test_an_error_that_the_drawing_catches_at_the_step_may_be_reported_there_and_nowhere_else() -> None:
    release = release_of(DRAWING)

    at_a, at_b = (errors_caught(release, Place("main", each, ())) for each in ("A", "B"))

    assert [(each.code, each.name) for each in at_a] == [("tidak-ada", "tidak-ada")]
    assert at_b == ()

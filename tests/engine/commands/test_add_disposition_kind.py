"""Adding a course that a case may take."""

from engine import add_disposition_kind
from engine.domain.disposition import DispositionKind
from engine.storage import tables
from tests.small_office import Play


def test_a_new_course_is_stored_and_recorded(play: Play) -> None:
    kind = DispositionKind("rujuk", "Dirujuk ke rumah sakit", "hospital")

    play.engine.perform(add_disposition_kind, kind, at=play.now)

    assert "rujuk" in [row["code"] for row in play.rows(tables.disposition_kind)]
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]) == ("disposition_kind.added", {"code": "rujuk", "procedure": "hospital"})


def test_a_course_that_is_added_again_replaces_its_words(play: Play) -> None:
    before = play.count(tables.disposition_kind)

    play.engine.perform(add_disposition_kind, DispositionKind("pulang", "Pulang", "home"), at=play.now)

    assert play.count(tables.disposition_kind) == before

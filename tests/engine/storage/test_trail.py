"""The audit chain: what was written can be checked, and what was changed is found."""

from collections.abc import Iterable

import pytest
from sqlalchemy import text

from engine import ends_of, not_continued, verify_audit
from engine.domain.audit import canonical
from engine.storage import tables
from engine.storage.trail import Place, read_links
from tests.small_office import MORNING, Play


@pytest.fixture
def audited(play: Play) -> Play:
    play.publish("start -> user A -> user B -> end")
    play.open()
    play.open()
    for item in play.items():
        play.complete_number(item)
    return play


def breaks(play: Play) -> list[tuple[int, int]]:
    with play.engine.database.reading() as connection:
        return [(each.case, each.seq) for each in verify_audit(connection)]


def attack(play: Play, statements: Iterable[str]) -> None:
    sqlite = play.engine.database.sqlite
    off = (
        ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
        if sqlite
        else ["DROP TRIGGER audit_kept ON audit"]
    )
    with play.engine.database.writing() as connection:
        for statement in (*off, *statements):
            connection.execute(text(statement))


def test_every_command_that_was_carried_out_has_its_record_and_the_chains_hold(audited: Play) -> None:
    kinds = [row["kind"] for row in audited.rows(tables.audit) if row["case_id"]]

    assert sorted(kinds) == ["case.opened"] * 2 + ["work_item.completed"] * 2
    assert breaks(audited) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit SET officer = 'tini' WHERE case_id = 1 AND seq = 2", [(1, 2)]),
        ("UPDATE audit SET data = '{}' WHERE case_id = 1 AND seq = 1", [(1, 1)]),
        ("DELETE FROM audit WHERE case_id = 1 AND seq = 1", [(1, 2), (1, 2)]),
        ("DELETE FROM audit WHERE case_id = 2 AND seq = 2", [(2, 1)]),
        ("DELETE FROM audit WHERE case_id = 2", [(2, 0), (2, 0)]),
        ("UPDATE audit SET case_id = 3 WHERE case_id = 2", [(2, 0), (2, 0), (3, 1), (3, 2), (3, 2)]),
    ],
)
def test_a_change_behind_the_program_s_back_is_found(
    audited: Play, statement: str, found: list[tuple[int, int]]
) -> None:
    attack(audited, [statement])

    assert breaks(audited) == found


def test_a_case_that_vanished_with_its_chain_and_head_is_found(audited: Play) -> None:
    attack(audited, ["DELETE FROM audit WHERE case_id = 2", "DELETE FROM audit_head WHERE case_id = 2"])

    assert (2, 0) in breaks(audited)


def test_the_trail_of_the_house_holds_what_belongs_to_no_case(audited: Play) -> None:
    kinds = {row["kind"] for row in audited.rows(tables.audit) if row["case_id"] == 0}

    assert {"office.added", "officer.added", "post.assigned", "release.published"} <= kinds


def test_json_is_written_one_way_only() -> None:
    assert canonical({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'
    with pytest.raises(ValueError, match="Out of range"):
        canonical(float("nan"))


def test_a_moment_without_a_zone_is_refused(play: Play) -> None:
    with pytest.raises(Exception, match="zone"), play.engine.begin(at=MORNING.replace(tzinfo=None)) as work:
        work.trail.note("seen", work.at, "sri")


@pytest.mark.parametrize("most", [1, 2, 3, 5])
@pytest.mark.parametrize("statement", ["", "UPDATE audit SET case_id = 3 WHERE case_id = 2", "DELETE FROM audit_head"])
def test_pieces_of_every_length_find_what_one_reading_finds(audited: Play, most: int, statement: str) -> None:
    attack(audited, [statement] if statement else [])
    with audited.engine.database.reading() as connection:
        whole = read_links(connection, Place())

        pieces = [read_links(connection, Place(), most)]
        while (place := pieces[-1].place) is not None:
            pieces.append(read_links(connection, place, most))

    assert whole.place is None
    assert [each for piece in pieces for each in piece.breaks] == list(whole.breaks)
    assert [each for piece in pieces for each in piece.ends] == list(whole.ends)
    assert (sum(piece.records for piece in pieces), max(piece.records for piece in pieces)) == (whole.records, most)


def test_what_was_kept_outside_shows_a_chain_that_was_made_anew_and_a_case_that_vanished(audited: Play) -> None:
    with audited.engine.database.reading() as connection:
        kept = list(ends_of(connection))
        assert list(not_continued(connection, kept)) == []
    audited.open()

    attack(audited, ["DELETE FROM audit WHERE case_id = 2", "DELETE FROM audit_head WHERE case_id = 2"])

    with audited.engine.database.reading() as connection:
        assert list(not_continued(connection, kept)) == [("2", 2)]

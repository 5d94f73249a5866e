"""Opening a group of people who arrive together."""

from datetime import timedelta

import pytest

from engine import NotFound, NotValid, NotYours
from engine.storage import tables
from tests.engine.commands.rombongan import opened
from tests.small_office import Play


def test_groups_are_numbered_by_year_and_recorded_in_the_house_s_own_chain(play: Play) -> None:
    assert [opened(play), opened(play)] == ["R-2026-00001", "R-2026-00002"]

    told = [row for row in play.rows(tables.audit) if row["kind"] == "event.opened"]
    assert next((row["case_id"], row["office"], row["data"]["event"]) for row in told) == (0, "JATENG", "R-2026-00001")


def test_a_note_is_kept_encrypted(play: Play) -> None:
    opened(play, note="Nakhoda bernama Contoh")

    (row,) = play.rows(tables.event)
    assert row["note"].startswith("1.k1.")


def test_only_who_holds_a_post_in_the_office_opens_a_group_of_it(play: Play) -> None:
    with pytest.raises(NotYours):
        opened(play, officer="wayan")

    assert play.count(tables.event) == 0


def test_a_group_of_a_procedure_or_message_that_nothing_begins_with_is_refused(play: Play) -> None:
    with pytest.raises(NotFound):
        opened(play, procedure="elsewhere")
    with pytest.raises(NotFound):
        opened(play, message="nobody_sends_this")


def test_a_group_without_a_title_or_found_tomorrow_is_refused(play: Play) -> None:
    with pytest.raises(NotValid):
        opened(play, title=" ")
    with pytest.raises(NotValid):
        opened(play, found_at=play.now + timedelta(hours=1))

"""Choosing which notices come by mail."""

import pytest

from engine import NotValid, choose_notices
from engine.domain.notice import Mailing, Topic
from engine.storage import tables
from engine.storage.notices import choices_of
from tests.small_office import Play


def choose(play: Play, **mail: str) -> None:
    play.engine.perform(choose_notices, mail=mail, officer="sri", at=play.now)


def chosen(play: Play) -> dict[Topic, Mailing]:
    with play.engine.reading(at=play.now) as reader:
        return choices_of(reader.connection, 1)


def test_what_was_chosen_last_counts_and_the_rest_is_as_it_was(play: Play) -> None:
    choose(play, deadlines="digest", work="off")
    choose(play, deadlines="off")

    assert chosen(play) == {
        Topic.DEADLINES: Mailing.OFF,
        Topic.OVERSIGHT: Mailing.AT_ONCE,
        Topic.WORK: Mailing.OFF,
        Topic.HANDOVERS: Mailing.AT_ONCE,
        Topic.EXTENSIONS: Mailing.AT_ONCE,
        Topic.FEEDBACK: Mailing.AT_ONCE,
        Topic.PROGRAMS: Mailing.AT_ONCE,
    }
    assert "notices.chosen" in [row["kind"] for row in play.rows(tables.audit)]


@pytest.mark.parametrize("mail", [{"weather": "off"}, {"work": "sometimes"}])
def test_what_nobody_knows_is_refused_and_nothing_is_changed(play: Play, mail: dict[str, str]) -> None:
    with pytest.raises(NotValid, match="choice of notices"):
        choose(play, deadlines="off", **mail)

    assert play.count(tables.notice_choice) == 0

"""Who needs a second factor, from which day on."""

from datetime import date

import pytest

from engine import NotFound, NotYours, require_factor
from engine.domain.sign_on import needed_since
from tests.engine.signing_on import kinds
from tests.small_office import Play

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def require(play: Play, *post: str, since: date | None = MAY, officer: str | None = None) -> None:
    play.engine.perform(require_factor, *post, since=since, officer=officer, at=play.now)


def needed(play: Play, login: str) -> date | None:
    with play.engine.reading(at=play.now) as reader:
        return needed_since(reader.organisation.factors, play.engine.officer(login, at=play.now).holdings)


def test_the_earliest_day_of_the_posts_that_are_held_counts(play: Play) -> None:
    before = needed(play, "sri")
    require(play, "ketua", since=MAY)
    require(play, "petugas", since=JUNE)

    assert before is None
    assert (needed(play, "tini"), needed(play, "sri"), needed(play, "hana")) == (MAY, JUNE, MAY)
    assert kinds(play)[-1] == "factor.required"


def test_without_a_post_it_is_everybody_who_holds_one(play: Play) -> None:
    require(play)

    assert {needed(play, login) for login in ("sri", "tini", "wayan")} == {MAY}


def test_it_can_be_taken_back(play: Play) -> None:
    require(play)

    require(play, since=None)

    assert needed(play, "sri") is None


def test_it_is_for_who_administers_and_for_posts_that_there_are(play: Play) -> None:
    with pytest.raises(NotYours):
        require(play, officer="sri")
    with pytest.raises(NotFound):
        require(play, "raja")

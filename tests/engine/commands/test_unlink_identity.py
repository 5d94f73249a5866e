"""Letting an account of the agency in no more."""

import pytest

from engine import NotFound, NotYours, set_sign_on_rules, unlink_identity
from engine.storage import tables
from tests.engine.signing_on import come, enter, kinds, link
from tests.small_office import Play


def test_its_sessions_end_at_once_and_others_go_on(play: Play) -> None:
    number = link(play).number
    here, there = come(play).name, enter(play)

    play.engine.perform(unlink_identity, number, at=play.now)

    assert play.engine.session(here, at=play.now) is None
    assert play.engine.session(there, at=play.now) is not None
    assert come(play).state == "unknown"
    assert kinds(play)[-1] == "identity.unlinked"


def test_an_account_may_be_linked_anew_to_somebody_else(play: Play) -> None:
    play.engine.perform(unlink_identity, link(play).number, at=play.now)

    link(play, "budi")

    assert come(play).state == "signed-in"


def test_no_rule_links_again_what_somebody_has_unlinked(play: Play) -> None:
    play.engine.perform(set_sign_on_rules, link_by="preferred_username", at=play.now)
    first = come(play, "a-1", preferred_username="sri")
    (number,) = (each["id"] for each in play.rows(tables.identity_link))

    play.engine.perform(unlink_identity, number, at=play.now)

    said = [
        come(play, each, preferred_username=login) for each, login in (("a-1", "sri"), ("a-2", "sri"), ("a-1", "budi"))
    ]
    assert (first.state, [each.state for each in said]) == ("signed-in", ["unknown"] * 3)
    link(play)
    assert come(play, preferred_username="sri").state == "signed-in"


def test_it_is_for_who_administers_and_for_links_that_there_are(play: Play) -> None:
    number = link(play).number

    with pytest.raises(NotYours):
        play.engine.perform(unlink_identity, number, officer="sri", at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(unlink_identity, 99, at=play.now)

"""Taking a line out of the table of claims."""

import pytest

from engine import NotFound, NotYours, end_claim_rule
from tests.engine.commands.test_add_claim_rule import put
from tests.engine.signing_on import come, held, kinds, link
from tests.small_office import Play


def test_the_post_is_over_at_the_next_sign_in(play: Play) -> None:
    link(play)
    number = put(play).number
    come(play, roles="lajur-ketua")

    play.engine.perform(end_claim_rule, number, at=play.now)
    until_then = held(play)
    come(play, roles="lajur-ketua")

    assert ("ketua", "NTB") in until_then
    assert held(play) == [("petugas", "JATENG")]
    assert "claim_rule.ended" in kinds(play)
    assert kinds(play)[-1] == "holding.ended"


def test_it_is_for_who_administers_and_for_lines_that_there_are(play: Play) -> None:
    number = put(play).number

    with pytest.raises(NotYours):
        play.engine.perform(end_claim_rule, number, officer="sri", at=play.now)
    play.engine.perform(end_claim_rule, number, at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(end_claim_rule, number, at=play.now)

"""How far the word of another house goes."""

from typing import Any

import pytest

from engine import NotValid, NotYours, set_sign_on_rules
from tests.engine.signing_on import come, kinds, link
from tests.small_office import Play


def say(play: Play, officer: str | None = None, **rules: Any) -> None:
    play.engine.perform(set_sign_on_rules, **rules, officer=officer, at=play.now)


def factor_of(play: Play, **claims: Any) -> str:
    found = play.engine.session(come(play, **claims).name, at=play.now)
    assert found is not None
    return found.factor


def test_the_providers_word_for_two_factors_counts_only_where_the_rule_says_so(play: Play) -> None:
    link(play)
    before = factor_of(play, amr=["pwd", "mfa"])

    say(play, amr=["mfa"], acr=["tingkat-3"])

    assert before == ""
    assert factor_of(play, amr=["pwd", "mfa"]) == factor_of(play, acr="tingkat-3") == "provider"
    assert factor_of(play, amr=["pwd"], acr="tingkat-1") == factor_of(play) == ""
    assert kinds(play)[-1] == "sign_on_rules.set"


def test_what_is_not_given_is_not_believed_any_more(play: Play) -> None:
    link(play)
    say(play, link_by="preferred_username", amr=["mfa"])

    say(play)

    assert factor_of(play, amr=["mfa"]) == ""
    assert come(play, "a-2", preferred_username="budi").state == "unknown"


@pytest.mark.parametrize("claim", ["email", "name", "sub"])
def test_claims_that_people_write_themselves_link_nobody(play: Play, claim: str) -> None:
    with pytest.raises(NotValid):
        say(play, link_by=claim)


def test_it_is_for_who_administers_and_has_its_limits(play: Play) -> None:
    with pytest.raises(NotYours):
        say(play, officer="sri", amr=["mfa"])
    with pytest.raises(NotValid):
        say(play, amr=[str(each) for each in range(21)])

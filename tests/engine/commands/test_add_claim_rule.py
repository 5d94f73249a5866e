"""Lines of the table of claims."""

from typing import Any

import pytest

from engine import NotFound, NotValid, NotYours, WrongState, add_claim_rule
from engine.storage import tables
from tests.engine.signing_on import come, held, kinds, link
from tests.small_office import Play

LINE = {"claim": "roles", "value": "lajur-ketua", "post": "ketua", "office": "NTB"}


def put(play: Play, officer: str | None = None, **other: str) -> Any:
    return play.engine.perform(add_claim_rule, **{**LINE, **other}, officer=officer, at=play.now)


def test_it_gives_a_post_at_the_next_sign_in_and_not_before(play: Play) -> None:
    link(play)
    put(play)
    before = held(play)

    come(play, roles=["lajur-ketua", "lain"])

    assert before == [("petugas", "JATENG")]
    assert held(play) == [("petugas", "JATENG"), ("ketua", "NTB")]
    assert "claim_rule.added" in kinds(play)


def test_a_claim_that_only_sounds_like_a_post_gives_nothing(play: Play) -> None:
    link(play)
    put(play)

    come(play, roles="ketua", post="ketua", groups=["lajur-ketua"], realm={"roles": ["lajur-ketua"]})

    assert held(play) == [("petugas", "JATENG")]


def test_a_path_leads_into_a_claim_and_a_name_with_dots_counts_first(play: Play) -> None:
    link(play)
    put(play, claim="realm_access.roles")
    put(play, claim="https://sso.contoh.example/peran", value="7")

    come(play, realm_access={"roles": ["lajur-ketua"]})
    once = held(play)
    dotted: dict[str, Any] = {"https://sso.contoh.example/peran": 7}
    come(play, **dotted)

    assert once == held(play) == [("petugas", "JATENG"), ("ketua", "NTB")]


def test_what_is_unknown_empty_or_there_already_is_refused(play: Play) -> None:
    put(play)

    with pytest.raises(WrongState):
        put(play)
    for wrong, why in (({"post": "raja"}, NotFound), ({"office": "BULAN"}, NotFound), ({"value": " "}, NotValid)):
        with pytest.raises(why):
            put(play, **wrong)
    with pytest.raises(NotYours):
        put(play, officer="sri", value="lain")

    assert play.count(tables.claim_rule) == 1

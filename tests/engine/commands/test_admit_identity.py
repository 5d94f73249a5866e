"""`admit_identity`: whom another house vouches for."""

from datetime import timedelta

from engine import assign_post, deactivate_officer, set_sign_on_rules
from engine.storage import tables
from tests.engine.commands.test_add_claim_rule import put
from tests.engine.signing_on import come, held, kinds, link
from tests.small_office import Play


def test_an_account_that_nobody_linked_opens_nothing_whatever_it_is_called(play: Play) -> None:
    receipt = come(play, "sri", preferred_username="sri", email="sri@contoh.example", name="Sri")

    assert (receipt.state, receipt.name) == ("unknown", "")
    assert play.count(tables.session) == play.count(tables.identity_link) == 0
    assert play.rows(tables.access_record)[-1]["kind"] == "identity.refused"


def test_the_session_says_how_it_began_and_nothing_of_the_token_is_kept(play: Play) -> None:
    link(play)

    receipt = come(play, given_name="Penandaku", session="s-1")

    (row,) = play.rows(tables.session)
    found = play.engine.session(receipt.name, at=play.now)
    assert found is not None
    assert (found.login, found.way, found.factor, row["device"]) == ("sri", "provider", "", "Firefox · Linux")
    assert play.rows(tables.access_record)[-1]["kind"] == "identity.admitted"
    assert "Penandaku" not in str([play.rows(each) for each in tables.metadata.sorted_tables])


def test_a_rule_links_at_the_first_sign_in_and_only_then(play: Play) -> None:
    play.engine.perform(set_sign_on_rules, link_by="preferred_username", at=play.now)

    first = come(play, "a-1", preferred_username="SRI")
    again = come(play, "a-1", preferred_username="budi")
    other = come(play, "a-2", preferred_username="sri")
    nobody = come(play, "a-3", preferred_username="tidak-ada")
    many = come(play, "a-4", preferred_username=["budi", "tini"])

    assert [each.state for each in (first, again, other, nobody, many)] == ["signed-in"] * 2 + ["unknown"] * 3
    assert [row["login"] for row in (each["data"] for each in play.rows(tables.audit)) if "issuer" in row] == ["sri"]


def test_who_was_taken_out_of_the_house_stays_out(play: Play) -> None:
    link(play)
    play.engine.perform(deactivate_officer, "sri", reason="Pindah.", at=play.now)

    assert come(play).state == "inactive"


def test_a_post_that_is_not_said_any_more_is_over_at_once_and_recorded(play: Play) -> None:
    link(play)
    put(play)
    come(play, roles="lajur-ketua")
    play.now += timedelta(days=2)
    come(play, roles="lajur-ketua")
    kept = held(play)

    come(play, roles=[])

    assert kept == [("petugas", "JATENG"), ("ketua", "NTB")]
    assert held(play) == [("petugas", "JATENG")]
    assert kinds(play)[-2:] == ["post.assigned", "holding.ended"]
    assert play.rows(tables.audit)[-1]["data"]["by"] == "claims"


def test_posts_given_by_hand_are_left_alone_also_where_a_claim_gives_the_same(play: Play) -> None:
    link(play)
    put(play, office="JATENG")
    play.engine.perform(assign_post, "sri", post="ketua", office="JATENG", begins_on=play.now.date(), at=play.now)

    come(play, roles="lajur-ketua")
    come(play)

    assert held(play) == [("petugas", "JATENG"), ("ketua", "JATENG")]
    assert play.count(tables.holding_by_rule) == 0


def test_it_comes_back_when_it_is_said_again(play: Play) -> None:
    link(play)
    put(play)
    for roles in ("lajur-ketua", "", "lajur-ketua"):
        come(play, roles=roles)
        play.now += timedelta(days=1)

    assert ("ketua", "NTB") in held(play)
    assert play.count(tables.holding_by_rule) == 2


def test_a_way_to_the_provider_is_good_once_and_let_go_after_an_hour(play: Play) -> None:
    given = {"browser": "b", "nonce": "n", "verifier": "v", "following": "/cases"}
    play.engine.begin_sign_on("rahasia-1", **given, at=play.now)
    first, again = (play.engine.back_from_sign_on("rahasia-1", browser="b", at=play.now) for _ in range(2))
    other = play.engine.back_from_sign_on("rahasia-1", browser="c", at=play.now)
    kept = str(play.rows(tables.sign_on_request))

    gone = play.engine.tidy(at=play.now + timedelta(hours=2))

    assert [each and (each.used, each.same_browser) for each in (first, again, other)] == [
        (False, True),
        (True, True),
        (True, False),
    ]
    assert "rahasia-1" not in kept
    assert (gone, play.count(tables.sign_on_request)) == (1, 0)

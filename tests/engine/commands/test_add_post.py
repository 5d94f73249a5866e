"""Adding a post."""

from engine import add_post
from engine.domain.organisation import Post
from engine.storage import tables
from tests.small_office import Play


def test_a_new_post_is_stored_and_recorded(play: Play) -> None:
    play.engine.perform(add_post, Post("juru-bahasa", "Juru Bahasa"), at=play.now)

    assert "juru-bahasa" in [row["code"] for row in play.rows(tables.post)]
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]) == ("post.added", {"code": "juru-bahasa", "title": "Juru Bahasa", "powers": []})


def test_a_post_that_is_added_again_is_renamed(play: Play) -> None:
    before = play.count(tables.post)

    play.engine.perform(add_post, Post("ketua", "Ketua Tim"), at=play.now)

    assert play.count(tables.post) == before
    assert "Ketua Tim" in [row["title"] for row in play.rows(tables.post)]

"""Letting another program be told."""

from typing import Any

import pytest

from engine import NotValid, NotYours, add_webhook
from engine.commands.add_webhook import NotAWebhook
from engine.storage import tables
from engine.storage.webhooks import get_webhook
from tests.small_office import KEYS, Play

URL = "https://mitra.contoh.example:8443/kabar?kunci=7"


def add(play: Play, **more: Any) -> Any:
    given = {"name": "Mitra", "url": URL, "kinds": ["case.opened"], **more}
    return play.engine.perform(add_webhook, **given, at=play.now)


def test_it_is_kept_encrypted_and_only_the_answer_tells_the_secret(play: Play) -> None:
    made = add(play)

    with play.engine.reading(at=play.now) as reader:
        found = get_webhook(reader.connection, KEYS, made.number)
    assert found is not None
    assert (found.url, found.secret, found.kinds) == (URL, made.name, ("case.opened",))
    assert len(made.name) == 64
    assert "kunci=7" not in str(play.rows(tables.webhook)) + str(play.rows(tables.audit)) + repr(found)
    assert [row["kind"] for row in play.rows(tables.audit)][-1] == "webhook.added"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mitra.contoh.example",
        "ftp://mitra.contoh.example/",
        "file:///etc/passwd",
        "https://",
        "https://nama:sandi@mitra.contoh.example/",
        "https://mitra.contoh.example/\r\nX: y",
        "https://mitra.contoh.example:99999/",
        "https://mitra.contoh.example\\@dalam/",
        "https://" + "a" * 500 + ".id/",
    ],
)
def test_what_is_no_address_of_a_program_is_refused(play: Play, url: str) -> None:
    with pytest.raises(NotAWebhook):
        add(play, url=url)

    assert play.count(tables.webhook) == 0


@pytest.mark.parametrize("kinds", [[], ["subject.revealed"], ["case.opened", "x"]])
def test_only_what_may_leave_the_house_can_be_asked_for(play: Play, kinds: list[str]) -> None:
    with pytest.raises(NotValid, match="kinds"):
        add(play, kinds=kinds)


def test_it_is_for_who_administers(play: Play) -> None:
    with pytest.raises(NotYours):
        add(play, officer="sri")

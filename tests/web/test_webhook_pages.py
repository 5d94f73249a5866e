"""The page of a program that is told: what became of each call, telling it again, trying it, and its secret."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine import add_webhook, open_case
from engine.delivery import Sending, Webhooks
from engine.storage import tables
from tests.web.office import NOW, SISPOPMI, Browser
from web.wiring import Wiring

ADMIN = "admin-sistem.pusat"
PAGE = "/house/webhooks/1"


@pytest.fixture
def admin(wiring: Wiring, officer: Callable[[str], Browser]) -> Browser:
    """Whoever runs the house; a program was told of a case, and nobody answered."""
    wiring.engine.perform(
        add_webhook, name="Sistem mitra", url="http://127.0.0.1:1/kabar", kinds=["case.opened"], at=NOW
    )
    wiring.engine.perform(open_case, "p-c3-01", office="bp3mi-jatim", officer=SISPOPMI, at=NOW)
    Sending(wiring.engine, Webhooks()).work(NOW)
    return officer(ADMIN)


def states(wiring: Wiring) -> list[tuple[str, str]]:
    with wiring.engine.reading(at=NOW) as reader:
        rows = reader.connection.execute(select(tables.dispatch).order_by(tables.dispatch.c.id))
        return [(row.event, row.state) for row in rows]


def test_each_call_stands_there_with_what_became_of_it(admin: Browser) -> None:
    page = admin.get(PAGE)

    assert "sebuah kasus dibuka" in page.text or "kasus dibuka" in page.text
    assert "S-2026-00001" in page.text
    assert "(https)" in page.text
    assert "Tidak ada panggilan di sini" in admin.get(f"{PAGE}?state=sent").text
    assert "S-2026-00001" in admin.get(f"{PAGE}?state=failed").text


def test_one_call_is_sent_again_under_its_key(admin: Browser, wiring: Wiring) -> None:
    assert states(wiring) == [("case.opened", "failed")]

    page = admin.get(PAGE).submit("/replay")

    assert states(wiring) == [("case.opened", "pending")]
    assert "kunci yang sama" in page.text


def test_a_span_is_sent_again_by_the_readers_own_clock(admin: Browser, wiring: Wiring) -> None:
    form = next(each for each in admin.get(PAGE).tree.forms if "since" in each.fields)
    sent = {**dict(form.form_values()), "since": "2026-11-18T09:00", "until": "2026-11-18T10:00"}

    page = admin.post(form.get("action"), **sent)
    nothing = admin.post(
        form.get("action"), **{**sent, "key": "lain", "since": "2026-11-17T09:00", "until": "2026-11-18T09:00"}
    )
    wrong = admin.post(form.get("action"), **{**sent, "key": "lagi", "since": "kemarin"})

    assert "1 panggilan dikirim lagi." in page.text
    assert "0 panggilan dikirim lagi." in nothing.text
    assert wrong.status == 422
    assert states(wiring) == [("case.opened", "pending")]


def test_a_call_of_another_program_is_none_of_this_one(admin: Browser, wiring: Wiring) -> None:
    wiring.engine.perform(add_webhook, name="Lain", url="https://lain.example/", kinds=["case.ended"], at=NOW)
    token = admin.get(PAGE).form("/replay").fields["csrf"]

    refused = admin.post("/house/webhooks/2/replay", csrf=token, key="k", call="1")

    assert refused.status == 404
    assert states(wiring) == [("case.opened", "failed")]


def test_a_call_to_try_goes_out(admin: Browser, wiring: Wiring) -> None:
    page = admin.get(PAGE).submit("/try")

    assert states(wiring)[-1] == ("webhook.tried", "pending")
    assert "panggilan untuk melihat apakah sampai" in page.text


def test_a_new_secret_is_shown_once_and_the_page_says_until_when_both_sign(admin: Browser) -> None:
    made = admin.get(PAGE).submit("/secret", days="3")
    secret = made.tree.find_class("secret")[1].text_content()
    again = admin.get(PAGE)

    assert len(secret) == 64
    assert secret not in again.text
    assert "Dua rahasia menandatangani sampai" in again.text


@pytest.mark.parametrize("days", ["", "31", "-1", "x"])
def test_an_overlap_that_is_none_is_refused(admin: Browser, days: str) -> None:
    assert admin.get(PAGE).submit("/secret", days=days).status == 422


def test_one_that_has_ended_is_only_looked_at(admin: Browser) -> None:
    token = admin.get(PAGE).form("/try").fields["csrf"]
    admin.get(PAGE).submit("/end")

    page = admin.get(PAGE)
    refused = admin.post(f"{PAGE}/try", csrf=token, key="k")

    assert [each.get("action") for each in page.tree.forms] == ["/sign-out"]
    assert refused.status == 409
    assert admin.get("/house/webhooks/9").status == 404

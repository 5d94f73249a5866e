"""The door for news from the placement system: only what is signed, fresh and small comes in, and each piece once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.storage import tables
from tests.engine.placement_news import news
from tests.web.one_app import app_over
from web.wiring import Wiring

SECRET = "rahasia-untuk-uji-saja"


@pytest.fixture
def house(wiring: Wiring, tmp_path: Path) -> Wiring:
    """The same office with a secret for what the placement system tells."""
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    return replace(wiring, settings=replace(wiring.settings, siskop2mi_secret=file))


@pytest.fixture
def client(house: Wiring) -> FlaskClient:
    return app_over(house).test_client()


def tell(client: FlaskClient, house: Wiring, said: Any, **changed: Any) -> TestResponse:
    """Send one piece, signed as agreed but for what is `changed`."""
    body = changed.pop("body", None) or json.dumps(said).encode()
    stamp = str(int((house.clock() + changed.pop("late", timedelta())).timestamp()))
    name, secret = changed.pop("name", "m-1"), changed.pop("secret", SECRET)
    made = hmac.digest(secret.encode(), f"{name}.{stamp}.".encode() + body, hashlib.sha256)
    headers = {"webhook-id": name, "webhook-timestamp": stamp, "Content-Type": "application/json"}
    headers["webhook-signature"] = f"v1,{base64.b64encode(made).decode()}"
    headers |= changed.pop("headers", {})
    return client.post("/api/siskop2mi/events", data=changed.pop("sent", body), headers=headers)


def kept(house: Wiring) -> list[Any]:
    with house.engine.database.reading() as connection:
        return list(connection.execute(tables.partner_event.select()))


def test_what_is_signed_is_kept_once(client: FlaskClient, house: Wiring) -> None:
    first, again = (tell(client, house, news(reference="SK2-7")) for _ in range(2))

    assert (first.status_code, again.status_code) == (204, 204)
    assert [row.message for row in kept(house)] == ["m-1"]


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": "another"},
        {"late": timedelta(minutes=-6)},
        {"late": timedelta(minutes=6)},
        {"sent": b'{"message": "changed"}'},
        {"headers": {"webhook-id": "m-2"}},
        {"headers": {"webhook-id": ""}},
        {"headers": {"webhook-timestamp": "soon"}},
        {"headers": {"webhook-timestamp": "99999999999"}},
        {"headers": {"webhook-signature": "v1,"}},
        {"headers": {"webhook-signature": "v2,é"}},
    ],
)
def test_what_is_not_signed_as_agreed_is_turned_away(
    client: FlaskClient, house: Wiring, changed: dict[str, Any]
) -> None:
    answer = tell(client, house, news(), **changed)

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert kept(house) == []


def test_one_of_several_signatures_is_enough(client: FlaskClient, house: Wiring) -> None:
    body = json.dumps(news()).encode()
    stamp = str(int(house.clock().timestamp()))
    made = base64.b64encode(hmac.digest(SECRET.encode(), f"m-1.{stamp}.".encode() + body, hashlib.sha256)).decode()

    answer = tell(client, house, None, body=body, headers={"webhook-signature": f"v1,AAAA v1,{made}"})

    assert answer.status_code == 204


@pytest.mark.parametrize("body", [b"not json", b"[1]", b'{"sequence": NaN}', b'"x"', b"[" * 5000])
def test_what_is_no_object_is_refused(client: FlaskClient, house: Wiring, body: bytes) -> None:
    assert tell(client, house, None, body=body).status_code == 400


def test_what_cannot_be_understood_is_kept_as_refused(client: FlaskClient, house: Wiring) -> None:
    assert tell(client, house, {"message": "m-1", "kind": "promoted"}).status_code == 204

    assert [(row.state, row.why) for row in kept(house)] == [("refused", "unreadable kind")]


def test_what_no_database_takes_is_refused(client: FlaskClient, house: Wiring) -> None:
    assert tell(client, house, news(facts={"hasil": "\x00"})).status_code == 422


def test_the_same_id_with_other_words_is_told(client: FlaskClient, house: Wiring) -> None:
    tell(client, house, news(reference="SK2-7"))

    answer = tell(client, house, news("trained", reference="SK2-7"))

    assert answer.status_code == 409
    assert [row.state for row in kept(house)] == ["refused", "refused"]


def test_too_much_is_not_read(client: FlaskClient, house: Wiring) -> None:
    assert tell(client, house, {"message": "x" * 70_000}).status_code == 413


def test_without_a_secret_nobody_is_heard(wiring: Wiring) -> None:
    assert tell(app_over(wiring).test_client(), wiring, news()).status_code == 401

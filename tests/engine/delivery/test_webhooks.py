"""Calls to other programs: signed, in order, nothing of a person in them, and no way into the house's own network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine import add_webhook, end_webhook
from engine.delivery import Sending, Webhooks
from engine.delivery.calling import is_public
from engine.storage import tables
from tests.engine.delivery.told import Program, due_at, serve
from tests.small_office import Play


@pytest.fixture
def program() -> Iterator[Program]:
    made = Program()
    serve(made)
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def secret(play: Play, program: Program) -> str:
    """The program is told of cases that are opened and of steps that are completed."""
    play.publish("start -> user A -> user B -> end")
    kinds = ["case.opened", "work_item.completed"]
    return play.engine.perform(add_webhook, name="Uji", url=program.url, kinds=kinds, at=play.now).name


@pytest.fixture
def sending(play: Play) -> Sending:
    return Sending(play.engine, Webhooks(private=True))


def all_sent(play: Play, sending: Sending) -> None:
    for _ in range(20):
        if not sending.work(play.now):
            return


def states(play: Play) -> list[tuple[str, str]]:
    return [(row["state"], row["problem"]) for row in play.rows(tables.dispatch)]


def test_a_program_is_told_the_case_and_the_step_in_order_and_nothing_else(
    play: Play, program: Program, secret: str, sending: Sending
) -> None:
    number = play.open()
    play.complete("A")

    all_sent(play, sending)

    told = [json.loads(body) for _, body in program.calls]
    assert secret
    assert [(each["event"], each["case"], each["step"]) for each in told] == [
        ("case.opened", number, ""),
        ("work_item.completed", number, "A"),
    ]
    assert {name for each in told for name in each} == {"id", "event", "case", "step", "at"}


def test_the_signature_is_one_that_whoever_has_the_secret_can_make(
    play: Play, program: Program, secret: str, sending: Sending
) -> None:
    play.open()
    all_sent(play, sending)

    headers, body = program.calls[0]

    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    made = base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{made}"
    assert json.loads(body)["id"] == headers["webhook-id"]


def test_what_is_refused_is_told_again_later_with_the_same_id(
    play: Play, program: Program, secret: str, sending: Sending
) -> None:
    program.answers = [404]
    play.open()
    sending.work(play.now)
    assert secret
    assert states(play) == [("pending", "the program refused (404)")]

    play.now = due_at(play)
    all_sent(play, sending)

    assert [state for state, _ in states(play)] == ["sent"]
    assert len({headers["webhook-id"] for headers, _ in program.calls}) == 1


def test_a_redirect_is_not_followed(play: Play, program: Program, secret: str, sending: Sending) -> None:
    program.answers = [302]
    play.open()

    sending.work(play.now)

    assert secret
    assert len(program.calls) == 1
    assert states(play) == [("pending", "the program leads elsewhere, which is not followed (302)")]


def test_a_program_that_is_down_rests_and_others_are_told(
    play: Play, program: Program, secret: str, sending: Sending
) -> None:
    kinds = ["case.opened"]
    play.engine.perform(add_webhook, name="Mati", url="http://127.0.0.1:1/", kinds=kinds, at=play.now)
    for _ in range(3):
        play.open()

    all_sent(play, sending)

    assert secret
    assert len(program.calls) == 3
    assert [row["tries"] for row in play.rows(tables.dispatch) if row["target"] == "webhook 2"] == [
        1,
        0,
        0,
    ]


def test_what_waits_behind_a_slow_program_is_held_and_signed_with_the_time_of_a_look_of_its_own(
    play: Play, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = [0.0]
    monkeypatch.setattr("engine.delivery.sending.monotonic", lambda: passed[0])
    monkeypatch.setattr(Webhooks, "send", lambda *_, **__: passed.__setitem__(0, passed[0] + 20))
    for _ in range(5):
        play.open()
    sending = Sending(play.engine, Webhooks(private=True))

    dealt_with = [sending.work(play.now + timedelta(seconds=passed[0])) for _ in range(4)]

    assert secret
    assert dealt_with == [2, 2, 1, 0]


def test_what_has_ended_is_told_nothing_any_more(play: Play, program: Program, secret: str, sending: Sending) -> None:
    play.open()
    play.engine.perform(end_webhook, 1, at=play.now)
    play.open()

    all_sent(play, sending)

    assert secret
    assert program.calls == []
    assert [state for state, _ in states(play)] == ["withdrawn"]


def test_an_address_within_the_house_is_not_called(play: Play, program: Program, secret: str) -> None:
    play.engine.perform(add_webhook, name="Dalam", url="https://localhost/", kinds=["case.opened"], at=play.now)
    play.open()

    Sending(play.engine, Webhooks()).work(play.now)

    assert secret
    assert program.calls == []
    assert sorted(states(play)) == [
        ("failed", "the address is not encrypted (https)"),
        ("failed", "the address lies within a private network (LAJUR_WEBHOOK_PRIVATE)"),
    ]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("10.1.2.3", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address, not a place to listen on
        ("224.0.0.1", False),
        ("::1", False),
        ("fd00::1", False),
        ("fe80::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::1", False),
        ("64:ff9b:1::a00:1", False),
        ("::10.0.0.1", False),
        ("::ffff:0:10.0.0.1", False),
        ("fec0::1", False),
    ],
)
def test_which_addresses_belong_to_the_open_internet(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_neither_address_nor_secret_can_be_read_in_the_database(play: Play, program: Program, secret: str) -> None:
    (row,) = play.rows(tables.webhook)

    assert secret not in str(row) + str(play.rows(tables.audit)) + str(play.rows(tables.idempotency))
    assert program.url not in str(row) + str(play.rows(tables.audit))


def test_nothing_is_stored_where_nobody_listens(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.open()
    play.complete("A")
    play.now += timedelta(minutes=1)

    assert play.count(tables.dispatch) == 0

"""The way to the placement system over REST: as the contract says, and nothing believed that is said otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from engine.delivery import NotReported, Placements, StaleCursor
from engine.delivery.siskop2mi import Fate
from engine.domain.dispatch import Channel, Parcel
from tests.engine.delivery.partner import Answers, check

KEY = "0123456789abcdef0123456789abcdef"
RECEIPT = {
    "key": KEY,
    "kind": "placement.begun",
    "case": "S-2026-00001",
    "reference": "SIM-2026-000001",
    "received_at": "2026-05-04T08:00:00+07:00",
}
BEGUN = {
    "key": KEY,
    "kind": "placement.begun",
    "case": "S-2026-00001",
    "office": "JATENG",
    "occurred_at": "2026-05-04T08:00:00+07:00",
    "consent": {"given": True, "at": "2026-05-04T08:00:00+07:00"},
    "person": {"name": "Siti Contoh", "born_on": "1998-03-02", "nik": "9900000000000001"},
    "documents": [],
}


@pytest.fixture
def partner() -> Iterator[Answers]:
    made = Answers()
    yield made
    made.close()


@pytest.fixture
def line(partner: Answers) -> Placements:
    return Placements(partner.url, lambda: "token-uji", private=True, timeout=1.0, altogether=2.0)


def parcel(*, doubtful: bool = False, **changes: Any) -> Parcel:
    body = {**BEGUN, **changes}
    return Parcel(1, KEY, Channel.SISKOP2MI, int(doubtful), "siskop2mi", "", body=body, doubtful=doubtful)


def fate(line: Placements, one: Parcel) -> tuple[Fate, str]:
    with pytest.raises(NotReported) as trouble:
        line.report(one)
    return trouble.value.fate, trouble.value.problem


def test_what_is_in_the_tests_is_what_the_contract_says() -> None:
    check("Begun", BEGUN)
    check("Receipt", RECEIPT)


def test_a_report_carries_its_key_and_the_token(partner: Answers, line: Placements) -> None:
    partner.says(201, RECEIPT)

    arrived = line.report(parcel())

    ((method, path, headers, body),) = partner.calls
    assert (method, path, headers["idempotency-key"]) == ("POST", "/v1/placements", KEY)
    assert headers["authorization"] == "Bearer token-uji"
    assert json.loads(body) == BEGUN
    assert arrived.reference == "SIM-2026-000001"


@pytest.mark.parametrize(
    ("kind", "method", "path"),
    [
        ("placement.changed", "PUT", "/v1/placements/S-2026-00001"),
        ("placement.closed", "POST", "/v1/placements/S-2026-00001/closing"),
    ],
)
def test_each_kind_has_its_place(partner: Answers, line: Placements, kind: str, method: str, path: str) -> None:
    partner.says(201, {**RECEIPT, "kind": kind})

    line.report(parcel(kind=kind))

    assert partner.calls[0][:2] == (method, path)


def test_what_may_have_arrived_is_asked_for_before_it_is_sent(partner: Answers, line: Placements) -> None:
    partner.says(200, RECEIPT)

    line.report(parcel(doubtful=True))

    assert [call[:2] for call in partner.calls] == [("GET", f"/v1/receipts/{KEY}")]


def test_what_is_not_there_is_sent(partner: Answers, line: Placements) -> None:
    partner.refuses(404, "unknown-key")
    partner.says(201, RECEIPT)

    line.report(parcel(doubtful=True))

    assert [call[0] for call in partner.calls] == ["GET", "POST"]


@pytest.mark.parametrize("type_", ["not-begun", "other-report"])
def test_only_a_plain_no_is_believed(partner: Answers, line: Placements, type_: str) -> None:
    partner.refuses(404, type_)

    assert fate(line, parcel(doubtful=True))[0] is Fate.UNSURE
    assert len(partner.calls) == 1


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (500, {"error": "x"}, "application/json"),
        (503, b"", "text/plain"),
        (200, {"status": "error"}, "application/json"),
        (200, b"<html>Selamat datang", "text/html"),
        (200, b"[1, 2", "application/json"),
        (200, b"[" * 100_000, "application/json"),
        (200, {**RECEIPT, "reference": ""}, "application/json"),
        (200, {**RECEIPT, "reference": "x" * 61}, "application/json"),
        (200, {**RECEIPT, "reference": 7}, "application/json"),
        (200, {**RECEIPT, "key": "f" * 32}, "application/json"),
        (200, {**RECEIPT, "case": "S-2026-00002"}, "application/json"),
        (200, {**RECEIPT, "kind": "placement.closed"}, "application/json"),
        (200, b" " * 1_000_001, "application/json"),
        (204, b"", "application/json"),
        (302, b"", "text/plain"),
        (404, b"not here", "text/plain"),
        (409, {"status": 422, "type": "x", "title": "x"}, "application/problem+json"),
    ],
)
def test_every_other_answer_leaves_it_open(
    partner: Answers, line: Placements, status: int, body: object, kind: str
) -> None:
    partner.says(status, body, kind, Location="http://127.0.0.1:1/")

    assert fate(line, parcel())[0] is Fate.UNSURE
    assert len(partner.calls) == 1


def test_so_does_none_and_half_of_one(partner: Answers, line: Placements) -> None:
    partner.answers.append(None)
    partner.answers.append((201, {"Content-Type": "application/json", "Content-Length": "500"}, b'{"key"'))

    assert [fate(line, parcel())[0] for _ in range(2)] == [Fate.UNSURE, Fate.UNSURE]


@pytest.mark.parametrize(("status", "type_"), [(422, "not-valid"), (409, "other-report"), (404, "not-begun")])
def test_a_plain_refusal_is_one(partner: Answers, line: Placements, status: int, type_: str) -> None:
    partner.refuses(status, type_)

    assert fate(line, parcel()) == (Fate.REFUSED, f"the placement system refused the report ({status})")


def test_what_a_refusal_says_is_not_kept(partner: Answers, line: Placements) -> None:
    told = {"type": "urn:lajur:siskop2mi:not-valid", "title": "NIK 9900000000000001", "status": 422, "detail": "Siti"}
    partner.says(422, told, "application/problem+json")

    problem = fate(line, parcel())[1]

    assert "99" not in problem
    assert "Siti" not in problem


@pytest.mark.parametrize(
    ("said", "wait"),
    [("7", timedelta(seconds=7)), ("999999", None), ("99999", timedelta(hours=1)), ("soon", None), ("-1", None)],
)
def test_a_wish_to_be_left_alone_is_read(partner: Answers, line: Placements, said: str, wait: timedelta | None) -> None:
    partner.refuses(429, "enough", Retry_After=said)

    with pytest.raises(NotReported) as trouble:
        line.report(parcel())

    assert (trouble.value.fate, trouble.value.wait) == (Fate.WAIT, wait)


def test_a_token_that_is_not_accepted_is_the_lines_trouble(partner: Answers, line: Placements) -> None:
    partner.refuses(401, "no-token")

    assert fate(line, parcel())[0] is Fate.NOT_SENT


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "tokén", None])
def test_without_a_sound_token_nothing_is_sent(partner: Answers, token: str | None) -> None:
    def given() -> str:
        if token is None:
            raise FileNotFoundError
        return token

    nobody = Placements(partner.url, given, private=True, timeout=1.0)

    assert fate(nobody, parcel()) == (Fate.NOT_SENT, "the token cannot be read")
    assert partner.calls == []


def test_nobody_there_means_that_nothing_was_sent() -> None:
    nobody = Placements("http://127.0.0.1:1/v1", lambda: "x", private=True, timeout=1.0)

    assert fate(nobody, parcel())[0] is Fate.NOT_SENT


@pytest.mark.parametrize("url", ["http://siskop2mi.example/v1", "https://localhost/v1", "https://[::1]:99999/v1"])
def test_an_address_within_the_house_or_without_encryption_is_not_called(url: str) -> None:
    assert fate(Placements(url, lambda: "x"), parcel())[0] is Fate.NOT_SENT


def test_events_and_records_come_a_page_at_a_time(partner: Answers, line: Placements) -> None:
    partner.says(200, {"events": [{"message": "a"}], "cursor": "e-000001", "more": True})
    partner.says(200, {"records": [], "cursor": "p-000000", "more": False})

    page, records = line.events("e-000000"), line.records()

    assert (page.rows, page.cursor, page.more) == (({"message": "a"},), "e-000001", True)
    assert (records.rows, records.more) == ((), False)
    assert [call[1] for call in partner.calls] == ["/v1/events?limit=100&after=e-000000", "/v1/placements?limit=100"]


def test_a_place_that_is_not_known_any_more_is_told(partner: Answers, line: Placements) -> None:
    partner.refuses(410, "stale-cursor")

    with pytest.raises(StaleCursor):
        line.events("e-000009")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"events": {}, "cursor": "x", "more": False},
        {"events": [1], "cursor": "x", "more": False},
        {"events": [], "cursor": "x" * 81, "more": False},
        {"events": [], "cursor": "x", "more": "no"},
    ],
)
def test_a_page_that_is_not_as_agreed_is_none(partner: Answers, line: Placements, said: object) -> None:
    partner.says(200, said)

    with pytest.raises(NotReported):
        line.events()

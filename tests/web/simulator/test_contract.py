"""Both sides against the contract that is assumed: what Lajur sends, and what its stand-in answers."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import validate

from engine.delivery import Placements
from engine.domain.placement import EventKind, ReportKind
from engine.domain.report import REASONS, TOLD
from tests.engine.delivery.partner import check, contract
from tests.engine.placements_out import Reports, reporting, send_all
from tests.small_office import Play
from tests.web.simulator.served import Beside

METHODS = {"get", "post", "put"}


class Watched(Placements):
    """Holds every call and every answer against the contract."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.seen: list[tuple[str, int]] = []

    def _call(self, method: str, path: str, *, body: bytes | None = None, key: str = "") -> Any:
        answer = super()._call(method, path, body=body, key=key)
        said = operation(method, path)
        if body is not None:
            check_in(said["requestBody"]["content"], "application/json", json.loads(body))
        response = resolved(said["responses"][str(answer.status)])
        check_in(response["content"], answer.headers["content-type"], json.loads(answer.body))
        self.seen.append((said["operationId"], answer.status))
        return answer


def operation(method: str, path: str) -> dict[str, Any]:
    """What the contract says of a call."""
    parts = path.partition("?")[0].split("/")
    for pattern, item in contract()["paths"].items():
        names = pattern.split("/")
        if len(names) == len(parts) and all(n == p or n[:1] == "{" for n, p in zip(names, parts, strict=True)):
            found: dict[str, Any] = item[method.lower()]
            return found
    raise AssertionError(path)


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = contract()
    if "$ref" not in part:
        return part
    for each in part["$ref"].removeprefix("#/").split("/"):
        found = found[each]
    return found


def check_in(content: dict[str, Any], kind: str, value: object) -> None:
    check(content[kind]["schema"]["$ref"].rpartition("/")[2], value) if "$ref" in content[kind]["schema"] else None


@pytest.fixture
def stand() -> Iterator[Beside]:
    made = Beside()
    yield made
    made.close()


def line(stand: Beside) -> Watched:
    return Watched(stand.url, lambda: "token-uji", private=True, timeout=5.0)


def test_the_contract_is_sound_and_says_that_it_is_assumed() -> None:
    validate(contract())

    assert "assum" in contract()["info"]["title"]
    assert "An assumption" in contract()["info"]["description"]


def test_its_words_are_those_of_the_program() -> None:
    schemas = contract()["components"]["schemas"]

    assert schemas["Report"]["properties"]["kind"]["enum"] == [each.value for each in ReportKind]
    assert schemas["Event"]["properties"]["kind"]["enum"] == [each.value for each in EventKind]
    assert set(schemas["Person"]["properties"]) == set(TOLD.values())
    assert schemas["Closed"]["allOf"][1]["properties"]["reason"]["enum"] == list(REASONS)


def test_a_placement_from_its_beginning_to_its_end_is_as_agreed_on_both_sides(play: Play, stand: Beside) -> None:
    reports, watched = Reports(play), line(stand)
    number = reports.begin()
    reports.on("B")
    reports.on("C")

    send_all(play, reporting(play, watched))
    watched.ping()

    assert {state for _, state in reports.states()} == {"sent"}
    assert watched.seen == [("begin", 201), ("change", 201), ("close", 201), ("ping", 200)]
    ((placement,), kept) = stand.state()["placements"], stand.state()["reports"]
    assert (placement["case"], placement["open"], len(kept)) == (number, False, 3)


def test_the_same_report_twice_is_one_and_its_receipt_is_found(play: Play, stand: Beside) -> None:
    Reports(play).begin()
    watched = line(stand)
    send_all(play, reporting(play, watched))
    (row,) = stand.state()["reports"]

    again = http.client.HTTPConnection("127.0.0.1", stand.port, timeout=5)
    again.request("GET", f"/v1/receipts/{row['key']}")
    with again.getresponse() as answer:
        found = json.loads(answer.read())
    again.close()

    check("Receipt", found)
    assert found["reference"] == row["reference"]


def test_events_and_records_are_as_agreed_page_by_page(play: Play, stand: Beside) -> None:
    reports, watched = Reports(play), line(stand)
    number = reports.begin()
    send_all(play, reporting(play, watched))
    for _ in range(13):
        stand.happen(number)

    first = watched.events(most=10)
    second = watched.events(first.cursor, most=10)
    (record,) = watched.records().rows

    told = [*first.rows, *second.rows]
    assert [(len(first.rows), first.more), (len(second.rows), second.more)] == [(10, True), (3, False)]
    assert [each["kind"] for each in told][-7:] == ["arrived", *["monitored"] * 6]
    assert [each["sequence"] for each in told] == list(range(1, 14))
    assert (record["case"], record["stage"], record["sequence"]) == (number, "monitored", 13)
    assert ("listEvents", 200) in watched.seen


@pytest.mark.parametrize(
    ("method", "path", "status", "type_"),
    [
        ("GET", "/v1/receipts/unknown-key-1", 404, "unknown-key"),
        ("GET", "/v1/events?after=e-000099", 410, "stale-cursor"),
        ("GET", "/v1/events?limit=0", 422, "not-valid"),
        ("POST", "/v1/placements", 422, "not-valid"),
    ],
)
def test_what_is_refused_is_told_as_agreed(stand: Beside, method: str, path: str, status: int, type_: str) -> None:
    said = stand.ask(method, path, {"key": "x"})

    check("Problem", said)
    assert (said["status"], said["type"]) == (status, f"urn:lajur:siskop2mi:{type_}")


def test_without_the_token_nothing_is_told() -> None:
    stand = Beside(token="rahasia-uji")

    said = stand.ask("GET", "/v1/events")
    stand.close()

    check("Problem", said)
    assert said["status"] == 401

"""The stand-in itself: events as faults want them, signed calls, its page, and what it knows after a restart."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.engine.delivery.partner import check
from tests.engine.delivery.told import Program, serve
from tests.web.simulator.served import Apart, Beside, Stand
from web.cli import main
from web.simulator import Fault, Faults
from web.simulator.desk import FAULTS

BODY = {
    "office": "JATENG",
    "occurred_at": "2026-05-04T08:00:00+07:00",
    "consent": {"given": True},
    "person": {"name": "Siti Contoh", "born_on": "1998-03-02"},
    "documents": [],
}


def begin(stand: Stand, *cases: str) -> None:
    for each in cases:
        key = f"key-of-{each}"
        told = {**BODY, "key": key, "kind": "placement.begun", "case": each}
        connection = http.client.HTTPConnection("127.0.0.1", stand.port, timeout=5)
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        connection.request("POST", "/v1/placements", json.dumps(told), headers)
        with connection.getresponse() as answer:
            assert answer.status == 201
        connection.close()


@pytest.fixture
def stand() -> Iterator[Beside]:
    made = Beside()
    yield made
    made.close()


def told(stand: Beside) -> list[tuple[str, int]]:
    return [(each["case"], each["sequence"]) for each in stand.state()["events"]]


def test_a_duplicate_is_told_twice_under_one_id(stand: Beside) -> None:
    begin(stand, "S-1")
    stand.fail(duplicate=1)

    stand.happen("S-1")

    first, second = stand.state()["events"]
    assert first == second


def test_what_is_out_of_order_comes_after_the_next_of_its_placement(stand: Beside) -> None:
    begin(stand, "S-1")
    stand.fail(out_of_order=1)
    stand.happen("S-1")
    stand.fail()
    stand.happen("S-1")

    assert told(stand) == [("S-1", 2), ("S-1", 1)]


def test_what_is_late_comes_after_three_others_or_when_somebody_says_so(stand: Beside) -> None:
    begin(stand, "S-1", "S-2")
    stand.fail(late=1)
    stand.happen("S-1")
    stand.fail()
    for _ in range(3):
        stand.happen("S-2")
    stand.fail(late=1)
    stand.happen("S-2")
    stand.ask("POST", "/held/tell")

    assert told(stand) == [("S-2", 1), ("S-2", 2), ("S-2", 3), ("S-1", 1), ("S-2", 4)]


def test_an_event_of_the_wrong_case_has_an_id_of_its_own_and_the_right_one_follows(stand: Beside) -> None:
    begin(stand, "S-1", "S-2")
    stand.fail(wrong_case=1)
    stand.ask("POST", "/placements/S-1/next")

    wrong, right = stand.state()["events"]
    check("Event", wrong)
    assert (wrong["case"], right["case"]) == ("S-2", "S-1")
    assert wrong["message"] != right["message"]


def test_a_cancelled_placement_goes_on_no_more(stand: Beside) -> None:
    begin(stand, "S-1")
    stand.happen("S-1", kind="cancelled")

    said = stand.happen("S-1")

    assert said["status"] == 404


def test_events_are_brought_signed(tmp_path: Path) -> None:
    program = Program()
    serve(program)
    stand = Beside(webhook=program.url.partition("?")[0], secret="rahasia-uji")
    begin(stand, "S-1")

    stand.happen("S-1", facts={"bandara": "SUB"})

    ((headers, body),) = program.calls
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    made = base64.b64encode(hmac.digest(b"rahasia-uji", signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{made}"
    assert stand.state()["answers"] == {headers["webhook-id"]: "204"}
    for each in (stand, program):
        each.close() if isinstance(each, Beside) else each.server_close()


def test_it_knows_after_a_restart_what_it_knew(tmp_path: Path) -> None:
    first = Beside(file=tmp_path / "kept.json")
    begin(first, "S-1")
    first.happen("S-1")
    first.close()

    second = Beside(file=tmp_path / "kept.json")

    assert told(second) == [("S-1", 1)]
    assert second.state()["reports"][0]["key"] == "key-of-S-1"
    second.close()


def test_its_page_shows_what_it_has_and_its_buttons_work(stand: Beside) -> None:
    begin(stand, "S-1")
    client = stand.simulator.app.test_client()

    pressed = client.post("/placements/S-1/next", data={}, headers={"Origin": "http://localhost"})
    faults = client.post("/faults", data={"slow": "", "5xx": "0.5"})
    page = client.get("/").get_data(as_text=True)

    assert (pressed.status_code, faults.status_code) == (303, 303)
    assert stand.state()["faults"] == {"5xx": 0.5}
    for each in ("S-1", "SIM-", "Siti Contoh", "terdaftar"):
        assert each in page


def test_no_page_of_another_house_presses_its_buttons(stand: Beside) -> None:
    begin(stand, "S-1")

    asked = stand.simulator.app.test_client().post("/placements/S-1/next", headers={"Origin": "https://jahat.example"})

    assert asked.status_code == 403
    assert told(stand) == []


def test_what_is_no_fault_is_refused_by_name() -> None:
    refused = CliRunner().invoke(main, ["siskop2mi-simulator", "--fault", "lazy=1"])

    assert refused.exit_code == 2
    assert "slow" in refused.output
    assert len(Fault) == 14


def test_the_same_seed_fails_the_same_way() -> None:
    rates = {"slow": 0.3, "5xx": 0.3}

    drawn = [[each.draw(list(Fault)) for _ in range(50)] for each in (Faults(rates, seed=7), Faults(rates, seed=7))]

    assert drawn[0] == drawn[1]
    assert {None, Fault.SLOW, Fault.FAILED} == set(drawn[0])


def test_it_is_a_program_of_its_own_that_ends_when_told(tmp_path: Path) -> None:
    stand = Apart(environment={"LAJUR_DATA_DIR": str(tmp_path)})

    assert stand.state()["placements"] == []
    stand.close()

    assert list(tmp_path.iterdir()) == []


def test_events_are_not_brought_unsigned() -> None:
    refused = CliRunner().invoke(main, ["siskop2mi-simulator", "--webhook", "http://127.0.0.1:1/"])

    assert refused.exit_code == 1
    assert "LAJUR_SISKOP2MI_SECRET" in refused.output


def test_every_fault_has_its_words_on_the_page() -> None:
    assert set(FAULTS) == {each.value for each in Fault}

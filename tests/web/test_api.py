"""The interface for other programs: the same work as on the pages, in the name of a token's officer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import create_token
from tests.shipped import BPMN, HOUSE
from tests.web.office import ELSEWHERE, HEAD, HELPDESK, NOW, OWNER, SISPOPMI
from tests.web.one_app import app_over
from web.wiring import Wiring

V1 = "/api/v1"


@dataclass
class Program:
    """Another program, with a token or without."""

    client: FlaskClient
    token: str = ""

    def get(self, address: str) -> TestResponse:
        return self.client.get(V1 + address, headers=self._headers())

    def post(self, address: str, body: Any = None, **headers: str) -> TestResponse:
        return self.client.post(V1 + address, json=body or {}, headers={**self._headers(), **headers})

    def send(self, address: str, raw: bytes, kind: str) -> TestResponse:
        return self.client.post(V1 + address, data=raw, content_type=kind, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


@pytest.fixture
def program(wiring: Wiring) -> Any:
    app = app_over(wiring)

    def acting_for(login: str) -> Program:
        receipt = wiring.engine.perform(create_token, login, name="uji", at=NOW)
        return Program(app.test_client(), receipt.name)

    return acting_for


@pytest.fixture
def nobody(wiring: Wiring) -> Program:
    return Program(app_over(wiring).test_client())


def renamed() -> bytes:
    """The interview with a step that is called otherwise."""
    (file,) = BPMN.rglob("c3-m03-03-*.bpmn")
    return file.read_bytes().replace(b'name="Membuka wawancara', b'name="Mengawali wawancara')


def problem(answer: TestResponse) -> dict[str, Any]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(answer.data)
    assert told["status"] == answer.status_code
    assert {"type", "title", "detail"} <= told.keys()
    return told


def test_health_and_readiness_need_no_token(nobody: Program) -> None:
    assert nobody.get("/health").get_json() == {"status": "pass"}
    assert nobody.get("/ready").get_json() == {"ready": True}


def test_the_description_names_every_address_of_the_issue(nobody: Program) -> None:
    described = nobody.get("/openapi.json").get_json()

    assert described["openapi"].startswith("3.")
    wanted = {"/releases", "/cases", "/cases/{case}", "/cases/{case}/history", "/cases/{case}/dispositions", "/work-items",
              "/work-items/{item}/claim", "/work-items/{item}/release", "/work-items/{item}/complete", "/messages", "/drafts/{number}", "/health", "/ready"}  # fmt: skip
    assert {V1 + each for each in wanted} <= described["paths"].keys()


@pytest.mark.parametrize("token", ["", "lajur_wrong", "x" * 500])
def test_without_a_good_token_nothing_is_told(nobody: Program, token: str) -> None:
    nobody.token = token

    refused = nobody.get("/releases")

    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    problem(refused)


def test_a_case_is_begun_claimed_completed_and_told(program: Any) -> None:
    opener, helpdesk = program(SISPOPMI), program(HELPDESK)

    case = opener.post("/cases", {"release": "p-c3-01", "facts": {}}).get_json()
    item = helpdesk.get("/work-items?post").get_json()["work_items"][0]
    claimed = helpdesk.post(f"/work-items/{item['id']}/claim", {"seen": item["version"]}).get_json()
    mine = helpdesk.get("/work-items?mine").get_json()["work_items"]
    done = helpdesk.post(f"/work-items/{item['id']}/complete", {"seen": claimed["version"]})
    history = opener.get(f"/cases/{case['number']}/history").get_json()

    assert case["number"] == "S-2026-00001"
    assert [each["id"] for each in mine] == [item["id"]]
    assert done.status_code == 200
    assert done.get_json()["work_items"][0]["outcomes"] == ["tidak", "segera"]
    assert [each["kind"] for each in history["records"]] == ["work_item.completed", "work_item.claimed", "case.opened"]
    assert all(each["hash"] for each in history["records"])


def test_a_claimed_item_is_given_back(program: Any) -> None:
    program(SISPOPMI).post("/cases", {"release": "p-c3-01"})
    helpdesk = program(HELPDESK)
    item = helpdesk.get("/work-items?post").get_json()["work_items"][0]
    claimed = helpdesk.post(f"/work-items/{item['id']}/claim", {"seen": item["version"]}).get_json()

    released = helpdesk.post(f"/work-items/{item['id']}/release", {"seen": claimed["version"]})

    assert released.get_json()["state"] == "ready"


def test_the_same_key_does_a_thing_once_and_another_body_under_it_is_refused(program: Any) -> None:
    opener = program(SISPOPMI)

    first = opener.post("/cases", {"release": "p-c3-01"}, **{"Idempotency-Key": "k-1"})
    again = opener.post("/cases", {"release": "p-c3-01"}, **{"Idempotency-Key": "k-1"})
    other = opener.post("/cases", {"release": "c3-m02"}, **{"Idempotency-Key": "k-1"})

    assert first.get_json()["number"] == again.get_json()["number"]
    assert other.status_code in {409, 422}


def test_keys_that_differ_only_far_behind_are_not_taken_for_one(program: Any) -> None:
    api = program(SISPOPMI)
    long = [api.post("/cases", {"release": "p-c3-01"}, **{"Idempotency-Key": "k" * 200 + end}) for end in "ab"]
    longest = api.post("/cases", {"release": "p-c3-01"}, **{"Idempotency-Key": "k" * 200})

    assert [problem(each)["status"] for each in long] == [422, 422]
    assert longest.status_code == 201


def test_a_stale_version_is_told_as_a_conflict_with_its_sentence(program: Any) -> None:
    program(SISPOPMI).post("/cases", {"release": "p-c3-01"})
    helpdesk = program(HELPDESK)
    item = helpdesk.get("/work-items?post").get_json()["work_items"][0]
    helpdesk.post(f"/work-items/{item['id']}/claim", {"seen": item["version"]})

    refused = helpdesk.post(f"/work-items/{item['id']}/complete", {"seen": item["version"]})

    assert refused.status_code == 409
    assert "Please load the page again" in problem(refused)["detail"]


def test_wrong_answers_are_named_by_their_fields(program: Any) -> None:
    program(SISPOPMI).post("/cases", {"release": "p-c3-01"})
    helpdesk = program(HELPDESK)
    first = helpdesk.get("/work-items?post").get_json()["work_items"][0]
    helpdesk.post(f"/work-items/{first['id']}/complete", {"seen": first["version"]})
    item = helpdesk.get("/work-items?post").get_json()["work_items"][0]

    refused = helpdesk.post(
        f"/work-items/{item['id']}/complete",
        {"seen": item["version"], "outcome": "tidak", "facts": {"sakit": "maybe", "entah": 1}},
    )

    assert refused.status_code == 422
    assert set(problem(refused)["errors"]) == {"sakit", "anak", "entah"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "release"),
        ({"release": 7}, "release"),
        ({"release": "p-c3-01", "extra": 1}, "extra"),
        ({"release": "p-c3-01", "facts": []}, "facts"),
    ],
)
def test_a_body_that_is_not_as_declared_is_refused_by_field(program: Any, body: dict[str, Any], field: str) -> None:
    refused = program(SISPOPMI).post("/cases", body)

    assert refused.status_code == 422
    assert field in json.dumps(problem(refused)["errors"])


def test_a_parameter_that_is_misspelt_is_told_and_not_left_out(program: Any) -> None:
    refused = [program(SISPOPMI).get(each) for each in ("/work-items?lenght=5", "/releases?on=2026-12-01")]

    assert [each.status_code for each in refused] == [422, 422]
    assert problem(refused[0])["errors"] == {"query": {"lenght": ["Unknown field."]}}


@pytest.mark.parametrize("raw", [b'{"release": NaN}', b"[" * 40 + b"]" * 40, b"{", b'{"release": 1e999}', b"\xff"])
def test_what_is_no_json_is_refused(program: Any, raw: bytes) -> None:
    refused = program(SISPOPMI).send("/cases", raw, "application/json")

    assert refused.status_code in {400, 422}
    problem(refused)


def test_a_form_in_place_of_json_is_refused(program: Any) -> None:
    refused = program(SISPOPMI).send("/cases", b"release=p-c3-01", "application/x-www-form-urlencoded")

    assert refused.status_code in {415, 422}


def test_another_offices_case_answers_like_one_that_is_not_there(program: Any) -> None:
    number = program(SISPOPMI).post("/cases", {"release": "p-c3-01"}).get_json()["number"]

    theirs, nothing = program(ELSEWHERE).get(f"/cases/{number}"), program(ELSEWHERE).get("/cases/S-2026-99999")

    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert theirs.data.replace(number.encode(), b"N") == nothing.data.replace(b"S-2026-99999", b"N")


def test_a_drawing_that_no_rule_stands_against_is_submitted_and_not_in_force(program: Any) -> None:
    owner = program(OWNER)
    before = owner.get("/releases").get_json()

    sent = owner.send("/releases?on=2026-12-01", renamed(), "application/xml")

    told = sent.get_json()
    assert (sent.status_code, told["verdict"], told["draft"]["state"]) == (201, "accepted", "submitted")
    assert (told["draft"]["code"], told["draft"]["effective_on"]) == ("c3-m03-03", "2026-12-01")
    assert owner.get(f"/drafts/{told['draft']['number']}").get_json() == told["draft"]
    assert owner.get("/releases").get_json() == before
    assert len(before) == len(HOUSE)


def test_a_drawing_sent_again_under_its_key_begins_no_second_draft(program: Any) -> None:
    owner = program(OWNER)
    headers = {**owner._headers(), "Idempotency-Key": "kunci"}

    numbers = [
        owner.client.post(f"{V1}/releases", data=renamed(), content_type="application/xml", headers=headers)
        for _ in range(2)
    ]

    assert [each.get_json()["draft"]["number"] for each in numbers] == [1, 1]
    assert owner.get("/drafts/2").status_code == 404


def test_a_refused_drawing_is_told_with_its_findings_and_kept_only_where_it_can_be_mended(program: Any) -> None:
    owner = program(OWNER)

    broken = owner.send("/releases", b"<x/>", "application/xml")
    mendable = owner.send("/releases", renamed().replace(b'post="pengantar-kerja"', b'post="entah"'), "application/xml")

    assert (broken.status_code, mendable.status_code) == (422, 422)
    assert (broken.get_json()["verdict"], broken.get_json()["draft"]) == ("refused", None)
    assert broken.get_json()["findings"][0].keys() >= {"rule", "severity", "element", "line", "message"}
    assert mendable.get_json()["draft"]["state"] == "draft"
    assert all(each["element"] and each["line"] for each in mendable.get_json()["findings"])


def test_a_day_that_has_passed_and_one_that_is_none_are_refused(program: Any) -> None:
    owner = program(OWNER)

    refused = [owner.send(f"/releases?on={day}", renamed(), "application/xml") for day in ("2026-11-17", "besok")]

    assert [each.status_code for each in refused] == [422, 422]
    assert owner.get("/drafts/1").status_code == 404


def test_how_far_a_draft_is_only_owners_are_told(program: Any) -> None:
    program(OWNER).send("/releases", renamed(), "application/xml")

    assert program(HELPDESK).get("/drafts/1").status_code == 403
    assert program(OWNER).get("/drafts/99").status_code == 404


def test_who_owns_no_procedure_publishes_none_and_other_kinds_of_content_are_not_read(program: Any) -> None:
    refused = program(HELPDESK).send("/releases", b"<x/>", "application/xml")
    text = program(OWNER).send("/releases", b"<x/>", "text/plain")

    assert (refused.status_code, text.status_code) == (403, 415)


def test_a_disposition_of_somebody_who_does_not_decide_is_refused(program: Any) -> None:
    number = program(SISPOPMI).post("/cases", {"release": "p-c3-01"}).get_json()["number"]

    refused = program(HEAD).post(f"/cases/{number}/dispositions", {"kind": "pulang", "ground": "x"})

    assert refused.status_code == 403
    assert "decide a disposition" in problem(refused)["detail"]


def test_a_message_that_nobody_waits_for_is_told_as_such(program: Any) -> None:
    refused = program(SISPOPMI).post("/messages", {"name": "entah", "keys": {}, "facts": {}})

    assert refused.status_code == 409
    assert "entah" in problem(refused)["detail"]

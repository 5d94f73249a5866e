"""Counter-steps through the interface for other programs."""

from typing import Any

import pytest

from tests.web.office import ELSEWHERE, HELPDESK, SISPOPMI
from tests.web.test_api import Program, problem, program  # noqa: F401 - the fixture is used by its name

WHY = "Salah ketik"


@pytest.fixture
def opener(program: Any) -> Program:  # noqa: F811 - as above
    found: Program = program(SISPOPMI)
    return found


@pytest.fixture
def helpdesk(program: Any) -> Program:  # noqa: F811 - as above
    found: Program = program(HELPDESK)
    return found


@pytest.fixture
def case(opener: Program, helpdesk: Program) -> str:
    """A case whose first step has been completed by the help desk."""
    number = opener.post("/cases", {"release": "p-c3-01"}).get_json()["number"]
    first = helpdesk.get("/work-items?post").get_json()["work_items"][0]
    helpdesk.post(f"/work-items/{first['id']}/complete", {"seen": first["version"]})
    return str(number)


def test_work_is_taken_back_and_returned(helpdesk: Program, case: str) -> None:
    done = helpdesk.get("/work-items/1").get_json()
    told = helpdesk.post("/work-items/1/take-back", {"seen": done["version"], "reason": WHY})
    assert [each["id"] for each in told.get_json()["work_items"]] == [1]
    again = helpdesk.get("/work-items/1").get_json()
    assert again["state"] == "reserved"
    helpdesk.post("/work-items/1/complete", {"seen": again["version"]})
    item = helpdesk.get("/work-items?post").get_json()["work_items"][0]

    (earlier,) = helpdesk.get(f"/work-items/{item['id']}/returnable").get_json()
    body = {"seen": item["version"], "reason": WHY, "to": earlier["id"]}
    told = helpdesk.post(f"/work-items/{item['id']}/return", body)

    assert [each["id"] for each in told.get_json()["work_items"]] == [1]


def test_a_case_rests_and_goes_on(opener: Program, helpdesk: Program, case: str) -> None:
    item = helpdesk.get("/work-items?post").get_json()["work_items"][0]
    assert opener.post(f"/cases/{case}/reopen", {"reason": WHY}).status_code == 409
    assert opener.post(f"/cases/{case}/suspend", {"reason": WHY}).get_json()["state"] == "suspended"
    refused = helpdesk.post(f"/work-items/{item['id']}/claim", {"seen": item["version"]})
    assert WHY in problem(refused)["detail"]

    assert opener.post(f"/cases/{case}/resume", {"reason": WHY}).get_json()["state"] == "running"


def test_what_is_not_to_be_undone_is_refused(program: Any, helpdesk: Program, case: str) -> None:  # noqa: F811 - as above
    wrong = helpdesk.post("/work-items/1/correct", {"reason": WHY, "answers": {"entah": 1}})
    silent = [
        helpdesk.post(f"/work-items/1/{verb}", {"seen": 2, "to": 1}) for verb in ("take-back", "return", "correct")
    ]
    verbs = ("suspend", "resume", "reopen")
    strange = [program(ELSEWHERE).post(f"/cases/{case}/{verb}", {"reason": WHY}).status_code for verb in verbs]

    assert set(problem(wrong)["errors"]) == {"entah"}
    assert all("reason" in str(problem(each)["errors"]) for each in silent)
    assert strange == [404, 404, 404]

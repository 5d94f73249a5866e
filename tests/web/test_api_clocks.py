"""The times of a case, for other programs."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.web.office import ELSEWHERE, HEAD, HELPDESK, SISPOPMI, Clock
from tests.web.test_api import V1, problem, program

__all__ = ["program"]

PAUSE = {"reason": "applicant", "text": "Menunggu salinan paspor."}


@pytest.fixture
def number(program: Any, clock: Clock) -> str:
    """A case that was opened half an hour ago."""
    made = program(SISPOPMI).post("/cases", {"release": "p-c3-01"}).get_json()["number"]
    clock.now += timedelta(minutes=5)
    return str(made)


def step(program: Any, number: str) -> dict[str, Any]:
    """The clock of the step at which the case stands."""
    found: list[dict[str, Any]] = program(HELPDESK).get(f"/cases/{number}/clocks").get_json()
    return found[-1]


def test_the_clocks_of_a_case_are_told_from_the_outermost(program: Any, number: str) -> None:
    told = program(HELPDESK).get(f"/cases/{number}/clocks").get_json()

    assert [each["kind"] for each in told] == ["case", "stage", "procedure", "procedure", "step"]
    assert (told[-1]["state"], told[-1]["late"], told[-1]["minutes_left"]) == ("running", False, 10)
    assert told[-1]["allowance"] == {"amount": 0.25, "clock": "running-hours", "basis": told[-1]["allowance"]["basis"]}
    assert told[-1]["office"] == "bp3mi-jatim"


def test_a_pause_stops_the_clocks_until_it_is_ended_and_moves_what_is_due(
    program: Any, number: str, clock: Clock
) -> None:
    before = step(program, number)
    begun = program(SISPOPMI).post(f"/cases/{number}/pauses", PAUSE)
    between = step(program, number)
    clock.now += timedelta(hours=2)
    ended = program(SISPOPMI).post(f"/pauses/{begun.get_json()['id']}/end")
    after = step(program, number)

    assert (begun.status_code, begun.get_json()["state"], begun.get_json()["clocks"]) == (201, "open", [])
    assert (between["state"], between["due_at"], between["minutes_left"]) == ("paused", None, 10)
    assert (ended.status_code, ended.get_json()["state"]) == (200, "ended")
    assert (after["state"], after["minutes_left"]) == ("running", 10)
    assert after["due_at"] > before["due_at"]
    assert program(HELPDESK).get(f"/cases/{number}/pauses").get_json() == [ended.get_json()]


def test_only_the_clocks_that_are_named_stand_still_for_as_long_as_is_said(
    program: Any, number: str, clock: Clock
) -> None:
    one, before = step(program, number), clock.now - timedelta(minutes=4)
    span = {"begins_at": before.isoformat(), "ends_at": clock.now.isoformat()}

    made = program(SISPOPMI).post(f"/cases/{number}/pauses", {**PAUSE, **span, "clocks": [one["id"]]}).get_json()
    told = program(SISPOPMI).get(f"/cases/{number}/clocks").get_json()

    assert (made["state"], made["clocks"]) == ("ended", [one["id"]])
    assert [each["state"] for each in told] == ["running"] * len(told)
    assert told[-1]["minutes_left"] == one["minutes_left"] + 4


def test_the_same_pause_sent_again_under_its_key_is_one(program: Any, number: str) -> None:
    ours, key = program(SISPOPMI), {"Idempotency-Key": "jeda-1"}

    first, again = (ours.post(f"/cases/{number}/pauses", PAUSE, **key) for _ in range(2))
    other = ours.post(f"/cases/{number}/pauses", {**PAUSE, "reason": "force-majeure"}, **key)

    assert first.get_json() == again.get_json()
    assert other.status_code in {409, 422}
    assert len(ours.get(f"/cases/{number}/pauses").get_json()) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": "sibuk"}, "reason"),
        ({"reason": "suspended"}, "reason"),
        ({"text": ""}, "text"),
        ({"begins_at": "2026-11-18T09:40:00"}, "begins_at"),
        ({"clocks": ["1"]}, "clocks"),
        ({"clocks": [0]}, "clocks"),
        ({"extra": 1}, "extra"),
    ],
)
def test_a_pause_that_is_not_as_declared_is_refused_by_field(
    program: Any, number: str, said: dict[str, Any], field: str
) -> None:
    refused = program(SISPOPMI).post(f"/cases/{number}/pauses", {**PAUSE, **said})

    assert refused.status_code == 422
    assert field in json.dumps(problem(refused)["errors"])


def test_what_the_engine_refuses_is_a_problem_with_its_sentence(program: Any, number: str, clock: Clock) -> None:
    ours, later = program(SISPOPMI), (clock.now + timedelta(minutes=1)).isoformat()
    made = ours.post(f"/cases/{number}/pauses", PAUSE).get_json()["id"]
    clock.now += timedelta(minutes=5)
    ours.post(f"/pauses/{made}/end")

    ahead = ours.post(f"/cases/{number}/pauses", {**PAUSE, "begins_at": "2027-01-01T00:00:00+07:00"})
    blank = ours.post(f"/cases/{number}/pauses", {**PAUSE, "text": "  "})
    strange = ours.post(f"/cases/{number}/pauses", {**PAUSE, "clocks": [2**62]})
    again = ours.post(f"/pauses/{made}/end", {"ended_at": later})

    assert [each.status_code for each in (ahead, blank, strange, again)] == [422, 422, 404, 409]
    assert "future" in problem(ahead)["detail"]
    assert "ended" in problem(again)["detail"]


def test_to_another_office_neither_the_times_nor_the_pause_exist(program: Any, number: str) -> None:
    made = program(SISPOPMI).post(f"/cases/{number}/pauses", PAUSE).get_json()["id"]
    theirs = program(ELSEWHERE)

    answers = [
        theirs.get(f"/cases/{number}/clocks"),
        theirs.get(f"/cases/{number}/pauses"),
        theirs.post(f"/cases/{number}/pauses", PAUSE),
        theirs.post(f"/pauses/{made}/end"),
    ]

    assert [each.status_code for each in answers] == [404] * 4
    assert program(HEAD).get(f"/cases/{number}/pauses").get_json()[0]["state"] == "open"


def test_the_description_names_these_addresses(program: Any) -> None:
    paths = program(SISPOPMI).get("/openapi.json").get_json()["paths"]

    assert set(paths[f"{V1}/cases/{{case}}/pauses"]) >= {"get", "post"}
    assert {f"{V1}/cases/{{case}}/clocks", f"{V1}/pauses/{{pause}}/end"} <= paths.keys()

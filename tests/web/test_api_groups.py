"""Groups, for other programs."""

from __future__ import annotations

from typing import Any

from tests.web.office import ELSEWHERE, SISPOPMI
from tests.web.test_api import program
from web.wiring import Wiring

__all__ = ["program"]

GROUP = {"title": "Kapal Contoh", "release": "p-c3-01", "source": "deportasi", "found_at": "2026-11-18T06:00:00+07:00"}
PEOPLE = [
    {"nama": "Contoh Satu", "nik": "9900000000000001", "tanggal_lahir": "2015-01-01"},
    {"nama": "Contoh Dua", "tanggal_lahir": "kemarin"},
    {"nama": "Contoh Satu Lagi", "nik": "9900000000000001"},
    {},
]


def test_a_group_is_opened_and_each_of_its_people_taken_or_refused(program: Any) -> None:
    ours = program(SISPOPMI)
    made = ours.post("/events", GROUP)
    number = made.json["number"]

    first = ours.post(f"/events/{number}/people", {"people": PEOPLE})
    again = ours.post(f"/events/{number}/people", {"people": PEOPLE[:1]})

    assert (made.status_code, first.status_code) == (201, 200)
    assert [row["state"] for row in first.json["rows"]] == ["admitted", "refused", "refused", "refused"]
    assert list(first.json["rows"][1]["errors"]) == ["tanggal_lahir"]
    assert again.json["rows"][0]["state"] == "there-already"
    shown = ours.get(f"/events/{number}").json
    assert [(each["place"], each["stage"]) for each in shown["people"]] == [(1, "Terdata")]
    assert "Contoh Satu" not in str(shown)


def test_another_office_s_group_and_what_is_no_event_are_refused(program: Any, wiring: Wiring) -> None:
    number = program(SISPOPMI).post("/events", GROUP).json["number"]
    theirs = program(ELSEWHERE)

    assert theirs.get(f"/events/{number}").status_code == 404
    assert theirs.post(f"/events/{number}/people", {"people": PEOPLE}).status_code == 404
    assert theirs.post("/events", {**GROUP, "release": "p-c9-99"}).status_code == 404
    assert theirs.post("/events", {"title": "x"}).status_code == 422

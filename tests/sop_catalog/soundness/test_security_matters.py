"""Macro S11-M03: each kind of matter goes to its own micro, and telling of a breach waits for nothing."""

from typing import Any

import pytest

from engine.machine import Machine
from engine.process import Completed
from sop_catalog.rules.view import View
from sop_catalog.soundness.walk import BEGIN
from tests.sop_catalog.soundness.shelf import drawings


def steps_of(first: dict[str, Any], *then: tuple[str, dict[str, Any]]) -> list[str]:
    """What is open after these calls have been done, by the ids of the calls."""
    drawing, machine, facts = drawings()["s11-m03"], Machine(), dict(first)
    program = machine.compile(View(drawing, drawing.processes[0]).alone)
    step = machine.start(program, at=BEGIN, facts=facts)
    for done, told in then:
        facts |= told
        (wait,) = [each for each in machine.waits(program, step.snapshot) if each.path[-1] == f"s11-m03/{done}"]
        step = machine.advance(program, step.snapshot, Completed(wait.token), at=BEGIN, facts=facts)
    open_now = () if step.ended else machine.waits(program, step.snapshot)
    return sorted(each.path[-1].rpartition("/")[2] for each in open_now)


@pytest.mark.parametrize(
    ("matter", "opened"),
    [
        ({}, ["hak_subjek"]),
        ({"urusan_keamanan": "hak_subjek"}, ["hak_subjek"]),
        ({"urusan_keamanan": "hak_akses"}, ["hak_akses"]),
        ({"urusan_keamanan": "dampak"}, ["penilaian_dampak"]),
        ({"urusan_keamanan": "cadangan"}, ["cadangan"]),
        ({"urusan_keamanan": "kegagalan"}, ["pemberitahuan_awal"]),
        ({"urusan_keamanan": "insiden", "dugaan_data_pribadi": False}, ["insiden"]),
        ({"urusan_keamanan": "insiden", "dugaan_data_pribadi": True}, ["insiden", "pemberitahuan_awal"]),
    ],
)
def test_each_matter_opens_its_own_micro(matter: dict[str, Any], opened: list[str]) -> None:
    assert steps_of(matter) == opened


INCIDENT = {"urusan_keamanan": "insiden", "dugaan_data_pribadi": False}


def test_a_breach_that_only_the_incident_shows_is_told_then_and_data_restored_after() -> None:
    found = ("insiden", {"data_pribadi_terdampak": True, "perlu_pemulihan": True})
    told = ("pemberitahuan", {"perbarui_penilaian": True})

    assert steps_of(INCIDENT, found) == ["pemberitahuan"]
    assert steps_of(INCIDENT, found, told) == ["cadangan"]
    assert steps_of(INCIDENT, found, told, ("cadangan", {})) == ["penilaian_dampak"]


def test_a_breach_that_was_told_at_once_is_not_told_again() -> None:
    suspected = {**INCIDENT, "dugaan_data_pribadi": True}
    found = ("insiden", {"data_pribadi_terdampak": True, "perlu_pemulihan": False})

    assert steps_of(suspected, ("pemberitahuan_awal", {"perbarui_penilaian": False}), found) == []

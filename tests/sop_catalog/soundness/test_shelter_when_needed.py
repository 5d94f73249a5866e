"""The shelter is opened when it is needed: from the beginning, or from the screening on, and never twice at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from engine import feel
from engine.machine import Machine
from engine.notation import CallActivity, nodes
from engine.process import Bundle, Completed, Step
from sop_catalog.diagram.extension import read_activities
from sop_catalog.rules.view import View
from sop_catalog.soundness.walk import BEGIN
from tests.sop_catalog.soundness.shelf import drawings

MAP, NEEDS = "p-c3-01", "c3-m03-05"


class Case:
    """One case on the map, each macro done in one step."""

    def __init__(self, **facts: Any) -> None:
        drawing = drawings()[MAP]
        self.machine, self.facts = Machine(), facts
        bundle: Bundle = View(drawing, drawing.processes[0]).alone
        self.program = self.machine.compile(bundle)
        self.step: Step = self.machine.start(self.program, at=BEGIN, facts=facts, start="start")

    @property
    def open(self) -> list[str]:
        waits = self.machine.waits(self.program, self.step.snapshot)
        return sorted((each.path[-1] if each.path else f"/{each.element}").rpartition("/")[2] for each in waits)

    def do(self, name: str, **told: Any) -> None:
        waits = self.machine.waits(self.program, self.step.snapshot)
        (wait,) = [each for each in waits if name in {each.element, (each.path or ("",))[-1].rpartition("/")[2]}]
        self.facts |= {key: value for key, value in told.items() if key != "outcome"}
        given: Mapping[str, Any] = {**self.facts, **told}
        self.step = self.machine.advance(self.program, self.step.snapshot, Completed(wait.token), at=BEGIN, facts=given)


def test_a_need_found_in_screening_opens_the_shelter_and_the_case_waits_for_its_end() -> None:
    case = Case(perlu_penampungan=False)
    case.do("pendataan")

    case.do("penapisan", penampungan_menyusul=True)

    assert case.open == ["disposisi", "penampungan_susulan"]
    case.do("disposisi")
    case.do("tinjau_penanganan", outcome="tidak")
    assert case.open == ["penampungan_susulan"]
    case.do("penampungan_susulan")
    assert case.open == ["nilai_pemantauan"]


def test_another_disposition_does_not_open_the_shelter_again() -> None:
    case = Case(perlu_penampungan=False)
    case.do("pendataan")
    case.do("penapisan", penampungan_menyusul=True)
    case.do("penampungan_susulan")
    case.do("disposisi")

    case.do("tinjau_penanganan", outcome="perlu")

    assert case.open == ["disposisi"]


def test_without_a_need_there_is_no_shelter() -> None:
    case = Case(perlu_penampungan=False)
    case.do("pendataan")

    case.do("penapisan")

    assert case.open == ["disposisi"]


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({}, True),
        ({"perlu_penampungan": False}, True),
        ({"perlu_penampungan": True}, False),
        ({"perlu_penampungan": True, "penampungan_hasil": "diterima"}, False),
        ({"perlu_penampungan": True, "penampungan_hasil": "menolak"}, True),
        ({"perlu_penampungan": True, "tempat_pengganti": "Sentra Contoh"}, True),
        (
            {
                "perlu_penampungan": True,
                "penampungan_hasil": "diterima",
                "tanggal_keluar_hunian": date(2026, 1, 5),
            },
            True,
        ),
    ],
)
def test_screening_asks_for_a_shelter_unless_one_is_open(known: Mapping[str, Any], asked: bool) -> None:
    steps = {each.element: each for each in read_activities(drawings()[NEEDS])}
    (field,) = [each for each in steps["daftar_kebutuhan"].form if each.name == "penampungan_menyusul"]

    assert feel.is_true(feel.parse(field.when), known, now=BEGIN) is asked


def test_the_late_shelter_is_the_same_macro() -> None:
    calls = {node.id: node.called for node, _ in nodes(drawings()[MAP].processes[0]) if isinstance(node, CallActivity)}

    assert calls["penampungan"] == calls["penampungan_susulan"] == "c3-m04"

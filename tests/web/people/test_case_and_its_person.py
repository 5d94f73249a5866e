"""From the person of a case to whom it may be, and to who recruited them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from engine import import_subjects
from tests.web.office import ELSEWHERE, NOW, SISPOPMI, Browser
from web.wiring import Wiring

NAME = "Contoh Kirana Peraga"
BORN = "1999-05-06"


@pytest.fixture
def known(case: str, wiring: Wiring) -> str:
    """A case whose person stands in an old register already, and names a recruiter."""
    given: Any = {"source": "Buku 2024", "officer": SISPOPMI, "at": NOW}
    wiring.engine.perform(import_subjects, [{"nama": NAME, "tanggal_lahir": BORN}], **given)
    with wiring.engine.begin(officer=SISPOPMI, at=NOW) as work:
        held = work.cases.lock(case).case
        person = work.subjects.add(NOW).number
        work.subjects.write(person, {"nama": "Tjontoh Kirana P.", "tanggal_lahir": BORN})
        work.cases.save(replace(held, subject=person))
        work.recruiters.name_of_case(held.id, person, "Joko Contoh", "081300000001", NOW)
    return case


def test_a_case_leads_to_whom_its_person_may_be_and_is_joined_there(
    known: str, officer: Callable[[str], Browser]
) -> None:
    browser = officer(SISPOPMI)
    tab = browser.get(f"/cases/{known}?tab=person")

    found = browser.get(tab.link("Apakah orang ini sudah dikenal?")).submit(f"/people/of/{known}")
    joined = found.submit("/link", reason="Desa dan tanggal lahir sama")

    assert "O-00001" in found.text
    assert "tanggal lahir sama" in found.text
    assert NAME not in found.text
    assert "Kasus disatukan dengan orang O-00001" in joined.text
    assert known in joined.text
    assert "Percobaan ke-2" in browser.get(f"/people/of/{known}").text


def test_a_recruiter_is_a_number_until_somebody_says_why(known: str, officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get("/people/recruiters")

    named = page.submit("/reveal", reason="Membandingkan dua catatan")

    assert "P-00001" in page.text
    assert "Joko" not in page.text
    assert "Joko Contoh" in named.text
    assert "P-00001" not in officer(ELSEWHERE).get("/people/recruiters").text

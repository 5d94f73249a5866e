"""What the register knows of a person stands at the step that asks for it, and is not typed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import complete_work_item, import_subjects, link_subject
from engine.queries import Scope, worklist
from tests.web.office import HELPDESK, NOW, SISPOPMI, Browser, Page
from web.wiring import Wiring

NAME, NIK = "Contoh Kirana Peraga", "9900000000000017"
FOUND = {"sumber_temuan": "sidak", "tempat_temuan": "x", "waktu_temuan": NOW.isoformat()}
STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (HELPDESK, "", {}),
    (HELPDESK, "tidak", {"sakit": "no", "anak": "no"}),
    (SISPOPMI, "", {**FOUND, "rombongan": "no", "perlu_penampungan": "no"}),
    (SISPOPMI, "", {}),
    (SISPOPMI, "ada", {"jenis_identitas": ["ktp"], "dokumen_ditahan": "no", "nama": NAME, "nik": NIK}),
)


def step(wiring: Wiring, login: str, outcome: str, facts: dict[str, Any]) -> None:
    """Complete the one step that waits for this officer."""
    with wiring.engine.reading(at=NOW) as reader:
        row = worklist(reader, wiring.engine.officer(login, at=NOW), Scope.POSTS).rows[0]
    given: dict[str, Any] = {"seen": row.version, "outcome": outcome, "facts": facts}
    wiring.engine.perform(complete_work_item, row.item, **given, officer=login, at=NOW)


@pytest.fixture
def intake(case: str, wiring: Wiring) -> str:
    """A case at the step that looks for earlier ones; its person showed an identity card."""
    for each in STEPS:
        step(wiring, *each)
    return case


def search(officer: Callable[[str], Browser]) -> Page:
    browser = officer(SISPOPMI)
    return browser.get(browser.get("/work/post").link("Mencari riwayat kasus"))


def ticked(page: Page) -> list[str]:
    return [each.get("value") for each in page.tree.iter("input") if each.get("checked") is not None]


def test_somebody_who_is_not_recognised_yet_leads_to_the_register(
    intake: str, officer: Callable[[str], Browser]
) -> None:
    page = search(officer)

    assert "Register belum mengenal kasus terdahulu." in page.text
    assert page.link("Apakah orang ini sudah dikenal?") == f"/people/of/{intake}"
    assert ticked(page) == []


def test_earlier_times_are_proposed_to_be_confirmed(
    intake: str, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    wiring.engine.perform(import_subjects, [{"nik": NIK}], source="Buku 2024", officer=SISPOPMI, at=NOW)
    wiring.engine.perform(link_subject, intake, subject=2, reason="NIK sama", officer=SISPOPMI, at=NOW)

    page = search(officer)
    done = page.submit("/complete", outcome="sama")

    assert "Menurut register: percobaan ke-2." in page.text
    assert ticked(page) == ["yes"]
    assert "Selesai: Mencari riwayat" in done.text


def test_what_is_recorded_is_hidden_and_need_not_be_typed_again(
    intake: str, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    step(wiring, SISPOPMI, "baru", {"kasus_terdahulu": "no"})
    step(wiring, "verifikator-data.jatim", "", {"identitas_ada": "yes"})

    step(wiring, SISPOPMI, "tidak", {})

    browser = officer(SISPOPMI)
    page = browser.get(browser.get("/work/post").link("Merekam data pribadi"))
    done = page.submit("/complete", jenis_kelamin="perempuan")

    assert page.text.count("Sudah tercatat") == 2
    assert NAME not in page.response.get_data(as_text=True)
    assert "Selesai: Merekam data pribadi" in done.text

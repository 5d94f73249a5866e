"""The person of a case: hidden until asked for, and each look is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from engine import complete_work_item
from engine.queries import Scope, worklist
from tests.web.office import ELSEWHERE, HELPDESK, NOW, SISPOPMI, Browser
from web.wiring import Wiring

NAME = "Contoh Kirana Peraga"


@pytest.fixture
def known(case: str, wiring: Wiring) -> str:
    """The case, after the officers have written down its person."""
    steps = [
        (HELPDESK, "", {}),
        (HELPDESK, "tidak", {"sakit": "no", "anak": "no"}),
        (
            SISPOPMI,
            "",
            {
                "sumber_temuan": "sidak",
                "tempat_temuan": "x",
                "waktu_temuan": NOW.isoformat(),
                "rombongan": "no",
                "perlu_penampungan": "no",
            },
        ),
        (SISPOPMI, "", {}),
        (SISPOPMI, "tidak_ada", {"jenis_identitas": ["ktp"], "dokumen_ditahan": "no"}),
        (SISPOPMI, "", {"nama": NAME, "tempat_lahir": "Kota Contoh"}),
    ]
    for login, outcome, facts in steps:
        officer = wiring.engine.officer(login, at=NOW)
        with wiring.engine.reading(at=NOW) as reader:
            row = worklist(reader, officer, Scope.POSTS).rows[0]
        wiring.engine.perform(
            complete_work_item, row.item, seen=row.version, outcome=outcome, facts=facts, officer=login, at=NOW
        )
    return case


def looks(wiring: Wiring) -> list[str]:
    with wiring.engine.reading(at=NOW) as reader:
        rows = reader.connection.execute(
            text("select officer, data from access_record where kind = 'subject.revealed'")
        )
        return [f"{row.officer}: {row.data}" for row in rows]


def test_the_person_is_hidden_on_every_page(known: str, officer: Callable[[str], Browser], wiring: Wiring) -> None:
    browser = officer(SISPOPMI)

    pages = [browser.get(f"/cases/{known}?tab={tab}") for tab in ("way", "diagram", "person", "time")]

    assert all(NAME not in page.response.get_data(as_text=True) for page in pages)
    assert "•••••" in pages[2].text
    assert looks(wiring) == []


def test_a_look_shows_the_person_and_is_kept_with_its_reason(
    known: str, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    page = officer(SISPOPMI).get(f"/cases/{known}?tab=person").submit("/reveal", reason="Memastikan siapa orangnya")

    assert NAME in page.text
    assert "Pembukaan ini sudah dicatat." in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    assert len(looks(wiring)) == 1
    assert looks(wiring)[0].startswith(SISPOPMI)
    assert "Memastikan siapa orangnya" in looks(wiring)[0]
    assert NAME not in looks(wiring)[0]


def test_without_a_reason_nothing_is_shown(known: str, officer: Callable[[str], Browser], wiring: Wiring) -> None:
    refused = officer(SISPOPMI).get(f"/cases/{known}?tab=person").submit("/reveal", reason="")

    assert refused.status == 422
    assert NAME not in refused.text
    assert looks(wiring) == []


def test_another_office_learns_nothing(known: str, officer: Callable[[str], Browser], wiring: Wiring) -> None:
    browser = officer(ELSEWHERE)
    token = browser.get("/work/mine").form("/sign-out").form_values()[0][1]

    refused = browser.post(f"/cases/{known}/reveal", csrf=token, reason="x")

    assert refused.status == 404
    assert NAME not in refused.text
    assert looks(wiring) == []

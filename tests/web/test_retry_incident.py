"""A fault of the program on the page of its case: told, and tried again by a button."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import engine.commands.claim_work_item
from tests.web.office import HELPDESK, SISPOPMI, Browser


@pytest.fixture
def troubled(item: str, case: str, officer: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch) -> str:
    """A case in which a step has failed by a fault of the program."""

    def fail(*_: object) -> None:
        raise RuntimeError("Contoh Rahasia")

    with monkeypatch.context() as patched:
        patched.setattr(engine.commands.claim_work_item, "expect_holder", fail)
        answer = officer(HELPDESK).get(item).submit("/claim")
        assert answer.status == 500
        assert "Contoh Rahasia" not in answer.text
    return case


def test_the_case_tells_of_the_fault_and_offers_to_try_again(troubled: str, officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get(f"/cases/{troubled}")

    assert "gagal karena kesalahan program" in page.text
    assert "Contoh Rahasia" not in page.text


def test_trying_again_settles_it(troubled: str, officer: Callable[[str], Browser]) -> None:
    page = officer(SISPOPMI).get(f"/cases/{troubled}").submit("/retry")

    assert "Sudah dicoba lagi" in page.text
    assert "gagal karena kesalahan program" not in page.text
    assert "Dicoba lagi setelah gangguan" in page.text

"""A fault of the program on the page of its case: told, and tried again by a button."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

import engine.commands.claim_work_item
from engine.worker import Worker
from tests.web.office import HELPDESK, SISPOPMI, Browser, Clock
from web.wiring import Wiring


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


def test_what_is_far_too_late_is_no_fault_and_cannot_be_tried_again(
    case: str, item: str, officer: Callable[[str], Browser], wiring: Wiring, clock: Clock
) -> None:
    clock.now += timedelta(days=60)
    while Worker(wiring.engine, lambda: clock.now).work_once():
        pass

    page = officer(SISPOPMI).get(f"/cases/{case}")
    house = officer("admin-sistem.pusat").get("/house/incidents")
    after = officer(HELPDESK).get(item).submit("/complete")
    way = officer(SISPOPMI).get(f"/cases/{case}")

    (told,) = re.findall(r"Terlambat melebihi toleransi SOP: ([^.]*)", page.text)
    assert [
        each for each in ("“Terdata”", "“Penerimaan CPMI di kantor BP3MI”", "“Menyambut CPMI") if each not in told
    ] == []
    assert "gagal karena kesalahan program" not in page.text
    assert "Bukan kesalahan program" in house.text
    assert "Coba lagi" not in house.text
    assert after.status == 200
    over = "Tidak lagi melewati batas waktu: Menyambut CPMI dan menawarkan kebutuhan dasar"
    (line,) = [each for each in way.tree.xpath("//ol[@class='way']/li") if each.xpath("string(.//b)") == over]
    assert "sudah selesai" in line.text_content()
    assert "“Menyambut CPMI" not in way.text

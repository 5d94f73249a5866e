"""What forms store as codes stands on pages and in files by its name."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import cancel_case
from tests.web.audit_history import came_again, open_handover, opener
from tests.web.office import HEAD, NOW, SISPOPMI, Browser
from web.wiring import Wiring

BEGUN = NOW - timedelta(days=21)
PERIOD = f"since={BEGUN - timedelta(days=30):%Y-%m-%d}&until={NOW:%Y-%m-%d}"
Officers = Callable[[str], Browser]


@pytest.fixture
def told(wiring: Wiring) -> None:
    """Somebody came twice, recruited by the kind `calo` with a `visa_wisata` from 33.21."""
    came_again(wiring.engine, BEGUN)


@pytest.mark.parametrize(
    ("login", "address"),
    [
        (HEAD, f"/audit/prevention/recruiters?{PERIOD}"),
        (HEAD, f"/audit/prevention?{PERIOD}&by=perekrut_jenis"),
        (HEAD, f"/audit/prevention/cases?{PERIOD}&by=perekrut_jenis&value=calo"),
        (SISPOPMI, "/people/recruiters"),
    ],
)
def test_a_kind_of_recruiter_is_called_as_the_form_calls_it(
    told: None, officer: Officers, login: str, address: str
) -> None:
    page = officer(login).get(address)

    assert "Calo atau sponsor" in page.text
    assert "visa wisata" not in page.text


def test_the_file_says_the_same_as_the_page(told: None, officer: Officers) -> None:
    page = officer(HEAD).get(f"/audit/prevention/recruiters?{PERIOD}")

    taken = page.submit("/audit/export", table="recruiters", purpose="Analisis", **{"as": "csv-comma"})

    rows = list(csv.reader(io.StringIO(taken.response.get_data(as_text=True).lstrip("\ufeff"))))
    (row,) = [each for each in rows if each and each[0].startswith("P-")]
    assert [row[3].partition(" (")[0], row[6].partition(" (")[0]] == ["Calo atau sponsor", "Visa wisata atau kunjungan"]
    assert row[5].startswith("Kabupaten Demak, Jawa Tengah")


def test_why_a_case_was_cancelled_is_told_by_the_name_of_the_reason(wiring: Wiring, officer: Officers) -> None:
    case, here = open_handover(wiring.engine, "jatim", BEGUN), opener("jatim")
    closing = "tidak-dapat-dihubungi"
    wiring.engine.perform(cancel_case, case, reason="Contoh", closing=closing, officer=here, at=BEGUN)

    page = officer(HEAD).get(f"/audit/besides?{PERIOD}")

    assert "Tidak dapat dihubungi" in page.text
    assert closing not in page.text


def test_an_office_s_province_and_working_area_are_named(officer: Officers) -> None:
    page = officer("admin-sistem.pusat").get("/house/offices/bp3mi-jatim")

    assert page.tree.xpath("string(//select[@name='province']/option[@selected])") == "Jawa Timur"
    assert "35 Jawa Timur" in page.tree.xpath("string(//textarea[@name='areas'])")

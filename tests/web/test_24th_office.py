"""An office that was not there when the program was made: added by a page, it is as good as the other 23."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.queries import office_for
from tests.web.office import HELPDESK, SISPOPMI, Browser
from tests.web.one_app import app_over
from tests.web.test_run_the_house import ADMIN
from web.wiring import Wiring

NEW = {
    "code": "bp3mi-contoh",
    "name": "BP3MI Contoh Selatan",
    "city": "Kota Contoh",
    "province": "Papua Selatan",
    "zone": "Asia/Jayapura",
    "areas": "93",
}
OWN = "kalimat saya sendiri"


@pytest.fixture
def newcomer(officer: Callable[[str], Browser], wiring: Wiring) -> Browser:
    """Somebody of the new office, who has been given a post there and a password by pages alone."""
    admin = officer(ADMIN)
    added = admin.get("/house/offices/new").submit("/offices/new", **NEW)
    assert added.status == 200, added.text
    made = admin.get("/house/officers").submit("/officers/new", login="orang-baru", name="Orang Baru")
    made.submit("/assign", post="petugas-helpdesk", office="bp3mi-contoh")
    browser = Browser(app_over(wiring).test_client())
    secret = made.tree.find_class("pin")[0].text_content()
    browser.sign_in("orang-baru", secret).submit("/me/password", old=secret, new=OWN, again=OWN)
    return browser


def test_a_case_is_handed_over_to_it_and_worked_there(
    newcomer: Browser, case: str, item: str, officer: Callable[[str], Browser]
) -> None:
    here = officer(SISPOPMI)

    here.get(f"/cases/{case}").submit("/handovers", to_office="bp3mi-contoh", reason="Dekat keluarga.", days="3")
    offer = newcomer.get("/work/mine")
    accepted = newcomer.get(offer.link("menawarkan")).submit("/accept")
    done = newcomer.get(item).submit("/complete")

    assert "menawarkan" in offer.text
    assert accepted.response.request.path == f"/cases/{case}"
    assert done.status == 200
    assert "Memeriksa keadaan darurat" in newcomer.get("/work/post").text
    assert "Memeriksa keadaan darurat" not in officer(HELPDESK).get("/work/post").text


def test_its_region_belongs_to_it_its_clock_is_its_own_and_its_name_stands_in_refusals(
    newcomer: Browser, wiring: Wiring, officer: Callable[[str], Browser]
) -> None:
    with wiring.engine.reading(at=wiring.clock()) as reader:
        found = office_for(reader, "93.01")

    assert found is not None
    assert found.code == "bp3mi-contoh"
    assert "WIT" in newcomer.get("/me").text
    assert "Petugas Helpdesk · BP3MI Contoh Selatan" in newcomer.get("/work/mine").text

"""Taking a work item."""

from __future__ import annotations

from collections.abc import Callable

from engine import add_officer, assign_post
from tests.web.office import CHEAP, HELPDESK, NOW, SISPOPMI, Browser
from web.wiring import Wiring


def test_who_takes_an_item_sees_its_page_and_may_give_it_back(item: str, officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get(item).submit("/claim")

    assert page.response.request.path == item
    assert "Kembalikan kepada rekan sejabatan" in page.text


def test_the_second_who_takes_it_is_told_who_has_it_and_since_when(
    item: str, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    with wiring.engine.begin(at=NOW) as work:
        add_officer(work, "kedua", name="Orang Kedua", password=CHEAP)
        assign_post(work, "kedua", post="petugas-helpdesk", office="bp3mi-jatim", begins_on=NOW.date())
    first, second = officer(HELPDESK).get(item), officer("kedua").get(item)

    first.submit("/claim")
    refused = second.submit("/claim")

    assert refused.status == 409
    assert "sudah diambil Petugas Helpdesk Contoh sejak 09:30" in refused.text
    assert refused.tree.get_element_by_id("isi").find(".//h1").text == "Menyambut CPMI dan menawarkan kebutuhan dasar"


def test_the_same_button_pressed_twice_is_one_taking(item: str, officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get(item)

    first, again = page.submit("/claim"), page.submit("/claim")

    assert (first.status, again.status) == (200, 200)


def test_an_item_of_another_post_is_not_given(item: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)
    token = browser.get("/work/mine").form("/sign-out").form_values()[0][1]

    refused = browser.post(f"{item}/claim", csrf=token, seen="1", key="k")

    assert refused.status == 403
    assert "itu tugas Petugas Helpdesk (BP3MI Jawa Timur)" in refused.text

"""The pages of the house and one's own: on a desk by day and on a phone by night, fit for everybody and within their width."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import WrongState, open_case
from tests.browser.officer_at_screen import DESK, PHONE, OfficerAtScreen
from tests.browser.served_office import ServedOffice
from tests.browser.test_every_page import faults

PLACES = ("/house", "/house/incidents", "/house/officers", "/house/officers/1", "/house/offices", "/house/posts", "/me")


@pytest.fixture
def troubled(office: ServedOffice) -> None:
    """A case, and a fault of the program in it."""
    office.engine.perform(
        open_case, "p-c3-01", office="bp3mi-jatim", officer="petugas-sispopmi.jatim", at=office.clock()
    )
    with pytest.raises(WrongState) as lost:
        raise WrongState(act="deliver", what="a message", state="lost")
    office.engine.note_incident(lost.value, case=1, event="pass_time", at=office.clock())


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk by day", "phone by night"])
@pytest.mark.usefixtures("troubled")
def test_the_pages_of_the_house_are_fit_for_everybody(
    size: dict[str, int], scheme: str, window: Callable[..., OfficerAtScreen]
) -> None:
    officer = window(size=size, color_scheme=scheme)
    officer.sign_in("admin-sistem.pusat")
    wrong = {}

    for place in PLACES:
        officer.go(place)
        officer.picture(f"{place.strip('/').replace('/', '-')}-{scheme}")
        if found := faults(officer.page):
            wrong[place] = found

    assert wrong == {}

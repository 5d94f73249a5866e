"""What watches over the pages of all these tests sees what it is there for."""

from __future__ import annotations

from tests.browser.fitness import faults
from tests.browser.officer_at_screen import OfficerAtScreen, Watch
from tests.browser.served_office import ServedOffice


def test_a_script_that_was_slipped_in_does_not_run_and_is_noticed(
    officer: OfficerAtScreen, office: ServedOffice, watch: Watch
) -> None:
    officer.page.goto(office.address)

    officer.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=/none.png onerror=slipped()>')")
    officer.page.wait_for_timeout(300)

    assert any(each.startswith("policy: script-src") for each in watch.faults)
    watch.faults.clear()


def test_what_shuts_people_out_is_noticed(officer: OfficerAtScreen, office: ServedOffice) -> None:
    officer.page.goto(office.address)
    assert faults(officer.page) == []

    officer.page.evaluate(
        "document.querySelector('main').innerHTML = '<button></button><pre>' + 'x'.repeat(999) + '</pre>'"
    )

    assert [each.split(":")[0].split(" by")[0] for each in faults(officer.page)] == [
        "button-name",
        "wider than the screen",
    ]

"""One person's case, by clicks alone: from the counter to closure, through two offices, on a desk and on a phone.

Some minutes each, so: `python3 run.py test --long`. `test_forty_people` clicks a shorter way in every run.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.officer_at_screen import DESK, PHONE, OfficerAtScreen
from tests.browser.served_office import HERE, ServedOffice
from tests.browser.the_way_home import (
    AFTER_CONTACT_DAY,
    AFTER_DECISION,
    ANSWERS,
    DAYS_UNTIL_CONTACT,
    DECISION,
    UNTIL_DECISION,
    steps,
)

SHOWN = {DECISION: "case-decided", "Menjawab tawaran penyerahan": "case-handed-over", "Menutup kasus": "case-closed"}
"""Steps after which a picture is kept, and its name."""
GROUND = "Keluarga siap menerima dan alamatnya sudah dipastikan."


@pytest.mark.long
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_one_person_is_brought_home_and_nothing_is_left_open(
    size: dict[str, int], window: Callable[..., OfficerAtScreen], office: ServedOffice
) -> None:
    officer = window(size=size)
    officer.answers = ANSWERS
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    family = [officer.open_case()]

    def work(story: str) -> None:
        for step in steps(story):
            officer.sign_in(step.login)
            if step.name == DECISION:
                officer.open_item(step.name, family)
                family.append(officer.decide("Pulang ke keluarga", GROUND))
            officer.work(step.name, step.outcome, family)
            if step.name in SHOWN:
                officer.picture(SHOWN[step.name])

    work(UNTIL_DECISION + AFTER_DECISION)
    office.let_pass(days=DAYS_UNTIL_CONTACT, minutes=1)
    officer.login = ""
    work(AFTER_CONTACT_DAY)

    assert office.rows('select number, state from "case" order by id') == [(each, "completed") for each in family]
    assert office.left_open() == {}
    assert office.audit_breaks() == []

"""Times as an Indonesian office writes them."""

from __future__ import annotations

import pytest

from engine.domain.release import Allowance, Clock
from sop_catalog.sheets.wording import allowance_text, numbered


@pytest.mark.parametrize(
    ("amount", "clock", "said"),
    [
        (0.5, Clock.WORKING_HOURS, "30 menit kerja"),
        (1.5, Clock.WORKING_HOURS, "1,5 jam kerja"),
        (0.1667, Clock.WORKING_HOURS, "10 menit kerja"),
        (0.0833, Clock.RUNNING_HOURS, "5 menit"),
        (0.333, Clock.RUNNING_HOURS, "0,333 jam"),
        (3, Clock.WORKING_DAYS, "3 hari kerja"),
    ],
)
def test_minutes_are_said_below_an_hour_and_where_hours_are_no_round_number(
    amount: float, clock: Clock, said: str
) -> None:
    assert allowance_text(Allowance(amount, clock)) == said


def test_what_is_alone_in_a_list_has_no_number() -> None:
    assert [numbered(each) for each in ((), ("Berkas",), ("Berkas", "Surat"))] == [
        [],
        ["Berkas"],
        ["1. Berkas", "2. Surat"],
    ]

"""An allowance in words, as a reader of either language writes it."""

from __future__ import annotations

import pytest
from flask import g

from engine.domain.release import Allowance, Clock
from tests.web.one_app import app_over
from web.remaining import allowance_words
from web.wiring import Wiring


@pytest.mark.parametrize(
    ("language", "amount", "clock", "words"),
    [
        ("id", 4, Clock.WORKING_HOURS, "4 jam kerja"),
        ("id", 1.5, Clock.WORKING_HOURS, "1,5 jam kerja"),
        ("id", 0.1667, Clock.WORKING_HOURS, "10 menit kerja"),
        ("id", 0.3333, Clock.RUNNING_HOURS, "20 menit"),
        ("en", 1.5, Clock.RUNNING_HOURS, "1.5 hours"),
        ("en", 0.1667, Clock.WORKING_HOURS, "10 working minutes"),
        ("en", 1, Clock.WORKING_DAYS, "1 working day"),
    ],
)
def test_an_allowance_is_said_as_its_reader_writes_it(
    wiring: Wiring, language: str, amount: float, clock: Clock, words: str
) -> None:
    with app_over(wiring).test_request_context("/"):
        g.language = language

        assert allowance_words(Allowance(amount, clock)) == words

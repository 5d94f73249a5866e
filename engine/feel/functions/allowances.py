"""Spans that an office's calendar counts: `working days(3)`. They have no length by themselves, so nothing is reckoned
with them: they stand in the duration of a timer, and whoever has the calendar resolves them.
"""

from decimal import Decimal
from typing import Final

from engine.domain.deadline import check_allowance
from engine.domain.release import Allowance, Clock
from engine.errors import NotValid
from engine.feel.evaluate import Evaluation
from engine.feel.functions.signature import NUMBER, Function, define


def _span(clock: Clock) -> Function:
    def call(_run: Evaluation, n: Decimal) -> Allowance:
        allowance = Allowance(float(n), clock)
        try:
            check_allowance(allowance)
        except NotValid as wrong:
            raise ValueError(str(wrong)) from wrong
        return allowance

    return define(clock.value.replace("-", " "), call, n=NUMBER)


FUNCTIONS: Final = tuple(_span(clock) for clock in Clock)

"""Our own elements written wrongly: each would be passed over in silence at some office, and is refused instead."""

import re
from pathlib import Path

import pytest

from sop_catalog.publishing import judge, read_file

GOOD = Path(__file__).parents[2] / "drawings/rules/form-fields-well-formed/good.bpmn"
AMOUNT = r'(<lajur:allowance[^>]*amount=")[^"]*'
CLOCK = r'(<lajur:allowance[^>]*clock=")[^"]*'
NAME = r'(<lajur:field[^>]* name=")[^"]*'
ACT = r"()(?=<lajur:form>)"


def rules_against(pattern: str, written: str) -> set[str]:
    changed, times = re.subn(pattern, lambda found: found[1] + written, GOOD.read_text(), count=1)
    assert times
    verdict = judge(read_file(changed.encode()), {}, walked=False)
    return {each.rule for each in verdict.findings if each.severity == "error"}


def test_the_drawing_stands_as_it_is() -> None:
    assert rules_against(r"(\A)", "") == set()


@pytest.mark.parametrize("amount", ["x", "", "-1", "0", "NaN", "inf", "1e9", "1_0", "100000", "999999999"])
def test_an_amount_that_no_due_date_can_be_reckoned_with_is_refused(amount: str) -> None:
    assert "allowance-has-clock" in rules_against(AMOUNT, amount)


def test_half_a_working_day_is_refused() -> None:
    assert "allowance-has-clock" in rules_against(
        r"(<lajur:allowance )[^>]*(?=/>)", 'amount="0.5" clock="working-days"'
    )


@pytest.mark.parametrize("clock", ["", "fortnights", "Working-Days"])
def test_a_clock_that_nobody_has_is_refused(clock: str) -> None:
    assert "allowance-has-clock" in rules_against(CLOCK, clock)


@pytest.mark.parametrize("name", ["outcome", "seen", "key", "csrf", "true", "null", "if", "__builtins__", "a b", ""])
def test_a_field_s_name_that_a_page_or_a_condition_reads_as_something_else_is_refused(name: str) -> None:
    assert "form-fields-well-formed" in rules_against(NAME, name)


def test_an_act_that_the_engine_would_pass_over_is_refused() -> None:
    assert "activity-complete" in rules_against(ACT, "<lajur:act>launch</lajur:act>")

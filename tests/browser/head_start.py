"""Brings a case to a step by the engine's own commands, for tests that are about the page that comes then."""

from __future__ import annotations

from typing import Any

from engine import complete_work_item, open_case
from engine.domain.organisation import Holding, Officer
from engine.domain.release import Activity, Field, FieldKind
from engine.queries import Scope, WorkRow, release_page, worklist
from tests.browser.served_office import BEGUN, HERE, ServedOffice
from tests.browser.the_way_home import AFTER_DECISION, ANSWERS, UNTIL_DECISION, Step, steps

EVERYBODY = Officer(0, "", "", holdings=tuple(Holding("", f"bp3mi-{each}", BEGUN.date()) for each in (HERE, "jateng")))


def case_at(office: ServedOffice, step: str, *, procedure: str = "p-c3-01") -> str:
    """Open a case and do what comes before this step, each by the officer whose work it is; gives back its number."""
    login = f"petugas-sispopmi.{HERE}"
    receipt = office.engine.perform(open_case, procedure, office=f"bp3mi-{HERE}", officer=login, at=office.clock())
    opened = receipt.case or ""
    with office.engine.reading(at=office.clock()) as reader:
        activities = release_page(reader, procedure).release.activities
    for each in steps(UNTIL_DECISION + AFTER_DECISION):
        waits = {row.name: row for row in _open(office, opened)}
        if each.name == step and step in waits:
            return opened
        if row := waits.get(each.name):
            _complete(office, each, row, activities[row.process, row.element])
    raise AssertionError(f"{step} was not reached; open: {[row.name for row in _open(office, opened)]}")


def _open(office: ServedOffice, case: str) -> tuple[WorkRow, ...]:
    with office.engine.reading(at=office.clock()) as reader:
        return worklist(reader, EVERYBODY, Scope.OFFICE, search=case).rows


def _complete(office: ServedOffice, step: Step, row: WorkRow, activity: Activity) -> None:
    outcome = next((each.value for each in activity.outcomes if each.label == step.outcome), "")
    facts = {
        each.name: _answer(each) for each in activity.form if each.name in ANSWERS or (each.required and not each.when)
    }
    office.engine.perform(
        complete_work_item,
        row.item,
        seen=row.version,
        outcome=outcome,
        facts=facts,
        officer=step.login,
        at=office.clock(),
    )


MADE_UP = {
    FieldKind.DATE: BEGUN.date().isoformat(),
    FieldKind.MOMENT: BEGUN.isoformat(),
    FieldKind.NUMBER: "3",
    FieldKind.MONEY: "1250000",
    FieldKind.OFFICE: "bp3mi-jateng",
    FieldKind.REGION: "33",
    FieldKind.VILLAGE: "33.74.01.1001",
    FieldKind.COUNTRY: "MY",
}


def _answer(each: Field) -> Any:
    said = ANSWERS.get(each.name, "")
    choices = {choice.label: choice.value for choice in each.choices}
    match each.kind:
        case FieldKind.YES_NO:
            return "yes" if said == "Ya" else "no"
        case FieldKind.CHOICE:
            return choices.get(said, each.choices[0].value)
        case FieldKind.SEVERAL:
            return [choices.get(said, each.choices[0].value)]
        case FieldKind.LIST:
            return said.splitlines() or ["Contoh"]
    if each.kind is FieldKind.DATE and said:
        return said
    return MADE_UP.get(each.kind, said or "Contoh")

"""Hands that do it by the engine's commands: for what other tests click, and to try a story within seconds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import attach_paper, complete_work_item, decide_disposition, feel
from engine.domain.release import Field, FieldKind
from engine.feel import from_json
from tests.browser.house_at_work import Chore, Person, Turn
from tests.browser.officer_at_screen import SCAN
from tests.browser.served_office import BEGUN, ServedOffice

MADE_UP = {
    FieldKind.DATE: BEGUN.date().isoformat(),
    FieldKind.MOMENT: BEGUN.isoformat(),
    FieldKind.NUMBER: "3",
    FieldKind.MONEY: "1250000",
    FieldKind.REGION: "33",
    FieldKind.VILLAGE: "33.74.01.1001",
    FieldKind.COUNTRY: "MY",
}
KINDS = {"Pulang ke keluarga": "pulang", "Proses hukum": "hukum"}
OFFICES = {"BP3MI Jawa Tengah": "bp3mi-jateng", "BP3MI Nusa Tenggara Barat": "bp3mi-ntb"}
PLACED_AGAIN = "penempatan-kembali"


@dataclass
class ByCommand:
    """Does one step after another as the officer whose it is."""

    office: ServedOffice
    answers: Mapping[str, Any]

    def alone(self, turn: Turn) -> None:
        self.together(turn)

    def together(self, turn: Turn) -> bool:
        """Complete each of them."""
        who: dict[str, Any] = {"officer": turn.login, "at": self.office.clock()}
        value = next((each.value for each in turn.activity.outcomes if each.label == turn.outcome), "")
        for chore, person in zip(turn.chores, turn.people, strict=True):
            for course in turn.courses:
                kind = KINDS.get(course, PLACED_AGAIN)
                self.office.engine.perform(decide_disposition, chore.case, kind=kind, ground="Contoh.", **who)
            facts = self._facts(turn, chore, person)
            for each in turn.activity.form:
                if each.kind is FieldKind.DOCUMENT and each.required:
                    file: dict[str, Any] = {"name": f"{each.name}.pdf", "content": SCAN}
                    self.office.engine.perform(attach_paper, chore.case, kind=each.name, item=chore.item, **file, **who)
            self.office.engine.perform(
                complete_work_item, chore.item, seen=chore.version, outcome=value, facts=facts, **who
            )
        return True

    def _facts(self, turn: Turn, chore: Chore, person: Person) -> dict[str, Any]:
        facts = 'select f.name, f.value from fact f join "case" c on c.id = f.case_id where c.number = :case'
        known = {name: from_json(_json(value)) for name, value in self.office.rows(facts, case=chore.case)}
        given: dict[str, Any] = {}
        for each in turn.activity.form:
            if each.kind is FieldKind.DOCUMENT:
                continue
            if each.when and not feel.is_true(feel.parse(each.when), {**known, **given}, now=self.office.clock()):
                continue
            said = person.told(chore, each.name)
            if said is None and not each.required and each.name not in self.answers:
                continue
            said = person.known.get(each.name) if said is None else said
            given[each.name] = _sent(each, self.answers.get(each.name, "") if said is None else said)
            known[each.name] = given[each.name]
            if each.kind is FieldKind.YES_NO:
                known[each.name] = given[each.name] == "yes"
        return {name: value for name, value in given.items() if value not in ("", [])}


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _sent(asked: Field, said: Any) -> Any:
    """An answer as a form sends it, from the words on the page."""
    choices = {each.label: each.value for each in asked.choices}
    first = asked.choices[0].value if asked.choices else ""
    match asked.kind:
        case FieldKind.YES_NO:
            found: Any = "yes" if said == "Ya" else "no"
        case FieldKind.CHOICE:
            found = choices.get(said, first)
        case FieldKind.SEVERAL:
            found = [choices.get(each, first) for each in ([said] if isinstance(said, str) else said)]
        case FieldKind.LIST:
            found = str(said).splitlines() or ["Contoh"]
        case FieldKind.OFFICE:
            found = OFFICES[said]
        case FieldKind.DATE if said:
            found = said
        case _:
            found = MADE_UP.get(asked.kind, said or "Contoh")
    return found

"""What was answered in forms, as people read it: the label of a choice, the name of a region or country, yes or no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale

from engine.queries.answers import Labels, choice_labels
from engine.queries.prevention import Counted, RecruiterRow, RepeaterRow
from sop_catalog import registers
from web.identity import read
from web.language import gettext


@dataclass(frozen=True, slots=True)
class Answers:
    """The words for the answers of one page."""

    labels: Labels

    def __call__(self, name: str, said: Any) -> str:
        """An answer to the question of this name."""
        if isinstance(said, bool):
            return gettext("Yes") if said else gettext("No")
        if isinstance(said, list | tuple):
            return ", ".join(self(name, each) for each in said)
        text = "" if said is None else str(said)
        label = self.labels.get(name, {}).get(text)
        country = registers.countries(str(get_locale() or "id")).get(text)
        return (
            label
            or registers.region_name(text)
            or registers.village_name(text)
            or country
            or text.replace("_", " ")
            or gettext("not told")
        )


def answers(told: Iterable[tuple[str, Any]]) -> Answers:
    """Look the labels of all of these answers up at once: name of the question and what was stored."""
    asked: dict[str, set[str]] = {}
    for name, said in told:
        several = said if isinstance(said, list | tuple) else [said]
        asked.setdefault(name, set()).update(each for each in several if isinstance(each, str) and each)
    wanted: Mapping[str, set[str]] = {name: values for name, values in asked.items() if values}
    return Answers(read(choice_labels, wanted) if wanted else {})


def told_by_rows(rows: Sequence[RecruiterRow], persons: Sequence[RepeaterRow] = ()) -> Answers:
    """The words for what recruiters and those who came again are told with."""
    told: list[tuple[str, Counted]] = []
    for each in rows:
        told += [("perekrut_jenis", each.kinds), ("modus", each.modi)]
    every: tuple[RecruiterRow | RepeaterRow, ...] = (*rows, *persons)
    for row in every:
        told += [("rute", row.routes), ("daerah_asal", row.origins)]
    return answers((name, value) for name, values in told for value, _ in values)

"""Figures are made once a month and once a year, and wait for a person of the head office. Nothing is made while somebody reads."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine import Engine, NotFound, NotValid, prepare_figures
from engine.domain.disclosure import Key
from engine.domain.figures import EditionState, Made, Period, newest_ready
from engine.queries.figures import any_prevented, figure_file, figures_known
from sop_catalog.figures.counting import OfMonth, OfYear, count_month, count_year
from sop_catalog.figures.datasets import Dataset, dataset, datasets
from sop_catalog.figures.tables import Row, keys_of, month_rows, year_rows
from sop_catalog.figures.writing import written


def make(
    engine: Engine, period: Period, wanted: Sequence[Dataset], *, at: datetime, reason: str = ""
) -> tuple[Made, ...]:
    """Make these data sets of a period that is over. With a reason, as corrections of what was published.

    Raises NotValid for a period that is not over, and NotFound where there is nothing to correct.
    """
    if at < period.until:
        raise NotValid(what="the period", wanted="over", found=period.text)
    counted = count_year(engine, period, at=at) if period.is_year else count_month(engine, period, at=at)
    made = []
    for data in wanted:
        last = _published(engine, data, period, at=at) if reason else None
        before = keys_of(data, last["rows"]) if last else {}
        rows = _rows(data, counted, period, before)
        edition = last["edition"] + 1 if last else 1
        made.append(written(data, period, rows, edition=edition, reason=reason, at=at))
    return tuple(made)


def prepare(engine: Engine, period: Period, *, at: datetime) -> int:
    """Make whatever is not published of a period, anew where it was prepared already. Returns how many data sets."""
    with engine.reading(at=at) as reader:
        known = figures_known(reader, period.text)
    wanted = [each for each in _of(period) if EditionState.PUBLISHED not in known.get(each.code, ())]
    if wanted:
        engine.perform(prepare_figures, make(engine, period, wanted, at=at), at=at)
    return len(wanted)


def prepare_due(engine: Engine, *, at: datetime) -> int:
    """Make what is due by itself: the last month, and with December the year, as far as nobody has made it.

    Nothing where there was no case yet. Returns how many data sets.
    """
    done = 0
    for period in newest_ready(at):
        with engine.reading(at=at) as reader:
            known, any_case = figures_known(reader, period.text), any_prevented(reader, period.until)
        wanted = [each for each in _of(period) if each.code not in known]
        if wanted and any_case:
            engine.perform(prepare_figures, make(engine, period, wanted, at=at), at=at)
            done += len(wanted)
    return done


def correct(engine: Engine, code: str, period: Period, *, reason: str, at: datetime) -> str:
    """Make the next edition of one data set of one period. Returns the hash of its table.

    Raises NotValid without a reason, and for a data set that is not made of such periods; NotFound where none was published.
    """
    data = dataset(code)
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    if data not in _of(period):
        raise NotValid(what="the period", wanted="a year" if data.every == "year" else "a month", found=period.text)
    (made,) = make(engine, period, [data], at=at, reason=" ".join(reason.split()))
    engine.perform(prepare_figures, [made], reason=reason, at=at)
    return made.sha256


def _of(period: Period) -> list[Dataset]:
    return [each for each in datasets() if (each.every == "year") == period.is_year]


def _rows(data: Dataset, counted: OfMonth | OfYear, period: Period, before: dict[Key, Row]) -> list[Row]:
    if isinstance(counted, OfYear):
        return year_rows(data, counted, period, before, _by_chance)
    return month_rows(data, counted, period, before, _by_chance)


def _by_chance(_: Key) -> int:
    """What is hidden beside a small number is drawn: who knows the rule could else find out what it would have hidden."""
    return secrets.randbits(64)


def _published(engine: Engine, data: Dataset, period: Period, *, at: datetime) -> Any:
    with engine.reading(at=at) as reader:
        try:
            return json.loads(figure_file(reader, data.code, period.text).json)
        except NotFound:
            raise NotFound(what=f"published figures {data.code} of {period.text}") from None

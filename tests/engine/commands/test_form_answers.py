"""Answers to forms: what is taken, what is refused, and in which words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from engine import FormNotValid, read_form
from engine.domain.release import Choice, Field, FieldKind
from engine.forms import NOT_ASKED, NOT_REGION, REQUIRED, SENTENCES, UNKNOWN, VILLAGE_OUTSIDE
from tests.small_office import MORNING

COLOURS = (Choice("red", "Merah"), Choice("blue", "Biru"))


def one(kind: FieldKind, **more: Any) -> tuple[Field, ...]:
    return (Field("answer", "Jawaban", kind, choices=COLOURS, **more),)


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        (FieldKind.TEXT, "  Orang  Contoh ", "Orang  Contoh"),
        (FieldKind.LONG_TEXT, "satu\r\ndua", "satu\ndua"),
        (FieldKind.NUMBER, "1.50", Decimal("1.50")),
        (FieldKind.MONEY, 250000, Decimal(250000)),
        (FieldKind.DATE, "2026-02-28", date(2026, 2, 28)),
        (FieldKind.MOMENT, "2026-02-28T08:00:00+00:00", datetime(2026, 2, 28, 8, tzinfo=UTC)),
        (FieldKind.YES_NO, "no", False),
        (FieldKind.YES_NO, True, True),
        (FieldKind.CHOICE, "red", "red"),
        (FieldKind.SEVERAL, ["red", "blue"], ["red", "blue"]),
        (FieldKind.REGION, "33.74", "33.74"),
        (FieldKind.VILLAGE, " 35.07.11.2003 ", "35.07.11.2003"),
        (FieldKind.OFFICE, "NTB", "NTB"),
        (FieldKind.COUNTRY, "MY", "MY"),
        (FieldKind.LIST, "satu\n\ndua", ["satu", "dua"]),
    ],
)
def test_each_kind_of_answer_becomes_a_value(kind: FieldKind, given: Any, value: Any) -> None:
    assert read_form(one(kind), {"answer": given}, {}, at=MORNING) == {"answer": value}


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (FieldKind.TEXT, 5),
        (FieldKind.TEXT, "a\x00b"),
        (FieldKind.TEXT, "\ud800"),
        (FieldKind.TEXT, "x" * 501),
        (FieldKind.NUMBER, "NaN"),
        (FieldKind.NUMBER, "1e400"),
        (FieldKind.NUMBER, True),
        (FieldKind.NUMBER, "seven"),
        (FieldKind.MONEY, "10.5"),
        (FieldKind.MONEY, -1),
        (FieldKind.DATE, "2026-02-30"),
        (FieldKind.MOMENT, "2026-02-28T08:00:00"),
        (FieldKind.YES_NO, "perhaps"),
        (FieldKind.CHOICE, "green"),
        (FieldKind.SEVERAL, ["red", "green"]),
        (FieldKind.SEVERAL, {"red": 1}),
        (FieldKind.REGION, "Semarang"),
        *((FieldKind.VILLAGE, each) for each in ("Sumberpetung", "35.07", "35.07.11", "3507112003", "05.07.11.2003")),
        (FieldKind.VILLAGE, 35.07),
        (FieldKind.COUNTRY, "Malaysia"),
        (FieldKind.LIST, [["nested"]]),
    ],
)
def test_what_is_no_such_answer_is_told_in_one_of_our_sentences(kind: FieldKind, given: Any) -> None:
    with pytest.raises(FormNotValid) as refused:
        read_form(one(kind), {"answer": given}, {}, at=MORNING)

    assert set(refused.value.errors["answer"]) <= set(SENTENCES)


CHILD = (
    Field("age", "Umur", FieldKind.NUMBER, required=True),
    Field("guardian", "Wali", required=True, when="age < 18"),
)


def test_a_question_that_is_not_asked_need_not_be_answered() -> None:
    assert read_form(CHILD, {"age": 30}, {}, at=MORNING) == {"age": Decimal(30)}


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"age": 12}, "guardian", REQUIRED),
        ({"age": 30, "guardian": "x"}, "guardian", NOT_ASKED),
        ({"age": 30, "colour": "red"}, "colour", UNKNOWN),
        ({"age": ""}, "age", REQUIRED),
    ],
)
def test_what_a_condition_asks_for_is_asked_for(given: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(FormNotValid) as refused:
        read_form(CHILD, given, {}, at=MORNING)

    assert refused.value.errors == {field: (sentence,)}


def test_a_condition_reads_what_the_case_knows_already() -> None:
    form = CHILD[1:]

    with pytest.raises(FormNotValid):
        read_form(form, {}, {"age": Decimal(12)}, at=MORNING)
    assert read_form(form, {}, {"age": Decimal(30)}, at=MORNING) == {}


def test_an_answer_that_was_taken_away_is_null() -> None:
    assert read_form(one(FieldKind.TEXT), {"answer": ""}, {}, at=MORNING) == {"answer": None}


def test_a_region_is_written_in_plain_digits() -> None:
    with pytest.raises(FormNotValid):
        read_form(one(FieldKind.REGION), {"answer": "\u0663\u0663"}, {}, at=MORNING)


HOME = (
    Field("desa_asal", "Desa asal", FieldKind.VILLAGE),
    Field("daerah_asal", "Daerah asal", FieldKind.REGION),
    Field("desa_perekrut", "Desa perekrut", FieldKind.VILLAGE),
)
VILLAGE = "35.07.11.2003"


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({"daerah_asal": "35.07"}, {}),
        ({"daerah_asal": "35"}, {"daerah_asal": "33.74"}),
        ({}, {"daerah_asal": "35.07"}),
        ({}, {}),
        ({"daerah_asal": ""}, {"daerah_asal": "33.74"}),
        ({"desa_perekrut": "33.74.01.1001", "daerah_asal": "35.07"}, {}),
    ],
)
def test_a_village_lies_in_the_region_that_is_known_for_it_and_no_other(
    given: dict[str, Any], known: dict[str, Any]
) -> None:
    assert read_form(HOME, {"desa_asal": VILLAGE, **given}, known, at=MORNING)["desa_asal"] == VILLAGE


@pytest.mark.parametrize(
    ("given", "known"),
    [({"daerah_asal": "35.0"}, {}), ({"daerah_asal": "35.08"}, {"daerah_asal": "35.07"}), ({}, {"daerah_asal": "36"})],
)
def test_a_village_elsewhere_is_refused_unless_the_region_is_wrong_itself(
    given: dict[str, Any], known: dict[str, Any]
) -> None:
    with pytest.raises(FormNotValid) as refused:
        read_form(HOME, {"desa_asal": VILLAGE, **given}, known, at=MORNING)

    wrong = {"daerah_asal": (NOT_REGION,)} if given.get("daerah_asal") == "35.0" else {"desa_asal": (VILLAGE_OUTSIDE,)}
    assert refused.value.errors == wrong

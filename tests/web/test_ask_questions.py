"""A question that depends on another answer is asked once that answer is there, and not before."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

import web
from engine.domain.release import Activity, Bound, Choice, Field, FieldKind
from web import browser_parts, language
from web.registers import Registers
from web.work.forms import Drawn, Form, draw, sent

NOW = datetime(2026, 11, 18, tzinfo=UTC)
FORM = (
    Field("sakit", "Sakit?", FieldKind.YES_NO, required=True),
    Field("penyakit", "Penyakit", FieldKind.TEXT, required=True, when="sakit = true"),
    Field("biaya", "Biaya", FieldKind.MONEY),
    Field("modus", "Modus", FieldKind.SEVERAL, choices=(Choice("a", "A"), Choice("b", "B"))),
    Field("nik", "NIK", bound=Bound.SUBJECT),
)


def drawn(
    typed: dict[str, Any] | None = None,
    known: dict[str, Any] | None = None,
    *,
    form: tuple[Field, ...] = FORM,
    **more: Any,
) -> Form:
    app = Flask("test")
    language.start(app, "id")
    browser_parts.start(app)
    with app.test_request_context():
        return draw(Drawn(Activity("p", "e", "n", "userTask", form=form), known or {}, Registers(), NOW, typed, **more))


def names(form: Form) -> list[str]:
    return [each.name for each in form.shown]


def test_a_dependent_question_waits_for_the_answer_that_it_depends_on() -> None:
    assert "penyakit" not in names(drawn())
    assert "penyakit" not in names(drawn({"sakit": "no"}))
    assert "penyakit" in names(drawn({"sakit": "yes"}))


def test_a_fact_of_an_earlier_step_decides_too() -> None:
    assert "penyakit" in names(drawn(known={"sakit": True}))


def test_the_deciding_question_says_that_it_decides() -> None:
    form = drawn()

    assert [each.name for each in form.shown if each.asks_again] == ["sakit"]
    assert form.asks_again


def test_what_is_known_is_filled_in_but_never_what_is_known_of_the_person() -> None:
    form = drawn(known={"biaya": Decimal(2500000), "nik": "9900000000000001"})

    values = {each.name: each.value for each in form.shown}
    assert values["biaya"] == "2500000"
    assert values["nik"] == ""


def test_what_is_kept_of_the_person_is_said_to_be_kept_and_its_box_is_empty() -> None:
    form = drawn(recorded=frozenset({"nik"}))

    assert [(each.name, each.value) for each in form.shown if each.recorded] == [("nik", "")]


def test_a_fault_stands_at_its_question_in_the_readers_words() -> None:
    form = drawn({"sakit": ""}, errors={"sakit": ["Expected an answer."]})

    assert form.faults == (("sakit", "Sakit?", "Wajib diisi."),)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Rp1.250.000,50", "1250000.50"),
        ("1.250.000", "1250000"),
        ("1250000", "1250000"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("x", "x"),
    ],
)
def test_amounts_are_read_as_people_here_write_them(typed: str, read: str) -> None:
    assert sent(FORM, MultiDict({"biaya": typed}), "Asia/Jakarta")["biaya"] == read


def test_boxes_without_a_tick_are_an_answer_too() -> None:
    assert sent(FORM, MultiDict({}), "Asia/Jakarta") == {"modus": []}
    assert sent(FORM, MultiDict([("modus", "a"), ("modus", "b")]), "Asia/Jakarta")["modus"] == ["a", "b"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" 35.07.11.2003 ", "35.07.11.2003"),
        ("3507112003", "35.07.11.2003"),
        ("35,07,11,2003", "35.07.11.2003"),
        ("Sumberpetung", "Sumberpetung"),
    ],
)
def test_the_code_of_a_village_is_read_however_its_points_are_typed(typed: str, read: str) -> None:
    village = Field("desa_asal", "Desa asal", FieldKind.VILLAGE)

    assert sent((village,), MultiDict({"desa_asal": typed}), "Asia/Jakarta") == {"desa_asal": read}


def test_a_village_shows_what_its_code_looks_like_unless_the_drawing_says_more() -> None:
    villages = (Field("desa_a", "Desa", FieldKind.VILLAGE), Field("desa_b", "Desa", FieldKind.VILLAGE, help="Di KTP."))

    helps = [each.help for each in drawn(form=villages).shown]

    assert helps == ["Kode Kemendagri-nya, misalnya 35.07.11.2003.", "Di KTP."]


def test_a_village_is_typed_into_a_box_for_numbers() -> None:
    app = Flask("test", template_folder=str(Path(web.__file__).parent / "templates"))
    language.start(app, "id")
    browser_parts.start(app)
    (question,) = drawn({"desa_asal": "3507"}, form=(Field("desa_asal", "Desa", FieldKind.VILLAGE),)).shown
    with app.test_request_context():
        page = app.jinja_env.get_template("questions.html").make_module({"icon": str}).question(question)  # type: ignore[attr-defined]

    assert 'value="3507" type="text" inputmode="decimal" maxlength="13" pattern="' in page

"""What of a drawing becomes a row of the printed form, in which order, and what is said beside it."""

from __future__ import annotations

from functools import cache

from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.form import Form, FormRow, FormWay, Symbol
from sop_catalog.sheets.forming import form_of
from sop_catalog.sheets.toml_reader import read_toml

HEAD = """
code = "c3-m99-01"
title = "Percobaan"
kind = "mikro"
area = "C3"
owner = "BP3MI"
nature = "administratif"
scope = "final"
generality = "spesifik"
promised = "5 working-days"
legal = ["UU 18/2017 | Pasal 8"]
related = ["c3-m05-01"]
[[lane]]
post = "pengelola-kasus"
[[lane]]
post = "ketua-tim-pelindungan"
"""


@cache
def form(steps: str) -> Form:
    return form_of(draw(read_toml(HEAD + steps)), titles={"c3-m05-01": "Penyusunan Resume Kasus"})


def row(found: Form, row_id: str) -> FormRow:
    return next(each for each in found.rows if each.id == row_id)


def step(name: str, more: str = "", lane: str = "pengelola-kasus") -> str:
    return (
        f'[[step]]\nid = "{name}"\nlane = "{lane}"\nname = "Melakukan {name}"\ndo = "Lakukan."\n'
        f'time = "1 working-hours"\nneeds = ["Berkas"]\noutput = "Hasil {name}"\n{more}\n'
    )


CHECKED = step("tulis") + step(
    "periksa",
    'question = "Benar?"\nexits = [{value = "ya", label = "Benar", to = "kirim"}, {value = "tidak", label = "Salah", to = "tulis"}]',
    "ketua-tim-pelindungan",
) + step("kirim")  # fmt: skip


def test_a_decision_is_a_row_of_its_own_right_under_its_step() -> None:
    found = form(CHECKED)

    at = [each.id for each in found.rows]
    decision = found.rows[at.index("periksa") + 1]
    assert (decision.symbol, decision.activity, decision.performer) == (
        Symbol.DECISION,
        "Benar?",
        "ketua-tim-pelindungan",
    )
    assert decision.ways == (FormWay("kirim", "Benar"), FormWay("tulis", "Salah"))


def test_steps_and_decisions_are_numbered_down_the_page_and_start_and_end_are_not() -> None:
    found = form(CHECKED)

    assert [each.number for each in found.rows] == [None, 1, 2, 3, 4, None]
    assert [found.rows[0].symbol, found.rows[-1].symbol] == [Symbol.TERMINATOR, Symbol.TERMINATOR]


def test_the_identity_says_what_the_drawing_knows_and_leaves_the_rest_empty() -> None:
    identity = form(CHECKED).identity

    assert [(each.code, each.title) for each in identity.related] == [("c3-m05-01", "Penyusunan Resume Kasus")]
    assert (identity.unit, identity.number, identity.effective_on) == ("BP3MI", "", None)


def test_columns_are_the_lanes_that_do_something() -> None:
    found = form(step("tulis") + step("kirim"))

    assert [each.key for each in found.performers] == ["pengelola-kasus"]

"""What is known of a person is told as its form would have said it."""

from __future__ import annotations

import pytest

from engine.domain.release import Bound, Choice, Field, FieldKind
from tests.web.one_app import app_over
from web.cases.person import _in_words
from web.wiring import Wiring

CHOICES = (Choice("a", "Ayah"), Choice("b", "Ibu"))


@pytest.mark.parametrize(
    ("kind", "stored", "told"),
    [
        (FieldKind.YES_NO, "no", "Tidak"),
        (FieldKind.YES_NO, "yes", "Ya"),
        (FieldKind.MONEY, "2500000", "Rp2.500.000"),
        (FieldKind.DATE, "1999-05-17", "17 Mei 1999"),
        (FieldKind.DATE, "entah", "entah"),
        (FieldKind.SEVERAL, "a\nb", "Ayah, Ibu"),
        (FieldKind.CHOICE, "b", "Ibu"),
        (FieldKind.VILLAGE, "35.07.11.2003", "35.07.11.2003, Kabupaten Malang, Jawa Timur"),
        (FieldKind.VILLAGE, "99.07.11.2003", "99.07.11.2003"),
    ],
)
def test_an_answer_is_told_in_words_and_as_it_stands_where_its_form_would_not_take_it(
    wiring: Wiring, kind: FieldKind, stored: str, told: str
) -> None:
    with app_over(wiring).test_request_context():
        assert _in_words(Field("x", "X", kind, bound=Bound.SUBJECT, choices=CHOICES), stored) == told

"""What stored answers are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from engine.domain.release import Choice, Field, FieldKind
from engine.queries.answers import choice_labels
from tests.small_office import Play


def asked(*choices: tuple[str, str]) -> dict[str, tuple[Field, ...]]:
    kind = FieldKind.CHOICE
    return {"form": (Field("jenis", "Jenis", kind, choices=tuple(Choice(*each) for each in choices)),)}


def labels(play: Play, **told: Collection[str]) -> Mapping[str, Mapping[str, str]]:
    with play.engine.reading(at=play.now) as reader:
        return choice_labels(reader, told)


@pytest.fixture
def published(play: Play) -> Play:
    """Two editions: the second calls one choice otherwise, and has one no more."""
    play.publish("start -> user A -> end", A=asked(("calo", "Calo"), ("lama", "Cara lama")))
    play.publish("start -> user A -> end", A=asked(("calo", "Calo atau sponsor")))
    return play


def test_an_answer_is_called_as_the_form_in_force_calls_it(published: Play) -> None:
    assert labels(published, jenis={"calo"}) == {"jenis": {"calo": "Calo atau sponsor"}}


def test_an_answer_that_no_form_offers_any_more_is_called_as_it_was(published: Play) -> None:
    assert labels(published, jenis={"calo", "lama"}) == {"jenis": {"calo": "Calo atau sponsor", "lama": "Cara lama"}}


def test_what_no_form_ever_offered_has_no_label(published: Play) -> None:
    assert labels(published, jenis={"lain"}, rute={"Batam"}) == {"jenis": {}}

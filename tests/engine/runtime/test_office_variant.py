"""A case runs on its office's own variant of a central procedure, wherever one begins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine import (
    NotFound,
    assign_post,
    decide_disposition,
    open_case,
    open_event,
    publish_release,
    receive_message,
    reopen_case,
    revoke_release,
)
from engine.course.beginning import NotItsOffice
from engine.domain.release import Release
from engine.storage import tables
from tests.small_office import Play, release_of

CENTRAL, OWN = "start -> user A -> end", "start -> user B -> end"


def variant_of(text: str, code: str = "main", office: str = "NTB") -> Release:
    made = release_of(text, f"{code}.{office}")
    return replace(made, facts={"variant_of": code, "office": office})


@pytest.fixture
def both(play: Play) -> Play:
    """A central procedure, and Nusa Tenggara Barat's own variant of it."""
    play.publish(CENTRAL)
    play.engine.perform(publish_release, variant_of(OWN), at=play.now)
    return play


def opened(play: Play, office: str, officer: str, code: str = "main") -> str:
    return str(play.engine.perform(open_case, code, office=office, officer=officer, at=play.now).case)


def test_a_case_of_the_office_runs_on_its_variant_and_one_of_another_on_the_central_edition(both: Play) -> None:
    opened(both, "NTB", "wayan")
    opened(both, "JATENG", "sri")

    assert [(each.office, each.element) for each in both.items()] == [("NTB", "B"), ("JATENG", "A")]
    begun = [each["data"] for each in both.rows(tables.audit) if each["kind"] == "case.opened"]
    assert [each["release"] for each in begun] == ["main.NTB", "main"]


def test_the_variant_of_another_office_is_refused_and_leaves_no_trace(both: Play) -> None:
    with pytest.raises(NotItsOffice):
        opened(both, "JATENG", "sri", "main.NTB")

    assert both.count(tables.case) == 0


def test_no_group_begins_on_the_variant_of_another_office(both: Play) -> None:
    with pytest.raises(NotItsOffice):
        both.engine.perform(
            open_event, office="JATENG", title="Kapal", procedure="main.NTB", officer="sri", at=both.now
        )

    assert both.count(tables.event) == 0


@pytest.mark.parametrize("code", ["main", "main.NTB"])
def test_without_the_central_edition_nothing_begins_on_the_variant(both: Play, code: str) -> None:
    both.engine.perform(revoke_release, "main", reason="Dicabut.", at=both.now)

    with pytest.raises(NotFound):
        opened(both, "NTB", "wayan", code)


def test_what_only_claims_to_be_a_variant_is_none(play: Play) -> None:
    play.publish(CENTRAL)
    other = replace(release_of(OWN, "main.NTB"), facts={"variant_of": "lain", "office": "NTB"})
    play.engine.perform(publish_release, other, at=play.now)

    opened(play, "NTB", "wayan")

    assert [each.element for each in play.items()] == ["A"]


def test_a_message_begins_the_variant_once_and_not_the_central_edition_beside_it(play: Play) -> None:
    play.publish("start s (message m) -> user A -> end")
    play.engine.perform(publish_release, variant_of("start s (message m) -> user B -> end"), at=play.now)

    for office, officer in (("NTB", "wayan"), ("JATENG", "sri")):
        play.engine.perform(receive_message, "m", keys={}, office=office, officer=officer, at=play.now)

    assert [(each.office, each.element) for each in play.items()] == [("NTB", "B"), ("JATENG", "A")]


def test_a_disposition_of_the_office_is_carried_out_by_its_variant(play: Play) -> None:
    play.publish("start -> user X -> end")
    play.publish(CENTRAL, code="home")
    play.engine.perform(publish_release, variant_of(OWN, "home"), at=play.now)
    number = opened(play, "NTB", "wayan")

    play.engine.perform(decide_disposition, number, kind="pulang", ground="Ingin pulang.", officer="wayan", at=play.now)

    assert [each.element for each in play.items()] == ["X", "B"]


def test_a_case_that_is_opened_again_asks_anew_which_edition_its_office_runs_on(play: Play) -> None:
    play.publish(CENTRAL)
    with play.engine.begin(at=play.now) as work:
        assign_post(work, "wayan", post="ketua", office="NTB", begins_on=play.now.date())
    number = opened(play, "NTB", "wayan")
    play.complete("A", "wayan")
    play.engine.perform(publish_release, variant_of(OWN), at=play.now)

    play.engine.perform(reopen_case, number, reason="Ada lagi.", officer="wayan", at=play.now)

    assert [each.element for each in play.items()] == ["B"]

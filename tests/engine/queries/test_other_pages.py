from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.domain.disposition import DispositionState
from engine.domain.organisation import Acting
from engine.errors import NotFound
from engine.queries.audit import timeline, verdict
from engine.queries.catalogue import catalogue, release_page
from engine.queries.dispositions import disposition_kinds, dispositions
from engine.queries.health import health
from engine.queries.people import holders, me, office_for, officer_named, offices, posts
from engine.queries.tokens import tokens
from engine.storage import tables
from tests.engine.queries.small_house import NOW, House

KASUS = ("pengelola-kasus", "jateng")
COURSE = {"kind": "pulang", "ground": "Ingin pulang", "decided_at": NOW, "closed_how": ""}


def test_the_timeline_tells_the_latest_first_and_goes_on_where_it_stopped(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    for n in range(5):
        house.record(row, f"thing.{n}", "sri")

    first = timeline(house.reader(), sri, "S-1", length=3)
    second = timeline(house.reader(), sri, "S-1", length=3, before=first.before)

    assert [each.kind[-1] for each in (*first.records, *second.records)] == ["4", "3", "2", "1", "0"]
    assert (first.records[0].name, second.before) == ("Sri", None)


def test_the_verdict_names_the_record_that_was_changed(house: House) -> None:
    sri, row = house.officer("sri", KASUS), house.case("S-1", "jateng", house.release())
    house.record(row, "case.opened")
    house.record(row, "work_item.completed", outcome="ya")
    sound = verdict(house.reader(), sri, "S-1")

    house.forget_guards()
    changed = update(tables.audit).where(tables.audit.c.case_id == row, tables.audit.c.seq == 2)
    house.connection.execute(changed.values(data={"outcome": "tidak"}))

    assert (sound.holds, sound.records) == (True, 2)
    assert [each.seq for each in verdict(house.reader(), sri, "S-1").breaks] == [2]


def test_the_audit_of_a_case_of_another_office_is_not_found(house: House) -> None:
    house.case("S-1", "jabar", house.release())
    sri = house.officer("sri", KASUS)

    for query in (timeline, verdict, dispositions):
        with pytest.raises(NotFound):
            query(house.reader(), sri, "S-1")


def test_the_catalogue_lists_what_is_in_force_and_finds_by_title_or_code(house: House) -> None:
    house.release()
    house.release("m2")

    assert [each.code for each in catalogue(house.reader())] == ["m1", "m2"]
    assert [each.code for each in catalogue(house.reader(), search="M2")] == ["m2"]
    assert catalogue(house.reader(), search="tidak ada") == ()


def test_the_page_of_a_release_tells_its_steps_its_editions_and_its_neighbours(house: House) -> None:
    release = house.release()
    house.release("m1-01")
    house.case("S-1", "jateng", release)

    macro, micro = (release_page(house.reader(), code) for code in ("m1", "m1-01"))

    assert [each.element for each in macro.steps] == ["panggil"]
    assert [each.code for each in macro.calls] == ["m1-01"]
    assert [each.code for each in micro.called_by] == ["m1"]
    assert (macro.running, [each.edition for each in macro.editions]) == (1, [1])


def test_an_edition_that_was_never_published_is_not_found(house: House) -> None:
    house.release()

    with pytest.raises(NotFound, match="edition 7"):
        release_page(house.reader(), "m1", 7)


def test_dispositions_tell_who_decided_and_where_they_are_carried_out(house: House) -> None:
    sri, release = house.officer("sri", KASUS), house.release()
    row = house.case("S-1", "jateng", release)
    sub = house.case("S-1.1", "jateng", release, parent_id=row, stage="Perjalanan")
    house.add(tables.disposition_kind, code="pulang", title="Pulang", procedure="m1")
    house.add(tables.disposition, case_id=row, state="open", decided_by=sri.number, sub_case_id=sub, **COURSE)

    (found,) = dispositions(house.reader(), sri, "S-1")

    assert (found.title, found.decided_by, found.state) == ("Pulang", "Sri", DispositionState.OPEN)
    assert (found.sub_case, found.sub_stage) == ("S-1.1", "Perjalanan")


def test_a_course_whose_procedure_is_not_in_force_cannot_be_carried_out_yet(house: House) -> None:
    house.release()
    house.add(tables.disposition_kind, code="pulang", title="Pulang", procedure="m1")
    house.add(tables.disposition_kind, code="hukum", title="Hukum", procedure="m9")

    assert [(each.kind.code, each.available) for each in disposition_kinds(house.reader())] == [
        ("hukum", False),
        ("pulang", True),
    ]


def test_i_am_told_my_posts_in_words_and_in_what_capacity(house: House) -> None:
    sri = house.officer("sri", KASUS, acting="Plh.")

    (held,) = me(house.reader(), sri).held

    assert (held.title, held.office_name, held.acting) == ("Pengelola Kasus", "JATENG", Acting.PLH)


def test_who_holds_a_post_today_is_told_without_those_who_no_longer_do(house: House) -> None:
    house.officer("sri", KASUS)
    gone = house.officer("budi", KASUS)
    ended = update(tables.holding).where(tables.holding.c.officer_id == gone.number)
    house.connection.execute(ended.values(ends_on=(NOW - timedelta(days=2)).date()))

    assert [each.name for each in holders(house.reader(), "jateng", "pengelola-kasus")] == ["Sri"]


def test_a_region_belongs_to_the_office_of_its_nearest_entry(house: House) -> None:
    house.add(tables.office_area, region="33", office="jateng")
    house.add(tables.office_area, region="33.01", office="jabar")

    found = [office_for(house.reader(), region) for region in ("33.02.01", "33.01.01", "51")]

    assert [each.code if each else None for each in found] == ["jateng", "jabar", None]


def test_offices_and_posts_are_listed_and_an_unknown_login_is_not_found(house: House) -> None:
    assert [each.code for each in offices(house.reader())] == ["jabar", "jateng"]
    assert [each.title for each in posts(house.reader())] == ["Pengelola Kasus", "Petugas SISPOPMI"]
    with pytest.raises(NotFound):
        officer_named(house.reader(), "nobody")


def test_a_running_case_in_which_nothing_waits_is_reported_by_its_number(house: House) -> None:
    release = house.release()
    house.item(house.case("S-1", "jateng", release), "jateng", due_at=NOW - timedelta(hours=1))
    house.case("S-2", "jateng", release)
    waiting = house.case("S-3", "jateng", release)
    house.add(tables.subscription, case_id=waiting, token="t", message="m")
    house.case("S-4", "jateng", release, state="completed")

    found = health(house.reader())

    assert (found.running_cases, found.open_items, found.late_items) == (3, 1, 1)
    assert found.silent_cases == ("S-2",)
    assert not found.well


def test_a_timer_that_should_have_fired_tells_since_when(house: House) -> None:
    row = house.case("S-1", "jateng", house.release())
    for n, due in enumerate((NOW - timedelta(minutes=5), NOW + timedelta(minutes=5))):
        timer = {"token": str(n), "element": "x", "interrupting": True, "fired": 0}
        house.add(tables.timer, case_id=row, due_at=due, **timer)

    found = health(house.reader())

    assert (found.waiting_timers, found.oldest_due_timer) == (1, NOW - timedelta(minutes=5))
    assert found.well


def test_a_token_that_is_over_or_revoked_opens_nothing_and_others_tokens_are_not_listed(house: House) -> None:
    sri, budi = house.officer("sri"), house.officer("budi")
    later, before = NOW + timedelta(days=1), NOW - timedelta(days=1)
    rows = (
        (sri, "good", later, None),
        (sri, "over", before, None),
        (sri, "revoked", later, before),
        (budi, "x", later, None),
    )
    for n, (who, name, until, revoked) in enumerate(rows):
        told = {"name": name, "created_at": NOW, "expires_at": until, "revoked_at": revoked, "scopes": []}
        house.add(tables.api_token, hash=f"{n}", officer_id=who.number, **told)

    assert [(each.name, each.good) for each in tokens(house.reader(), sri)] == [
        ("revoked", False),
        ("over", False),
        ("good", True),
    ]

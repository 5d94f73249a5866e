"""What a case reports to the placement system: when the drawing says so, and only what may go."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from engine import decide_disposition
from engine.commands.settle_dispatch import ANOTHERS, settle_dispatch
from engine.commands.take_dispatch import take_dispatch
from engine.commands.take_in_event import take_in_event
from engine.course.reporting import report
from engine.domain.release import Field, FieldKind
from engine.domain.report import CONSENT, NO_CONSENT, NOT_BEGUN, NOT_KNOWN, REASON
from engine.storage import tables
from tests.engine.placement_news import news
from tests.engine.placements_out import SITI, Reports
from tests.small_office import Play

LATER = timedelta(minutes=2)
BESIDE = (Field(CONSENT, "Ya?", FieldKind.YES_NO), Field(REASON, "Mengapa?"))


@pytest.fixture
def reports(play: Play) -> Reports:
    return Reports(play)


def take(reports: Reports, number: int = 1) -> Any:
    play = reports.play
    return play.engine.perform(take_dispatch, number, until=play.now + LATER, at=play.now)


def test_a_send_task_writes_the_report_and_the_case_goes_on_at_once(reports: Reports) -> None:
    reports.begin()

    assert reports.states() == [("placement.begun", "pending")]
    assert [each.element for each in reports.play.items()] == ["B"]
    assert "send.completed" in [row["kind"] for row in reports.play.rows(tables.audit)]


def test_a_thrown_message_writes_one_too_and_a_closing_closes(reports: Reports) -> None:
    reports.begin()

    reports.on("B")
    reports.on("C")

    assert [event for event, _ in reports.states()] == ["placement.begun", "placement.changed", "placement.closed"]
    assert [each.element for each in reports.play.items()] == ["D"]
    (known,) = reports.play.rows(tables.partner_case)
    assert known["closed_at"] is not None


def test_what_waits_says_nothing_of_the_person(reports: Reports) -> None:
    reports.begin()

    rows = json.dumps([reports.rows(), reports.play.rows(tables.audit)], default=str)

    assert not [text for text in SITI.values() if text in rows]


def test_what_goes_is_read_when_it_goes_and_that_is_noted(reports: Reports) -> None:
    number = reports.begin()

    parcel = take(reports)

    body = parcel.body
    assert (body["kind"], body["case"], body["key"]) == ("placement.begun", number, parcel.key)
    assert body["consent"]["given"] is True
    assert body["person"] == {
        "name": "Siti Contoh",
        "nik": "9900000000000001",
        "born_on": "1998-03-02",
        "address": "Jalan Uji 1",
    }
    (noted,) = [row for row in reports.play.rows(tables.access_record) if row["kind"] == "subject.reported"]
    assert noted["data"]["fields"] == ["alamat", "nama", "nik", "tanggal_lahir"]


def test_what_the_contract_does_not_name_stays_here_and_no_log_can_show_the_rest(reports: Reports) -> None:
    reports.begin()

    parcel = take(reports)

    assert "MARKER" not in json.dumps(parcel.body)
    assert "Siti" not in repr(parcel)


@pytest.mark.parametrize("consent", [False, None])
def test_without_consent_nothing_leaves_and_the_page_can_say_why(reports: Reports, consent: bool | None) -> None:
    reports.begin(consent=consent)

    assert take(reports) is None

    (row,) = reports.rows()
    assert (row["state"], row["problem"]) == ("withdrawn", NO_CONSENT)
    assert [each["kind"] for each in reports.play.rows(tables.access_record)] == []
    assert reports.play.count(tables.partner_case) == 0


def test_what_comes_after_a_report_that_did_not_go_does_not_go_either(reports: Reports) -> None:
    reports.begin(consent=False)
    take(reports)
    reports.on("B")

    assert take(reports, 2) is None
    assert (reports.rows()[1]["state"], reports.rows()[1]["problem"]) == ("withdrawn", NOT_BEGUN)


def test_a_person_of_whom_too_little_is_known_is_a_dead_letter_until_more_is(reports: Reports) -> None:
    reports.begin({"nama": "Siti Contoh"})

    assert take(reports) is None
    assert (reports.rows()[0]["state"], reports.rows()[0]["problem"]) == ("failed", NOT_KNOWN)


def test_a_closing_names_the_case_alone(reports: Reports) -> None:
    number = reports.begin()
    reports.on("B")
    reports.on("C")
    for each in (1, 2):
        take(reports, each)
        reports.play.engine.perform(settle_dispatch, each, at=reports.play.now)

    body = take(reports, 3).body

    assert body.keys() == {"key", "kind", "case", "office", "occurred_at", "reason"}
    assert (body["case"], body["reason"]) == (number, "lain")


def test_a_closing_says_why_where_its_case_says_so(reports: Reports) -> None:
    reports.begin()
    reports.on("B")
    reports.on("C")
    with reports.play.engine.begin(at=reports.play.now) as work:
        version = work.cases.lock(1).case.version
        work.facts.write(1, {REASON: "selesai"}, version=version, by=None, at=work.at, disputed={})
    for each in (1, 2):
        take(reports, each)
        reports.play.engine.perform(settle_dispatch, each, at=reports.play.now)

    assert take(reports, 3).body["reason"] == "selesai"


def test_a_second_beginning_is_told_as_a_change(play: Play) -> None:
    play.publish(
        "start -> throw S (message siskop2mi_mulai) -> user A -> throw T (message siskop2mi_mulai) -> user B -> end"
    )
    reports = Reports.__new__(Reports)
    reports.play = play
    play.open()
    reports.deliver()
    reports.on("A")

    assert [event for event, _ in reports.states()] == ["placement.begun", "placement.changed"]


def test_one_that_was_in_hand_when_the_program_died_is_asked_for_before_it_is_sent_again(reports: Reports) -> None:
    reports.begin()
    first = take(reports)
    reports.play.now += LATER

    again = take(reports)

    assert (first.doubtful, again.doubtful) == (False, True)
    assert again.key == first.key


def test_the_number_that_the_system_tells_is_kept(reports: Reports) -> None:
    reports.begin()
    take(reports)

    reports.play.engine.perform(settle_dispatch, 1, reference="SIM-1", at=reports.play.now)

    (known,) = reports.play.rows(tables.partner_case)
    assert known["reference"] == "SIM-1"
    assert reports.states() == [("placement.begun", "sent")]


def test_news_that_came_under_a_number_before_it_was_known_belongs_to_the_case_then(reports: Reports) -> None:
    reports.begin()
    take(reports)
    told = news("registered", 2, reference="SIM-1")
    reports.play.engine.perform(take_in_event, told, at=reports.play.now)
    assert [row["case_id"] for row in reports.play.rows(tables.partner_event)] == [None]

    reports.play.engine.perform(settle_dispatch, 1, reference="SIM-1", at=reports.play.now)

    assert [row["case_id"] for row in reports.play.rows(tables.partner_event)] == [1]


def test_a_number_that_another_case_has_leaves_it_unknown(reports: Reports) -> None:
    for number in (1, 2):
        reports.begin()
        take(reports, number)
        reports.play.engine.perform(settle_dispatch, number, reference="SIM-1", at=reports.play.now)

    first, second = reports.rows()
    assert (first["state"], second["state"], second["problem"]) == ("sent", "unknown", ANOTHERS)


def test_consent_on_which_two_branches_do_not_agree_is_none(play: Play) -> None:
    reports = Reports(play)
    reports.begin()
    with play.engine.begin(at=play.now) as work:
        case = next(row["id"] for row in play.rows(tables.case))
        assert work.facts.read(case, [CONSENT])[CONSENT].value is True
        work.connection.execute(tables.fact.update().where(tables.fact.c.name == CONSENT).values(disputed=False))

    assert take(reports) is None
    assert reports.rows()[0]["problem"] == NO_CONSENT


def test_a_no_that_stands_in_a_case_below_holds_back_the_report_of_the_one_above(reports: Reports) -> None:
    number, play = reports.begin(), reports.play
    play.publish("start -> user H -> end", code="home")
    play.now += timedelta(hours=1)
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Pulang", officer="sri", at=play.now)
    with play.engine.begin(at=play.now) as work:
        below = work.cases.lock(f"{number}.1").case
        work.facts.write(below.id, {CONSENT: False}, version=work.cases.next_version(below), by=None, at=work.at)
        work.cases.save(below)

    assert take(reports) is None
    assert reports.rows()[0]["problem"] == NO_CONSENT


def test_one_that_may_have_arrived_before_consent_was_withdrawn_is_listed_as_unknown(reports: Reports) -> None:
    reports.begin()
    take(reports)
    play = reports.play
    with play.engine.begin(at=play.now) as work:
        work.connection.execute(tables.fact.update().where(tables.fact.c.name == CONSENT).values(value=False))
    play.now += LATER * 2

    assert take(reports) is None

    (row,) = reports.rows()
    assert (row["state"], row["problem"]) == ("unknown", NO_CONSENT)
    assert play.count(tables.partner_case) == 1


def below(reports: Reports, **facts: Any) -> None:
    """A case beside it, below the same one, in which these facts are said; and it closes the placement."""
    play = reports.play
    play.publish("start -> user X -> user Y -> end", code="beside", X={"form": BESIDE})
    number = play.open("beside")
    item = next(each for each in play.items() if each.element == "X")
    play.complete_number(item, facts=facts)
    with play.engine.begin(at=play.now) as work:
        held = work.cases.row_of(number)
        work.connection.execute(tables.case.update().where(tables.case.c.id == held).values(parent_id=1))
    for message in ("siskop2mi_perubahan", "siskop2mi_tutup"):
        with play.engine.begin(at=play.now) as work:
            report(work, held, message)


def test_what_is_said_in_a_case_of_the_family_is_what_its_report_tells(reports: Reports) -> None:
    reports.begin()

    below(reports, siskop2mi_alasan_tutup="selesai")

    assert take(reports, 2).body["kind"] == "placement.changed"
    assert take(reports, 3).body["reason"] == "selesai"


def test_consent_that_is_refused_in_a_case_of_the_family_holds_for_its_report(reports: Reports) -> None:
    reports.begin()

    below(reports, setuju_siskop2mi=False)

    assert take(reports, 2) is None
    assert reports.rows()[1]["problem"] == NO_CONSENT

"""Another officer decides whether more time is given, and the person is told."""

from datetime import date, timedelta

import pytest

from engine import Matter, NotFound, NotYours, ask_extension, assign_post, decide_extension
from engine.commands.decide_extension import OwnRequest
from engine.course.pausing import ExtendedEnough, ExtensionTooLong
from engine.storage import tables
from engine.storage.extensions import AlreadyDecided
from tests.engine.commands.clockwork import Clockwork, give_power
from tests.small_office import Play


@pytest.fixture
def office(play: Play) -> Clockwork:
    give_power(play)
    return Clockwork(play)


def ask(office: Clockwork, code: str, amount: float, officer: str = "sri") -> int:
    clock = office.clock(code)["id"]
    done = office.do(ask_extension, clock, amount=amount, reason="Menunggu data", officer=officer)
    return done.number or 0


def test_a_granted_extension_is_added_to_the_end_by_its_own_clock(office: Clockwork) -> None:
    before = office.due("answer")

    done = office.do(decide_extension, ask(office, "answer", 5), grant=True, officer="tini")

    assert before is not None
    assert (done.state, office.due("answer")) == ("granted", before + timedelta(days=7))
    (record,) = office.records("extension.decided")
    assert (record["officer"], record["data"]["state"]) == ("tini", "granted")
    assert record["data"]["clocks"][0][1] == before.isoformat()


def test_whoever_asked_does_not_decide_nor_does_a_post_without_the_power(office: Clockwork) -> None:
    own = ask(office, "main", 1, officer="tini")

    with pytest.raises(OwnRequest):
        office.do(decide_extension, own, grant=True, officer="tini")
    with pytest.raises(NotYours, match="ketua"):
        office.do(decide_extension, own, grant=True, officer="sri")
    with pytest.raises(NotFound):
        office.do(decide_extension, own, grant=True, officer="wayan")


def test_it_is_decided_once(office: Clockwork) -> None:
    asked = ask(office, "main", 1)
    office.do(decide_extension, asked, grant=False, answer="Masih cukup waktu", officer="tini")
    (row,) = office.play.rows(tables.extension)
    assert (row["state"], "cukup" in row["answer"]) == ("declined", False)

    with pytest.raises(AlreadyDecided):
        office.do(decide_extension, asked, grant=True, officer="tini")


def test_all_together_stay_within_the_limit_in_amount_and_in_number(office: Clockwork) -> None:
    office.do(decide_extension, ask(office, "main", 2), grant=True, officer="tini")
    with pytest.raises(ExtensionTooLong, match="at most 1"):
        ask(office, "main", 2)
    office.do(decide_extension, ask(office, "answer", 1), grant=True, officer="tini")

    with pytest.raises(ExtendedEnough):
        ask(office, "answer", 1)


def test_the_notice_to_the_person_is_drafted_with_the_new_date_and_kept_with_the_case(office: Clockwork) -> None:
    told: list[Matter] = []

    def draft(matter: Matter) -> bytes:
        told.append(matter)
        return b"%PDF-1.7 pemberitahuan"

    done = office.do(decide_extension, ask(office, "answer", 5), grant=True, draft=draft, officer="tini")

    (paper,) = office.play.rows(tables.paper)
    (row,) = office.play.rows(tables.extension)
    assert (done.number, row["notice_id"], paper["kind"]) == (paper["id"], paper["id"], "pemberitahuan_perpanjangan")
    ((one, by),) = told[0].extensions
    assert (one.due_at, by.allowance.amount, by.reason) == (office.due("answer"), 5, "Menunggu data")


def test_the_head_office_decides_for_every_office_without_taking_part(office: Clockwork) -> None:
    before = office.due("answer")

    office.do(decide_extension, ask(office, "answer", 5), grant=True, officer="hana")

    assert before is not None
    assert office.due("answer") == before + timedelta(days=7)
    (record,) = office.records("extension.decided")
    assert (record["officer"], record["office"], record["post"]) == ("hana", "PUSAT", "ketua")
    assert {row["office"] for row in office.play.rows(tables.participation)} == {"JATENG"}


def test_who_decides_for_another_office_finds_nothing(office: Clockwork) -> None:
    now, begins = office.play.now, date(2026, 1, 1)
    office.play.engine.perform(assign_post, "wayan", post="ketua", office="NTB", begins_on=begins, at=now)

    with pytest.raises(NotFound, match="extension"):
        office.do(decide_extension, ask(office, "answer", 5), grant=True, officer="wayan")

    assert office.play.rows(tables.extension)[0]["state"] == "proposed"


def test_who_decides_in_an_office_uses_that_post_before_one_in_the_head_office(office: Clockwork) -> None:
    now, begins = office.play.now, date(2026, 1, 1)
    office.play.engine.perform(assign_post, "hana", post="ketua", office="JATENG", begins_on=begins, at=now)

    office.do(decide_extension, ask(office, "answer", 5), grant=True, officer="hana")

    assert office.records("extension.decided")[0]["office"] == "JATENG"

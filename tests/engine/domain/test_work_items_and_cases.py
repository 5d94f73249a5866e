"""Cases, work items, posts and dispositions, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from engine.domain.case import Case, CaseNotRunning, CaseState, NoSuchOffice
from engine.domain.disposition import Disposition, DispositionState
from engine.domain.organisation import Acting, Holding, Officer
from engine.domain.receipt import Receipt, receipt_from_json
from engine.domain.release import Whose
from engine.domain.subject import masked, normal
from engine.domain.work_item import AlreadyDone, NotReserved, TakenByAnother, WorkItem, WorkItemState
from engine.errors import WrongState
from tests.small_office import MORNING

CASE = Case(1, "S-2026-00001", 1, "JATENG", CaseState.RUNNING, MORNING, origin_office="NTB", snapshot=b"machine/1 x")
ITEM = WorkItem(7, 1, "3", "main", "A", "A", "userTask", "petugas", "JATENG", WorkItemState.READY, MORNING)
TELL = {"who": "Sri", "when": "10:32"}


def test_a_case_that_has_ended_keeps_no_snapshot_and_moves_no_more() -> None:
    ended = CASE.end(CaseState.COMPLETED, "completed", at=MORNING)

    assert (ended.snapshot, ended.ended_at) == (b"", MORNING)
    with pytest.raises(CaseNotRunning, match="S-2026-00001 is completed"):
        ended.move(b"x")


def test_a_stage_stays_until_another_is_entered() -> None:
    case = CASE.move(b"a", stage="Terdata").move(b"b")

    assert case.stage == "Terdata"


@pytest.mark.parametrize(("whose", "office"), [(Whose.CASE, "JATENG"), (Whose.ORIGIN, "NTB"), (Whose.HEAD, "PUSAT")])
def test_a_lane_finds_its_office(whose: Whose, office: str) -> None:
    assert CASE.office_of(whose, "PUSAT") == office


def test_an_office_that_is_not_known_yet_is_named() -> None:
    with pytest.raises(NoSuchOffice, match="destination_office"):
        CASE.office_of(Whose.DESTINATION, "PUSAT", step="Menerima")


def test_a_completed_item_tells_who_was_first() -> None:
    done = ITEM.complete(by=2, at=MORNING, outcome="")

    with pytest.raises(AlreadyDone, match=r"work item “[^”]+”, but Sri completed it at 10:32"):
        done.check("complete", by=1, seen=1, tell=TELL)
    with pytest.raises(WrongState):
        done.claim(by=1, at=MORNING)


def test_an_item_is_held_by_one_until_it_is_given_back() -> None:
    held = ITEM.claim(by=1, at=MORNING)

    with pytest.raises(TakenByAnother):
        held.check("claim", by=2, seen=2, tell=TELL)
    assert held.release(by=1, at=MORNING).officer is None
    with pytest.raises(NotReserved):
        ITEM.release(by=1, at=MORNING)


def test_each_change_of_an_item_makes_another_version() -> None:
    changed = ITEM.claim(by=1, at=MORNING).release(by=1, at=MORNING).complete(by=1, at=MORNING, outcome="yes")

    assert (changed.version, changed.outcome) == (4, "yes")


def test_a_disposition_is_closed_once() -> None:
    one = Disposition(1, 1, "pulang", "x", DispositionState.OPEN, MORNING, 1)
    closed = one.close(DispositionState.CLOSED, at=MORNING, how="completed")

    with pytest.raises(WrongState):
        closed.close(DispositionState.REPLACED, at=MORNING, how="x")


def test_a_post_held_in_one_s_own_right_goes_before_acting() -> None:
    acting = Holding("ketua", "JATENG", date(2026, 1, 1), acting=Acting.PLT)
    officer = Officer(1, "sri", "Sri", holdings=(acting, replace(acting, acting=Acting.NO)))

    held = officer.holding("ketua", "JATENG")

    assert held is not None
    assert held.acting is Acting.NO


@pytest.mark.parametrize(("day", "held"), [("2026-01-01", True), ("2026-01-31", True), ("2026-02-01", False)])
def test_a_post_is_held_from_its_first_to_its_last_day(day: str, *, held: bool) -> None:
    span = Holding("ketua", "JATENG", date(2026, 1, 1), date(2026, 1, 31))

    assert span.on(date.fromisoformat(day)) is held


def test_a_receipt_is_read_back_as_it_was_kept() -> None:
    receipt = Receipt(case="S-2026-00001", state="running", number=7, notes=("fact.disputed: cost",))

    assert receipt_from_json(receipt.to_json()) == receipt


def test_an_identity_number_is_shown_by_its_end_only() -> None:
    assert masked("3300000000000001") == "•••••001"
    assert masked("A12345") == "•••••"
    assert normal(" 33.00-0a ") == "33000A"

"""A draft on its way: drawn by one owner, approved by another, in force on its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engine import (
    Engine,
    NotFound,
    NotValid,
    NotYours,
    Receipt,
    WrongState,
    add_officer,
    add_post,
    assign_post,
    claim_work_item,
    complete_work_item,
    open_case,
    verify_audit,
)
from engine.domain.organisation import Post
from engine.machine import Machine
from engine.queries import release_page
from engine.queries.reader import Reader
from engine.worker import Worker
from sop_catalog.publishing import (
    approve,
    begin_draft,
    publish_due,
    rebase_draft,
    save_draft,
    send_back_draft,
    submit,
    withdraw_draft,
)
from sop_catalog.publishing.drafting import BaseSuperseded, CodeChanged, CodeTaken
from sop_catalog.storage import Draft, DraftAct, DraftChanged, Drafts, DraftState
from sop_catalog.storage.drafts import OwnDraft
from tests.engine.constructs.sketch import drawn
from tests.sop_catalog.publishing.owners import enact, make_owners
from tests.sop_catalog.publishing.test_publishing_drawings import MACRO, micro

AT = datetime(2026, 5, 4, 1, tzinfo=UTC)
"""Monday, 4 May, 08.00 WIB."""
TODAY, FRIDAY = date(2026, 5, 4), date(2026, 5, 8)
CODE = "c3-m05-91"


class Desk:
    """Two owners, Hana who draws and Tini who approves, and a micro in force."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        make_owners(engine, "hana", "tini")
        with engine.begin(at=AT) as work:
            add_post(work, Post("pengelola-kasus", "Pengelola Kasus", ("open",)))
            add_officer(work, "wulan", name="Wulan")
            assign_post(work, "wulan", post="pengelola-kasus", office="JATENG", begins_on=date(2026, 1, 1))
        enact(engine, micro(), at=AT)

    def do(self, command: Any, *args: Any, by: str = "hana", at: datetime = AT, **more: Any) -> Receipt:
        done: Receipt = self.engine.perform(command, *args, officer=by, at=at, **more)
        return done

    def begun(self, name: str = "Meneliti berkas") -> int:
        """A draft in which the step is called otherwise."""
        number = self.do(begin_draft, code=CODE).number or 0
        self.do(save_draft, number, micro(name), seen=1)
        return number

    def submitted(self, on: date = TODAY, name: str = "Meneliti berkas") -> int:
        number = self.begun(name)
        self.submit(number, on)
        return number

    def submit(self, number: int, on: date = TODAY, by: str = "hana") -> bool:
        seen = self.draft(number).version
        given: dict[str, Any] = {"interpreters": [Machine()], "seen": seen, "on": on, "note": "Nama diperjelas."}
        return submit(self.engine, number, officer=by, at=AT, **given).receipt is not None

    def approve(self, number: int, by: str = "tini", **more: Any) -> bool:
        given: dict[str, Any] = {"at": AT, "interpreters": [Machine()], "note": "Setuju.", **more}
        given.setdefault("seen", self.draft(number).version)
        return approve(self.engine, number, officer=by, **given).receipt is not None

    def draft(self, number: int) -> Draft:
        found: Draft = self.read(lambda reader: Drafts(reader.connection).get(number))
        return found

    def acts(self, number: int) -> list[str]:
        found: tuple[DraftAct, ...] = self.read(lambda reader: Drafts(reader.connection).acts(number))
        return [each.kind for each in found]

    def step(self) -> tuple[int, str]:
        """The edition in force, and what its one step is called."""
        release = self.read(lambda reader: release_page(reader, CODE).release)
        return release.edition, release.activities[CODE, "periksa"].name

    def read(self, query: Any) -> Any:
        with self.engine.reading(at=AT) as reader:
            return query(reader)

    def kinds(self) -> list[str]:
        def asked(reader: Reader) -> list[str]:
            assert list(verify_audit(reader.connection)) == []
            rows = reader.connection.exec_driver_sql("SELECT kind FROM audit WHERE case_id = 0 ORDER BY seq")
            return [each.kind for each in rows if each.kind.startswith("draft.")]

        found: list[str] = self.read(asked)
        return found


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


def test_what_a_second_owner_approved_for_today_is_in_force(desk: Desk) -> None:
    number = desk.submitted()

    assert desk.approve(number)

    assert desk.step() == (2, "Meneliti berkas")
    assert (desk.draft(number).state, desk.draft(number).edition) == (DraftState.IN_FORCE, 2)
    assert desk.kinds() == ["draft.begun", "draft.submitted", "draft.approved", "draft.published"]


def test_nobody_approves_what_they_have_drawn(desk: Desk) -> None:
    number = desk.submitted()

    with pytest.raises(OwnDraft):
        desk.approve(number, by="hana")

    assert desk.step() == (1, "Memeriksa berkas")
    assert desk.draft(number).state is DraftState.SUBMITTED


def test_only_owners_have_to_do_with_drafts(desk: Desk) -> None:
    number = desk.submitted()

    with pytest.raises(NotYours, match="pemilik-proses"):
        desk.do(begin_draft, code=CODE, by="sri")
    with pytest.raises(NotYours, match="pemilik-proses"):
        desk.do(save_draft, number, micro("Lain"), seen=3, by="sri")
    with pytest.raises(NotYours, match="pemilik-proses"):
        desk.approve(number, by="sri")


@pytest.mark.parametrize("seen", [1, 2])
def test_a_draft_is_anothers_whatever_is_sent_to_it(desk: Desk, seen: int) -> None:
    number = desk.begun()

    for content in (desk.draft(number).content, micro("Lain"), b"no xml"):
        with pytest.raises(NotYours):
            desk.do(save_draft, number, content, seen=seen, by="tini")
    for act in (withdraw_draft, rebase_draft):
        with pytest.raises(NotYours):
            desk.do(act, number, seen=seen, by="tini")


def test_the_second_of_two_windows_is_told(desk: Desk) -> None:
    number = desk.begun()

    with pytest.raises(DraftChanged):
        desk.do(save_draft, number, micro("Melihat berkas"), seen=1)

    assert "Meneliti" in desk.draft(number).content.decode()


def test_an_approved_draft_comes_into_force_at_midnight_in_jakarta(desk: Desk) -> None:
    number = desk.submitted(FRIDAY)
    assert desk.approve(number)
    midnight = datetime(2026, 5, 7, 17, tzinfo=UTC)

    early = publish_due(desk.engine, at=midnight - timedelta(seconds=1), interpreters=lambda: [Machine()])
    waiting = desk.step()
    moved = publish_due(desk.engine, at=midnight, interpreters=lambda: [Machine()])

    assert (early, waiting) == (0, (1, "Memeriksa berkas"))
    assert (moved, desk.step()) == (1, (2, "Meneliti berkas"))
    assert publish_due(desk.engine, at=midnight, interpreters=lambda: [Machine()]) == 0


def test_the_worker_puts_it_in_force_beside_what_the_engine_has_to_do(desk: Desk) -> None:
    number = desk.submitted(FRIDAY)
    assert desk.approve(number)
    now = datetime(2026, 5, 7, 17, tzinfo=UTC)

    def due(at: datetime) -> int:
        return publish_due(desk.engine, at=at, interpreters=lambda: [Machine()])

    done = Worker(desk.engine, lambda: now, beside=(due,)).work_once()

    assert (done, desk.step()) == (1, (2, "Meneliti berkas"))


def test_a_draft_of_an_edition_that_was_superseded_is_refused_until_it_is_based_anew(desk: Desk) -> None:
    number = desk.submitted()
    enact(desk.engine, micro("Mencatat berkas"), at=AT)

    with pytest.raises(BaseSuperseded, match="edition 2 came into force"):
        desk.approve(number)
    desk.do(send_back_draft, number, seen=desk.draft(number).version, reason="Edisi 2 sudah berlaku", by="tini")
    desk.do(rebase_draft, number, seen=desk.draft(number).version)
    assert desk.submit(number)
    assert desk.approve(number)

    assert desk.step() == (3, "Meneliti berkas")


def test_what_cannot_come_into_force_on_its_day_goes_back_to_its_author_with_the_reason(desk: Desk) -> None:
    number = desk.submitted(FRIDAY)
    assert desk.approve(number)
    enact(desk.engine, micro("Mencatat berkas"), at=AT)

    moved = publish_due(desk.engine, at=AT + timedelta(days=7), interpreters=lambda: [Machine()])

    assert (moved, desk.step()) == (1, (2, "Mencatat berkas"))
    assert desk.draft(number).state is DraftState.DRAFT
    assert desk.acts(number)[-1] == "stopped"


def test_a_macro_whose_micro_was_published_anew_is_not_superseded(desk: Desk) -> None:
    enact(desk.engine, MACRO, at=AT)
    number = desk.do(begin_draft, code="c3-m05").number or 0
    desk.do(save_draft, number, MACRO.replace(b'name="Pemeriksaan"', b'name="Pemeriksaan awal"'), seen=1)
    enact(desk.engine, micro("Mencatat berkas"), at=AT)

    assert desk.submit(number)
    assert desk.approve(number)

    assert desk.draft(number).edition == 3


def test_what_a_rule_stands_against_is_not_submitted(desk: Desk) -> None:
    number = desk.begun()
    broken = micro().replace(b'post="pengelola-kasus"', b'post="entah"')
    desk.do(save_draft, number, broken, seen=2)

    assert not desk.submit(number)

    assert desk.draft(number).state is DraftState.DRAFT


def test_a_draft_sent_back_says_why_and_can_be_drawn_on(desk: Desk) -> None:
    number = desk.submitted()

    with pytest.raises(NotValid):
        desk.do(send_back_draft, number, seen=3, reason=" ", by="tini")
    desk.do(send_back_draft, number, seen=3, reason="Namanya belum jelas", by="tini")
    desk.do(save_draft, number, micro("Melihat berkas"), seen=4)

    assert desk.acts(number) == ["begun", "submitted", "sent-back"]


def test_what_was_submitted_stands_still(desk: Desk) -> None:
    number = desk.submitted()

    with pytest.raises(WrongState):
        desk.do(save_draft, number, micro("Melihat berkas"), seen=3)


def test_a_new_procedure_begins_from_a_file_and_a_second_of_its_code_is_refused(desk: Desk) -> None:
    text = micro().replace(b"c3-m05-91", b"c3-m05-93")
    numbers = [desk.do(begin_draft, content=text).number or 0 for _ in range(2)]
    assert all(desk.submit(each) for each in numbers)

    assert desk.approve(numbers[0])
    with pytest.raises(CodeTaken):
        desk.approve(numbers[1])


def test_a_draft_keeps_the_code_of_its_procedure(desk: Desk) -> None:
    number = desk.begun()

    with pytest.raises(CodeChanged):
        desk.do(save_draft, number, micro().replace(b"c3-m05-91", b"c3-m05-93"), seen=2)


def test_a_drawing_of_another_program_keeps_its_own_code(desk: Desk) -> None:
    text = drawn("start -> user A -> end")["main"].replace('"main"', '"Proses_1"')

    begun = desk.do(begin_draft, content=text.encode())

    assert begun.name == "Proses_1"


@pytest.mark.parametrize("content", [b"", b"no xml", b"<a/>"])
def test_what_is_no_drawing_begins_no_draft(desk: Desk, content: bytes) -> None:
    with pytest.raises((NotValid, NotFound)):
        desk.do(begin_draft, content=content)


def test_a_withdrawn_draft_is_over(desk: Desk) -> None:
    number = desk.begun()

    desk.do(withdraw_draft, number, seen=2)

    with pytest.raises(WrongState):
        desk.do(withdraw_draft, number, seen=3)
    with pytest.raises(WrongState):
        desk.do(save_draft, number, desk.draft(number).content, seen=3)


def test_new_cases_run_on_the_new_edition_and_running_ones_stay(desk: Desk) -> None:
    old = desk.do(open_case, CODE, office="JATENG", by="sri")
    assert desk.approve(desk.submitted())

    new = desk.do(open_case, CODE, office="JATENG", by="sri")

    def steps(reader: Reader) -> dict[str, str]:
        rows = reader.connection.exec_driver_sql(
            'SELECT c.number, w.name FROM work_item w JOIN "case" c ON c.id = w.case_id'
        )
        return {each.number: each.name for each in rows}

    assert desk.read(steps) == {old.case: "Memeriksa berkas", new.case: "Meneliti berkas"}
    item = desk.read(lambda reader: reader.connection.exec_driver_sql("SELECT min(id) FROM work_item").scalar_one())
    desk.do(claim_work_item, item, seen=1, by="wulan")
    assert desk.do(complete_work_item, item, seen=2, outcome="", facts={}, by="wulan").state == "completed"

"""Twenty at once: items of one step, taken and completed together, each on its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from engine.domain.release import Activity, Bound, Field, FieldKind, Outcome
from engine.domain.work_item import WorkItem, WorkItemState
from engine.queries.together import Together
from tests.browser.manifest import pasted, people
from tests.web.office import HELPDESK, NOW, SISPOPMI, Browser, Page
from tests.web.test_take_in_group import GROUP
from web.wiring import Wiring
from web.work.forms import sent
from web.work.many import one_by_one

WELCOME = "Menyambut CPMI"
EMERGENCY = "Memeriksa keadaan darurat"


@pytest.fixture
def group(officer: Callable[[str], Browser]) -> str:
    """Four people: the second is ill, of the third nothing is known but the name."""
    browser = officer(SISPOPMI)
    page = browser.get("/groups/new").submit("/groups/new", **GROUP)
    rows = [list(each) for each in people(4)]
    rows[1][12] = "Ya"
    rows[2][2:] = [""] * 11
    page.submit("/columns", pasted=pasted(rows)).submit("/admit")
    return page.response.request.path.removesuffix("/people")


@pytest.fixture
def helpdesk(officer: Callable[[str], Browser]) -> Browser:
    return officer(HELPDESK)


def at_step(browser: Browser, group: str, name: str, *, chosen: bool = True) -> Page:
    """The board sieved by a step, everybody chosen."""
    board = browser.get(group)
    place = next(each.get("value") for each in board.tree.iter("option") if (each.text or "").startswith(name))
    return browser.get(f"{group}?step={place}" + ("&all=1" if chosen else ""))


def press(page: Page, action: str, **more: object) -> Page:
    """Press a button of the board, with what is ticked."""
    form = page.form("/work/many/claim")
    chosen = [each.get("value") for each in form.iter("input") if each.get("name") == "item" and each.get("checked")]
    sent = {name: value for name, value in form.form_values() if name != "item"}
    return page.browser.post(action, **{**sent, "item": chosen, **more})


def complete(page: Page, **answers: object) -> Page:
    form = page.form("/work/many/complete")
    sent: dict[str, object] = {name: value for name, value in form.form_values() if name != "item"}
    items = [value for name, value in form.form_values() if name == "item"]
    return page.browser.post("/work/many/complete", **{**sent, "item": items, **answers})


def welcomed(helpdesk: Browser, group: str) -> Page:
    """All of them, welcomed."""
    return complete(press(at_step(helpdesk, group, WELCOME), "/work/many"))


def test_all_of_a_step_are_taken_at_once(helpdesk: Browser, group: str) -> None:
    page = press(at_step(helpdesk, group, WELCOME), "/work/many/claim")

    assert "Diambil: 4" in page.text
    assert helpdesk.get("/work/mine").text.count(WELCOME) == 4


def test_one_that_somebody_else_has_does_not_hold_up_the_others(
    helpdesk: Browser, group: str, wiring: Wiring, officer: Callable[[str], Browser]
) -> None:
    board = at_step(helpdesk, group, WELCOME)
    first = next(each.get("value") for each in board.tree.iter("input") if each.get("name") == "item")
    helpdesk.post("/work/many/claim", **dict(press_token(board)), item=[first])
    helpdesk.get("/work/mine")

    page = press(board, "/work/many/claim", key="another")

    assert "Diambil: 3, ditolak: 1" in page.text


def press_token(board: Page) -> list[tuple[str, str]]:
    return [(name, value) for name, value in board.form("/work/many/claim").form_values() if name in {"csrf", "key"}]


def test_a_step_is_completed_with_one_form_for_all(helpdesk: Browser, group: str) -> None:
    form = press(at_step(helpdesk, group, WELCOME), "/work/many")
    assert "untuk 4 orang" in form.text

    page = complete(form)

    assert "Selesai: 4" in page.text
    assert f"{EMERGENCY} untuk memutuskan" in helpdesk.get(group).text or EMERGENCY in helpdesk.get(group).text


def test_sent_twice_it_is_done_once(helpdesk: Browser, group: str) -> None:
    form = press(at_step(helpdesk, group, WELCOME), "/work/many")

    first, again = complete(form), complete(form)

    assert "Selesai: 4" in first.text
    assert "Selesai: 4" in again.text


def test_a_result_for_all_needs_its_tick(helpdesk: Browser, group: str) -> None:
    welcomed(helpdesk, group)
    form = press(at_step(helpdesk, group, EMERGENCY), "/work/many")

    refused = complete(form, sakit="no", anak="no", outcome="tidak")

    assert refused.status == 422
    assert "Centang dahulu" in refused.text


def test_what_a_case_knows_stays_and_the_answer_goes_to_those_that_know_nothing(
    helpdesk: Browser, group: str, wiring: Wiring
) -> None:
    welcomed(helpdesk, group)
    form = press(at_step(helpdesk, group, EMERGENCY), "/work/many")
    assert "Sakit atau terluka" in form.text
    assert "Yang sudah diketahui tetap" in form.text

    done = complete(form, sakit="no", anak="no", outcome="tidak", sure="yes")

    assert "Selesai: 4" in done.text
    from engine.queries.groups import board  # noqa: PLC0415 - looked at in this test alone

    with wiring.engine.reading(at=NOW) as reader:
        shown = board(reader, wiring.engine.officer(HELPDESK, at=NOW), group.rsplit("/", 1)[-1], facts=["sakit"])
    assert [row.facts["sakit"] for row in shown.people] == [False, True, False, False]


def test_an_answer_that_is_missing_everywhere_brings_the_form_back_and_nothing_is_done(
    helpdesk: Browser, group: str
) -> None:
    welcomed(helpdesk, group)
    form = press(at_step(helpdesk, group, EMERGENCY), "/work/many")

    done = complete(form, outcome="tidak", sure="yes")

    assert "Selesai: 3, ditolak: 1" in done.text  # who is known to the table is done; of one nothing is known


def test_different_steps_are_not_done_together(helpdesk: Browser, group: str, wiring: Wiring) -> None:
    board = at_step(helpdesk, group, WELCOME)
    items = [each.get("value") for each in board.tree.iter("input") if each.get("name") == "item"]
    complete(helpdesk.post("/work/many", **dict(press_token(board)), item=items[:1]))
    other = next(
        each.get("value")
        for each in at_step(helpdesk, group, EMERGENCY).tree.iter("input")
        if each.get("name") == "item"
    )

    page = helpdesk.post("/work/many", **dict(press_token(board)), item=[items[1], other])

    assert "bukan langkah yang sama" in page.text


def test_items_of_another_office_do_not_exist(officer: Callable[[str], Browser], helpdesk: Browser, group: str) -> None:
    board = at_step(helpdesk, group, WELCOME)
    items = [each.get("value") for each in board.tree.iter("input") if each.get("name") == "item"]
    elsewhere = officer("petugas-helpdesk.jateng")
    own = elsewhere.get("/cases/new").form("/cases/new").form_values()

    page = elsewhere.post("/work/many", csrf=dict(own)["csrf"], item=items)

    assert page.status == 404


def test_nothing_chosen_leads_back(helpdesk: Browser, group: str) -> None:
    board = at_step(helpdesk, group, WELCOME, chosen=False)

    page = press(board, "/work/many")

    assert page.response.request.path == group


def test_a_box_left_empty_takes_nothing_away_of_what_no_page_shows_of_a_person() -> None:
    form = (Field("nama", "Nama", bound=Bound.SUBJECT), Field("nik", "NIK", bound=Bound.SUBJECT), Field("rute", "Rute"))

    said = sent(form, MultiDict({"nama": "Contoh", "nik": " ", "rute": ""}), "Asia/Jakarta")

    assert said == {"nama": "Contoh", "rute": ""}


CHOICE = (Outcome("ya", "Ya"),)


@pytest.mark.parametrize(
    ("changed", "alone"),
    [
        ({}, False),
        ({"outcomes": CHOICE}, False),
        ({"form": (Field("nama", "Nama", bound=Bound.SUBJECT),)}, False),
        ({"form": (Field("nama", "Nama", required=True, bound=Bound.SUBJECT),)}, True),
        ({"form": (Field("hasil_penapisan", "Hasil", alone=True),)}, True),
        ({"form": (Field("surat_kuasa", "Surat", FieldKind.DOCUMENT),)}, False),
        ({"form": (Field("surat_kuasa", "Surat", FieldKind.DOCUMENT, required=True),)}, True),
        ({"act": "decide_disposition"}, True),
        ({"kind": "serviceTask"}, True),
    ],
)
def test_what_is_asked_of_one_person_is_not_answered_for_many(changed: dict[str, Any], alone: bool) -> None:
    step = Activity("c3-m99", "a", "Langkah", "userTask")

    chosen = [stand_in(replace(step, **changed)), stand_in(replace(step, **changed))]

    assert bool(one_by_one(chosen)) is alone


def test_what_is_known_of_everybody_already_is_no_reason_to_go_one_by_one() -> None:
    step = Activity(
        "c3-m99", "a", "Langkah", "userTask", form=(Field("nama", "N", required=True, bound=Bound.SUBJECT),)
    )
    known, unknown = stand_in(step, frozenset({"nama"})), stand_in(step)

    assert not one_by_one([known, known])
    assert one_by_one([known, unknown])


def stand_in(activity: Activity, known: frozenset[str] = frozenset()) -> Together:
    item = WorkItem(1, 1, "t", "c3-m99", "a", "Langkah", activity.kind, "p", "o", WorkItemState.READY, NOW)
    return Together(item, "S-2026-00001", activity, {}, known, may_claim=True, may_complete=True)

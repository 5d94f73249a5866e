"""Wrong, missing and unknown fields, stale pages and other people's items: a sentence each, and the tables as before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.web.office import ELSEWHERE, HEAD, HELPDESK, SISPOPMI, Browser
from tests.web.one_app import app_over
from tests.whole.border import Program, detail, dump
from web.wiring import Wiring

DEEP: Any = []
for _ in range(200):
    DEEP = [DEEP]
GOOD = {"sakit": "no", "anak": "no"}


@pytest.fixture
def program(wiring: Wiring) -> Callable[[str], Program]:
    app = app_over(wiring)
    made = {login: Program(app, login) for login in (SISPOPMI, HELPDESK, HEAD, ELSEWHERE)}
    return made.__getitem__


@pytest.fixture
def asked(program: Callable[[str], Program]) -> dict[str, Any]:
    """The step that asks two questions and has two outcomes, waiting for the help desk of East Java."""
    assert program(SISPOPMI).post("/cases", {"release": "p-c3-01"}).status_code == 201
    helpdesk = program(HELPDESK)
    (first,) = helpdesk.get("/work-items?post")["work_items"]
    helpdesk.post(f"/work-items/{first['id']}/complete", {"seen": first["version"]})
    (item,) = helpdesk.get("/work-items?post")["work_items"]
    return dict(item)


@pytest.fixture
def unchanged(asked: dict[str, Any], wiring: Wiring) -> Iterator[None]:
    """What the test does changes no table of a case."""
    before = dump(wiring.engine)
    yield
    assert dump(wiring.engine) == before


def body(**changes: Any) -> dict[str, Any]:
    return {"seen": 1, "outcome": "tidak", "facts": GOOD} | changes


BODIES: dict[str, tuple[Any, int]] = {
    "no version": ({"outcome": "tidak", "facts": GOOD}, 422),
    "a version that is text": (body(seen="new"), 422),
    "a version that is a list": (body(seen=[1]), 422),
    "a version beyond every database": (body(seen=10**30), 404),
    "a version that never was": (body(seen=77), 409),
    "a negative version": (body(seen=-1), 409),
    "no outcome": (body(outcome=""), 422),
    "an outcome that is not offered": (body(outcome="melompat"), 422),
    "an outcome that is a number": (body(outcome=7), 422),
    "no answers": (body(facts={}), 422),
    "one answer missing": (body(facts={"sakit": "no"}), 422),
    "an answer too many": (body(facts=GOOD | {"entah": "x"}), 422),
    "an answer to another step": (body(facts=GOOD | {"disposisi_ada": "yes"}), 422),
    "an answer that is no yes": (body(facts=GOOD | {"sakit": "maybe"}), 422),
    "an answer that is a list": (body(facts=GOOD | {"sakit": ["yes"]}), 422),
    "an answer that is deep": (body(facts=GOOD | {"sakit": DEEP}), 400),
    "answers that are a list": (body(facts=["sakit"]), 422),
    "a NUL in an answer": (body(facts=GOOD | {"sakit": "no\0"}), 422),
    "half a character in an answer": (body(facts=GOOD | {"sakit": "\ud800"}), 422),
    "a name beyond measure": (body(facts=GOOD | {"x" * 5000: 1}), 422),
    "a field of no meaning": (body(officer="kepala"), 422),
    "a list in place of a body": ([], 422),
    "null in place of a body": (None, 422),
}


@pytest.mark.parametrize("name", BODIES)
def test_what_completes_nothing_is_told_and_changes_nothing(
    asked: dict[str, Any], program: Callable[[str], Program], unchanged: None, name: str
) -> None:
    sent, status = BODIES[name]

    refused = program(HELPDESK).post(f"/work-items/{asked['id']}/complete", sent)

    assert refused.status_code == status, refused.get_data(as_text=True)
    assert detail(refused).endswith((".", "…"))


@pytest.mark.parametrize(
    "address", ["/work-items/0/claim", "/work-items/999999/complete", f"/work-items/{10**30}/claim"]
)
def test_an_item_that_is_not_there_is_not_found(
    asked: dict[str, Any], program: Callable[[str], Program], unchanged: None, address: str
) -> None:
    refused = program(HELPDESK).post(address, {"seen": 1})

    assert refused.status_code == 404


@pytest.mark.parametrize("verb", ["claim", "release", "complete"])
def test_another_post_is_told_whose_work_it_is(
    asked: dict[str, Any], program: Callable[[str], Program], unchanged: None, verb: str
) -> None:
    refused = program(HEAD).post(f"/work-items/{asked['id']}/{verb}", {"seen": asked["version"]})

    assert refused.status_code == 403
    assert "that is the work of Help desk officer (BP3MI Jawa Timur)" in detail(refused)


@pytest.mark.parametrize("verb", ["claim", "release", "complete"])
def test_to_another_office_an_item_is_as_if_it_were_not_there(
    asked: dict[str, Any], program: Callable[[str], Program], unchanged: None, verb: str
) -> None:
    elsewhere = program(ELSEWHERE)

    theirs = elsewhere.post(f"/work-items/{asked['id']}/{verb}", {"seen": asked["version"]})
    nothing = elsewhere.post(f"/work-items/98765/{verb}", {"seen": asked["version"]})

    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert detail(theirs).replace(str(asked["id"]), "N") == detail(nothing).replace("98765", "N")


PAGES: dict[str, tuple[str, dict[str, str], int, str]] = {
    "a missing answer": (HELPDESK, {"sakit": "yes", "outcome": "tidak"}, 422, "Wajib diisi."),
    "an answer that is no yes": (HELPDESK, {"sakit": "x", "anak": "no", "outcome": "tidak"}, 422, "ya atau tidak"),
    "an outcome that is not offered": (HELPDESK, GOOD | {"outcome": "melompat"}, 422, "Pilih salah satu hasil"),
    "no outcome": (HELPDESK, GOOD, 422, "Pilih salah satu hasil"),
    "a version that never was": (HELPDESK, GOOD | {"outcome": "tidak", "seen": "77"}, 409, "Muat ulang halamannya"),
    "no version": (HELPDESK, GOOD | {"outcome": "tidak", "seen": ""}, 400, "tidak lengkap"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_in_indonesian_what_is_wrong_and_changes_nothing(
    asked: dict[str, Any], officer: Callable[[str], Browser], unchanged: None, name: str
) -> None:
    login, sent, status, words = PAGES[name]
    page = officer(login).get(f"/work/{asked['id']}")

    refused = page.submit("/complete", **sent)

    assert (refused.status, words in refused.text) == (status, True), refused.text


@pytest.mark.parametrize(("login", "status", "words"), [(HEAD, 403, "itu tugas"), (ELSEWHERE, 404, "Tidak ditemukan")])
def test_a_form_made_by_hand_for_somebody_elses_item_is_refused_in_indonesian(
    asked: dict[str, Any], officer: Callable[[str], Browser], unchanged: None, login: str, status: int, words: str
) -> None:
    browser = officer(login)
    token = browser.get("/work/mine").form("/sign-out").form_values()

    refused = browser.post(f"/work/{asked['id']}/complete", **dict(token), seen="1", key="k", outcome="tidak", **GOOD)

    assert (refused.status, words in refused.text) == (status, True), refused.text

"""The public says something about an SOP, and its owner answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine.storage import tables
from tests.web.office import NOW, OWNER, Browser, Page
from tests.web.one_app import app_over
from web.public.pacing import MOST_SENT
from web.wiring import Wiring

SHOWN, HIDDEN = "s11-m03-04", "c3-m01"
FORM = f"/sop/{SHOWN}/1/feedback"
WORDS = {"kind": "tidak-sesuai", "step": "1", "text": "Loket tutup sebelum waktunya."}


@pytest.fixture
def visitor(wiring: Wiring) -> Browser:
    """A fresh browser of somebody who is not signed in."""
    return Browser(app_over(wiring).test_client())


def send(browser: Browser, address: str = FORM, **values: str) -> Page:
    form = browser.get(address).tree.xpath("//form[@method='post']//input[@name='csrf']/@value")
    return Page(browser.client.post(address, data={**WORDS, "csrf": form[0], **values}), browser)


def secrets_of(page: Page) -> dict[str, str]:
    number, pin = (each.text_content() for each in page.tree.xpath("//dl[contains(@class, 'portal-secret')]//dd"))
    return {"number": number, "pin": pin}


def test_feedback_gets_a_number_and_a_pin_and_its_answer_is_read_with_them(visitor: Browser) -> None:
    given = secrets_of(send(visitor))

    before = send(visitor, "/feedback", **given)
    wrong = send(visitor, "/feedback", **{**given, "pin": "0"})

    assert "Belum dijawab" in before.text
    assert "Menerima permohonan" in before.text
    assert WORDS["text"] not in before.text
    assert (wrong.status, "tidak cocok" in wrong.text) == (422, True)


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"website": "http://example.test"}, 400, "seharusnya kosong"),
        ({"contact": "082100000000"}, 422, "Centang persetujuan"),
        ({"text": " "}, 422, "kata-kata"),
        ({"kind": "pujian"}, 422, "jenis masukan"),
    ],
)
def test_what_cannot_be_taken_says_why_and_keeps_the_words(
    visitor: Browser, values: dict[str, str], status: int, said: str
) -> None:
    page = send(visitor, **values)

    assert (page.status, said in page.text) == (status, True)
    assert values.get("text", WORDS["text"]).strip() in page.text


def test_a_page_of_one_browser_is_kept_nowhere_and_its_address_told_to_no_other_place(visitor: Browser) -> None:
    headers = visitor.client.get("/feedback").headers

    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "same-origin")


def test_an_sop_that_is_not_public_takes_none(visitor: Browser) -> None:
    assert visitor.get(f"/sop/{HIDDEN}/1/feedback").status == 404


def test_a_form_of_another_site_is_refused(visitor: Browser) -> None:
    assert visitor.client.post(FORM, data=WORDS).status_code == 403


def test_who_sends_too_much_is_told_to_wait(visitor: Browser) -> None:
    answers = [send(visitor, text=f"Masukan {at}").status for at in range(MOST_SENT + 1)]

    assert answers[-2:] == [200, 429]


def test_the_owner_reads_the_words_answers_in_the_step_and_the_giver_reads_the_answer(
    visitor: Browser, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    given = secrets_of(send(visitor, contact="082100000000", agreed="1"))
    owner = officer(OWNER)
    assert "/catalogue/feedback" in owner.get("/catalogue/drafts").tree.xpath("//*[contains(@class, 'said')]//a/@href")
    (there,) = owner.get("/catalogue/feedback").tree.xpath("//li/a[contains(@class, 'button')]/@href")

    words = owner.get(there)
    (step,) = words.tree.xpath("//a[contains(@href, '/work/')][contains(@class, 'button')]/@href")
    done = owner.get(step).submit(f"{step}/complete", jawaban_masukan="Loket kini dibuka.", outcome="cukup_dijawab")

    assert all(each in words.text for each in (WORDS["text"], "082100000000", "Menerima permohonan"))
    assert done.status == 200
    found = send(visitor, "/feedback", **given)
    assert "Sudah dijawab" in found.text or "Dijawab" in found.text
    assert "Loket kini dibuka." in found.text
    with wiring.engine.reading(at=NOW) as reader:
        kinds = reader.connection.execute(select(tables.access_record.c.kind)).scalars().all()
    assert [each for each in kinds if each == "paper.read"] == ["paper.read"] * 2

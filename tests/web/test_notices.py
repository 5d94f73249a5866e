"""What officers are told, on their pages and by mail; and what those see who run the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, offer_handover, set_mail_address
from engine.commands.settle_dispatch import settle_dispatch
from engine.commands.take_dispatch import take_dispatch
from engine.domain.notice import TOPICS, Notice, NoticeKind
from tests.web.office import ELSEWHERE, HEAD, NOW, SISPOPMI, Browser
from web.language import compile_translations
from web.telling import SAYS, Letters
from web.wiring import Wiring

ADMIN = "admin-sistem.pusat"
OVERSEER = "kepala-bp3mi.jateng"


@pytest.fixture
def offered(wiring: Wiring, case: str) -> str:
    """A case that Jawa Timur offers to Jawa Tengah, whose head has an address."""
    wiring.engine.perform(set_mail_address, OVERSEER, address="kepala@contoh.example", officer=OVERSEER, at=NOW)
    more: dict[str, Any] = {"to_office": "bp3mi-jateng", "reason": "Lebih dekat", "until": NOW + timedelta(days=2)}
    wiring.engine.perform(offer_handover, case, **more, officer=HEAD, at=NOW)
    return case


def parcel(wiring: Wiring) -> Any:
    return wiring.engine.perform(take_dispatch, 1, until=NOW + timedelta(minutes=2), at=NOW)


def give_up(wiring: Wiring) -> None:
    parcel(wiring)
    wiring.engine.perform(settle_dispatch, 1, problem="the address was refused (550)", at=NOW)


def test_the_bell_counts_and_opening_a_notice_marks_it_and_leads_there(
    offered: str, officer: Callable[[str], Browser]
) -> None:
    head = officer(OVERSEER)
    page = head.get("/me/notices")
    assert "menawarkan kasus ini kepada kantor Anda" in page.text
    assert page.tree.find_class("bell")[0].get("aria-label") == "Pemberitahuan: 1 belum dibaca"

    there = page.submit("/me/notices/read")

    assert offered in there.text
    assert "/cases/handovers/" in there.response.request.path
    assert there.tree.find_class("bell")[0].get("aria-label") == "Pemberitahuan: tidak ada yang belum dibaca"
    assert "Semua sudah dibaca" in head.get("/me/notices?show=unread").text


def test_nobody_sees_or_opens_what_was_told_to_somebody_else(offered: str, officer: Callable[[str], Browser]) -> None:
    other = officer(ELSEWHERE)
    page = other.get("/me/notices")
    token = page.tree.xpath("//input[@name='csrf']")[0].get("value")

    assert offered not in page.text
    assert other.post("/me/notices/read", csrf=token, notice="1").status == 404


def test_one_chooses_what_comes_by_mail(officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)

    done = browser.get("/me").submit("/me/mail", mail_to="saya@contoh.example", deadlines="digest", work="off")
    wrong = done.submit("/me/mail", mail_to="bukan alamat")

    assert "Pilihan pemberitahuan Anda disimpan" in done.text
    form = done.form("/me/mail")
    assert (form.fields["mail_to"], form.fields["deadlines"], form.fields["work"]) == (
        "saya@contoh.example",
        "digest",
        "off",
    )
    assert "bukan alamat yang dapat dikirimi surel" in wrong.text


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Jawab paling lambat 20 Nov 2026 09.30 WIB"), ("en", "Answer by")]
)
def test_a_mail_speaks_the_language_and_the_clock_of_who_gets_it(
    wiring: Wiring, offered: str, language: str, words: str
) -> None:
    letter = Letters(wiring.settings)(replace(parcel(wiring), language=language))

    assert offered in letter.subject
    assert words in letter.text
    assert f"{wiring.settings.address}/cases/handovers/1" in letter.text


def test_a_mail_names_nobody(wiring: Wiring, offered: str) -> None:
    letter = Letters(wiring.settings)(parcel(wiring))

    assert offered in letter.text
    assert "Contoh" not in letter.subject + letter.text
    assert "Lebih dekat" not in letter.text


def test_every_kind_of_notice_can_be_said_without_a_request(wiring: Wiring) -> None:
    compile_translations()
    told = {"due": NOW.isoformat(), "until": NOW.isoformat(), "from": "bp3mi-jatim", "to": "bp3mi-jateng"}
    notices = tuple(
        Notice(1, each, "S-2026-00001", None, "Mencatat data", NOW, None, "item 1", told) for each in NoticeKind
    )
    made = Letters(wiring.settings)
    some = parcel_of(notices)

    text = made(some).text

    assert set(SAYS) == set(TOPICS) == set(NoticeKind)
    assert text.count("Kasus S-2026-00001") == len(NoticeKind)
    assert "%(" not in text
    assert made(some).subject == f"Lajur: {len(NoticeKind)} pemberitahuan"


def parcel_of(notices: tuple[Notice, ...]) -> Any:
    from engine.domain.dispatch import Channel, Parcel  # noqa: PLC0415 - only here

    return Parcel(1, "k", Channel.MAIL, 0, "officer 1", "x@contoh.example", notices, digest=True, zone="Asia/Jakarta")


def test_an_administrator_sends_a_dead_letter_again(
    wiring: Wiring, offered: str, officer: Callable[[str], Browser]
) -> None:
    give_up(wiring)
    admin = officer(ADMIN)
    page = admin.get("/house/deliveries")
    assert "alamat ditolak (550)" in page.text
    assert offered in page.text

    done = page.submit("/1/resend")

    assert "Dikirim ulang" in done.text
    assert offered in admin.get("/house/deliveries?state=waiting").text


def test_an_administrator_lays_one_aside(wiring: Wiring, offered: str, officer: Callable[[str], Browser]) -> None:
    give_up(wiring)

    done = officer(ADMIN).get("/house/deliveries").submit("/1/withdraw")

    assert offered not in done.text
    assert "Tidak ada yang gagal" in done.text


def test_a_program_is_added_and_its_secret_shown_once(officer: Callable[[str], Browser]) -> None:
    admin = officer(ADMIN)

    made = admin.get("/house/webhooks").submit(
        "/house/webhooks", name="Mitra", url="https://mitra.contoh.example/k", kinds="case.opened"
    )
    secret = made.tree.find_class("secret")[0].text_content()

    assert len(secret) == 64
    assert secret not in admin.get("/house/webhooks").text
    ended = made.submit("/1/end")
    assert "Program itu tidak diberi tahu lagi" in ended.text


def test_what_is_no_address_is_said_and_the_form_keeps_what_was_typed(officer: Callable[[str], Browser]) -> None:
    page = (
        officer(ADMIN)
        .get("/house/webhooks")
        .submit("/house/webhooks", name="Mitra", url="ftp://mitra.contoh.example", kinds="case.opened")
    )

    assert page.status == 422
    assert "harus diawali https://" in page.text
    assert page.form("/house/webhooks").fields["name"] == "Mitra"


def test_a_notice_that_is_not_there_is_not_found(wiring: Wiring) -> None:
    from engine.queries.notices import my_notice  # noqa: PLC0415 - only here

    with wiring.engine.reading(at=NOW) as reader, pytest.raises(NotFound):
        my_notice(reader, wiring.engine.officer(SISPOPMI, at=NOW), 1)

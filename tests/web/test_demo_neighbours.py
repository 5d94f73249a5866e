"""A first start shows the neighbours at work, and asks no other machine for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

from engine import list_citizens
from engine.queries.exchange import exchange_batches, exchange_differences, exchange_news
from sop_catalog.publishing import load_folder
from tests.shipped import house_folder
from tests.web.office import NOW, Browser
from tests.web.one_app import app_over
from web import demo
from web.config import Settings
from web.first_start import load_registers
from web.wiring import Wiring, wire

EXCHANGER, ADMIN = "verifikator-data.jatim", "admin-sistem.pusat"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Wiring, str, Path]]:
    """A house after its first start, with few cases of its own."""
    place = tmp_path_factory.mktemp("demo")
    wiring = wire(Settings(data_dir=place, testing=True), create=True, clock=lambda: NOW)
    wiring.engine.migrate()
    load_registers(wiring.engine, at=NOW)
    with house_folder() as diagrams:
        load_folder(wiring.engine, diagrams, at=NOW)
    accounts = place / "accounts.txt"
    _, password = demo.load_demo(wiring.engine, accounts, at=NOW, cases=2)
    yield wiring, password, accounts
    wiring.engine.close()


def signed_in(started: tuple[Wiring, str, Path], login: str) -> Browser:
    browser = Browser(app_over(started[0]).test_client())
    assert browser.sign_in(login, started[1]).status == 200
    return browser


def test_a_local_government_comes_in_and_is_told_of_two_citizens(started: tuple[Wiring, str, Path]) -> None:
    wiring, password, accounts = started
    browser = Browser(app_over(wiring).test_client())

    page = browser.get("/pemda/sign-in").submit("/pemda/sign-in", login=demo.LOCAL.login, password=password)
    assert page.response.request.path == "/pemda/factor"
    page = page.submit("/factor/begin")
    secret = "".join(page.tree.xpath("//code")[0].text_content().split())
    page.submit("/factor/confirm", code=pyotp.TOTP(secret).at(NOW))
    found = wiring.engine.perform(list_citizens, demo.LOCAL.login, at=NOW)

    assert demo.LOCAL.login in accounts.read_text()
    assert sorted(each.name for each in found.rows) == ["Jaka Contoh 902", "Kirana Contoh 901"]
    assert all(each.name in browser.get("/pemda").text for each in found.rows)


def test_a_placement_is_on_its_way_with_a_batch_news_and_a_difference(started: tuple[Wiring, str, Path]) -> None:
    engine = started[0].engine
    officer = engine.officer(EXCHANGER, at=NOW)

    with engine.reading(at=NOW) as reader:
        batches = exchange_batches(reader, officer).rows
        moved = exchange_news(reader, officer, state="applied").rows
        waiting = exchange_news(reader, officer, state="waiting").rows
        differences = exchange_differences(reader, officer).rows

    assert [each.direction for each in batches] == ["out"]
    assert [each.told.kind for each in moved] == ["registered"]
    assert [each.told.kind for each in waiting] == ["trained"]
    assert len(differences) == 1


def test_a_month_is_public_and_programs_stand_there_that_nobody_calls(started: tuple[Wiring, str, Path]) -> None:
    admin = signed_in(started, ADMIN)

    assert "Oktober 2026" in admin.get("/data").text
    assert "Layar antrean (contoh)" in admin.get("/house/tokens").text
    assert "https://mitra.example/kabar" in admin.get("/house/webhooks").text
    assert "Tidak ada panggilan di sini" in admin.get("/house/webhooks/1").text

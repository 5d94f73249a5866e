"""A browser, Lajur and a provider, each a real one: in by the agency's account, a device set up, out at both."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, Page
from waitress.server import create_server  # type: ignore[import-untyped]

from engine import link_identity, require_factor
from tests.web.office import HELPDESK, PASSWORD
from tests.web.sign_on.provider import CLIENT, SECRET, RunningProvider, running_provider
from web.app import create_app
from web.config import Settings
from web.wiring import Wiring, wire


@pytest.fixture
def provider() -> Iterator[RunningProvider]:
    with running_provider() as made:
        yield made


@pytest.fixture
def served(furnished: Path, tmp_path: Path, provider: RunningProvider) -> Iterator[Wiring]:
    """An office on a port that the provider can send browsers back to; tokens are made by the clock of now."""
    place = tmp_path / "office"
    shutil.copytree(furnished, place)
    (place / "oidc.secret").write_text(SECRET)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said: dict[str, Any] = {
        "oidc_issuer": provider.address,
        "oidc_client_id": CLIENT,
        "oidc_secret": place / "oidc.secret",
    }
    wiring = wire(Settings(data_dir=place, port=port, **said))
    sockets: dict[int, Any] = {}
    server = create_server(create_app(wiring), map=sockets, host="127.0.0.1", port=port, threads=4, ident="")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield wiring
    server.trigger.pull_trigger(lambda: [each.close() for each in list(sockets.values())])
    thread.join(10)
    server.task_dispatcher.shutdown()
    wiring.engine.close()


@pytest.fixture
def page(chromium: Browser, served: Wiring) -> Iterator[Page]:
    """One tab; what it reports of pages of ours fails the test."""
    context = chromium.new_context(base_url=served.settings.address, locale="id-ID")
    made, said = context.new_page(), list[str]()
    made.on("console", lambda told: said.append(told.text) if "Content Security Policy" in told.text else None)
    yield made
    context.close()
    assert said == []


def come_by_provider(page: Page, subject: str) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="Masuk dengan akun instansi").click()
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").first.click()


def set_up(page: Page) -> str:
    """Set the second factor up; returns its key."""
    page.get_by_role("button", name="Siapkan").click()
    key = page.locator(".secret code").inner_text().replace(" ", "")
    page.get_by_label("Kode dari perangkat Anda").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Pastikan kode").click()
    page.get_by_role("link", name="Sudah saya simpan").click()
    return key


def test_in_by_the_agencys_account_with_a_second_factor_and_out_at_both(
    page: Page, served: Wiring, provider: RunningProvider
) -> None:
    now = datetime.now(UTC)
    served.engine.perform(link_identity, HELPDESK, issuer=provider.address, subject="akun-1", at=now)
    served.engine.perform(require_factor, since=now.date() - timedelta(days=1), at=now)

    come_by_provider(page, "akun-1")
    page.wait_for_url("**/me/factor**")
    key = set_up(page)
    told = page.locator("#isi").inner_text()
    page.locator("form[action='/sign-out'] button").first.click()
    page.wait_for_url(f"{provider.address}/oauth2/end_session**")
    page.get_by_role("button", name="End session").click()
    page.wait_for_url("**/sign-in?bye=1")

    assert "dengan akun instansi, dengan kode" in told
    assert ask_code(page) == "Satu kode lagi"
    page.get_by_label("Kode dari perangkat Anda").fill(pyotp.TOTP(key).at(datetime.now(UTC) + timedelta(seconds=30)))
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/mine")


def ask_code(page: Page) -> str:
    """Sign in by password, and see what is asked next."""
    page.get_by_label("Akun").fill(HELPDESK)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/second**")
    return page.get_by_role("heading", level=1).inner_text()

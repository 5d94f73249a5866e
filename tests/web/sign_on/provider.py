"""The provider of the tests, as they speak to it: a process that is started and ended, people in it, and its oddities."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from tests.web.office import Browser, Page

CLIENT = "lajur-uji"
SECRET = "rahasia-klien"


@dataclass(frozen=True)
class RunningProvider:
    """One provider that answers."""

    address: str

    def person(self, subject: str, **claims: Any) -> None:
        """Make somebody known there, with what is said of them."""
        requests.put(f"{self.address}/users/{subject}", json=claims, timeout=10).raise_for_status()

    def rotate(self) -> str:
        """Sign with another key from now on."""
        return requests.post(f"{self.address}/test/rotate", timeout=10).text

    def odd(self, *, by: str = "", **claims: Any) -> None:
        """Let the next token say this, or be signed by somebody else."""
        requests.post(f"{self.address}/test/odd", json={"by": by, "claims": claims}, timeout=10).raise_for_status()

    def logout_token(self, *, by: str = "", **claims: Any) -> str:
        """What it would send to programs when somebody signs out there."""
        asked = {"by": by, "claims": {"aud": CLIENT, **claims}}
        return requests.post(f"{self.address}/test/logout", json=asked, timeout=10).text

    def agree(self, where: str, subject: str) -> str:
        """Sign in there as somebody; returns the address that the browser is sent back to."""
        assert where.startswith(self.address), where
        answer = requests.post(where, data={"sub": subject}, allow_redirects=False, timeout=10)
        return answer.headers["Location"]

    def deny(self, where: str) -> str:
        """Say no there. The state is put where RFC 6749 (4.1.2.1) wants it: this provider forgets it."""
        answer = requests.post(where, data={"action": "deny"}, allow_redirects=False, timeout=10)
        return f"{answer.headers['Location']}&state={parse_qs(urlsplit(where).query)['state'][0]}"


@contextmanager
def running_provider() -> Iterator[RunningProvider]:
    """Start one, and end it."""
    script = Path(__file__).with_name("provider_process.py")
    process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        yield RunningProvider(f"http://127.0.0.1:{int(process.stdout.readline())}")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()  # type: ignore[union-attr] # asked for above


def to_provider(browser: Browser, onward: str = "") -> str:
    """Press the button of the sign-in page; returns where it leads."""
    page = browser.get(f"/sign-in?next={onward}" if onward else "/sign-in")
    return browser.client.get(page.link("akun instansi")).headers["Location"]


def arrive(browser: Browser, back: str) -> Page:
    """Follow the address that the provider sends a browser back to."""
    parts = urlsplit(back)
    return browser.get(f"{parts.path}?{parts.query}")


def sign_on(browser: Browser, provider: RunningProvider, subject: str, onward: str = "") -> Page:
    """All the way: to the provider, yes there, and back."""
    return arrive(browser, provider.agree(to_provider(browser, onward), subject))

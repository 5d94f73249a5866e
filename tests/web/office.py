"""A browser without a screen, that fills in the forms it is shown, and the names of the office that the tests use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from engine import add_officer, assign_post
from sop_catalog import registers
from sop_catalog.publishing import load_folder
from tests.shipped import house_folder
from web.config import Settings
from web.first_start import load_registers
from web.wiring import Wiring, wire

PASSWORD = "rahasia-untuk-uji"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
NOW = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)
"""A Wednesday, 09.30 WIB."""

OFFICES = ("bp3mi-jatim", "bp3mi-jateng")
HELPDESK, SISPOPMI, HEAD = "petugas-helpdesk.jatim", "petugas-sispopmi.jatim", "kepala-bp3mi.jatim"
ELSEWHERE, OWNER = "petugas-helpdesk.jateng", "pemilik-proses.pusat"
SECOND = "pemilik-kedua.pusat"
"""Another owner, where `add_second_owner` was asked for."""


@dataclass
class Clock:
    """The time of the requests, to be turned."""

    now: datetime = NOW


@dataclass
class Page:
    """What a browser got, as a person reads it."""

    response: TestResponse
    browser: Browser

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """Every word on the page, with single blanks."""
        return " ".join(self.tree.text_content().split())

    @property
    def tree(self) -> Any:
        return html.fromstring(self.response.get_data(as_text=True) or "<p></p>")

    def form(self, action: str) -> Any:
        """The first form whose address ends so."""
        found = [each for each in self.tree.forms if (each.get("action") or "").endswith(action)]
        assert found, f"no form {action} on: {self.text[:400]}"
        return found[0]

    def submit(self, action: str, **values: Any) -> Page:
        """Fill a form in and press its button; what is hidden in it goes along."""
        form = self.form(action)
        sent: dict[str, Any] = dict(form.form_values())
        address = form.get("action") or self.response.request.path
        return self.browser.post(address, **{**sent, **values})

    def link(self, words: str) -> str:
        """The address of the first link with these words."""
        return str(next(each.get("href") for each in self.tree.iter("a") if words in each.text_content()))


@dataclass
class Browser:
    """One person's browser."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> Page:
        return Page(self.client.get(address, follow_redirects=True, headers=self.headers), self)

    def post(self, address: str, **values: Any) -> Page:
        return Page(self.client.post(address, data=values, follow_redirects=True, headers=self.headers), self)

    def sign_in(self, login: str, password: str = PASSWORD) -> Page:
        return self.get("/sign-in").submit("/sign-in", login=login, password=password)


def furnish_web(place: Path, now: datetime) -> None:
    """Make an office with every register, the procedures of the house (`tests.shipped`) and an officer for each post."""
    wiring = wire(Settings(data_dir=place), create=True)
    wiring.engine.migrate()
    load_registers(wiring.engine, at=now)
    with house_folder() as diagrams:
        load_folder(wiring.engine, diagrams, at=now)
    with wiring.engine.begin(at=now) as work:
        for office in (*OFFICES, "pusat"):
            kind = "head" if office == "pusat" else "regional"
            for post in registers.posts():
                if kind in post.offices:
                    login = f"{post.code}.{office.removeprefix('bp3mi-')}"
                    add_officer(work, login, name=f"{post.name} Contoh", password=CHEAP)
                    assign_post(work, login, post=post.code, office=office, begins_on=date(2026, 1, 1))
    wiring.engine.close()


def add_second_owner(wiring: Wiring) -> None:
    """Another process owner, who may approve what the first has drawn."""
    with wiring.engine.begin(at=NOW) as work:
        add_officer(work, SECOND, name="Pemilik Kedua", password=CHEAP)
        assign_post(work, SECOND, post="pemilik-proses", office="pusat", begins_on=date(2026, 1, 1))

"""Demo data about the neighbours: a local government, a placement on its way, programs of others, and a month of public figures.

As all demo data it is made by the real commands, and about nobody. It sends nothing: no program is told of anything that
happened before it was added, and files are carried by people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyotp

from engine import (
    Engine,
    add_pemda,
    add_pemda_user,
    add_webhook,
    apply_event,
    ask_citizen_question,
    begin_pemda_factor,
    confirm_pemda_factor,
    count_pemda_month,
    create_token,
    import_subjects,
    link_subject,
    make_batch,
    open_case,
    place_citizen,
    publish_figures,
    reconcile_placements,
    reset_pemda_factor,
    set_pemda_password,
    sign_in_pemda,
    take_in_event,
)
from engine.domain.figures import Period
from engine.domain.pemda import Pemda
from engine.queries import catalogue
from engine.queries.exchange import placement_of_case
from engine.queries.figures import prepared_figures
from engine.worker import deliver_due
from sop_catalog.figures import prepare

HOME, PLACEMENT = "c3-m05", "c2-m16"
"""The procedure in which a course is set, and the one by which a person is placed again."""
PERSONS = ("Kirana Contoh 901", "Jaka Contoh 902", "Laras Contoh 903")
"""The last is placed again; the first two go home."""
BORN = "1998-03-02"
REFERENCE = "SK2-CONTOH-0001"
MOST_STEPS, A_STEP = 40, timedelta(minutes=15)
BASIS = "PP 59/2021 Pasal 21; Permen P2MI 32/2025 Pasal 13 huruf e; UU 27/2022 Pasal 20"

Step = Callable[[str, datetime], bool]
"""Do one thing in a case, at a moment; False where nothing is left to do."""


@dataclass(frozen=True, slots=True)
class LocalGovernment:
    """One that does not exist under this agreement, and whoever signs in for it."""

    area: str = "35.07"
    name: str = "Pemerintah Kabupaten Malang (contoh)"
    login: str = "pemda.malang"
    village: str = "35.07.11.2003"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands between one office of the house and its neighbours."""

    engine: Engine
    now: datetime
    office: str
    logins: Mapping[tuple[str, str], str]
    """Post and office → account."""
    local: LocalGovernment

    def let_in(self, password: str) -> None:
        """Let the local government sign in with this hash of a password, which it need not change."""
        begins = (self.now - timedelta(days=200)).date()
        self._do(add_pemda, Pemda(self.local.area, self.local.name, BASIS, "PKS-CONTOH-1/2026", begins))
        self._do(add_pemda_user, self.local.area, self.local.login, name="Petugas Peraga", password=password)
        self._do(set_pemda_password, self.local.login, password=password)

    def all(self, leading: Callable[[int], Step]) -> None:
        """Make everything, as far as the procedures are in force. `leading` gives what goes straight on with a person."""
        with self.engine.reading(at=self.now) as reader:
            known = {each.code for each in catalogue(reader)}
        people = self._people()
        if HOME in known:
            for number, person in enumerate(people[:2]):
                self._goes_home(person, leading(901 + number), asks=not number)
        if PLACEMENT in known:
            self._is_placed(people[2], leading(903))
        self._programs()

    def publish(self) -> None:
        """The month before is counted, for the local government and for everybody."""
        month = (self.now.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
        self._do(count_pemda_month, month)
        steward = self.logins.get(("walidata", "pusat"))
        if steward is None:
            return
        prepare(self.engine, Period(month), at=self.now)
        with self.engine.reading(at=self.now) as reader:
            found = prepared_figures(reader, self.engine.officer(steward, at=self.now))
        for each in found:
            self.engine.perform(publish_figures, each.period, seen=each.seal, officer=steward, at=self.now)

    def _goes_home(self, person: int, step: Step, *, asks: bool) -> None:
        """Somebody for whom a course is set, and who wants the local government to know of it."""
        case, at = self._open(HOME, person, days=6), self.now - timedelta(days=6)
        for _ in range(MOST_STEPS):
            at += A_STEP
            if not step(case, at):
                break
        self._do(place_citizen, case, village=self.local.village, consent=True, by="pengelola-kasus")
        if asks:
            self._asks(case, "Kapan yang bersangkutan tiba? Perangkat desa akan menjemput.")

    def _asks(self, case: str, text: str) -> None:
        """Ask as the local government does, behind its second factor; then that is reset, for whoever tries the account."""
        login, says = self.local.login, self.engine.perform
        session = says(sign_in_pemda, login, address="127.0.0.1", right=True, at=self.now).name
        secret = says(begin_pemda_factor, login, at=self.now).name
        code = pyotp.TOTP(secret).at(self.now)
        says(confirm_pemda_factor, login, code=code, session=session, at=self.now)
        says(ask_citizen_question, login, case, text=text, at=self.now)
        self._do(reset_pemda_factor, login, reason="Peraga: perangkat berikutnya dipasang oleh yang mencoba akun ini.")

    def _is_placed(self, person: int, step: Step) -> None:
        """Somebody whose placement has been told in a batch; news came of it, and the other side says more than it has told."""
        case, at = self._open(PLACEMENT, person, days=4), self.now - timedelta(days=4)
        for _ in range(MOST_STEPS):
            at += A_STEP
            if self._placed(case) or not step(case, at):
                break
            deliver_due(self.engine, at)
        if not self._placed(case):
            return
        exchanger = "verifikator-data"
        self._do(make_batch, self.office, by=exchanger, at=at)
        step(case, at + A_STEP)  # the one before that which waits for the registration
        for kind, sequence in (("registered", 1), ("trained", 3)):
            said: dict[str, Any] = {"message": f"contoh-{sequence}", "kind": kind, "reference": REFERENCE, "case": case}
            said |= {"sequence": sequence, "occurred_at": (at + (sequence + 1) * A_STEP).isoformat()}
            self._do(take_in_event, said)
        self._do(apply_event, case)
        theirs = {
            "reference": REFERENCE,
            "case": case,
            "stage": "trained",
            "sequence": 3,
            "open": True,
            "born_on": BORN,
        }
        self._do(reconcile_placements, [theirs])

    def _programs(self) -> None:
        """One that may ask, and one that would be told, of something that seldom happens, at an address that there is not."""
        said: dict[str, Any] = {"name": "Layar antrean (contoh)", "scopes": ("cases:read", "work:read")}
        said["purpose"] = "Menampilkan tugas yang menunggu di ruang layanan"
        login = self.logins["petugas-sispopmi", self.office]
        self._do(create_token, login, **said)
        url = "https://mitra.example/kabar"
        self._do(add_webhook, name="Sistem mitra (contoh)", url=url, kinds=("case.reopened",))

    def _people(self) -> list[int]:
        rows = [
            {"nama": name, "nik": f"99{901 + number:014}", "tanggal_lahir": BORN} for number, name in enumerate(PERSONS)
        ]
        taken = self._do(import_subjects, rows, source="Data contoh", office=self.office, by="kepala-bp3mi")
        return [each.person for each in taken.rows]

    def _open(self, procedure: str, person: int, *, days: int) -> str:
        """Open a case about somebody of the register. Returns its number."""
        told: dict[str, Any] = {"by": "kepala-bp3mi", "at": self.now - timedelta(days=days)}
        case = self._do(open_case, procedure, office=self.office, **told).case
        self._do(link_subject, case, subject=person, **told)
        return str(case)

    def _placed(self, case: str) -> bool:
        head = self.engine.officer(self.logins["kepala-bp3mi", self.office], at=self.now)
        with self.engine.reading(at=self.now) as reader:
            return placement_of_case(reader, head, case) is not None

    def _do(self, command: Any, *args: Any, by: str = "", at: datetime | None = None, **more: Any) -> Any:
        """Give a command: as the program itself, or as who holds a post in this office."""
        officer = self.logins[by, self.office] if by else None
        return self.engine.perform(command, *args, officer=officer, at=at or self.now, **more)

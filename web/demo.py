"""Demo data: officers of three offices and some hundred made-up cases, all made by giving the real commands.

Nobody in it exists: persons are called Contoh, their identity numbers begin with a province that there is not.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from engine import (
    Engine,
    Refusal,
    add_officer,
    assign_post,
    attach_paper,
    complete_work_item,
    decide_disposition,
    feel,
    open_case,
)
from engine.domain.organisation import Holding, Officer
from engine.domain.release import Activity, Field, FieldKind
from engine.queries import Scope, WorkRow, catalogue, release_page, worklist
from sop_catalog import registers
from web.demo_neighbours import HOME, PLACEMENT, LocalGovernment, Neighbours
from web.identity.passwords import hash_password

MAP = "p-c3-01"
OFFICES = ("bp3mi-jatim", "bp3mi-jateng", "bp3mi-ntb")
HEAD = "pusat"
"""The head office, whose demo officers own procedures and keep the program running."""
REGIONS = {"bp3mi-jatim": "35", "bp3mi-jateng": "33", "bp3mi-ntb": "52"}
VILLAGES = {"bp3mi-jatim": "35.07.11.2003", "bp3mi-jateng": "33.74.01.1001", "bp3mi-ntb": "52.03.06.2001"}
LOCAL = LocalGovernment()
"""The local government of the first of these offices; its account is listed with those of the officers."""
PEMDA = "pemda"
CASES = 110
FEWEST = 30
SECONDS = 14.0
"""A slow machine gets fewer cases rather than a long wait, but at least the fewest."""
STEPS, WEIGHTS = (1, 4, 9, 16, 28, 45, 90), (10, 20, 25, 20, 12, 8, 5)
"""How far the cases have come, and how many have come so far."""
HOURS_A_STEP = 1.1
MINUTES_A_STEP = 14
IN_SHIFTS = 0.55
"""This part of the cases is worked day and night, as at an airport, and has come to its last step within the hour."""
FIRST = ("Wulan", "Bagas", "Ratih", "Damar", "Sekar", "Galih", "Intan", "Jaka", "Kirana", "Laras", "Mahesa", "Nirmala",
         "Panji", "Rinjani", "Surya", "Tirta", "Utari", "Wira", "Yasmin", "Bayu", "Cempaka")  # fmt: skip
LAST = ("Contoh", "Peraga", "Misal")
ALL = "semua"
"""The account of an office that holds every post in it, for whoever wants to walk a case alone."""


@dataclass(frozen=True, slots=True)
class Account:
    """One demo officer, as the list of accounts shows it."""

    login: str
    name: str
    post: str
    office: str


def load_demo(
    engine: Engine,
    accounts: Path,
    *,
    at: datetime,
    cases: int = CASES,
    tell: Callable[[int, int], None] = lambda *_: None,
) -> tuple[list[Account], str]:
    """Make officers and cases. Returns the accounts and the password that all of them share; both are kept in a file.

    Refused (WrongState) where the demo officers are there already.
    """
    password = "-".join(secrets.token_hex(2) for _ in range(3))
    hashed = hash_password(password)
    made = _officers(engine, at, hashed)
    logins = {(each.post, each.office): each.login for each in made}
    neighbours = Neighbours(engine, at, OFFICES[0], logins, LOCAL)
    neighbours.let_in(hashed)
    made.append(Account(LOCAL.login, "Petugas Peraga", PEMDA, LOCAL.area))
    _keep(accounts, made, password)
    until, walk = time.monotonic() + SECONDS, _Walk(engine, at, logins)
    if walk.ready():
        neighbours.all(walk.leading)
        walk.all(cases, until, tell)
        neighbours.publish()
    return made, password


def _officers(engine: Engine, at: datetime, password: str) -> list[Account]:
    names = [f"{first} {last}" for last in LAST for first in FIRST]
    accounts = list(_planned(cycle(names)))  # there are more posts than names
    begins = (at - timedelta(days=400)).date()
    with engine.begin(at=at) as work:
        for each in accounts:
            add_officer(work, each.login, name=each.name, password=password)
            held = (
                [each.post]
                if each.post != ALL
                else [post.code for post in registers.posts() if _has(each.office, post)]
            )
            for post in held:
                assign_post(work, each.login, post=post, office=each.office, begins_on=begins)
    return accounts


def _planned(names: Iterator[str]) -> Iterator[Account]:
    for office in (*OFFICES, HEAD) if HEAD else OFFICES:
        short = office.removeprefix("bp3mi-")
        yield Account(f"{ALL}.{short}", next(names), ALL, office)
        for post in registers.posts():
            if _has(office, post):
                yield Account(f"{post.code}.{short}", next(names), post.code, office)


def _has(office: str, post: registers.RegisteredPost) -> bool:
    return ("head" if office == HEAD else "regional") in post.offices


def _keep(path: Path, accounts: list[Account], password: str) -> None:
    """Write the accounts where only this user reads them."""
    titles = {each.code: each.name for each in registers.posts()} | {
        each.code: each.name for each in registers.offices()
    }
    titles |= {ALL: "semua jabatan kantor ini", PEMDA: "masuk di /pemda", LOCAL.area: LOCAL.name}
    lines = [f"{each.login:45} {each.name:20} {titles[each.post]}, {titles[each.office]}" for each in accounts]
    path.touch(mode=0o600)
    path.write_text(f"Kata sandi semua akun demo: {password}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


@dataclass(slots=True)
class _Walk:
    """A made-up past: cases that begin on different days and come as far as their officers' working days let them."""

    engine: Engine
    now: datetime
    logins: Mapping[tuple[str, str], str]
    chance: random.Random = field(default_factory=lambda: random.Random(1707))  # noqa: S311 - the same past each time
    activities: dict[tuple[str, str], Activity] = field(default_factory=dict)

    def all(self, cases: int, until: float, tell: Callable[[int, int], None]) -> None:
        """Walk them one after the other; leave off where the time is up."""
        planned = [self.chance.choices(STEPS, WEIGHTS)[0] for _ in range(cases)]
        for done, steps in enumerate(planned, start=1):
            if time.monotonic() > until and done > FEWEST:
                return
            self._case(steps, done)
            tell(done, cases)

    def ready(self) -> bool:
        """Read what there is to do; False where there is no procedure for it."""
        self.activities.update(self._known())
        return any(process == MAP for process, _ in self.activities)

    def leading(self, number: int) -> Callable[[str, datetime], bool]:
        """What goes straight on with one person, until a course has been set."""
        person = _Steady(number, OFFICES[0], random.Random(number))  # noqa: S311 - the same past each time
        return lambda case, at: not person.decided and self._step(case, at, person)

    def _known(self) -> Iterator[tuple[tuple[str, str], Activity]]:
        with self.engine.reading(at=self.now) as reader:
            for row in catalogue(reader):
                if row.code.startswith("p-") or row.code in (HOME, PLACEMENT):
                    yield from release_page(reader, row.code).release.activities.items()

    def _case(self, steps: int, number: int) -> None:
        """Begin a case long enough ago that its last step was taken about now."""
        office = self.chance.choice(OFFICES)
        shifts = self.chance.random() < IN_SHIFTS
        hours = MINUTES_A_STEP / 60 if shifts else HOURS_A_STEP
        at = self._begin(steps, shifts=shifts)
        opener = self.logins["petugas-sispopmi", office]
        receipt = self.engine.perform(open_case, MAP, office=office, officer=opener, at=at)
        person = _Person(number, office, self.chance)
        for _ in range(steps):
            at += timedelta(hours=self.chance.expovariate(1 / hours))
            at = at if shifts else _working(at, self.chance)
            if at >= self.now or not self._step(receipt.case or "", at, person):
                return

    def _begin(self, steps: int, *, shifts: bool) -> datetime:
        if shifts:
            return self.now - timedelta(minutes=steps * MINUTES_A_STEP + self.chance.uniform(5, 50))
        days = steps * HOURS_A_STEP / 8 * 7 / 5 + self.chance.uniform(0.1, 1.5)
        return min(_working(self.now - timedelta(days=days), self.chance), self.now - timedelta(hours=1))

    def _step(self, case: str, at: datetime, person: _Person) -> bool:
        """Do one thing in a case; False where nothing is left that an officer could do."""
        rows = [each for each in self._open(case, at) if (each.post, each.office) in self.logins]
        if not rows:
            return False
        row = self.chance.choice(rows[:2])
        login = self.logins[row.post, row.office]
        activity = self.activities[row.process, row.element]
        try:
            if activity.act and not person.decided:
                self.engine.perform(
                    decide_disposition, row.case, kind="pulang", ground=person.ground, officer=login, at=at
                )
                person.decided = True
            answers = person.answers(activity, at)
            for kind, there in answers.items():
                if there is SCAN:
                    told: dict[str, Any] = {"kind": kind, "name": f"{kind}.pdf", "content": SCAN, "item": row.item}
                    self.engine.perform(attach_paper, row.case, **told, officer=login, at=at)
            answers = {name: answer for name, answer in answers.items() if answer is not SCAN}
            outcome = person.outcome(activity)
            self.engine.perform(
                complete_work_item, row.item, seen=row.version, outcome=outcome, facts=answers, officer=login, at=at
            )
        except Refusal:
            return False  # a case that stands still is part of any office's past
        return True

    def _open(self, case: str, at: datetime) -> tuple[WorkRow, ...]:
        robot = Officer(0, "", "", holdings=tuple(Holding("", each, date.min) for each in OFFICES))
        with self.engine.reading(at=at) as reader:
            return worklist(reader, robot, Scope.OFFICE, search=case).rows


def _working(at: datetime, chance: random.Random) -> datetime:
    """The same moment, or the next morning where no office works then. Holidays are not minded."""
    local = at + timedelta(hours=7)
    while local.weekday() > 4 or not 7 <= local.hour < 16:  # noqa: PLR2004 - Monday to Friday, seven to four
        following = local if local.hour < 7 and local.weekday() <= 4 else local + timedelta(days=1)  # noqa: PLR2004 - as above
        local = following.replace(hour=7, minute=30) + timedelta(minutes=chance.uniform(0, 90))
    return local - timedelta(hours=7)


SCAN = b"%PDF-1.4\n% Dokumen contoh\n%%EOF\n"
"""What stands for any document that a step asks for."""


@dataclass(slots=True)
class _Person:
    """Somebody who does not exist, and the answers that officers would write down about them."""

    number: int
    office: str
    chance: random.Random
    decided: bool = False
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def ground(self) -> str:
        return "Keluarga siap menerima dan alamatnya sudah dipastikan (data contoh)."

    def outcome(self, activity: Activity) -> str:
        """Mostly what goes straight on; sometimes another way."""
        values = [each.value for each in activity.outcomes]
        if not values:
            return ""
        return values[0] if self.chance.random() < 0.82 else self.chance.choice(values)  # noqa: PLR2004 - a guess at life

    def answers(self, activity: Activity, at: datetime) -> dict[str, Any]:
        """Answer every question that is asked, in order."""
        given: dict[str, Any] = {}
        for each in activity.form:
            if each.when and not feel.is_true(feel.parse(each.when), self.known, now=at):
                continue
            if each.required or self.chance.random() < 0.7:  # noqa: PLR2004 - as above
                given[each.name], self.known[each.name] = self._answer(each, at)
        return given

    def _answer(self, each: Field, at: datetime) -> tuple[Any, Any]:
        """What is typed, and the value that a condition would see."""
        typed = self._typed(each, at)
        if typed is SCAN:
            return typed, True
        return typed, {"yes": True, "no": False}.get(typed, typed) if isinstance(typed, str) else typed

    def _typed(self, each: Field, at: datetime) -> Any:
        made: Mapping[FieldKind, Callable[[], Any]] = {
            FieldKind.CHOICE: lambda: self.chance.choice(each.choices[:2]).value,
            FieldKind.SEVERAL: lambda: [each.choices[0].value],
            FieldKind.YES_NO: lambda: "yes" if self.chance.random() < _YES.get(each.name, 0.5) else "no",
            FieldKind.DATE: lambda: self._day(each, at).isoformat(),
            FieldKind.MOMENT: lambda: at.isoformat(timespec="minutes"),
            FieldKind.NUMBER: lambda: str(self.chance.randint(1, 6)),
            FieldKind.MONEY: lambda: str(self.chance.randrange(500_000, 15_000_000, 250_000)),
            FieldKind.OFFICE: lambda: self.chance.choice(OFFICES),
            FieldKind.REGION: lambda: REGIONS[self.office],
            FieldKind.VILLAGE: lambda: VILLAGES[self.office],
            FieldKind.COUNTRY: lambda: self.chance.choice(["MY", "TW", "HK", "SA", "KH"]),
            FieldKind.LIST: lambda: ["Data contoh"],
            FieldKind.DOCUMENT: lambda: SCAN,
        }
        return made.get(each.kind, lambda: self._text(each.name))()

    def _day(self, each: Field, at: datetime) -> date:
        born = date(1990 + self.number % 15, 1 + self.number % 12, 1 + self.number % 28)
        return born if "lahir" in each.name else at.date()

    def _text(self, name: str) -> str:
        first = FIRST[self.number % len(FIRST)]
        made = {
            "nama": f"{first} Contoh {self.number:03}",
            "nama_alias": f"{first} C.",
            "nik": f"99{self.number:014}",
            "nomor_paspor": f"X{self.number:07}",
            "nomor_splp": f"SPLP-CONTOH-{self.number:04}",
            "telepon": f"0800-0000-{self.number:04}",
            "telepon_keluarga": f"0800-0001-{self.number:04}",
            "perekrut_telepon": f"0800-0002-{self.number:04}",
            "nama_keluarga": f"Keluarga Contoh {self.number:03}",
            "hubungan_keluarga": "Orang tua",
            "tempat_lahir": "Kota Contoh",
            "alamat": f"Jalan Contoh Nomor {self.number}, Desa Peraga",
        }
        return made.get(name, f"Contoh {self.number:03}")


class _Steady(_Person):
    """Somebody with whom everything goes straight on."""

    def outcome(self, activity: Activity) -> str:
        return activity.outcomes[0].value if activity.outcomes else ""

    def _typed(self, each: Field, at: datetime) -> Any:
        if each.kind is FieldKind.CHOICE:
            return each.choices[0].value
        if each.kind is FieldKind.YES_NO:
            return "yes" if _YES.get(each.name, 1.0) > 0.5 else "no"  # noqa: PLR2004 - what is likelier
        return super()._typed(each, at)


_YES = {"sakit": 0.1, "hamil": 0.1, "anak": 0.1, "disabilitas": 0.05, "rombongan": 0.1, "identitas_ada": 0.9, "setuju_wawancara": 0.9,
        "keluarga_ditemukan": 0.9, "keluarga_bersedia": 0.9, "layak_dipulangkan": 0.95, "cakap_hukum": 0.95, "penjemput_siap": 0.9,
        "saksi_hadir": 0.9, "data_terkunci": 0.95, "aman_di_daerah_asal": 0.9, "disposisi_ada": 0.95,
        "setuju_data_pemda": 0.8}  # fmt: skip
"""How often such a question is answered with yes; the others half the time."""

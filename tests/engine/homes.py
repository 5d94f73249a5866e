"""People who do not exist on their way home, and the local governments of where they came from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyotp

from engine import (
    add_pemda,
    add_pemda_user,
    begin_pemda_factor,
    confirm_pemda_factor,
    count_pemda_month,
    decide_disposition,
    link_subject,
    list_citizens,
    sign_in_pemda,
)
from engine.domain.pemda import Pemda, month_of
from engine.domain.release import Bound, Field, FieldKind
from engine.storage import tables
from engine.storage.citizens import Citizen
from tests.small_office import MORNING, Play

HASH = "$argon2id$v=19$m=8,t=1,p=1$c3ludGV0aWs$c3ludGV0aWs"
PERSONAL = (
    "nama",
    "nik",
    "tanggal_lahir",
    "telepon",
    "alamat",
    "perekrut_nama",
    "uraian_wawancara",
    "kondisi_kesehatan",
)
PLAIN = ("desa_asal", "daerah_asal", "hasil_penapisan", "kelas_kerahasiaan", "rute", "desa_perekrut")
FORM = (
    *(Field(name, name, bound=Bound.SUBJECT) for name in PERSONAL),
    *(Field(name, name) for name in PLAIN),
    *(Field(name, name, FieldKind.YES_NO) for name in ("setuju_data_pemda", "korban_dirahasiakan")),
)
GOING_HOME = (
    *(Field(name, name) for name in ("nomor_ba", "serah_terima_hasil", "daerah_asal")),
    *(Field(name, name, FieldKind.MOMENT) for name in ("jadwal_serah_terima", "tanggal_serah_terima", "tanggal_tiba")),
)
CLEARED = "tidak_terindikasi"
BASIS = "PP 59/2021 Pasal 21; Permen P2MI 32/2025 Pasal 13"


def malang(area: str = "35.07", **changes: Any) -> Pemda:
    """The local government of an area, with an agreement that begins this year."""
    given: dict[str, Any] = {"name": f"Pemda {area}", "legal_basis": BASIS, "agreement": f"PKS-{area}/2026"}
    return Pemda(area, **{**given, "valid_from": date(2026, 1, 1), **changes})


class Homes:
    """Brings people home in Jawa Tengah's office."""

    def __init__(self, play: Play) -> None:
        self.play = play
        play.publish("start -> user H -> user I -> end", code="home", H={"form": GOING_HOME})
        play.publish("start -> user S -> end", code="court")
        play.publish("start -> user A -> user B -> end", A={"form": FORM}, B={"act": "decide_disposition"})

    def case(self, name: str = "Siti Contoh", *, course: str = "pulang", **facts: Any) -> str:
        """The number of a case whose person is known; screened and found to be no victim unless it is said otherwise."""
        given = {
            "nama": name,
            "tanggal_lahir": "1998-03-02",
            "daerah_asal": "35.07",
            "hasil_penapisan": CLEARED,
            **facts,
        }
        number = self.play.open()
        item = next(each for each in reversed(self.play.items()) if each.element == "A")
        self.play.complete_number(item, facts={key: value for key, value in given.items() if value is not None})
        if course:
            self.decide(number, course)
        return number

    def decide(self, number: str, course: str = "pulang") -> None:
        """Set a course."""
        given = {"kind": course, "ground": "Keluarga menunggu"}
        self.play.engine.perform(decide_disposition, number, **given, officer="sri", at=self.play.now)

    def go_home(self, number: str, **facts: Any) -> None:
        """Answer the first step of the way home."""
        row = next(each["id"] for each in self.play.rows(tables.case) if each["number"] == f"{number}.1")
        item = next(each for each in self.play.items() if each.case == row and each.element == "H")
        self.play.complete_number(item, facts=facts)

    def pemda(self, area: str = "35.07", login: str = "", *, enrolled: bool = True, **changes: Any) -> str:
        """A local government, and the login of somebody of it, who has set up the second factor."""
        one = malang(area, **changes)
        self.do(add_pemda, one)
        login = login or f"petugas.{area}"
        self.do(add_pemda_user, area, login, name=f"Petugas {area}", password=HASH)
        if enrolled and one.holds(self.play.now):
            self.enrol(login)
        return login

    def enrol(self, login: str) -> tuple[str, list[str], str]:
        """Set up the second factor of somebody: its secret, the recovery codes, and the session in which it was done."""
        session = self.enter(login)
        secret = self.do(begin_pemda_factor, login).name
        done = self.do(confirm_pemda_factor, login, code=self.shown(secret), session=session)
        return secret, done.name.split(), session

    def enter(self, login: str) -> str:
        """Sign in by password; returns the session's secret."""
        secret: str = self.do(sign_in_pemda, login, address="192.0.2.7", right=True, device="Firefox · Linux").name
        return secret

    def shown(self, secret: str) -> str:
        """What the device shows now."""
        return pyotp.TOTP(secret).at(self.play.now)

    def same_person(self, one: str, other: str) -> None:
        """Find out that two cases are of one person."""
        rows = {each["number"]: each["subject_id"] for each in self.play.rows(tables.case)}
        self.do(link_subject, other, subject=rows[one], officer="sri")

    def dispute(self, number: str, name: str, stands: Any, against: Any) -> None:
        """Let two branches of a case have written two answers, of which the later stands."""
        with self.play.engine.begin(at=self.play.now) as work:
            held = work.cases.lock(number).case
            version = work.cases.next_version(held)
            work.facts.write(held.id, {name: stands}, version=version, by=None, at=work.at, disputed={name: against})
            work.cases.save(held)

    def listed(self, login: str, **more: Any) -> tuple[Citizen, ...]:
        """Whom they are told of."""
        rows: tuple[Citizen, ...] = self.do(list_citizens, login, **more).rows
        return rows

    def do(self, command: Any, *args: Any, officer: str | None = None, **more: Any) -> Any:
        """Give a command; as the house where no officer is named."""
        return self.play.engine.perform(command, *args, officer=officer, at=self.play.now, **more)

    def records(self, kind: str) -> list[dict[str, Any]]:
        """Audit records of one kind."""
        return [row for row in self.play.rows(tables.audit) if row["kind"] == kind]

    def looks(self, kind: str) -> list[dict[str, Any]]:
        """Access records of one kind."""
        return [row for row in self.play.rows(tables.access_record) if row["kind"] == kind]

    def month_over(self) -> None:
        """Turn the calendar, and count the month that is over."""
        month = month_of(self.play.now)
        self.next_month()
        self.do(count_pemda_month, month)

    def next_month(self) -> None:
        """Turn the calendar."""
        self.play.now += timedelta(days=31)


__all__ = ["BASIS", "CLEARED", "HASH", "MORNING", "Homes", "malang"]

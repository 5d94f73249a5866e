"""People who do not exist, written down in cases of the small office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from engine import add_officer, assign_post, open_case
from engine.domain.release import Bound, Field
from engine.storage import tables
from tests.small_office import MORNING, Play

NAMES = (
    "nama",
    "nik",
    "tanggal_lahir",
    "tempat_lahir",
    "telepon",
    "alamat",
    "perekrut_nama",
    "perekrut_telepon",
    "utang",
)
FORM = {"form": tuple(Field(name, name, bound=Bound.SUBJECT) for name in NAMES)}
FACTS = {"form": tuple(Field(name, name) for name in ("rute", "modus", "daerah_asal", "perekrut_jenis"))}
SITI = {"nama": "Siti Noerjanah", "nik": "9900000000000001", "tanggal_lahir": "1998-03-02", "tempat_lahir": "Demak"}
SITI_AGAIN = {"nama": "Sitti Nurjannah", "tanggal_lahir": "1998-03-02", "tempat_lahir": "Kab. Demak"}
OTHER = {"nama": "Bambang Contoh", "nik": "9900000000000002", "tanggal_lahir": "1980-01-01", "tempat_lahir": "Tegal"}
WHY = "Mencocokkan identitas"


class People:
    """Opens cases about persons, in Jawa Tengah or where else it is said."""

    def __init__(self, play: Play) -> None:
        self.play = play
        play.publish("start -> user A -> user B -> end", A=FORM, B=FACTS)

    def case(self, fields: dict[str, Any], officer: str = "sri", office: str = "JATENG") -> str:
        """The number of a case whose person is known by these fields."""
        self.play.now += timedelta(minutes=1)
        opened = self.play.engine.perform(open_case, "main", office=office, officer=officer, at=self.play.now)
        item = next(each for each in reversed(self.play.items()) if each.element == "A")
        self.play.complete_number(item, officer, facts=fields)
        return str(opened.case)

    def tell(self, case: str, officer: str = "sri", **facts: str) -> None:
        """Answer the second step of a case."""
        row = next(each["id"] for each in self.play.rows(tables.case) if each["number"] == case)
        item = next(each for each in self.play.items() if each.case == row)
        self.play.complete_number(item, officer, facts=facts)

    def person(self, case: str) -> int:
        """The row of a case's person."""
        return int(next(each["subject_id"] for each in self.play.rows(tables.case) if each["number"] == case))

    def do(self, command: Any, *args: Any, officer: str = "sri", **more: Any) -> Any:
        """Give a command."""
        return self.play.engine.perform(command, *args, officer=officer, at=self.play.now, **more)

    def kinds(self) -> list[str]:
        """Every kind of audit record there is."""
        return [row["kind"] for row in self.play.rows(tables.audit)]

    def looks(self, kind: str) -> list[dict[str, Any]]:
        """What is recorded of looks of one kind."""
        return [row for row in self.play.rows(tables.access_record) if row["kind"] == kind]


def hire(play: Play, login: str, *held: tuple[str, str]) -> None:
    """Add an officer with these posts."""
    with play.engine.begin(at=MORNING) as work:
        add_officer(work, login, name=login.title())
        for post, office in held:
            assign_post(work, login, post=post, office=office, begins_on=date(2026, 1, 1))

"""Cases of the small office that report to the placement system, and a line to one that does as it is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engine import complete_work_item
from engine.commands.deliver_announcement import deliver_announcement
from engine.delivery import NotReported, Reporting
from engine.domain.dispatch import Parcel
from engine.domain.release import Bound, Field, FieldKind
from engine.domain.report import CONSENT, Arrival
from engine.storage import tables
from tests.small_office import Play

PERSON = ("nama", "nik", "tanggal_lahir", "alamat", "kondisi_kesehatan")
WHO = {"form": (*(Field(name, name, bound=Bound.SUBJECT) for name in PERSON), Field(CONSENT, "Ya?", FieldKind.YES_NO))}
SITI = {
    "nama": "Siti Contoh",
    "nik": "9900000000000001",
    "tanggal_lahir": "1998-03-02",
    "alamat": "Jalan Uji 1",
    "kondisi_kesehatan": "MARKER-sakit",
}
COURSE = """
    start -> user A -> send S (about siskop2mi_mulai) -> user B -> throw T (message siskop2mi_perubahan)
    T -> user C -> send U (about siskop2mi_tutup) -> user D -> end
"""


class Reports:
    """Opens cases that report, and lets what they announce come about."""

    def __init__(self, play: Play) -> None:
        self.play = play
        play.publish(COURSE, A=WHO)

    def begin(self, person: dict[str, str] | None = None, *, consent: bool | None = True) -> str:
        """The number of a case that has come to its first report."""
        number = self.play.open()
        said: dict[str, Any] = SITI if person is None else person
        self.play.now += timedelta(minutes=1)
        item = next(each for each in reversed(self.play.items()) if each.element == "A")
        facts = said | ({} if consent is None else {CONSENT: consent})
        self.play.engine.perform(
            complete_work_item, item.number, seen=item.version, facts=facts, officer="sri", at=self.play.now
        )
        self.deliver()
        return number

    def deliver(self) -> None:
        """Let what was announced come about."""
        for told in self.play.engine.announced(at=self.play.now):
            self.play.engine.perform(deliver_announcement, told.number, at=self.play.now)

    def on(self, element: str) -> None:
        """Complete a step, and let what it announced come about."""
        self.play.complete(element)
        self.deliver()

    def states(self) -> list[tuple[str, str]]:
        """What became of each report."""
        return [(row["event"], row["state"]) for row in self.rows()]

    def rows(self) -> list[dict[str, Any]]:
        return self.play.rows(tables.dispatch)


class Scripted:
    """A line that keeps what goes over it, and fails as it is told, call by call."""

    def __init__(self) -> None:
        self.sent: list[Parcel] = []
        self.pings = 0
        self.troubles: list[NotReported | None] = []
        """What comes of the next calls; then everything goes well."""

    def report(self, parcel: Parcel) -> Arrival:
        self.sent.append(parcel)
        self._fail()
        body = parcel.body
        return Arrival(parcel.key, body["kind"], body["case"], f"SIM-{body['case']}")

    def ping(self) -> None:
        self.pings += 1
        self._fail()

    def _fail(self) -> None:
        if self.troubles and (trouble := self.troubles.pop(0)):
            raise trouble


def reporting(play: Play, line: Any) -> Reporting:
    """Who sends over this line, by the clock of the play and without jitter."""
    return Reporting(play.engine, line, lambda: play.now, jitter=lambda: 0.0)


def send_all(play: Play, way: Reporting, *, turns: int = 2_000) -> None:
    """Work, and let time pass until the next thing is due, until nothing is."""
    for _ in range(turns):
        if way.work(play.now):
            continue
        due = way.next_at(play.now)
        if due is None:
            return
        play.now = max(due, play.now + timedelta(milliseconds=1))
    raise AssertionError("it does not come to rest")

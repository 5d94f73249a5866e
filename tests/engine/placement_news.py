"""Somebody who plays the placement system: drawings that wait for its news, and the news itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from engine import Receipt, add_post, assign_post
from engine.commands.apply_event import apply_event
from engine.commands.take_in_event import take_in_event
from engine.course.reporting import report
from engine.domain.organisation import Post
from engine.domain.release import Bound, Field, FieldKind
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import MORNING, Play

WAY = (
    "start -> user A -> catch reg (message siskop2mi_pendaftaran) -> user B -> catch lat (message siskop2mi_pelatihan) "
    "-> user C -> catch berangkat (message siskop2mi_keberangkatan) -> user D -> end"
)
"""Registration, training and departure, with an officer's step before each."""
REFERENCE = "SK2-2026-0001"


def news(kind: str = "registered", sequence: int = 1, **more: Any) -> dict[str, Any]:
    """One piece of news as it travels."""
    said: dict[str, Any] = {
        "message": f"m-{sequence}",
        "kind": kind,
        "reference": REFERENCE,
        "case": "",
        "sequence": sequence,
        "occurred_at": (datetime(2026, 5, 3, tzinfo=UTC) + timedelta(days=sequence)).isoformat(),
        "facts": {},
    }
    return said | more


class Partner:
    """The other side."""

    def __init__(self, play: Play) -> None:
        self.play = play

    def placed(self, text: str = WAY, **changes: Any) -> str:
        """A case that the partner knows of, though not yet by a number. Returns its number."""
        self.play.publish(text, **changes)
        return self.again()

    def again(self) -> str:
        """One more of the same drawing."""
        number = self.play.open()
        with self.play.engine.begin(at=MORNING) as work:
            work.placements.begin(work.cases.row_of(number), MORNING)
        return number

    def tell(self, kind: str = "registered", sequence: int = 1, **more: Any) -> Receipt:
        """Send one piece of news; nothing is applied yet."""
        return self.play.engine.perform(take_in_event, news(kind, sequence, **more), at=self.play.now)

    def move(self, case: str | int = 1, **more: Any) -> Receipt:
        """Apply what is next of a case."""
        return self.play.engine.perform(apply_event, case, at=self.play.now, **more)

    def work(self) -> int:
        """Let a worker do what is due."""
        return Worker(self.play.engine, lambda: self.play.now).work_once()

    def states(self) -> list[tuple[str, str, str]]:
        """Kind, state and reason of everything that came in."""
        rows = self.play.rows(tables.partner_event)
        return [(row["kind"], row["state"], row["why"]) for row in sorted(rows, key=lambda row: row["id"])]

    def open(self) -> list[str]:
        """The steps that are open."""
        return sorted(each.element for each in self.play.items())


FORM = (
    Field("nama", "Nama", bound=Bound.SUBJECT),
    Field("tanggal_lahir", "Tanggal lahir", FieldKind.DATE, bound=Bound.SUBJECT),
    Field("nik", "NIK", bound=Bound.SUBJECT),
    Field("setuju_siskop2mi", "Setuju?", FieldKind.YES_NO),
)
PERSON = {"nama": "=Zzbaris Contoh", "tanggal_lahir": "1990-01-31", "nik": "9900000000001234"}


class Exchange(Partner):
    """The other side, by files: with an officer who may exchange for Jawa Tengah, and one for Nusa Tenggara Barat."""

    def __init__(self, play: Play) -> None:
        super().__init__(play)
        with play.engine.begin(at=MORNING) as work:
            add_post(work, Post("penukar", "Penukar", ("exchange",)))
            for login, office in (("tini", "JATENG"), ("wayan", "NTB")):
                assign_post(work, login, post="penukar", office=office, begins_on=MORNING.date())

    def reported(self, *, consent: bool = True, **person: str) -> str:
        """A case of which the beginning waits to be told. Returns its number."""
        self.play.publish("start -> user A -> user B -> end", A={"form": FORM})
        number = self.play.open()
        facts = {**PERSON, **person, "setuju_siskop2mi": consent}
        item = next(each for each in reversed(self.play.items()) if each.element == "A")
        self.play.complete_number(item, facts=facts)
        with self.play.engine.begin(at=self.play.now) as work:
            report(work, work.cases.row_of(number), "siskop2mi_mulai")
        return number

    def withdraw(self, number: str) -> None:
        """Let the person of a case say no."""
        self.play.now += timedelta(minutes=1)
        with self.play.engine.begin(at=self.play.now) as work:
            held = work.cases.lock(number).case
            version, said = work.cases.next_version(held), {"setuju_siskop2mi": False}
            work.facts.write(held.id, said, version=version, by=None, at=work.at)
            work.cases.save(held)

    def do(self, command: Callable[..., Any], *args: Any, officer: str | None = "tini", **more: Any) -> Any:
        """Give a command in an officer's name."""
        return self.play.engine.perform(command, *args, officer=officer, at=self.play.now, **more)

    def keys(self) -> list[str]:
        """The keys of all reports."""
        return [row["key"] for row in self.play.rows(tables.dispatch)]

    def dispatches(self) -> list[str]:
        """The states of all reports."""
        return [row["state"] for row in self.play.rows(tables.dispatch)]

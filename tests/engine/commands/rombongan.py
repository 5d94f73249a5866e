"""A group that has been opened, and a procedure whose forms ask who somebody is."""

from __future__ import annotations

from typing import Any

from engine import Receipt, admit_person, open_event
from engine.domain.release import Bound, Field, FieldKind
from tests.small_office import Play

FORM = (
    Field("nama", "Nama", required=True, bound=Bound.SUBJECT),
    Field("nik", "NIK", bound=Bound.SUBJECT),
    Field("nomor_paspor", "Paspor", bound=Bound.SUBJECT),
    Field("tanggal_lahir", "Tanggal lahir", FieldKind.DATE, bound=Bound.SUBJECT),
    Field("anak", "Anak", FieldKind.YES_NO, required=True),
)
DEWI = {"nama": "Dewi Sukma Contoh", "nik": "9912345678901234", "anak": "no"}


def opened(play: Play, officer: str = "sri", **more: Any) -> str:
    """The number of a new group of Jawa Tengah."""
    play.publish("start -> user A -> end", A={"form": FORM})
    given: dict[str, Any] = {"office": "JATENG", "title": "Kapal dari utara", "procedure": "main", **more}
    return play.engine.perform(open_event, officer=officer, at=play.now, **given).name


def admit(play: Play, number: str, officer: str = "sri", **person: Any) -> Receipt:
    """Take one person in."""
    return play.engine.perform(admit_person, number, person or DEWI, officer=officer, at=play.now)

"""A batch: a numbered table of reports that goes to the placement system as a file, or of news that came from it as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from engine.domain.placement import EventKind
from engine.domain.placement_reading import hash_of_name

MOST_ROWS: Final = 500
"""Reports of one batch; what is left goes into the next."""
FORMATS: Final = ("xlsx", "csv")
OUT_COLUMNS: Final = (
    "kunci",
    "jenis",
    "nomor_kasus",
    "kantor",
    "waktu",
    "persetujuan",
    "waktu_persetujuan",
    "nama",
    "nik",
    "nomor_paspor",
    "jenis_kelamin",
    "tempat_lahir",
    "tanggal_lahir",
    "alamat",
    "telepon",
    "dokumen",
    "alasan",
)
"""Of a batch that goes out; the contract's names stand in docs/services/siskop2mi-inbox.md."""
NEWS_COLUMNS: Final = ("pesan", "jenis", "nomor_penempatan", "nomor_kasus", "urutan", "waktu")
"""Of a file with news; every other column that holds something tells a fact under its own name."""
ANSWER_COLUMNS: Final = ("kunci", "hasil", "alasan", "nomor_penempatan")
LIST_COLUMNS: Final = ("nomor_penempatan", "nomor_kasus", "tahap", "urutan", "terbuka", "tanggal_lahir", "nama")
KINDS: Final = {
    "pendaftaran": EventKind.REGISTERED,
    "pelatihan": EventKind.TRAINED,
    "kesehatan": EventKind.EXAMINED,
    "opp": EventKind.ORIENTED,
    "e-kpmi": EventKind.CARDED,
    "ekpmi": EventKind.CARDED,
    "keberangkatan": EventKind.DEPARTED,
    "kedatangan": EventKind.ARRIVED,
    "pemantauan": EventKind.MONITORED,
    "pembatalan": EventKind.CANCELLED,
}
"""How people write in a file what kind of news it is; the contract's own words are read too."""
ANSWERS: Final[Mapping[str, bool]] = {"diterima": True, "ditolak": False}
"""What the other side says of a row: taken, or refused."""
REASONS: Final = ("data-tidak-lengkap", "nik-tidak-cocok", "sudah-terdaftar", "tidak-memenuhi-syarat", "lain")
"""Why a row was refused, as one word: what somebody typed freely may be of a person, and stays in the file."""


class BatchState(StrEnum):
    MADE = "made"
    FETCHED = "fetched"
    """Somebody has downloaded it."""
    ACKNOWLEDGED = "acknowledged"
    PARTLY = "partly"
    """Some of its rows were not answered yet."""
    TAKEN_IN = "taken-in"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Batch:
    """One file that was exchanged."""

    number: str
    """`K-2026-000123` out, `M-2026-000123` in."""
    row: int
    direction: str
    format: str
    sha256: str
    rows: int
    state: BatchState
    office: str
    made_at: datetime
    made_by: int | None
    settled_at: datetime | None = None
    problems: tuple[Mapping[str, Any], ...] = field(default=())
    """Row and reason of what was refused of it; nothing of a person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side says of one row."""

    line: int
    key: str
    accepted: bool
    reason: str
    reference: str


_LISTED: Final = {
    "nomor_penempatan": "reference",
    "nomor_kasus": "case",
    "tahap": "stage",
    "urutan": "sequence",
    "terbuka": "open",
    "tanggal_lahir": "born_on",
}


def as_record(given: Mapping[str, Any]) -> dict[str, Any]:
    """One row of a list of placements as a record; a name becomes its hash."""
    said = {name: str(given.get(column, "")).strip() for column, name in _LISTED.items()}
    name = str(given.get("nama", "")).strip()
    return said | {"stage": kind_of(said["stage"]), "name_hash": hash_of_name(name) if name else ""}


def kind_of(said: str) -> str:
    """The contract's word for a kind of news, however people here write it."""
    known = KINDS.get(said.lower())
    return known.value if known else said

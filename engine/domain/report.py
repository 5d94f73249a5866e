"""One report to the placement system: what of a person goes with it, what has to be recorded first, and what the system answers.

Not when a report is made: the drawing decides that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.domain.placement import ReportKind

CONSENT: Final = "setuju_siskop2mi"
"""The fact that says whether the person has consented that their data goes to the placement system (UU 27/2022, Pasal 20)."""
REASON: Final = "siskop2mi_alasan_tutup"
"""The fact that says why a placement is closed: one of `REASONS`."""
REASONS: Final = ("selesai", "mundur", "batal", "lain")
"""Done; the person does not want to any more; called off; another reason."""
TOLD: Final = {
    "nama": "name",
    "nik": "nik",
    "nomor_paspor": "passport",
    "jenis_kelamin": "sex",
    "tempat_lahir": "born_in",
    "tanggal_lahir": "born_on",
    "alamat": "address",
    "telepon": "phone",
}
"""The fields of a person that go out, and their names in the contract. No others do."""
NEEDED: Final = ("nama", "tanggal_lahir")
"""Without these nobody could tell of whom the report is."""
OF_THE_PERSON: Final = frozenset({ReportKind.BEGUN, ReportKind.CHANGED})
"""The reports that say anything of the person; the others name the case alone."""
REFUSED: Final = "the placement system refused the report"
"""The problem of a report that it has seen and does not take."""
NO_CONSENT: Final = "the person has not consented"
NOT_BEGUN: Final = "no placement was reported before"
NOT_KNOWN: Final = "too little is known of the person"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the placement system answers to a report that it has: the contract's *receipt*."""

    key: str
    kind: str
    case: str
    reference: str
    """Its own number of the placement."""


def consents(value: Any) -> bool:
    """Whether the recorded answer is a plain yes."""
    return value is True


def person_told(fields: Mapping[str, str]) -> dict[str, str] | None:
    """What goes out of a person, by the contract's names. None where too little is known."""
    if any(not fields.get(name) for name in NEEDED):
        return None
    return {told: fields[name] for name, told in TOLD.items() if fields.get(name)}


def reason_told(value: Any) -> str:
    """Why a placement is closed, as one word of the contract: never anything that somebody typed freely."""
    return value if value in REASONS else REASONS[-1]

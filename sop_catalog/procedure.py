"""A procedure: what the office has promised to do, by which rule. It is not a release (a checked edition that cases
run on) and not a drawing: a drawing shows one edition of it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from engine.domain.release import Allowance, Duty, LegalBasis, Rung, Timing

_OFFICE = r"(?:\.[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)?"
CODE = re.compile(
    rf"(?P<area>[csl]\d{{1,2}})-(?P<macro>m\d{{2}})(?:-(?P<micro>\d{{2}}))?{_OFFICE}|p-[a-z0-9]+(?:-[a-z0-9]+)*{_OFFICE}"
)
"""`c3-m05` a macro, `c3-m05-02` one of its micros, `p-…` a cross-functional map; `c3-m05-02.bp3mi-jatim` an office's variant."""

DUTY = re.compile(r"[a-z][a-z0-9-]{0,62}")
"""The code of a duty: `jawaban-subjek-data`."""


class Level(StrEnum):
    """Where a procedure stands between the process area and the single step."""

    MAP = "map"
    """The executable cross-functional map that ties macros together."""
    MACRO = "makro"
    MICRO = "mikro"


class Nature(StrEnum):
    """PermenPANRB 35/2012: whether one post acts and says how, or several do."""

    TECHNICAL = "teknis"
    ADMINISTRATIVE = "administratif"


class Scope(StrEnum):
    """PermenPANRB 35/2012: whether the end product is reached here."""

    FINAL = "final"
    PARTIAL = "parsial"


class Generality(StrEnum):
    """PermenPANRB 35/2012: for many units, or for one unit or kind of case."""

    GENERIC = "generik"
    SPECIFIC = "spesifik"


class Status(StrEnum):
    """How official the text of a procedure is; whether cases run on it is the release's state."""

    PROPOSED = "usulan"
    OFFICIAL = "resmi"


class Occasion(StrEnum):
    """PermenPANRB 35/2012, *sifat kegiatan*: what brings the work about."""

    SERVICE = "pelayanan"
    """Somebody outside asks for it."""
    ROUTINE = "rutin"
    """Its time has come."""
    ORDER = "penugasan"
    """A superior orders it."""


class Shown(StrEnum):
    """Whether the public may see an SOP, where its owner says so."""

    PUBLIC = "publik"
    INTERNAL = "internal"


class ServicePart(StrEnum):
    """The parts of a service standard (UU 25/2009 art. 21) that no drawing tells: they are said in words."""

    FEE = "biaya"
    COMPLAINTS = "pengaduan"
    SUPERVISION = "pengawasan-internal"
    GUARANTEE = "jaminan-pelayanan"
    SAFETY = "jaminan-keamanan"
    EVALUATION = "evaluasi-kinerja"


@dataclass(frozen=True, slots=True)
class ServiceText:
    """What one part of the service standard says."""

    part: ServicePart
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cover sheet of one edition (SOP AP: *identitas SOP*), as far as the drawing carries it."""

    level: Level = Level.MICRO
    area: str = ""
    """A code of the register of process areas: `C3`."""
    owner: str = ""
    status: Status = Status.PROPOSED
    nature: Nature | None = None
    scope: Scope | None = None
    generality: Generality | None = None
    promised: Allowance | None = None
    """How long the whole may take."""
    duties: tuple[Duty, ...] = ()
    """What the law gives a time for, from one element to another."""
    ladder: tuple[Rung, ...] = ()
    """What happens when time runs out; empty for the usual ladder."""
    legal: tuple[LegalBasis, ...] = ()
    qualification: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    """Codes of other procedures (*keterkaitan*)."""
    equipment: tuple[str, ...] = ()
    warning: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """Names of the facts that a case of it must bring along."""
    occasion: Occasion | None = None
    shown: Shown | None = None
    """None where it follows from the occasion (`is_public`)."""
    standard: tuple[ServiceText, ...] = ()
    office: str = ""
    """The office whose own variant this is; empty for an SOP of every office."""
    variant_of: str = ""
    """The code of the central SOP that it stands in for there."""
    variant_edition: int | None = None
    """The edition of the central SOP that it was last compared with."""

    @property
    def is_public(self) -> bool:
        """Whether whoever is not signed in may see it: a service is shown unless its owner says no, all else only if they say so."""
        if self.shown is not None:
            return self.shown is Shown.PUBLIC
        return self.occasion is Occasion.SERVICE

    @property
    def timing(self) -> Timing:
        """All that it says of time."""
        return Timing(self.promised, self.duties, self.ladder)


@dataclass(frozen=True, slots=True)
class Procedure:
    """One SOP by its code and title, with the sheet of the edition at hand."""

    code: str
    title: str
    sheet: Sheet = field(default_factory=Sheet)

    @property
    def file_name(self) -> str:
        """`c3-m05-02-penilaian-pilihan-disposisi.bpmn`: the slug follows the title."""
        return f"{self.code}-{slug(self.title)}.bpmn"

    @property
    def macro(self) -> str | None:
        """The code of the macro that a micro belongs to."""
        return macro_of(self.code)


def macro_of(code: str) -> str | None:
    """Return `c3-m05` for `c3-m05-02`, None for a macro or a map."""
    found = CODE.fullmatch(code)
    return f"{found['area']}-{found['macro']}" if found and found["micro"] else None


def level_of(code: str) -> Level:
    """Whether a code is that of a map, a macro or a micro."""
    if code.startswith("p-"):
        return Level.MAP
    return Level.MICRO if macro_of(code) else Level.MACRO


def area_of(code: str) -> str:
    """Return the process area that a code names: `C3` for `c3-m05-02` and for `p-c3-01`."""
    return code.removeprefix("p-").partition("-")[0].upper()


def slug(title: str) -> str:
    """Return a title as file names and addresses spell it: small ASCII letters, digits and single hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))

"""The service standard of an SOP: the fourteen components of UU 25/2009 art. 21 as PermenPANRB 15/2014 sorts them.

Eight of them stand in the drawing and are read out of it; six are words on the cover sheet. What nobody has said is
empty, and is told as such: nothing is made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from engine.domain.release import Allowance, LegalBasis
from sop_catalog.portal.steps import PublicForm
from sop_catalog.procedure import ServicePart, Sheet


class Component(StrEnum):
    """The fourteen, in the regulation's order: six of the delivery of the service, eight of how it is made."""

    REQUIREMENTS = "persyaratan"
    PROCEDURE = "prosedur"
    TIME = "jangka-waktu"
    FEE = "biaya"
    PRODUCT = "produk"
    COMPLAINTS = "pengaduan"
    LEGAL = "dasar-hukum"
    FACILITIES = "sarana"
    COMPETENCE = "kompetensi"
    SUPERVISION = "pengawasan-internal"
    PERFORMERS = "jumlah-pelaksana"
    GUARANTEE = "jaminan-pelayanan"
    SAFETY = "jaminan-keamanan"
    EVALUATION = "evaluasi-kinerja"

    @property
    def of_delivery(self) -> bool:
        """Whether it belongs to the delivery of the service, which must be made known to whoever asks for it."""
        return list(Component).index(self) < _DELIVERED


_DELIVERED = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One component with what is known of it."""

    component: Component
    lines: tuple[str, ...] = ()
    """Empty where nothing has been laid down."""
    time: Allowance | None = None
    legal: tuple[LegalBasis, ...] = ()
    counted: tuple[tuple[str, int], ...] = ()
    """Post → how many of the steps are its."""


def standard_of(sheet: Sheet, form: PublicForm) -> tuple[Part, ...]:
    """Return all fourteen components of one SOP, in order."""
    said = {Component(each.part.value): _lines(sheet, each.part) for each in sheet.standard}
    posts = Counter(each.who for each in form.steps if each.who)
    told = {
        Component.REQUIREMENTS: Part(Component.REQUIREMENTS, _brought(form)),
        Component.PROCEDURE: Part(Component.PROCEDURE, tuple(each.activity for each in form.steps if each.activity)),
        Component.TIME: Part(Component.TIME, time=sheet.promised),
        Component.PRODUCT: Part(
            Component.PRODUCT, _once(each.output for each in form.steps if each.ends and not each.is_beside)
        ),
        Component.LEGAL: Part(Component.LEGAL, legal=sheet.legal),
        Component.FACILITIES: Part(Component.FACILITIES, sheet.equipment),
        Component.COMPETENCE: Part(Component.COMPETENCE, sheet.qualification),
        Component.PERFORMERS: Part(Component.PERFORMERS, counted=tuple(posts.items())),
    }
    return tuple(told.get(each) or Part(each, said.get(each, ())) for each in Component)


def _lines(sheet: Sheet, part: ServicePart) -> tuple[str, ...]:
    return tuple(
        line.strip() for each in sheet.standard if each.part is part for line in each.text.splitlines() if line.strip()
    )


def _brought(form: PublicForm) -> tuple[str, ...]:
    """What steps need that no step of the same SOP makes."""
    made = {each.output.casefold() for each in form.steps}
    needed = _once(one for each in form.steps if not each.is_beside for one in each.requirements)
    return tuple(each for each in needed if each.casefold() not in made)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))

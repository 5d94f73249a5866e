"""What closed questions of a form choose from, where the drawing does not say it: regions, offices, countries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import get_locale

from engine.domain.release import Field, FieldKind
from engine.queries.people import offices
from sop_catalog import registers as kept
from web.identity import read
from web.language import gettext

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Registers:
    """Those that one form needs."""

    regions: Choices = ()
    offices: Choices = ()
    countries: Choices = ()

    def of(self, each: Field) -> Choices:
        """What this field chooses from: value and words."""
        match each.kind:
            case FieldKind.YES_NO:
                return (("yes", gettext("Yes")), ("no", gettext("No")))
            case FieldKind.REGION:
                return self.regions
            case FieldKind.OFFICE:
                return self.offices
            case FieldKind.COUNTRY:
                return self.countries
        return tuple((choice.value, choice.label) for choice in each.choices)


def registers(form: Iterable[Field]) -> Registers:
    """Read only what this form asks for: 500 regencies are no use to a form without one."""
    kinds = {each.kind for each in form}
    language = str(get_locale() or "id")
    return Registers(
        regions=tuple(kept.regions().items()) if FieldKind.REGION in kinds else (),
        offices=tuple((each.code, each.name) for each in read(offices)) if FieldKind.OFFICE in kinds else (),
        countries=tuple(kept.countries(language).items()) if FieldKind.COUNTRY in kinds else (),
    )


def post_title(titles: Mapping[str, str], code: str) -> str:
    """What a post is called; without one, the work is anybody's."""
    return titles.get(code, code) if code else gettext("Anybody in the office")

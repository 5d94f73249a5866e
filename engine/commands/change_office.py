"""Put right what is known of an office: its name, seat, telephone, time zone and the regions it serves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.domain.calendar import check_zone
from engine.domain.organisation import telephone
from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import put_office, set_areas

CHANGEABLE = {
    "name": "the name",
    "city": "the city",
    "province": "the province",
    "zone": "the time zone",
    "phone": "the telephone",
}
"""What may be changed of an office, and what a refusal calls it."""
LONGEST = 120


def change_office(work: UnitOfWork, code: str, /, *, regions: Collection[str] | None = None, **changes: str) -> Receipt:
    """Change what is given of name, city, province, zone and phone, and leave the rest; `regions` are all it serves then.

    A region that another office served is taken over. Cases stay where they are, and so do times already set. A code
    never changes. Refused for an empty name, an unknown zone and a telephone that is none.
    """
    who = expect_power(work, "administer", f"change office {code}")
    known = work.organisation.office(code)
    if strange := sorted(changes.keys() - CHANGEABLE):
        raise NotValid(what="what changes", wanted=", ".join(sorted(CHANGEABLE)), found=", ".join(strange))
    trimmed = {name: value.strip() for name, value in changes.items()}
    for name, value in trimmed.items():
        if len(value) > LONGEST or not (value or name == "phone"):
            raise NotValid(what=CHANGEABLE[name], wanted=f"1 to {LONGEST} letters", found=f"{len(value)}")
    telephone(trimmed.get("phone", ""))
    office = replace(known, **trimmed)  # type: ignore[arg-type] # the names above are all texts
    check_zone(office.zone)
    put_office(work.connection, office, ())
    if regions is not None:
        set_areas(work.connection, code, regions)
    work.organisation_changed()
    changed = sorted(each for each in trimmed if getattr(known, each) != trimmed[each])
    served = None if regions is None else sorted(regions)
    work.record("office.changed", None, **who, code=code, changed=changed, regions=served)
    return Receipt(state="changed", name=code)

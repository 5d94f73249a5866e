"""Put right what is known of an officer: name, language, time zone. A login never changes: audit records name it."""

from __future__ import annotations

from zoneinfo import available_timezones

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import officer_row, update_officer

LANGUAGES = ("id", "en")
LONGEST_NAME = 200


def change_officer(
    work: UnitOfWork, login: str, *, name: str | None = None, language: str | None = None, zone: str | None = None
) -> Receipt:
    """Change what is given and leave the rest. Officers may change their own language and zone; a name, who administers.

    An empty zone is that of the office. Refused for an unknown language or zone and for an empty name.
    """
    act = f"change officer {login}"
    who = expect_self_or_power(work, login if name is None else "", "administer", act)
    if name is not None and not 0 < len(name.strip()) <= LONGEST_NAME:
        raise NotValid(what="the name", wanted=f"1 to {LONGEST_NAME} letters", found=f"{len(name.strip())}")
    if language is not None and language not in LANGUAGES:
        raise NotValid(what="the language", wanted=" or ".join(LANGUAGES), found=f"“{language[:20]}”")
    if zone and zone not in available_timezones():
        raise NotValid(what="the time zone", wanted="one of the IANA names", found=f"“{zone[:40]}”")
    number = officer_row(work.connection, login)
    if number is None:
        raise NotFound(what=f"an active officer {login}")
    given = {"name": name and name.strip(), "language": language, "zone": zone}
    changes = {each: value for each, value in given.items() if value is not None}
    if changes:
        update_officer(work.connection, number, **changes)
    work.record("officer.changed", None, **who, login=login, changed=sorted(changes))
    return Receipt(state="changed", number=number, name=login)

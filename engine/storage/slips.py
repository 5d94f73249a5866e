"""Slips as rows: a code and a PIN that are kept as hashes only, who tried them, and what a slip leads to."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.domain.case import Case
from engine.storage.cases import case_of
from engine.storage.tables import audit, case, fact, officer, slip, slip_attempt

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that looks like a digit."""
CODE_LETTERS, PIN_DIGITS = 15, 6
GOOD_FOR = timedelta(days=365)
KEPT_FOR = timedelta(days=30)
_LOOKALIKE = str.maketrans("OIL", "011")
_COST = {"n": 1 << 14, "r": 8, "p": 1, "maxmem": 1 << 26, "dklen": 32}


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip that is good."""

    number: int
    case: int
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who wrote down what the person chose, and when."""

    by: str
    at: datetime


def new_code() -> str:
    """Draw 75 random bits, in three groups of five."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
    return "-".join(drawn[place : place + 5] for place in range(0, CODE_LETTERS, 5))


def new_pin() -> str:
    """Draw six digits, to be told by mouth."""
    return "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))


def code_hash(code: str) -> str:
    """What a code is found by, however it was typed."""
    return hashlib.sha256(_plain(code).encode()).hexdigest()


def pin_hash(code: str, pin: str) -> str:
    """What a PIN is kept as: slow to make, and not to be tried without the code, which nobody has but the person."""
    digits = "".join(each for each in pin if each.isascii() and each.isdigit())[:12]
    return hashlib.scrypt(digits.encode(), salt=_plain(code).encode() or b"-", **_COST).hex()


def _plain(code: str) -> str:
    kept = "".join(each for each in code.upper()[:64] if each.isascii() and each.isalnum())
    return kept.translate(_LOOKALIKE)[:CODE_LETTERS]


class Slips:
    """The slips of cases."""

    def __init__(self, connection: Connection) -> None:
        """Use this transaction."""
        self._connection = connection

    def add(self, of: int, code: str, pin: str, *, at: datetime, by: int) -> int:
        """Keep a new slip by its hashes."""
        row = {"case_id": of, "issued_at": at, "issued_by": by}
        row |= {"code_hash": code_hash(code), "pin_hash": pin_hash(code, pin)}
        return int(self._connection.execute(insert(slip).returning(slip.c.id), row).scalar_one())

    def of(self, of: int) -> Slip | None:
        """The slip of a case that was not revoked."""
        found = select(slip).where(slip.c.case_id == of, slip.c.revoked_at.is_(None))
        row = self._connection.execute(found).first()
        return Slip(row.id, row.case_id, row.issued_at) if row else None

    def revoke(self, number: int, *, at: datetime, by: int) -> None:
        """Let a slip lead nowhere any more."""
        self._connection.execute(update(slip).where(slip.c.id == number).values(revoked_at=at, revoked_by=by))

    def is_code_of(self, of: int, code: str) -> bool:
        """Whether a code is that of the case's good slip."""
        mine = (slip.c.case_id == of) & slip.c.revoked_at.is_(None) & (slip.c.code_hash == code_hash(code))
        return self._connection.execute(select(slip.c.id).where(mine)).first() is not None

    def open(self, code: str, pin: str, at: datetime) -> Slip | None:
        """The slip of a code and its PIN. It does the same work whether the code is known or not."""
        row = self._connection.execute(select(slip).where(slip.c.code_hash == code_hash(code))).first()
        right = hmac.compare_digest(pin_hash(code, pin), row.pin_hash if row else "0" * 64)
        if row is None or not right or row.revoked_at is not None or at - row.issued_at > GOOD_FOR:
            return None
        return Slip(row.id, row.case_id, row.issued_at)

    def failures(self, code: str, address: str, at: datetime, span: timedelta) -> tuple[int, int, int]:
        """Wrong tries: of this code lately and within the time that tries are kept, and from this address lately."""
        wrong = select(func.count()).select_from(slip_attempt).where(slip_attempt.c.succeeded.is_(False))
        mine = wrong.where(slip_attempt.c.code_hash == code_hash(code))
        here = wrong.where(slip_attempt.c.address == address[:64], slip_attempt.c.at >= at - span)
        counts = (mine.where(slip_attempt.c.at >= at - span), mine.where(slip_attempt.c.at >= at - KEPT_FOR), here)
        lately, ever, near = (self._connection.execute(each).scalar_one() for each in counts)
        return lately, ever, near

    def note_try(self, code: str, address: str, at: datetime, *, succeeded: bool) -> None:
        """Remember that somebody tried."""
        row = {"code_hash": code_hash(code), "address": address[:64], "at": at, "succeeded": succeeded}
        self._connection.execute(insert(slip_attempt), row)

    def standing(self, row: int) -> Case:
        """Where a case stands, read without holding it."""
        return case_of(self._connection.execute(select(case).where(case.c.id == row)).one())

    def requests_since(self, of: int, since: datetime) -> int:
        """How many requests have been made by the slip of this case since."""
        made = (audit.c.case_id == of) & (audit.c.kind == "request.opened") & (audit.c.at >= since)
        return self._connection.execute(select(func.count()).select_from(audit).where(made)).scalar_one()


def chosen(connection: Connection, of: int, name: str) -> Chosen | None:
    """Who wrote down a fact that says what the person chose."""
    found = (
        select(officer.c.name, fact.c.written_at)
        .join(officer, officer.c.id == fact.c.written_by)
        .where(fact.c.case_id == of, fact.c.name == name)
    )
    row = connection.execute(found).first()
    return Chosen(row.name, row.written_at) if row else None


def plain_facts_of(connection: Connection, of: int, names: tuple[str, ...]) -> Mapping[str, Any]:
    """Facts of a case by their names, as JSON."""
    rows = connection.execute(select(fact.c.name, fact.c.value).where(fact.c.case_id == of, fact.c.name.in_(names)))
    return {row.name: row.value for row in rows if row.value is not None}


def forget_slip_tries(connection: Connection, now: datetime) -> int:
    """Let go of tries that no longer count. Returns how many."""
    return connection.execute(delete(slip_attempt).where(slip_attempt.c.at < now - KEPT_FOR)).rowcount

"""Second factors as rows: an encrypted secret, codes of six digits that are good once (RFC 6238), and recovery codes as hashes.

Officers and people of local governments have books of their own, and one set of rules.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pyotp
from sqlalchemy import Column, Connection, Table, delete, func, insert, select, update

from engine.domain.sign_on import Factor
from engine.storage.counters import count_up
from engine.storage.identity import hashed
from engine.storage.key_ring import KeyRing
from engine.storage.tables import factor_rule, pemda_factor, pemda_recovery_code, recovery_code, second_factor
from engine.storage.upsert import add_or_set

STEP: Final = 30
"""Seconds for which a code is shown."""
AROUND: Final = 1
"""Steps before and after that are taken too: clocks of telephones differ."""
RECOVERY_CODES: Final = 10
ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without what is read one for another on paper."""


@dataclass(frozen=True, slots=True)
class Book:
    """Where the second factors of one kind of people stand."""

    factor: Table
    codes: Table
    owner: str
    """The column of both that says whose it is."""
    place: Callable[[int], str]
    """Where a secret stands, by whose it is: it can be moved to nobody else."""

    def whose(self, number: int) -> Any:
        """Their factor alone."""
        return self._owner(self.factor) == number

    def codes_of(self, number: int) -> Any:
        """Their recovery codes alone."""
        return self._owner(self.codes) == number

    def _owner(self, table: Table) -> Column[Any]:
        return table.c[self.owner]


OFFICERS: Final = Book(second_factor, recovery_code, "officer_id", lambda officer: f"second_factor.secret.{officer}")
PEMDA: Final = Book(pemda_factor, pemda_recovery_code, "user_id", lambda user: f"pemda_factor.secret.{user}")


@dataclass(frozen=True, slots=True)
class FactorRow:
    """How far somebody has come with the second factor."""

    begun_at: datetime
    confirmed_at: datetime | None


def factor_of(connection: Connection, number: int, book: Book = OFFICERS) -> FactorRow | None:
    """What somebody has; None for nothing."""
    found = select(book.factor.c.begun_at, book.factor.c.confirmed_at).where(book.whose(number))
    row = connection.execute(found).first()
    return FactorRow(row.begun_at, row.confirmed_at) if row else None


def hold(connection: Connection, number: int, book: Book = OFFICERS) -> None:
    """Let only one code of somebody be looked at at a time, so that tries at the same moment are counted too."""
    connection.execute(select(book.factor.c.begun_at).where(book.whose(number)).with_for_update())


def begin(connection: Connection, keys: KeyRing, number: int, at: datetime, book: Book = OFFICERS) -> str:
    """Draw a secret in the place of one that was not confirmed. Returns it, for the device that shows codes."""
    secret = pyotp.random_base32()
    row = {book.owner: number, "secret": keys.lock(secret, book.place(number)), "begun_at": at}
    connection.execute(add_or_set(connection, book.factor), {**row, "confirmed_at": None, "last_step": -1})
    return secret


def secret_of(connection: Connection, keys: KeyRing, number: int, book: Book = OFFICERS) -> str:
    """The secret of somebody; empty for none."""
    cell = connection.execute(select(book.factor.c.secret).where(book.whose(number))).scalar()
    return keys.unlock(cell, book.place(number)) if cell else ""


def confirm(connection: Connection, number: int, at: datetime, book: Book = OFFICERS) -> None:
    """From now on it is asked for."""
    connection.execute(update(book.factor).where(book.whose(number)).values(confirmed_at=at))


def take_code(
    connection: Connection, keys: KeyRing, number: int, code: str, at: datetime, book: Book = OFFICERS
) -> bool:
    """Whether a code is good now; it is not good again, and neither is one before it."""
    secret = secret_of(connection, keys, number, book)
    digits = "".join(each for each in code if each not in " -")
    if not secret or len(digits) != 6 or not (digits.isascii() and digits.isdecimal()):  # noqa: PLR2004 - what a device shows
        return False
    shown, now = pyotp.TOTP(secret, interval=STEP), int(at.timestamp()) // STEP
    steps = [
        each for each in range(now - AROUND, now + AROUND + 1) if hmac.compare_digest(shown.generate_otp(each), digits)
    ]
    if not steps:
        return False
    fresh = book.whose(number) & (book.factor.c.last_step < steps[-1])
    return connection.execute(update(book.factor).where(fresh).values(last_step=steps[-1])).rowcount == 1


def draw_recovery_codes(connection: Connection, number: int, book: Book = OFFICERS) -> tuple[str, ...]:
    """Put fresh recovery codes in the place of those before. They are told once: only hashes are kept."""
    codes = tuple(
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4)) for _ in range(RECOVERY_CODES)
    )
    connection.execute(delete(book.codes).where(book.codes_of(number)))
    rows = [{book.owner: number, "hash": hashed(_plain(each)), "used_at": None} for each in codes]
    connection.execute(insert(book.codes), rows)
    return codes


def take_recovery_code(connection: Connection, number: int, code: str, at: datetime, book: Book = OFFICERS) -> bool:
    """Whether this is one of theirs that was not used yet; now it is used."""
    mine = book.codes_of(number) & (book.codes.c.hash == hashed(_plain(code)))
    fresh = mine & book.codes.c.used_at.is_(None)
    return connection.execute(update(book.codes).where(fresh).values(used_at=at)).rowcount == 1


def recovery_codes_left(connection: Connection, number: int, book: Book = OFFICERS) -> int:
    """How many recovery codes have not been used."""
    mine = book.codes_of(number) & book.codes.c.used_at.is_(None)
    return connection.execute(select(func.count()).select_from(book.codes).where(mine)).scalar_one()


def take(connection: Connection, keys: KeyRing, number: int, code: str, at: datetime, book: Book = OFFICERS) -> Factor:
    """What a code that was typed is: one of the device, one for recovery, or none that is good."""
    if take_code(connection, keys, number, code, at, book):
        return Factor.TOTP
    return Factor.RECOVERY if take_recovery_code(connection, number, code, at, book) else Factor.NONE


def forget(connection: Connection, number: int, book: Book = OFFICERS) -> bool:
    """Let somebody have no second factor. Returns whether there was one."""
    connection.execute(delete(book.codes).where(book.codes_of(number)))
    return connection.execute(delete(book.factor).where(book.whose(number))).rowcount > 0


def factor_rules(connection: Connection) -> dict[str, date]:
    """Post, or nothing for any → the day from which its holders need a second factor."""
    found = select(factor_rule.c.post, factor_rule.c.since).order_by(factor_rule.c.post)
    return {row.post: row.since for row in connection.execute(found)}


def set_factor_rule(connection: Connection, post: str, since: date | None, at: datetime) -> None:
    """Ask holders of a post for a second factor from a day on, or no longer."""
    count_up(connection, "organisation")  # read with it, and kept in memory as long as it does not change
    if since is None:
        connection.execute(delete(factor_rule).where(factor_rule.c.post == post))
    else:
        connection.execute(add_or_set(connection, factor_rule), {"post": post, "since": since, "set_at": at})


def _plain(code: str) -> str:
    return "".join(each for each in code.lower()[:64] if each.isascii() and each.isalnum())

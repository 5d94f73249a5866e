"""Second factors as rows: an encrypted secret, codes of six digits that are good once (RFC 6238), and recovery codes as hashes."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pyotp
from sqlalchemy import Connection, delete, func, insert, select, update

from engine.domain.sign_on import Factor
from engine.storage.counters import count_up
from engine.storage.identity import hashed
from engine.storage.key_ring import KeyRing
from engine.storage.tables import factor_rule, recovery_code, second_factor
from engine.storage.upsert import add_or_set

STEP: Final = 30
"""Seconds for which a code is shown."""
AROUND: Final = 1
"""Steps before and after that are taken too: clocks of telephones differ."""
RECOVERY_CODES: Final = 10
ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without what is read one for another on paper."""


@dataclass(frozen=True, slots=True)
class FactorRow:
    """How far an officer has come with the second factor."""

    begun_at: datetime
    confirmed_at: datetime | None


def factor_of(connection: Connection, officer: int) -> FactorRow | None:
    """What an officer has; None for nothing."""
    found = select(second_factor.c.begun_at, second_factor.c.confirmed_at)
    row = connection.execute(found.where(second_factor.c.officer_id == officer)).first()
    return FactorRow(row.begun_at, row.confirmed_at) if row else None


def hold(connection: Connection, officer: int) -> None:
    """Let only one code of an officer be looked at at a time, so that tries at the same moment are counted too."""
    mine = select(second_factor.c.officer_id).where(second_factor.c.officer_id == officer)
    connection.execute(mine.with_for_update())


def begin(connection: Connection, keys: KeyRing, officer: int, at: datetime) -> str:
    """Draw a secret in the place of one that was not confirmed. Returns it, for the device that shows codes."""
    secret = pyotp.random_base32()
    row = {"officer_id": officer, "secret": keys.lock(secret, place_of(officer)), "begun_at": at}
    connection.execute(add_or_set(connection, second_factor), {**row, "confirmed_at": None, "last_step": -1})
    return secret


def secret_of(connection: Connection, keys: KeyRing, officer: int) -> str:
    """The secret of an officer; empty for none."""
    cell = connection.execute(select(second_factor.c.secret).where(second_factor.c.officer_id == officer)).scalar()
    return keys.unlock(cell, place_of(officer)) if cell else ""


def confirm(connection: Connection, officer: int, at: datetime) -> None:
    """From now on it is asked for."""
    mine = second_factor.c.officer_id == officer
    connection.execute(update(second_factor).where(mine).values(confirmed_at=at))


def take_code(connection: Connection, keys: KeyRing, officer: int, code: str, at: datetime) -> bool:
    """Whether a code is good now; it is not good again, and neither is one before it."""
    secret = secret_of(connection, keys, officer)
    digits = "".join(each for each in code if each not in " -")
    if not secret or len(digits) != 6 or not (digits.isascii() and digits.isdecimal()):  # noqa: PLR2004 - what a device shows
        return False
    shown, now = pyotp.TOTP(secret, interval=STEP), int(at.timestamp()) // STEP
    steps = [
        each for each in range(now - AROUND, now + AROUND + 1) if hmac.compare_digest(shown.generate_otp(each), digits)
    ]
    if not steps:
        return False
    fresh = (second_factor.c.officer_id == officer) & (second_factor.c.last_step < steps[-1])
    return connection.execute(update(second_factor).where(fresh).values(last_step=steps[-1])).rowcount == 1


def draw_recovery_codes(connection: Connection, officer: int) -> tuple[str, ...]:
    """Put fresh recovery codes in the place of those before. They are told once: only hashes are kept."""
    codes = tuple(
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4)) for _ in range(RECOVERY_CODES)
    )
    connection.execute(delete(recovery_code).where(recovery_code.c.officer_id == officer))
    rows = [{"officer_id": officer, "hash": hashed(_plain(each)), "used_at": None} for each in codes]
    connection.execute(insert(recovery_code), rows)
    return codes


def take_recovery_code(connection: Connection, officer: int, code: str, at: datetime) -> bool:
    """Whether this is one of the officer's that was not used yet; now it is used."""
    mine = (recovery_code.c.officer_id == officer) & (recovery_code.c.hash == hashed(_plain(code)))
    fresh = mine & recovery_code.c.used_at.is_(None)
    return connection.execute(update(recovery_code).where(fresh).values(used_at=at)).rowcount == 1


def recovery_codes_left(connection: Connection, officer: int) -> int:
    """How many recovery codes have not been used."""
    mine = (recovery_code.c.officer_id == officer) & recovery_code.c.used_at.is_(None)
    return connection.execute(select(func.count()).select_from(recovery_code).where(mine)).scalar_one()


def take(connection: Connection, keys: KeyRing, officer: int, code: str, at: datetime) -> Factor:
    """What a code that was typed is: one of the device, one for recovery, or none that is good."""
    if take_code(connection, keys, officer, code, at):
        return Factor.TOTP
    return Factor.RECOVERY if take_recovery_code(connection, officer, code, at) else Factor.NONE


def forget(connection: Connection, officer: int) -> bool:
    """Let an officer have no second factor. Returns whether there was one."""
    connection.execute(delete(recovery_code).where(recovery_code.c.officer_id == officer))
    return connection.execute(delete(second_factor).where(second_factor.c.officer_id == officer)).rowcount > 0


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


def place_of(officer: int) -> str:
    """Where a secret stands: it can be moved to nobody else."""
    return f"second_factor.secret.{officer}"


def _plain(code: str) -> str:
    return "".join(each for each in code.lower()[:64] if each.isascii() and each.isalnum())

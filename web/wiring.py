"""Puts one program together: settings, database, interpreters, keys, engine. It answers nobody itself."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from engine import Database, Engine, KeyRing, new_key_ring, read_key_ring
from engine.process import Interpreter
from web.config import Settings


@dataclass(frozen=True, slots=True)
class Wiring:
    """What every part of the web is given."""

    settings: Settings
    engine: Engine
    secret: bytes
    """Signs the cookie in which a page tells the next one what was done."""
    clock: Callable[[], datetime]


def now() -> datetime:
    """The time of a request: asked once, here, and handed down."""
    return datetime.now(UTC)


def wire(settings: Settings, *, create: bool = False, clock: Callable[[], datetime] = now) -> Wiring:
    """Make the program over its database; `create` lets the embedded one be made."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database, create=create)
    engine = Engine(database, interpreters(settings.interpreter), key_ring(settings.key_ring))
    return Wiring(settings, engine, _secret(settings.secret_file), clock)


def interpreters(first: str) -> Sequence[Interpreter]:
    """New cases go to the first; each case stays with the interpreter that began it.

    SpiffWorkflow is loaded only where the whole program was turned over to it: loading it takes half a second.
    """
    from engine.machine import Machine  # noqa: PLC0415 - a command that runs no case need not load it

    if first != "spiffworkflow":
        return (Machine(),)
    from engine.spiff import Spiff  # noqa: PLC0415 - see above

    return (cast(Interpreter, Spiff()), Machine())  # it takes only programs that it has made itself


def both_interpreters(first: str) -> Sequence[Interpreter]:
    """The one that cases run on, and the other for a second opinion."""
    from engine.machine import Machine  # noqa: PLC0415 - see above
    from engine.spiff import Spiff  # noqa: PLC0415 - see above

    spiff, machine = cast(Interpreter, Spiff()), Machine()
    return (spiff, machine) if first == "spiffworkflow" else (machine, spiff)


def key_ring(path: Path) -> KeyRing:
    """The keys of this installation; new ones on the first start. They belong in every backup."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new_key_ring().write(path)
    return read_key_ring(path)


def _secret(path: Path) -> bytes:
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()

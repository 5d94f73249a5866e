"""The key ring: what encrypts the fields of persons, and what finds persons again. Not in the database, but in every backup.

A cell is `version.key.nonce.ciphertext` (AES-256-GCM), authenticated with the place where it stands, so that no cell can
be moved to another row. A blind index is an HMAC with a key of its own for each field.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.domain.subject import FUZZY, INDEXED, indexed_as
from engine.errors import Unavailable

_VERSION = "1"
_CUT = 16
"""Digits of an index that stands for a word of a name."""


class KeyMissing(Unavailable):
    """Expected the key {key} to read this person's data, but the key ring does not hold it. Restore it from the backup."""


class KeyRingBroken(Unavailable):
    """Expected a key ring in {where}, but what stands there cannot be read as one. Restore it from the backup."""


class CellChanged(Unavailable):
    """Expected what was stored of this person at {place}, but it has been changed or moved. Restore it from the backup."""

    status: ClassVar[int] = 500


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by their ids; new cells take the current one."""

    current: str
    keys: Mapping[str, bytes]
    indexes: Mapping[str, bytes]
    path: Path | None = field(default=None, compare=False)
    """The file that it was read from: a program that runs takes over a key that was added there meanwhile."""
    _later: dict[Any, KeyRing] = field(default_factory=dict, compare=False, repr=False)
    """What was last read from the file again, by the state of the file."""

    def lock(self, clear: str, place: str) -> str:
        """Encrypt a text for the place where it will stand (`table.column.row`)."""
        ring, nonce = self.newest(), secrets.token_bytes(12)
        locked = AESGCM(ring.keys[ring.current]).encrypt(nonce, clear.encode(), _bound(ring.current, place))
        return ".".join((_VERSION, ring.current, _text(nonce), _text(locked)))

    def unlock(self, cell: str, place: str) -> str:
        """Decrypt a cell read at that place. Raises KeyMissing, CellChanged."""
        version, _, rest = cell.partition(".")
        key, _, rest = rest.partition(".")
        nonce, _, locked = rest.partition(".")
        own = self.keys.get(key) or self.newest().keys.get(key)
        if own is None:
            raise KeyMissing(key=key)
        if version != _VERSION:
            raise CellChanged(place=place)
        try:
            return AESGCM(own).decrypt(_bytes(nonce), _bytes(locked), _bound(key, place)).decode()
        except (InvalidTag, ValueError):
            raise CellChanged(place=place) from None

    def lock_bytes(self, clear: bytes, place: str) -> bytes:
        """Encrypt content for the place where it will stand."""
        ring, nonce = self.newest(), secrets.token_bytes(12)
        locked = AESGCM(ring.keys[ring.current]).encrypt(nonce, clear, _bound(ring.current, place))
        return f"{_VERSION}.{ring.current}.".encode() + nonce + locked

    def unlock_bytes(self, cell: bytes, place: str) -> bytes:
        """Decrypt content read at that place. Raises KeyMissing, CellChanged."""
        version, _, rest = cell.partition(b".")
        name, _, rest = rest.partition(b".")
        key = name.decode("ascii", "replace")
        own = self.keys.get(key) or self.newest().keys.get(key)
        if own is None:
            raise KeyMissing(key=key)
        if version != _VERSION.encode():
            raise CellChanged(place=place)
        try:
            return AESGCM(own).decrypt(rest[:12], rest[12:], _bound(key, place))
        except (InvalidTag, ValueError):
            raise CellChanged(place=place) from None

    def index(self, field: str, clear: str) -> str | None:
        """Return what the field is found by; None for nothing."""
        text = indexed_as(field, clear)
        if not text:
            return None
        made = hmac.new(self.indexes[field], text.encode(), hashlib.sha256).hexdigest()
        return made[:_CUT] if field in FUZZY else made

    def newest(self) -> KeyRing:
        """The ring as its file holds it now; this one where there is no file."""
        state = _state(self.path) if self.path is not None else None
        if state is None or self.path is None:
            return self
        if state not in self._later:
            fresh = _from_file(self.path)
            self._later.clear()
            self._later[state] = fresh
        return self._later[state]

    def write(self, path: Path) -> None:
        """Keep it in a file that only its owner reads. Refuses (FileExistsError) to write over another."""
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(self._as_text())
            file.flush()
            os.fsync(file.fileno())

    def _replace(self, path: Path) -> None:
        """Put it in the place of what a file holds: all of it, or nothing where the machine stops half way."""
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        self.write(fresh)
        fresh.replace(path)

    def _as_text(self) -> str:
        document = {
            "version": int(_VERSION),
            "current": self.current,
            "keys": {name: _text(key) for name, key in self.keys.items()},
            "indexes": {name: _text(key) for name, key in self.indexes.items()},
        }
        return json.dumps(document, indent=1)


def new_key_ring() -> KeyRing:
    """Draw fresh keys."""
    return KeyRing("k1", {"k1": secrets.token_bytes(32)}, {name: secrets.token_bytes(32) for name in sorted(INDEXED)})


def read_key_ring(path: Path) -> KeyRing:
    """Read what `KeyRing.write` kept; index keys that an older program did not know are drawn and kept in the same file.

    Raises FileNotFoundError, KeyRingBroken.
    """
    ring = _from_file(path)
    if INDEXED - ring.indexes.keys():
        with _alone(path):
            ring = _from_file(path)
            new = {name: secrets.token_bytes(32) for name in sorted(INDEXED - ring.indexes.keys())}
            if new:
                ring = KeyRing(ring.current, ring.keys, {**ring.indexes, **new})
                ring._replace(path)
    return KeyRing(ring.current, ring.keys, ring.indexes, path)


def turn_key_ring(path: Path) -> KeyRing:
    """Add a fresh key to the file and make it the current one; every earlier key stays. Raises FileNotFoundError."""
    read_key_ring(path)
    with _alone(path):
        ring = _from_file(path)
        name = f"k{1 + max((int(each[1:]) for each in ring.keys if each[1:].isdecimal()), default=0)}"
        turned = KeyRing(name, {**ring.keys, name: secrets.token_bytes(32)}, ring.indexes)
        turned._replace(path)
    return KeyRing(turned.current, turned.keys, turned.indexes, path)


def drop_key(path: Path, name: str) -> None:
    """Take an earlier key out of the file. Raises KeyError for one that is not there, ValueError for the current one.

    Whoever calls this has made sure that nothing stands under it any more (`cells_under`).
    """
    with _alone(path):
        ring = _from_file(path)
        if name == ring.current:
            raise ValueError(name)
        left = {each: key for each, key in ring.keys.items() if each != name}
        if len(left) == len(ring.keys):
            raise KeyError(name)
        KeyRing(ring.current, left, ring.indexes)._replace(path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let no other program of this machine change the file meanwhile."""
    with path.with_name(f".{path.name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _from_file(path: Path) -> KeyRing:
    """Read one file. Raises KeyRingBroken, and FileNotFoundError."""
    try:
        document = json.loads(path.read_text())
        return KeyRing(
            document["current"],
            {name: _bytes(key) for name, key in document["keys"].items()},
            {name: _bytes(key) for name, key in document["indexes"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyRingBroken(where=path) from None


def _bound(key: str, place: str) -> bytes:
    return f"{_VERSION}.{key}.{place}".encode()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

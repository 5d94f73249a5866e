"""The key ring: what encrypts the fields of persons, and what finds persons again. Not in the database, but in every backup.

A cell is `version.key.nonce.ciphertext` (AES-256-GCM), authenticated with the place where it stands, so that no cell can
be moved to another row. A blind index is an HMAC with a key of its own for each field.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.domain.subject import INDEXED, normal
from engine.errors import Unavailable

_VERSION = "1"


class KeyMissing(Unavailable):
    """Expected the key {key} to read this person's data, but the key ring does not hold it. Restore it from the backup."""


class CellChanged(Unavailable):
    """Expected what was stored of this person at {place}, but it has been changed or moved. Restore it from the backup."""

    status: ClassVar[int] = 500


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by their ids; new cells take the current one."""

    current: str
    keys: Mapping[str, bytes]
    indexes: Mapping[str, bytes]

    def lock(self, clear: str, place: str) -> str:
        """Encrypt a text for the place where it will stand (`table.column.row`)."""
        nonce = secrets.token_bytes(12)
        locked = AESGCM(self.keys[self.current]).encrypt(nonce, clear.encode(), _bound(self.current, place))
        return ".".join((_VERSION, self.current, _text(nonce), _text(locked)))

    def unlock(self, cell: str, place: str) -> str:
        """Decrypt a cell read at that place. Raises KeyMissing, CellChanged."""
        version, _, rest = cell.partition(".")
        key, _, rest = rest.partition(".")
        nonce, _, locked = rest.partition(".")
        if key not in self.keys:
            raise KeyMissing(key=key)
        if version != _VERSION:
            raise CellChanged(place=place)
        try:
            return AESGCM(self.keys[key]).decrypt(_bytes(nonce), _bytes(locked), _bound(key, place)).decode()
        except (InvalidTag, ValueError):
            raise CellChanged(place=place) from None

    def index(self, field: str, clear: str) -> str | None:
        """Return what the field is found by; None for nothing."""
        text = normal(clear)
        return hmac.new(self.indexes[field], text.encode(), hashlib.sha256).hexdigest() if text else None

    def write(self, path: Path) -> None:
        """Keep it in a file that only its owner reads. Refuses (FileExistsError) to write over another."""
        document = {
            "version": int(_VERSION),
            "current": self.current,
            "keys": {name: _text(key) for name, key in self.keys.items()},
            "indexes": {name: _text(key) for name, key in self.indexes.items()},
        }
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(document, file, indent=1)
            file.flush()
            os.fsync(file.fileno())


def new_key_ring() -> KeyRing:
    """Draw fresh keys."""
    return KeyRing("k1", {"k1": secrets.token_bytes(32)}, {name: secrets.token_bytes(32) for name in sorted(INDEXED)})


def read_key_ring(path: Path) -> KeyRing:
    """Read what `KeyRing.write` kept. Raises FileNotFoundError."""
    document = json.loads(path.read_text())
    return KeyRing(
        document["current"],
        {name: _bytes(key) for name, key in document["keys"].items()},
        {name: _bytes(key) for name, key in document["indexes"].items()},
    )


def _bound(key: str, place: str) -> bytes:
    return f"{_VERSION}.{key}.{place}".encode()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

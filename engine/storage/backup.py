"""The whole database in one file, and back: whichever of the two databases it came from, it can go into either.

A backup is a zip: `manifest.json`, a JSON text a row under `tables/`, and `keys.json`, the key ring sealed with a
passphrase. It is one moment of the database. It is not a copy of the database's own files, and nothing in it is run.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from sqlalchemy import (
    Column,
    Connection,
    Date,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    column,
    func,
    insert,
    inspect,
    select,
    table,
    text,
    update,
)
from sqlalchemy.sql.expression import TableClause

from engine.errors import NotValid, WrongState
from engine.storage.columns import Canonical, Deadline, Moment
from engine.storage.database import Database
from engine.storage.schema import migrate, shape_of
from engine.storage.tables import metadata

FORMAT = 1
AT_ONCE = 500
"""Rows read and written together."""
NOT_OURS = {"alembic_version"}
MOST_TEXT = 64_000_000
"""Characters of one row that are believed."""

_SCRYPT = {"n": 2**15, "r": 8, "p": 1}


class NotABackup(NotValid):
    """Expected a backup made by Lajur, but {file} is none that can be read: {why}."""


class WrongPassphrase(NotValid):
    """Expected the passphrase that this backup was made with, but it does not open the key ring in it."""


class TableUnknown(WrongState):
    """Expected to back up every table, but this program does not know {names}; a backup without them would lose what is in them."""


class NotEmpty(WrongState):
    """Expected an empty database to restore into, but {where} holds {rows} rows in “{name}”. Name another database."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds, by its own manifest."""

    made_at: datetime
    shape: str
    rows: Mapping[str, int]
    """Table → how many rows."""

    @property
    def total(self) -> int:
        """All rows of all tables."""
        return sum(self.rows.values())


def write_backup(
    database: Database, path: Path, *, keys: bytes, passphrase: str, at: datetime, also: Sequence[MetaData] = ()
) -> Backup:
    """Write one moment of the database and the key ring to a new file that only its owner reads.

    `keys` is the key ring's file as it stands. `also`: tables of other rooms. The file appears when it is whole.
    Raises FileExistsError, NotValid for an empty passphrase, TableUnknown.
    """
    if not passphrase:
        raise NotValid(what="the passphrase", wanted="given", found="missing")
    if path.exists():
        raise FileExistsError(path)
    fresh = path.with_name(f"{path.name}.unfinished")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            made = _fill(file, database, keys, passphrase, at, (metadata, *also))
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    finally:
        fresh.unlink(missing_ok=True)
    return made


def read_backup(
    database: Database, path: Path, *, passphrase: str, keys_to: Path, also: Sequence[MetaData] = ()
) -> Backup:
    """Fill an empty database out of a backup, write its key ring to a new file, and return what it held.

    Everything comes in one transaction, and nothing where a row, a sum or the passphrase is wrong.
    Raises NotABackup, WrongPassphrase, NotEmpty, DatabaseNewer, FileExistsError for a key ring that is there.
    """
    try:
        with ZipFile(path) as archive:
            manifest = _manifest(archive, path)
            keys = _unseal(archive.read("keys.json"), passphrase, path)
            made = Backup(datetime.fromisoformat(manifest["made_at"]), manifest["shape"], manifest["rows"])
            _expect_empty(database, (metadata, *also))
            migrate(database, made.shape)
            with _kept(keys, keys_to), database.writing() as connection:
                _without_haste(connection)
                _Restoring(connection, archive, path, manifest).all(_tables((metadata, *also)))
    except (BadZipFile, KeyError, json.JSONDecodeError, UnicodeDecodeError) as broken:
        raise NotABackup(file=path.name, why=str(broken)) from None
    migrate(database)
    return made


@contextmanager
def _kept(keys: bytes, path: Path) -> Iterator[None]:
    """Have the keys on disk before the rows that need them are, and not without them."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(keys)
        file.flush()
        os.fsync(file.fileno())
    try:
        yield
    except BaseException:
        path.unlink()
        raise


def _fill(
    file: IO[bytes], database: Database, keys: bytes, passphrase: str, at: datetime, known: Sequence[MetaData]
) -> Backup:
    tables = _tables(known)
    rows: dict[str, int] = {}
    sums: dict[str, str] = {}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive, database.reading() as connection:
        _without_haste(connection)
        if strange := set(inspect(connection).get_table_names()) - {each.name for each in tables} - NOT_OURS:
            raise TableUnknown(names=", ".join(sorted(strange)))
        shape = shape_of(connection) or ""
        for each in tables:
            with archive.open(f"tables/{each.name}.jsonl", "w", force_zip64=True) as out:
                rows[each.name], sums[each.name] = _pour(_stored(connection, each), out)
        archive.writestr("keys.json", _seal(keys, passphrase))
        manifest = {"format": FORMAT, "made_at": at.isoformat(), "shape": shape, "rows": rows, "sums": sums}
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return Backup(at, shape, rows)


_FORMER = (
    Table(
        "calendar_day",
        MetaData(),
        Column("day", Date),
        Column("office", Text),
        Column("kind", Text),
        Column("title", Text),
        Column("basis", Text),
    ),
    Table("season", MetaData(), Column("name", Text), Column("first_on", Date), Column("last_on", Date)),
)
"""Tables that earlier programs kept: they come in at the shape that had them, and the migrations make of them what there is now."""
_FORMER_COLUMNS = {"office": ("pattern",)}


def _tables(known: Sequence[MetaData]) -> list[Table]:
    """Every table, those that others point to first."""
    return [each for one in known for each in one.sorted_tables]


def _without_haste(connection: Connection) -> None:
    """A whole table takes longer than any page may."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _plain(each: Table, former: Sequence[str] = ()) -> TableClause:
    """The table with its JSON as the text that was written: what was hashed must come back to the letter."""
    return table(
        each.name, *(column(c.name, _plain_type(c)) for c in each.columns), *(column(name, Text()) for name in former)
    )


def _plain_type(c: Column[Any]) -> Any:
    if isinstance(c.type, Canonical):
        return Text()
    return Moment() if isinstance(c.type, Deadline) else c.type


def _stored(connection: Connection, each: Table) -> Iterator[Mapping[str, Any]]:
    plain = _plain(each)
    ask: Select[Any] = select(plain).order_by(*(plain.c[key.name] for key in each.primary_key))
    encode = {c.name: _encoder(c) for c in plain.columns}
    for row in connection.execute(ask.execution_options(yield_per=AT_ONCE)):
        yield {name: None if value is None else encode[name](value) for name, value in zip(encode, row, strict=True)}


def _encoder(c: Any) -> Callable[[Any], Any]:
    if isinstance(c.type, LargeBinary):
        return lambda value: base64.b64encode(value).decode()
    return datetime.isoformat if isinstance(c.type, Moment) else date.isoformat if isinstance(c.type, Date) else _as_is


def _decoder(c: Any) -> Callable[[Any], Any]:
    if isinstance(c.type, LargeBinary):
        return base64.b64decode
    if isinstance(c.type, Moment):
        return datetime.fromisoformat
    return date.fromisoformat if isinstance(c.type, Date) else _as_is


def _as_is(value: Any) -> Any:
    return value


def _pour(rows: Iterator[Mapping[str, Any]], out: IO[bytes]) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    for row in rows:
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        digest.update(line)
        out.write(line)
        count += 1
    return count, digest.hexdigest()


def _manifest(archive: ZipFile, path: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest.get("format") != FORMAT:
        raise NotABackup(file=path.name, why=f"format {manifest.get('format')}")
    return manifest


def _expect_empty(database: Database, known: Sequence[MetaData]) -> None:
    with database.reading() as connection:
        there = set(inspect(connection).get_table_names())
        for each in _tables(known):
            if each.name not in there or each.name == "audit_head":
                continue
            if rows := connection.execute(select(func.count()).select_from(each)).scalar_one():
                raise NotEmpty(where=database.where, rows=rows, name=each.name)


class _Restoring:
    """One backup on its way into one transaction."""

    def __init__(self, connection: Connection, archive: ZipFile, path: Path, manifest: Mapping[str, Any]) -> None:
        self._connection = connection
        self._archive = archive
        self._path = path
        self._manifest = manifest

    def all(self, tables: Sequence[Table]) -> None:
        """Put every table in. What is in the backup and not known here is not passed over."""
        names = set(self._manifest["rows"])
        tables = [*tables, *_FORMER]
        if strange := names - {each.name for each in tables}:
            raise TableUnknown(names=", ".join(sorted(strange)))
        self._connection.execute(text("DELETE FROM audit_head"))  # the migration began the house's chain
        for each in tables:
            if each.name in names:
                self._one(each)

    def _one(self, each: Table) -> None:
        own = [key.parent.name for key in each.foreign_keys if key.column.table is each]
        later: list[dict[str, Any]] = []
        waiting: list[dict[str, Any]] = []
        plain = _plain(each, _FORMER_COLUMNS.get(each.name, ()))
        for row in self._rows(each, plain):
            if any(row.get(name) is not None for name in own):
                later.append({f"_{key.name}": row[key.name] for key in each.primary_key} | {n: row[n] for n in own})
                row = {**row, **dict.fromkeys(own)}  # noqa: PLW2901 - it points to a row that may come after it
            waiting.append(row)
            if len(waiting) == AT_ONCE:
                self._connection.execute(insert(plain), waiting)
                waiting = []
        if waiting:
            self._connection.execute(insert(plain), waiting)
        if later:
            here = [plain.c[key.name] == bindparam(f"_{key.name}") for key in each.primary_key]
            self._connection.execute(update(plain).where(*here).values({n: bindparam(n) for n in own}), later)
        self._count_on(each)

    def _rows(self, each: Table, plain: TableClause) -> Iterator[dict[str, Any]]:
        decode = {c.name: _decoder(c) for c in plain.columns}
        digest, count = hashlib.sha256(), 0
        with self._archive.open(f"tables/{each.name}.jsonl") as lines:
            while line := lines.readline(MOST_TEXT):
                digest.update(line)
                count += 1
                row = json.loads(line)
                yield {name: None if value is None else decode[name](value) for name, value in row.items()}
        if digest.hexdigest() != self._manifest["sums"][each.name] or count != self._manifest["rows"][each.name]:
            raise NotABackup(file=self._path.name, why=f"“{each.name}” is not what was written")

    def _count_on(self, each: Table) -> None:
        """PostgreSQL numbers on from its own counter, not from what it finds."""
        first = next(iter(each.primary_key), None)
        if self._connection.dialect.name != "postgresql" or first is None:
            return
        counter = self._connection.execute(
            text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": f'"{each.name}"', "c": first.name}
        ).scalar()
        if counter:
            highest = self._connection.execute(select(func.max(_plain(each).c[first.name]))).scalar()
            if highest is not None:
                self._connection.execute(text("SELECT setval(:s, :n)"), {"s": counter, "n": highest})


def _seal(keys: bytes, passphrase: str) -> str:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    locked = AESGCM(_derived(passphrase, salt)).encrypt(nonce, keys, b"lajur key ring")
    parts = {"salt": salt, "nonce": nonce, "keys": locked}
    return json.dumps({name: base64.b64encode(part).decode() for name, part in parts.items()})


def _unseal(sealed: bytes, passphrase: str, path: Path) -> bytes:
    try:
        parts = {name: base64.b64decode(part) for name, part in json.loads(sealed).items()}
        return AESGCM(_derived(passphrase, parts["salt"])).decrypt(parts["nonce"], parts["keys"], b"lajur key ring")
    except InvalidTag:
        raise WrongPassphrase from None
    except (ValueError, AttributeError) as broken:
        raise NotABackup(file=path.name, why=str(broken)) from None


def _derived(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **_SCRYPT).derive(passphrase.encode())

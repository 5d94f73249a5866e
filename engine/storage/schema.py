"""The shape of a database: which migrations it has been through, and whether this program can work with it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engine.errors import Unavailable
from engine.storage.database import Database, DatabaseMissing

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class DatabaseNewer(Unavailable):
    """Expected a database of shape {wanted}, but this one is {found}, which a newer program made. Start that program."""


class DatabaseOlder(Unavailable):
    """Expected a database of shape {wanted}, but this one is {found}. `lajur migrate` brings it up to date."""


def migrate(database: Database, to: str = "head") -> None:
    """Bring the database to the newest shape, or to an earlier one. Refuses one that a newer program made, or knows."""
    with database.reshaping() as connection:
        scripts = ScriptDirectory.from_config(_config())
        found = shape_of(connection)
        if found is not None and not _known(scripts, found):
            raise DatabaseNewer(wanted=scripts.get_current_head(), found=found)
        if to != "head" and not _known(scripts, to):
            raise DatabaseNewer(wanted=scripts.get_current_head(), found=to)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def check_shape(database: Database) -> None:
    """Refuse a database that is missing, older or newer than this program."""
    scripts = ScriptDirectory.from_config(_config())
    wanted = scripts.get_current_head()
    with database.reading() as connection:
        found = shape_of(connection)
    if found is None:
        raise DatabaseMissing(where=database.where)
    if found != wanted:
        raise (DatabaseOlder if _known(scripts, found) else DatabaseNewer)(wanted=wanted, found=found)


def shape_of(connection: Connection) -> str | None:
    """The last migration it has been through; None if it has been through none."""
    return MigrationContext.configure(connection).get_current_revision()


def _known(scripts: ScriptDirectory, revision: str) -> bool:
    return any(each.revision == revision for each in scripts.walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config

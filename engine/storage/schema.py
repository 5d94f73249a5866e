"""The shape of a database: which migrations it has been through, and whether this program can work with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from engine.errors import Unavailable
from engine.storage.database import Database, DatabaseMissing

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class DatabaseNewer(Unavailable):
    """Expected a database of shape {wanted}, but this one is {found}, which a newer program made. Start that program."""


class DatabaseOlder(Unavailable):
    """Expected a database of shape {wanted}, but this one is {found}. `lajur migrate` brings it up to date."""


def migrate(database: Database, to: str = "head") -> None:
    """Bring the database to the newest shape, or to an earlier one. Refuses one that a newer program made, or knows."""
    from alembic import command  # noqa: PLC0415 - 0.1 s that a command without a database need not pay

    with database.reshaping() as connection:
        scripts = _scripts()
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
    scripts = _scripts()
    wanted = scripts.get_current_head()
    with database.reading() as connection:
        found = shape_of(connection)
    if found is None:
        raise DatabaseMissing(where=database.where)
    if found != wanted:
        raise (DatabaseOlder if _known(scripts, found) else DatabaseNewer)(wanted=wanted, found=found)


def shape_of(connection: Connection) -> str | None:
    """The last migration it has been through; None if it has been through none."""
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - as above

    return MigrationContext.configure(connection).get_current_revision()


def _known(scripts: ScriptDirectory, revision: str) -> bool:
    return any(each.revision == revision for each in scripts.walk_revisions())


def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config

"""The database as a whole: brought to its shape, copied with its keys, and brought back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine import Database, read_backup, verify_access, verify_audit, write_backup
from engine.worker import prepare_jobs
from sop_catalog.storage import metadata
from web.cli.speaking import A_FILE, secret, without_password
from web.cli.wired import ready, wired
from web.config import Settings

ASKED_FOR = "Passphrase of the backup"
ALSO = (metadata,)
"""Tables of the rooms above the engine, which belong in every backup too."""


@click.command(short_help="Make the database, or bring it to its shape.")
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Make the database, or bring it to this program's shape."""
    engine = wired(settings, create=True).engine
    engine.migrate()
    prepare_jobs(engine)
    click.echo(f"The database has the shape of this program: {without_password(settings.database)}")


@click.command(short_help="Write the database and its keys to a file.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--passphrase-file", type=A_FILE, help="A file whose first line is the passphrase; without one it is asked for."
)
@click.pass_obj
def backup(settings: Settings, file: Path, passphrase_file: Path | None) -> None:
    """Write one moment of the whole database, and the key ring sealed with a passphrase, to a new FILE."""
    passphrase = secret(passphrase_file, ASKED_FOR, confirm=True)
    wiring = ready(settings)
    try:
        with wiring.engine.database.plainly():
            made = write_backup(
                wiring.engine.database,
                file,
                keys=settings.key_ring.read_bytes(),
                passphrase=passphrase,
                at=wiring.clock(),
                also=ALSO,
            )
    except FileExistsError:
        raise click.ClickException(f"{file} is there already. A backup never overwrites another.") from None
    wiring.engine.leave_sign("backup", at=wiring.clock())
    click.echo(f"{made.total} rows of {len(made.rows)} tables and the key ring are in {file}.")
    click.echo("Keep the passphrase apart from the file: without it persons' data cannot be read again.")


@click.command(short_help="Fill an empty database out of a backup.")
@click.argument("file", type=A_FILE)
@click.option(
    "--passphrase-file", type=A_FILE, help="A file whose first line is the passphrase; without one it is asked for."
)
@click.pass_obj
def restore(settings: Settings, file: Path, passphrase_file: Path | None) -> None:
    """Fill an empty database and write the key ring out of a backup, then read every audit chain."""
    if settings.key_ring.exists():
        raise click.ClickException(
            f"{settings.key_ring} is there already. A restore never overwrites keys: name another LAJUR_DATA_DIR or LAJUR_KEYS."
        )
    passphrase = secret(passphrase_file, ASKED_FOR)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database, create=True)
    click.get_current_context().call_on_close(database.close)
    with database.plainly():
        made = read_backup(database, file, passphrase=passphrase, keys_to=settings.key_ring, also=ALSO)
    with database.plainly(), database.reading() as connection:
        breaks = sum(1 for _ in verify_audit(connection)) + sum(1 for _ in verify_access(connection))
    click.echo(
        f"{made.total} rows as of {made.made_at:%Y-%m-%d %H:%M} UTC are back, and the key ring: {settings.key_ring}"
    )
    click.echo("The audit trail holds." if not breaks else f"The audit trail is broken at {breaks} places.")
    sys.exit(1 if breaks else 0)

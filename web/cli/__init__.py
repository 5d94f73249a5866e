"""The command line: `lajur WORD …`. It starts and asks; what is done is done by the packages below.

What a command does not need is not loaded: a second start is quick, and `lajur check` opens no database.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from web.config import SettingError, Settings, described, read_settings

if TYPE_CHECKING:
    from sop_catalog.publishing import Loaded, Verdict
    from web.wiring import Wiring

ASKED_FOR = "Passphrase of the backup"
BPMN = Path(__file__).resolve().parents[1] / "bpmn"


class Refusing(click.Group):
    """A group whose refusals are one sentence on the screen, not a stack."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; tell a refusal plainly and leave with 1."""
        from engine.errors import Refusal  # noqa: PLC0415 - quick to load, and needed only where something runs

        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from None


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lajur")
@click.pass_context
def main(context: click.Context) -> None:
    """Lajur: each SOP is a BPMN 2.0 diagram, and each case runs through it."""
    try:
        context.obj = read_settings(os.environ)
    except SettingError as wrong:
        raise click.ClickException(str(wrong)) from None


@main.command("settings")
@click.pass_obj
def show_settings(settings: Settings) -> None:
    """Print every setting, its value and what it does."""
    for name, default, meaning in described():
        value = getattr(settings, name.removeprefix("LAJUR_").lower())
        shown = "" if value is None else str(value)
        mark = "  (set)" if shown != default else ""
        click.echo(f"{name}={_without_password(shown)}{mark}\n    {meaning}")


@main.command()
@click.pass_obj
def serve(settings: Settings) -> None:
    """Make everything ready, then serve until Ctrl+C. (Siapkan semuanya, lalu layani.)"""
    begun = time.monotonic()
    wiring = _ready(settings)
    from waitress import create_server  # type: ignore[import-untyped] # noqa: PLC0415 - only here, and without types

    from engine.worker import Worker  # noqa: PLC0415 - only here
    from web.app import create_app  # noqa: PLC0415 - only here

    _log(settings)
    try:
        server = create_server(
            create_app(wiring),
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident="",
            max_request_body_size=21_000_000,
            **_proxy(settings),
        )
    except OSError as taken:
        raise click.ClickException(
            f"{settings.host}:{settings.port} cannot be listened on ({taken.strerror}). Set LAJUR_PORT to another port."
        ) from None
    worker = Worker(wiring.engine, beside=(_drafts_due(wiring),))
    worker.start()
    _tell(f"Lajur: [bold]{settings.address}[/bold]  (ready after {time.monotonic() - begun:.1f} s; Ctrl+C stops it)")
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        worker.stop()
        server.close()
        wiring.engine.close()


def _drafts_due(wiring: Wiring) -> Callable[[datetime], int]:
    """What puts owners' approved drafts in force on their day; the second interpreter is loaded only when there is one."""
    from sop_catalog.publishing import publish_due  # noqa: PLC0415 - only here
    from web.wiring import both_interpreters  # noqa: PLC0415 - only here

    def put(at: datetime) -> int:
        return publish_due(wiring.engine, at=at, interpreters=lambda: both_interpreters(wiring.settings.interpreter))

    return put


def _stop(*_: object) -> NoReturn:
    raise SystemExit(0)


def _proxy(settings: Settings) -> dict[str, Any]:
    """Take a proxy's word on where a request comes from, and only that proxy's."""
    if not settings.trusted_proxy:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    return {
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_headers": headers,
        "clear_untrusted_proxy_headers": True,
    }


@main.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Make the database, or bring it to this program's shape."""
    _wire(settings, create=True).engine.migrate()
    click.echo(f"The database has the shape of this program: {_without_password(settings.database)}")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
def check(paths: Sequence[Path], *, as_json: bool) -> None:
    """Put BPMN files, or all below a folder, before every rule. Leaves with 0 only if all are accepted."""
    from sop_catalog.publishing import check_paths  # noqa: PLC0415 - only here

    verdicts = check_paths(paths)
    if as_json:
        click.echo(json.dumps([each.as_json() for each in verdicts], ensure_ascii=False, indent=2))
    else:
        for each in verdicts:
            _print_verdict(each)
        refused = sum(not each.accepted for each in verdicts)
        click.echo(f"{len(verdicts) - refused} accepted, {refused} refused")
    sys.exit(0 if verdicts and all(each.accepted for each in verdicts) else 1)


def _print_verdict(verdict: Verdict) -> None:
    click.echo(f"{'accepted' if verdict.accepted else 'REFUSED '}  {verdict.place}")
    for each in verdict.findings:
        click.echo(f"    {each.severity}: {each}")


@main.command()
@click.argument("tables", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=BPMN, help="Folder to write below.")
def draw(tables: Sequence[Path], into: Path) -> None:
    """Draw SOP tables (TOML) as laid-out BPMN diagrams; write none where one cannot be drawn."""
    from sop_catalog.sheets.draw import draw_files, store  # noqa: PLC0415 - only here

    drawn, refused = draw_files(tables)
    for path in () if refused else store(drawn, into):
        click.echo(str(path))
    for each in refused:
        click.echo(str(each), err=True)
    sys.exit(1 if refused else 0)


@main.group()
def demo() -> None:
    """Made-up officers and cases, to look around with."""


@demo.command("load")
@click.pass_obj
def demo_load(settings: Settings) -> None:
    """Load the demo data into the database of the settings."""
    wiring = _wire(settings)
    wiring.engine.check()
    _load_demo(wiring)


@main.group()
def admin() -> None:
    """Those who keep the program running."""


@admin.command("create")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option("--post", default="admin-sistem", show_default=True)
@click.option("--office", default="pusat", show_default=True)
@click.pass_obj
def admin_create(settings: Settings, login: str, name: str, post: str, office: str) -> None:
    """Make the first officer of a real installation; the password is asked for."""
    from engine import add_officer, assign_post  # noqa: PLC0415 - only here
    from web.first_start import load_registers  # noqa: PLC0415 - only here
    from web.identity.passwords import SHORTEST, hash_password  # noqa: PLC0415 - only here

    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(password) < SHORTEST:
        raise click.ClickException(f"The password needs at least {SHORTEST} characters.")
    wiring = _wire(settings)
    at = wiring.clock()
    wiring.engine.check()
    load_registers(wiring.engine, at=at)
    with wiring.engine.begin(at=at) as work:
        add_officer(work, login, name=name, password=hash_password(password))
        assign_post(work, login, post=post, office=office, begins_on=at.date())
    click.echo(f"{login} can sign in now.")


@main.group()
def office() -> None:
    """The offices that cases run in."""


@office.command("add")
@click.argument("code")
@click.option("--name", required=True, help="As people call it: “BP3MI Papua Selatan”.")
@click.option("--city", required=True)
@click.option("--province", required=True)
@click.option("--zone", required=True, help="IANA: Asia/Jakarta, Asia/Makassar, Asia/Jayapura.")
@click.option("--phone", default="", help="What the people it serves may call; it stands on their slip.")
@click.option("--kind", default="regional", show_default=True, type=click.Choice(["regional", "service-point"]))
@click.option("--like", default="", help="An office whose working week it has; without one, the national week.")
@click.option(
    "--area", "areas", multiple=True, help="A Kemendagri code of its working area; taken over from who had it."
)
@click.pass_obj
def office_add(settings: Settings, /, code: str, areas: Sequence[str], like: str, kind: str, **named: str) -> None:
    """Add an office, or change it: from the next page on it can be chosen, and its posts can be filled."""
    from engine import add_office  # noqa: PLC0415 - only here
    from engine.domain.organisation import Office, OfficeKind  # noqa: PLC0415 - only here
    from sop_catalog.registers import regions  # noqa: PLC0415 - only here

    if strange := sorted(set(areas) - {part for region in regions() for part in _around(region)}):
        raise click.ClickException(f"No regency, city or province has the code {', '.join(strange)}.")
    wiring = _wire(settings)
    wiring.engine.check()
    at = wiring.clock()
    with wiring.engine.begin(at=at) as work:
        pattern = work.organisation.office(like).pattern if like else {}
        add_office(work, Office(code, kind=OfficeKind(kind), pattern=pattern, **named), regions=areas)
    click.echo(
        f"{code} is one of {_how_many_offices(wiring)} offices now. Its working area: {', '.join(areas) or 'none yet'}."
    )
    click.echo(f"Next: lajur officer add LOGIN --name … and lajur officer post LOGIN POST {code}")


def _around(region: str) -> list[str]:
    """A regency's code and that of its province."""
    parts = region.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _how_many_offices(wiring: Wiring) -> int:
    from engine.queries import offices  # noqa: PLC0415 - only here

    with wiring.engine.reading(at=wiring.clock()) as reader:
        return len(offices(reader))


@main.group()
def officer() -> None:
    """Those who work in the offices."""


@officer.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Its first line.")
@click.pass_obj
def officer_add(settings: Settings, login: str, name: str, password_file: Path | None) -> None:
    """Make an officer known who can sign in; posts are given with `lajur officer post`."""
    from engine import add_officer  # noqa: PLC0415 - only here
    from web.identity.passwords import SHORTEST, hash_password  # noqa: PLC0415 - only here

    password = _secret(password_file, "Password", confirm=True)
    if len(password) < SHORTEST:
        raise click.ClickException(f"The password needs at least {SHORTEST} characters.")
    wiring = _wire(settings)
    wiring.engine.check()
    wiring.engine.perform(add_officer, login, name=name, password=hash_password(password), at=wiring.clock())
    click.echo(f"{login} can sign in now.")


@officer.command("post")
@click.argument("login")
@click.argument("post")
@click.argument("office")
@click.option("--from", "begins_on", type=click.DateTime(["%Y-%m-%d"]), help="The first day; without one, today.")
@click.option("--until", "ends_on", type=click.DateTime(["%Y-%m-%d"]), help="The last day; without one, open.")
@click.option("--acting", default="", type=click.Choice(["", "Plt.", "Plh."]), help="In what capacity.")
@click.pass_obj
def officer_post(
    settings: Settings,
    login: str,
    post: str,
    office: str,
    begins_on: datetime | None,
    ends_on: datetime | None,
    acting: str,
) -> None:
    """Give an officer a post in an office for a time."""
    from engine import assign_post  # noqa: PLC0415 - only here
    from engine.domain.organisation import Acting  # noqa: PLC0415 - only here

    wiring = _wire(settings)
    wiring.engine.check()
    at = wiring.clock()
    first, last = (begins_on or at).date(), ends_on.date() if ends_on else None
    given: dict[str, Any] = {"post": post, "office": office, "begins_on": first, "ends_on": last}
    wiring.engine.perform(assign_post, login, **given, acting=Acting(acting), at=at)
    click.echo(f"{login} holds {post} in {office} from {first}.")


@officer.command("password")
@click.argument("login")
@click.pass_obj
def officer_password(settings: Settings, login: str) -> None:
    """Give an officer a password that is good for one sign-in. It is printed once; every session of theirs ends."""
    from engine import set_password  # noqa: PLC0415 - only here
    from web.identity.passwords import hash_password, one_time_password  # noqa: PLC0415 - only here

    wiring = _wire(settings)
    wiring.engine.check()
    password = one_time_password()
    wiring.engine.perform(set_password, login, password=hash_password(password), once=True, at=wiring.clock())
    click.echo(password)


@officer.command("deactivate")
@click.argument("login")
@click.option("--reason", required=True)
@click.pass_obj
def officer_deactivate(settings: Settings, login: str, reason: str) -> None:
    """End an officer's sessions and tokens, and give back what they have in hand."""
    from engine import deactivate_officer  # noqa: PLC0415 - only here

    wiring = _wire(settings)
    wiring.engine.check()
    wiring.engine.perform(deactivate_officer, login, reason=reason, at=wiring.clock())
    click.echo(f"{login} cannot sign in any more.")


@main.group()
def token() -> None:
    """Tokens with which other programs use the interface under /api/v1."""


@token.command("create")
@click.argument("login")
@click.option("--name", required=True, help="What the token is for.")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 366))
@click.pass_obj
def token_create(settings: Settings, login: str, name: str, days: int) -> None:
    """Let another program act in this officer's name. The token is printed once."""
    from engine import create_token  # noqa: PLC0415 - only here

    wiring = _wire(settings)
    receipt = wiring.engine.perform(create_token, login, name=name, lasts=timedelta(days=days), at=wiring.clock())
    click.echo(receipt.name)


@main.group()
def keys() -> None:
    """The key ring, with which persons' data is encrypted."""


@keys.command("rotate")
@click.pass_obj
def keys_rotate(settings: Settings) -> None:
    """Add a new key and encrypt everything with it, while the program runs on. Earlier keys stay for earlier backups."""
    from engine import turn_key_ring  # noqa: PLC0415 - only here

    if not settings.key_ring.exists():
        raise click.ClickException(f"There is no key ring at {settings.key_ring}.")
    _wire(settings).engine.check()
    turned = turn_key_ring(settings.key_ring)
    click.echo(f"New key {turned.current} in {settings.key_ring}: put it into the next backup.")
    _carry_on(settings)


@keys.command("resume")
@click.pass_obj
def keys_resume(settings: Settings) -> None:
    """Go on with a rotation that was interrupted; no new key is added."""
    _carry_on(settings)


@keys.command("retire")
@click.argument("key")
@click.pass_obj
def keys_retire(settings: Settings, key: str) -> None:
    """Take an earlier key out of the ring, once nothing in the database stands under it."""
    from engine import cells_under, drop_key  # noqa: PLC0415 - only here

    wiring = _wire(settings)
    with wiring.engine.reading(at=wiring.clock()) as reader:
        left = cells_under(reader.connection, key)
    if left:
        raise click.ClickException(f"{left} cells still stand under {key}. Run `lajur keys resume` first.")
    try:
        drop_key(settings.key_ring, key)
    except KeyError:
        raise click.ClickException(f"The key ring holds no key {key}.") from None
    except ValueError:
        raise click.ClickException(f"{key} is the current key. Run `lajur keys rotate` first.") from None
    click.echo(f"{key} is no longer in {settings.key_ring}. Earlier backups keep it in their own ring.")


def _carry_on(settings: Settings) -> None:
    from engine import rotate_keys  # noqa: PLC0415 - only here

    wiring, done = _wire(settings), 0
    wiring.engine.check()
    while number := wiring.engine.perform(rotate_keys, at=wiring.clock()).number:
        done += number
    click.echo(f"{done} cells were encrypted anew; none is left under an earlier key.")


@main.group()
def audit() -> None:
    """The audit trail."""


@audit.command("verify")
@click.pass_obj
def audit_verify(settings: Settings) -> None:
    """Read every chain of audit records and name each place that was changed. Leaves with 0 only if there is none."""
    from engine import verify_access, verify_audit  # noqa: PLC0415 - only here

    wiring = _wire(settings)
    with wiring.engine.reading(at=wiring.clock()) as reader:
        breaks = list(verify_audit(reader.connection))
        looks = list(verify_access(reader.connection))
    for each in breaks:
        click.echo(f"case row {each.case}, record {each.seq}: {each.what}")
    for look in looks:
        click.echo(f"access record {look.record}, seal {look.seal}: {look.what}")
    click.echo("The audit trail holds." if not breaks else f"The audit trail is broken at {len(breaks)} places.")
    if looks:
        click.echo(f"The chain of access records is broken at {len(looks)} places.")
    sys.exit(1 if breaks or looks else 0)


@main.command("health")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def show_health(settings: Settings, *, as_json: bool) -> None:
    """Say how the house is. Leaves with 0 only if nobody has to look: database, worker, timers, deliveries, cases."""
    from dataclasses import asdict  # noqa: PLC0415 - only here

    from engine.queries.health import health  # noqa: PLC0415 - only here

    wiring = _wire(settings)
    wiring.engine.check()
    with wiring.engine.reading(at=wiring.clock()) as reader:
        found = health(reader)
    told = {"sound": found.sound, "database": wiring.engine.shape(), **asdict(found)}
    if as_json:
        click.echo(json.dumps(told, default=str, indent=2))
    else:
        for name, value in told.items():
            said = ", ".join(value) if isinstance(value, tuple) else value
            click.echo(f"{name.replace('_', ' ')}: {'–' if said in (None, '') else said}")
    sys.exit(0 if found.sound else 1)


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Its first line.")
@click.pass_obj
def backup(settings: Settings, file: Path, passphrase_file: Path | None) -> None:
    """Write one moment of the whole database, and the key ring sealed with a passphrase, to a new FILE."""
    from engine import write_backup  # noqa: PLC0415 - only here

    passphrase = _secret(passphrase_file, ASKED_FOR, confirm=True)
    wiring = _wire(settings)
    wiring.engine.check()
    try:
        made = write_backup(
            wiring.engine.database,
            file,
            keys=settings.key_ring.read_bytes(),
            passphrase=passphrase,
            at=wiring.clock(),
            also=_other_tables(),
        )
    except FileExistsError:
        raise click.ClickException(f"{file} is there already. A backup never overwrites another.") from None
    wiring.engine.leave_sign("backup", at=wiring.clock())
    click.echo(f"{made.total} rows of {len(made.rows)} tables and the key ring are in {file}.")
    click.echo("Keep the passphrase apart from the file: without it persons' data cannot be read again.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Its first line.")
@click.pass_obj
def restore(settings: Settings, file: Path, passphrase_file: Path | None) -> None:
    """Fill an empty database and write the key ring out of a backup, then read every audit chain."""
    from engine import Database, read_backup, verify_access, verify_audit  # noqa: PLC0415 - only here

    if settings.key_ring.exists():
        raise click.ClickException(
            f"{settings.key_ring} is there already. A restore never overwrites keys: name another LAJUR_DATA_DIR or LAJUR_KEY_RING."
        )
    passphrase = _secret(passphrase_file, ASKED_FOR)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database, create=True)
    click.get_current_context().call_on_close(database.close)
    made = read_backup(database, file, passphrase=passphrase, keys_to=settings.key_ring, also=_other_tables())
    with database.reading() as connection:
        breaks = sum(1 for _ in verify_audit(connection)) + sum(1 for _ in verify_access(connection))
    click.echo(
        f"{made.total} rows as of {made.made_at:%Y-%m-%d %H:%M} UTC are back, and the key ring: {settings.key_ring}"
    )
    click.echo("The audit trail holds." if not breaks else f"The audit trail is broken at {breaks} places.")
    sys.exit(1 if breaks else 0)


def _secret(file: Path | None, what: str, *, confirm: bool = False) -> str:
    """Ask for it, or read it where nobody sits there to be asked."""
    if file is not None:
        return file.read_text().splitlines()[0].strip() if file.stat().st_size else ""
    asked: str = click.prompt(what, hide_input=True, confirmation_prompt=confirm)
    return asked


def _other_tables() -> Sequence[Any]:
    """Tables of the rooms above the engine, which belong in every backup too."""
    from sop_catalog.storage import metadata  # noqa: PLC0415 - only where everything is written out

    return (metadata,)


def _ready(settings: Settings) -> Wiring:
    """Bring the database, the registers, the procedures and, on a first start, the demo data into place."""
    from sop_catalog.publishing import load_folder  # noqa: PLC0415 - only here
    from web.first_start import load_registers  # noqa: PLC0415 - only here

    new_keys = not settings.key_ring.exists()
    wiring = _wire(settings, create=settings.embedded)
    at = wiring.clock()
    if settings.embedded:
        wiring.engine.migrate()
    wiring.engine.check()
    if new_keys:
        _tell(
            f"New keys: [bold]{settings.key_ring}[/bold] – part of every backup; without it persons' data cannot be read."
        )
    rows = load_registers(wiring.engine, at=at)
    if rows:
        _tell(f"Offices, posts and days off: {rows} rows out of the registers")
    _index(wiring)
    _tell_loaded(load_folder(wiring.engine, BPMN, at=at))
    accounts = settings.data_dir / "demo-accounts.txt"
    if rows and settings.embedded and settings.demo == "auto":
        _load_demo(wiring)
    elif accounts.exists():
        _tell(f"Demo accounts: {accounts}")
    return wiring


def _index(wiring: Wiring) -> None:
    """Make anew what persons are found by, where an earlier program made it by other rules."""
    from engine import index_subjects  # noqa: PLC0415 - only here

    done = 0
    while number := wiring.engine.perform(index_subjects, at=wiring.clock()).number:
        done += number
    if done:
        _tell(f"Persons indexed anew: {done}")


def _tell_loaded(loaded: Loaded) -> None:
    if loaded.published:
        _tell(f"Procedures put in force: {len(loaded.published)}")
    for code in loaded.kept:
        _tell(f"{code}: the edition in force is an owner's and differs from the file; the owner's was kept")
    for verdict in loaded.refused:
        _tell(f"[red]Refused[/red]: {verdict.place}")
        for each in verdict.findings[:3]:
            _tell(f"    {each}")


def _load_demo(wiring: Wiring) -> None:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - only here

    from web.demo import CASES, OFFICES, load_demo  # noqa: PLC0415 - only here

    accounts = wiring.settings.data_dir / "demo-accounts.txt"
    columns = (TextColumn("· Making demo cases"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task("demo", total=CASES)
        made, password = load_demo(
            wiring.engine, accounts, at=wiring.clock(), tell=lambda done, _: progress.update(task, completed=done)
        )
    _tell(f"Demo accounts (kata sandi semuanya: [bold]{password}[/bold]), {len(made)} of them in {accounts}:")
    for office in (*OFFICES, "pusat"):
        chosen = [each for each in made if each.office == office and each.post in SHOWN]
        _tell("    " + "  ".join(each.login for each in chosen))


SHOWN = ("semua", "petugas-sispopmi", "pengelola-kasus", "kepala-bp3mi", "pemilik-proses")
"""Posts whose demo accounts are printed; the others are in the file."""


def _wire(settings: Settings, *, create: bool = False) -> Wiring:
    from web.wiring import wire  # noqa: PLC0415 - `lajur check` needs no database

    wiring = wire(settings, create=create)
    click.get_current_context().call_on_close(wiring.engine.close)
    return wiring


def _log(settings: Settings) -> None:
    from web.logs import start  # noqa: PLC0415 - only where something is logged

    start(settings.log_level, settings.log_format)


def _tell(text: str) -> None:
    from rich.console import Console  # noqa: PLC0415 - quick words need no colours

    Console(highlight=False, soft_wrap=True).print(f"· {text}")


def _without_password(url: str) -> str:
    before, at, after = url.rpartition("@")
    return f"{before.rsplit(':', 1)[0]}:***@{after}" if at and before.count(":") > 1 else url

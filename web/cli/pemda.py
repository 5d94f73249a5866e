"""Local governments: added, listed, ended, taken over from a table, and the letters with their figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from engine import (
    Refusal,
    add_pemda,
    add_pemda_user,
    count_pemda_month,
    end_pemda,
    end_pemda_session,
    end_pemda_user,
    reset_pemda_factor,
    set_pemda_password,
)
from engine.domain.pemda import HOME, Pemda, is_area, month_of
from engine.queries.pemda import pemda_figures, pemda_rows
from engine.queries.people import office_for
from sop_catalog.registers import place_name
from web.app import create_app
from web.cli.speaking import A_FILE, Day
from web.cli.wired import ready
from web.config import Settings
from web.identity import hash_password
from web.identity.passwords import one_time_password
from web.pemda.letters import write_month
from web.tables import read_table
from web.wiring import Wiring

BASIS = "PP 59/2021 Pasal 21; Permen P2MI 32/2025 Pasal 13 huruf e; UU 27/2022 Pasal 20"
COLUMNS: Mapping[str, str] = {
    "kode": "area",
    "nama": "name",
    "dasar hukum": "legal_basis",
    "nomor perjanjian": "agreement",
    "berlaku mulai": "valid_from",
    "berlaku sampai": "valid_until",
    "akun": "login",
    "nama petugas": "person",
}
"""What stands over a column → what it is. `akun` and `nama petugas` may be left out."""
NEEDED = ("area", "name", "agreement", "valid_from")


@click.group(short_help="Local governments.")
def pemda() -> None:
    """Local governments that are told of their own citizens."""


@pemda.command("add", short_help="Add a local government.")
@click.argument("area")
@click.option("--name", required=True, help="As people call it: “Pemerintah Kabupaten Malang”.")
@click.option("--agreement", required=True, help="The number of the agreement with it.")
@click.option("--basis", default=BASIS, show_default=True, help="The legal basis.")
@click.option("--from", "valid_from", type=Day(), help="The first day; without one, today.")
@click.option("--until", "valid_until", type=Day(), help="The last day; without one, until it is ended.")
@click.pass_obj
def pemda_add(
    settings: Settings,
    area: str,
    name: str,
    agreement: str,
    basis: str,
    valid_from: date | None,
    valid_until: date | None,
) -> None:
    """Add the local government of an AREA, a Kemendagri code: 35, 35.07, 35.07.11 or 35.07.11.2003."""
    _expect_place(area)
    wiring = ready(settings)
    at = wiring.clock()
    first = valid_from or at.astimezone(HOME).date()
    wiring.engine.perform(add_pemda, Pemda(area, name, basis, agreement, first, valid_until), at=at)
    click.echo(f"{name} is told of the citizens of {place_name(area)} from {first}.")
    click.echo(f"Next: lajur pemda user add {area} LOGIN --name …")


@pemda.command("list", short_help="Print every local government.")
@click.option("--ended", is_flag=True, help="Those that were ended.")
@click.pass_obj
def pemda_list(settings: Settings, *, ended: bool) -> None:
    """Print every local government with its agreement and its accounts."""
    wiring = ready(settings)
    at = wiring.clock()
    with wiring.engine.reading(at=at) as reader:
        found = pemda_rows(reader, ended=ended)
    for each in found:
        one = each.pemda
        until = one.valid_until.isoformat() if one.valid_until else "open"
        state = "" if one.holds(at) else "  (not in force)"
        accounts = ", ".join(user.login for user in each.users if user.active) or "no account"
        click.echo(f"{one.area}  {one.name}  {one.agreement}  {one.valid_from} – {until}  {accounts}{state}")
    if not found:
        click.echo("There is no local government.")


@pemda.command("end", short_help="Tell a local government nothing any more.")
@click.argument("area")
@click.option("--reason", required=True, help="Why: it stands in the audit trail.")
@click.pass_obj
def pemda_end(settings: Settings, area: str, reason: str) -> None:
    """End the local government of an AREA: its people are signed out at once."""
    wiring = ready(settings)
    wiring.engine.perform(end_pemda, area, reason=reason, at=wiring.clock())
    click.echo(f"{area} is told nothing any more.")


@pemda.group(short_help="Who signs in for one.")
def user() -> None:
    """Those who sign in for a local government. They are no officers."""


@user.command("add", short_help="Let somebody sign in.")
@click.argument("area")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.pass_obj
def user_add(settings: Settings, area: str, login: str, name: str) -> None:
    """Let LOGIN sign in for the local government of an AREA. The password for the first time is printed once."""
    wiring = ready(settings)
    password = one_time_password()
    given = {"name": name, "password": hash_password(password)}
    wiring.engine.perform(add_pemda_user, area, login, **given, at=wiring.clock())
    click.echo(f"{login} signs in under /pemda with this password, once:", err=True)
    click.echo(password)


@user.command("password", short_help="Give a password for one sign-in.")
@click.argument("login")
@click.pass_obj
def user_password(settings: Settings, login: str) -> None:
    """Give LOGIN a password that is good for one sign-in. It is printed once; every session ends."""
    wiring = ready(settings)
    password = one_time_password()
    at = wiring.clock()
    wiring.engine.perform(set_pemda_password, login, password=hash_password(password), once=True, at=at)
    click.echo(password)


@user.command("end", short_help="Let somebody sign in no more.")
@click.argument("login")
@click.pass_obj
def user_end(settings: Settings, login: str) -> None:
    """End the account LOGIN with every session of it."""
    wiring = ready(settings)
    wiring.engine.perform(end_pemda_user, login, at=wiring.clock())
    click.echo(f"{login} cannot sign in any more.")


@user.command("reset-factor", short_help="Take a second factor away.")
@click.argument("login")
@click.option("--reason", required=True, help="Why: it stands in the audit trail.")
@click.pass_obj
def user_reset_factor(settings: Settings, login: str, reason: str) -> None:
    """Forget the second factor of LOGIN and end every session. Make sure who asks for it."""
    wiring = ready(settings)
    wiring.engine.perform(reset_pemda_factor, login, reason=reason, at=wiring.clock())
    click.echo(f"{login} has no second factor any more, and sets one up at the next sign-in.")


@user.command("sessions-end", short_help="Sign somebody out everywhere.")
@click.argument("login")
@click.pass_obj
def user_sessions_end(settings: Settings, login: str) -> None:
    """End every session of LOGIN; it counts from the next click on."""
    wiring = ready(settings)
    done = wiring.engine.perform(end_pemda_session, login, at=wiring.clock())
    click.echo(f"{done.number} sessions of {login} have ended.")


@pemda.command("import", short_help="Add many from a table.")
@click.argument("file", type=A_FILE)
@click.option("--yes", is_flag=True, help="Store the rows without problems, and do not ask.")
@click.option("--check", is_flag=True, help="Only show what would be stored and what is wrong.")
@click.pass_obj
def pemda_import(settings: Settings, file: Path, *, yes: bool, check: bool) -> None:
    """Add the local governments of a FILE, XLSX or CSV, with one account each.

    Its columns: kode, nama, dasar hukum, nomor perjanjian, berlaku mulai, berlaku sampai, akun, nama petugas. Each row
    is shown with its problem, if it has one; rows with a problem are left out. Passwords are printed once.
    """
    wiring = ready(settings)
    rows = list(_rows(wiring, file))
    for row in rows:
        click.echo(f"{row.line:>4}  {row.pemda.area if row.pemda else '':<13}  {row.shown}")
    good = [row for row in rows if not row.problem]
    click.echo(f"{len(good)} of {len(rows)} rows can be stored.", err=True)
    if check or not good or not (yes or click.confirm("Store them?", err=True)):
        return
    for row in good:
        _store(wiring, row)


@pemda.command("letters", short_help="Count a month and write the letters.")
@click.option("--month", help="Like 2026-10; without one, the last.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="A folder for the PDFs; without one, none."
)
@click.pass_obj
def pemda_letters(settings: Settings, month: str | None, out: Path | None) -> None:
    """Count the figures of a month, once and for all, and write a letter for each local government with an agreement.

    Local governments find the same letter on their own pages.
    """
    wiring = ready(settings)
    at = wiring.clock()
    month = month or month_of(_before(at))
    done = wiring.engine.perform(count_pemda_month, month, at=at)
    click.echo(f"{month} {'was counted' if done.state == 'counted' else 'had been counted before; it stands'}.")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in _letters(wiring, month, at):
            (out / name).write_bytes(content)
            click.echo(str(out / name))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of local governments."""

    line: int
    pemda: Pemda | None
    login: str = ""
    person: str = ""
    problem: str = ""

    @property
    def shown(self) -> str:
        """What the preview says of it."""
        if self.problem or self.pemda is None:
            return f"! {self.problem}"
        return (
            f"{self.pemda.name} ({place_name(self.pemda.area)}), {self.pemda.agreement}, {self.login or 'no account'}"
        )


def _rows(wiring: Wiring, file: Path) -> Iterator[Row]:
    """Every row with what is wrong with it: with itself, with a row above, or with what stands already."""
    try:
        table = read_table(file.read_bytes(), file.name)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None
    names = [COLUMNS.get(" ".join(each.lower().replace("_", " ").split()), "") for each in table.header]
    if missing := [each for each, name in COLUMNS.items() if name in NEEDED and name not in names]:
        raise click.ClickException(f"The table has no column {', '.join(missing)}.")
    with wiring.engine.reading(at=wiring.clock()) as reader:
        known = pemda_rows(reader)
    areas = {each.pemda.area for each in known}
    logins = {each.login for row in known for each in row.users}
    for line, cells in zip(table.lines or range(2, len(table.rows) + 2), table.rows, strict=True):
        row = _row(line, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}, areas, logins)
        if row.pemda is not None and not row.problem:
            areas.add(row.pemda.area)
            logins |= {row.login} - {""}
        yield row


def _row(line: int, said: Mapping[str, str], areas: set[str], logins: set[str]) -> Row:
    problems = [f"no {name.replace('_', ' ')}" for name in NEEDED if not said.get(name)]
    area, login = said.get("area", ""), said.get("login", "").lower()
    if area and (not is_area(area) or place_name(area) == area):
        problems.append(f"no place has the code {area}")
    if area in areas:
        problems.append(f"{area} stands already, or in a row above")
    if login and login in logins:
        problems.append(f"somebody has the account {login}")
    days: list[date | None] = []
    for name in ("valid_from", "valid_until"):
        try:
            days.append(_day(said.get(name, "")))
        except ValueError:
            days.append(None)
            problems.append(f"“{said[name]}” is not a day")
    first, last = days
    if first and last and last < first:
        problems.append("it ends before it begins")
    if problems or first is None:
        return Row(line, None, problem="; ".join(problems))
    made = Pemda(area, said["name"], said.get("legal_basis") or BASIS, said["agreement"], first, last)
    return Row(line, made, login, said.get("person") or made.name)


def _day(text: str) -> date | None:
    """A day as spreadsheets and people write it: 2026-01-31, 31/01/2026, 31-01-2026."""
    if not text:
        return None
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(text[:10], shape).date()  # noqa: DTZ007 - a day, on no clock
        except ValueError:
            continue
    raise ValueError(text)


def _store(wiring: Wiring, row: Row) -> None:
    if row.pemda is None:
        return
    password, at = one_time_password(), wiring.clock()
    try:
        wiring.engine.perform(add_pemda, row.pemda, at=at)
        if row.login:
            given = {"name": row.person, "password": hash_password(password)}
            wiring.engine.perform(add_pemda_user, row.pemda.area, row.login, **given, at=at)
    except Refusal as refusal:
        click.echo(f"{row.line:>4}  ! {refusal}", err=True)
        return
    click.echo("  ".join([row.pemda.area, row.login, password] if row.login else [row.pemda.area]))


def _letters(wiring: Wiring, month: str, at: datetime) -> Sequence[tuple[str, bytes]]:
    made = []
    with create_app(wiring).app_context(), wiring.engine.reading(at=at) as reader:
        for each in pemda_rows(reader):
            found = pemda_figures(reader, each.pemda.area, month)
            if found is not None and each.pemda.holds(at):
                content = write_month(each.pemda, found, office_for(reader, each.pemda.area))
                made.append((f"surat-{each.pemda.area}-{month}.pdf", content))
    return made


def _before(at: datetime) -> datetime:
    """An instant of the month before."""
    return at.astimezone(HOME).replace(day=1) - timedelta(days=1)


def _expect_place(area: str) -> None:
    if not is_area(area) or place_name(area) == area:
        raise click.ClickException(f"No province, regency, district or village has the code {area}.")

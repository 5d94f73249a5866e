"""The calendar from the command line: shown, and days off taken in from a file, with a preview first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TextIO

import click

from engine import change_calendar
from engine.domain.calendar import CalendarDay, DayKind, hours_written
from engine.domain.calendar_book import CalendarBook
from engine.queries.calendars import Preview, preview_for_the_house, years_without_decree
from web.cli.wired import ready
from web.config import Settings

COLUMNS = ("date", "kind", "title", "decree", "office")
SHOWN = 20


@click.group()
def calendar() -> None:
    """Days off, working weeks, and what they rest on."""


@calendar.command("show", short_help="Print days off and weeks.")
@click.option("--year", type=click.IntRange(2000, 2100), help="The year; this one where none is given.")
@click.option("--office", default="", help="Only what holds for this office.")
@click.pass_obj
def calendar_show(settings: Settings, year: int | None, office: str) -> None:
    """Print the edition in force: the days off of a year, as a file that `import` takes, and the working weeks."""
    wiring = ready(settings)
    with wiring.engine.reading(at=wiring.clock()) as reader:
        if office:
            reader.organisation.office(office)
        book, missing = reader.organisation.book, years_without_decree(reader)
    year = year or wiring.clock().year
    click.echo(f"# edition {book.number}; decree of {year}: {book.decreed.get(year, 'none known')}")
    for each in missing:
        click.echo(f"# WARNING: no decree on joint leave is entered for {each}; its dates may still move")
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(COLUMNS)
    for day in book.days:
        if day.day.year == year and not day.service and (not office or day.office in {"", office}):
            out.writerow([day.day.isoformat(), day.kind.value, day.title, day.basis, day.office])
    click.echo(text.getvalue(), nl=False)
    for rule in book.weeks:
        if not office or rule.office in {"", office}:
            whom = " ".join(filter(None, (rule.office or "everybody", rule.service)))
            span = f"{rule.first or '…'} – {rule.last or '…'}"
            click.echo(
                f"# {rule.name} ({whom}, {span}): {' | '.join(hours_written(each) or '-' for each in rule.week)}"
            )


@calendar.command("import", short_help="Take in days off from a CSV file.")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option("--decree", default="", help="The number of the decree; needed where a national day changes.")
@click.option("--note", default="", help="Stands in the history of editions.")
@click.option("--yes", is_flag=True, help="Put it in force. Without this, only what it would move is told.")
@click.pass_obj
def calendar_import(settings: Settings, file: TextIO, decree: str, note: str, *, yes: bool) -> None:
    """Add the days of FILE to the calendar, or change those of the same date and office; it takes none away.

    FILE is CSV with the columns date, kind (public, joint-leave, local), title, decree, office; lines with # are left
    out. First it tells which dates move; only with --yes it becomes the next edition.
    """
    wiring = ready(settings)
    days = tuple(_days(file))
    with wiring.engine.reading(at=wiring.clock()) as reader:
        before = reader.organisation.book
        book = _with_days(before, days)
        found = preview_for_the_house(reader, book, length=SHOWN)
    _tell(found)
    if not found.changes:
        click.echo("The calendar says just this already.")
        return
    if not yes:
        click.echo("Nothing was changed. With --yes it comes into force.")
        return
    made = wiring.engine.perform(change_calendar, book, decree=decree, note=note, seen=before.number, at=wiring.clock())
    click.echo(f"Edition {made.number} is in force. The worker moves the dates now.")


def _days(file: TextIO) -> Iterator[CalendarDay]:
    """Each row of the file. Raises ClickException that names the row."""
    rows = csv.DictReader(line for line in file if line.strip() and not line.startswith("#"))
    if missing := sorted({"date", "kind", "title"} - set(rows.fieldnames or ())):
        raise click.ClickException(f"The file has no column {', '.join(missing)}.")
    for place, row in enumerate(rows, start=1):
        said = {name: (row.get(name) or "").strip() for name in COLUMNS}
        try:
            day, kind = date.fromisoformat(said["date"]), DayKind(said["kind"])
        except ValueError as wrong:
            raise click.ClickException(f"Row {place} cannot be read: {wrong}.") from None
        if not said["title"]:
            raise click.ClickException(f"Row {place} has no title.")
        yield CalendarDay(day, kind, said["title"], said["decree"], said["office"])


def _with_days(book: CalendarBook, days: tuple[CalendarDay, ...]) -> CalendarBook:
    """The book with these days; a day that stands twice in the file is refused by the book itself."""
    named = {(each.day, each.office, each.service) for each in days}
    kept = (each for each in book.days if (each.day, each.office, each.service) not in named)
    return replace(book, days=(*kept, *days))


def _tell(found: Preview) -> None:
    for each in found.changes:
        click.echo(f"{each.how} {each.what} {each.first or ''} {each.office or 'everybody'}: {each.title}")
    least = "" if found.whole else "at least "
    click.echo(f"{least}{found.moved} dates of {found.cases} cases move: {found.later} later, {found.earlier} earlier")
    for row in found.rows:
        click.echo(
            f"  {row.case or '-'} {row.kind} {row.name}: "
            f"{row.before:%Y-%m-%d %H:%M} -> {row.after:%Y-%m-%d %H:%M} ({', '.join(row.why)})"
        )
    if found.following:
        click.echo("  …")

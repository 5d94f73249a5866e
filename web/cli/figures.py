"""The public figures from the command line: made by hand, corrected, listed. They are published by a person on a page."""

from __future__ import annotations

import click

from engine.domain.figures import EditionState, Period
from engine.queries.figures import figures_known, published_figures
from sop_catalog.figures import correct, datasets, prepare
from web.cli.wired import ready
from web.config import Settings

CODES = tuple(each.code for each in datasets())


@click.group(short_help="The figures for everybody.")
def figures() -> None:
    """The monthly open data. The worker makes it on the 5th of the next month; a person of the head office publishes it."""


@figures.command("make", short_help="Make the figures of a month or a year.")
@click.option("--month", "period", required=True, metavar="YYYY-MM", help="A month that is over, or a year: 2026.")
@click.pass_obj
def figures_make(settings: Settings, period: str) -> None:
    """Make every data set of a month, or of a year, that is not published yet: anew where it waits already."""
    wiring = ready(settings)
    done = prepare(wiring.engine, Period.of(period), at=wiring.clock())
    if done:
        click.echo(f"{done} data sets of {period} wait for the data steward: {settings.address}/audit/figures")
    else:
        click.echo(f"All data sets of {period} are published. A correction is made with: lajur figures correct")


@figures.command("correct", short_help="Make a corrected edition, with its reason.")
@click.argument("dataset", type=click.Choice(CODES))
@click.option("--month", "period", required=True, metavar="YYYY-MM", help="The month, or the year, to be corrected.")
@click.option("--reason", required=True, help="Why; everybody reads it beside the new edition. Name no person.")
@click.pass_obj
def figures_correct(settings: Settings, dataset: str, period: str, reason: str) -> None:
    """Count one DATASET of a month anew as its next edition. The older edition stays at its address."""
    wiring = ready(settings)
    digest = correct(wiring.engine, dataset, Period.of(period), reason=reason, at=wiring.clock())
    click.echo(f"A new edition of {dataset}, {period}, waits for the data steward (SHA-256 {digest}).")


@figures.command("list", short_help="Print what is published and what waits.")
@click.option("--month", "period", metavar="YYYY-MM", help="Only this month or year, with what waits of it.")
@click.pass_obj
def figures_list(settings: Settings, period: str | None) -> None:
    """Print every published edition with its hash; of one month also what waits."""
    wiring = ready(settings)
    with wiring.engine.reading(at=wiring.clock()) as reader:
        found = published_figures(reader)
        known = figures_known(reader, Period.of(period).text) if period else {}
    for each in found:
        if period in (None, each.period):
            click.echo(f"{each.period}  {each.dataset}  edition {each.edition}  {each.sha256}")
    for code, states in known.items():
        if EditionState.PREPARED in states:
            click.echo(f"{period}  {code}  waits")
    if not found and not known:
        click.echo("Nothing is published.")

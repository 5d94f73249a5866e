"""The rules of getting in: which posts claims give, how far the provider's word goes, and who needs a second factor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from engine import add_claim_rule, end_claim_rule, require_factor, set_sign_on_rules
from engine.domain.sign_on import ANY_POST
from engine.queries.sign_on import rules_of_the_house
from web.cli.speaking import Day
from web.cli.wired import ready
from web.config import Settings


@click.group("sign-on", short_help="Who gets in, and with how many proofs.")
def sign_on() -> None:
    """Accounts of another house, and the second factor."""


@sign_on.command("show", short_help="Print the rules that hold.")
@click.pass_obj
def sign_on_show(settings: Settings) -> None:
    """Print the provider, the table of claims and who needs a second factor from when on."""
    wiring = ready(settings)
    with wiring.engine.reading(at=wiring.clock()) as reader:
        page = rules_of_the_house(reader)
    click.echo(f"provider: {settings.oidc_issuer or 'none'}")
    click.echo(f"link by: {page.rules.link_by or 'administrators alone'}")
    click.echo(f"two factors: amr {', '.join(page.rules.amr) or '-'}; acr {', '.join(page.rules.acr) or '-'}")
    for each in page.claims:
        click.echo(f"{each.number}  {each.claim} = {each.value}  {each.post} in {each.office}")
    for post, since in page.factors.items():
        click.echo(f"second factor: {post or 'any post'} from {since}")
    click.echo(
        f"officers with a post: {page.officers}, with a second factor: {page.with_factor}, linked: {page.linked}"
    )


@sign_on.command("map", short_help="Let a value of a claim give a post.")
@click.argument("claim")
@click.argument("value")
@click.argument("post")
@click.argument("office")
@click.pass_obj
def sign_on_map(settings: Settings, claim: str, value: str, post: str, office: str) -> None:
    """Give the POST in the OFFICE to everybody whose token has the VALUE in the CLAIM, from the next sign-in on."""
    wiring = ready(settings)
    made = wiring.engine.perform(add_claim_rule, claim=claim, value=value, post=post, office=office, at=wiring.clock())
    click.echo(f"Line {made.number}: {claim} = {value} gives {post} in {office}.")


@sign_on.command("unmap", short_help="Let a value give nothing any more.")
@click.argument("number", type=int)
@click.pass_obj
def sign_on_unmap(settings: Settings, number: int) -> None:
    """Take the line with this NUMBER out of the table; the posts that it gave end at the next sign-in."""
    wiring = ready(settings)
    wiring.engine.perform(end_claim_rule, number, at=wiring.clock())
    click.echo(f"Line {number} gives nothing any more.")


@sign_on.command("rules", short_help="Say how far the provider's word goes.")
@click.option("--link-by", default="", help="The claim that is the login here; without it, administrators link.")
@click.option("--amr", multiple=True, help="A word of amr that stands for two factors; once for each.")
@click.option("--acr", multiple=True, help="A value of acr that stands for two factors; once for each.")
@click.pass_obj
def sign_on_rules(settings: Settings, link_by: str, amr: Sequence[str], acr: Sequence[str]) -> None:
    """Keep these rules in the place of those before: what is not given is not believed."""
    wiring = ready(settings)
    wiring.engine.perform(set_sign_on_rules, link_by=link_by, amr=amr, acr=acr, at=wiring.clock())
    click.echo("The rules were stored.")


@sign_on.command("require", short_help="Require a second factor.")
@click.option("--post", default=ANY_POST, help="The code of the post; without it, everybody who holds any.")
@click.option("--from", "since", type=Day(), required=True, help="The first day.")
@click.pass_obj
def sign_on_require(settings: Settings, post: str, since: date) -> None:
    """Require a second factor from a day on: who has none by then can do nothing but set it up."""
    wiring = ready(settings)
    wiring.engine.perform(require_factor, post, since=since, at=wiring.clock())
    click.echo(f"{post or 'Everybody with a post'} needs a second factor from {since} on.")


@sign_on.command("free", short_help="Require a second factor no longer.")
@click.option("--post", default=ANY_POST, help="The code of the post; without it, the rule for everybody.")
@click.pass_obj
def sign_on_free(settings: Settings, post: str) -> None:
    """Require no second factor any more; who has one goes on being asked for it."""
    wiring = ready(settings)
    wiring.engine.perform(require_factor, post, since=None, at=wiring.clock())
    click.echo(f"{post or 'Everybody with a post'} needs no second factor any more.")

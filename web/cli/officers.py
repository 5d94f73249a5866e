"""Those who sign in: administrators, officers with their posts, and the tokens of other programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from engine import (
    add_officer,
    assign_post,
    create_token,
    deactivate_officer,
    end_session,
    link_identity,
    require_factor,
    reset_factor,
    revoke_token,
    set_password,
    unlink_identity,
)
from engine.domain.organisation import Acting
from engine.domain.token import EVERY_SCOPE, FASTEST, LONGEST
from engine.queries.pages import MOST
from engine.queries.tokens import TokenRow, tokens_for_the_house
from web.cli.speaking import A_FILE, Day, secret
from web.cli.wired import ready
from web.config import Settings
from web.first_start import load_registers
from web.identity.passwords import SHORTEST, hash_password, one_time_password


@click.group()
def admin() -> None:
    """Those who keep the program running."""


@admin.command("create", short_help="Make the first officer.")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option("--post", default="admin-sistem", show_default=True, help="The code of the post that is given.")
@click.option("--office", default="pusat", show_default=True, help="The code of the office in which it is held.")
@click.option(
    "--factor-in",
    "days",
    type=click.IntRange(min=0),
    default=28,
    show_default=True,
    help="Days after which everybody who holds a post needs a second factor, where no rule says who does; 0: no rule.",
)
@click.pass_obj
def admin_create(settings: Settings, login: str, name: str, post: str, office: str, days: int) -> None:
    """Make the first officer of a real installation, who signs in as LOGIN; the password is asked for."""
    password = _long_enough(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    wiring = ready(settings)
    at = wiring.clock()
    load_registers(wiring.engine, at=at)
    since = at.date() + timedelta(days=days)
    with wiring.engine.begin(at=at) as work:
        add_officer(work, login, name=name, password=hash_password(password))
        assign_post(work, login, post=post, office=office, begins_on=at.date())
        asks = days > 0 and not work.organisation.factors
        if asks:
            require_factor(work, since=since)
    click.echo(f"{login} can sign in now.")
    if asks:
        click.echo(
            f"From {since} on everybody who holds a post needs a second factor (Kelola > Cara masuk changes it)."
        )


@click.group()
def officer() -> None:
    """Those who work in the offices."""


@officer.command("add", short_help="Make an officer known.")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--password-file", type=A_FILE, help="A file whose first line is the password; without one it is asked for."
)
@click.pass_obj
def officer_add(settings: Settings, login: str, name: str, password_file: Path | None) -> None:
    """Make an officer known, who signs in as LOGIN; posts are given with `lajur officer post`."""
    password = _long_enough(secret(password_file, "Password", confirm=True))
    wiring = ready(settings)
    wiring.engine.perform(add_officer, login, name=name, password=hash_password(password), at=wiring.clock())
    click.echo(f"{login} can sign in now.")


@officer.command("post", short_help="Give an officer a post for a time.")
@click.argument("login")
@click.argument("post")
@click.argument("office")
@click.option("--from", "begins_on", type=Day(), help="The first day; without one, today.")
@click.option("--until", "ends_on", type=Day(), help="The last day; without one, open.")
@click.option("--acting", type=click.Choice(["Plt.", "Plh."]), help="In what capacity, where it is not their own post.")
@click.pass_obj
def officer_post(
    settings: Settings,
    login: str,
    post: str,
    office: str,
    begins_on: date | None,
    ends_on: date | None,
    acting: str | None,
) -> None:
    """Give the officer LOGIN a POST in an OFFICE, both by their codes, for a time."""
    wiring = ready(settings)
    at = wiring.clock()
    first = begins_on or at.date()
    given: dict[str, Any] = {"post": post, "office": office, "begins_on": first, "ends_on": ends_on}
    wiring.engine.perform(assign_post, login, **given, acting=Acting(acting or ""), at=at)
    click.echo(f"{login} holds {post} in {office} from {first}.")


@officer.command("password", short_help="Give a password for one sign-in.")
@click.argument("login")
@click.pass_obj
def officer_password(settings: Settings, login: str) -> None:
    """Give the officer LOGIN a password that is good for one sign-in. It is printed once; every session of theirs ends."""
    wiring = ready(settings)
    password = one_time_password()
    wiring.engine.perform(set_password, login, password=hash_password(password), once=True, at=wiring.clock())
    click.echo(password)


@officer.command("deactivate", short_help="Let an officer sign in no more.")
@click.argument("login")
@click.option("--reason", required=True, help="Why: it stands in the audit trail.")
@click.pass_obj
def officer_deactivate(settings: Settings, login: str, reason: str) -> None:
    """End the sessions and tokens of the officer LOGIN, and give back what they have in hand."""
    wiring = ready(settings)
    wiring.engine.perform(deactivate_officer, login, reason=reason, at=wiring.clock())
    click.echo(f"{login} cannot sign in any more.")


@officer.command("link", short_help="Let an account of the agency in.")
@click.argument("login")
@click.argument("subject")
@click.option("--issuer", help="The provider; without one, that of LAJUR_OIDC_ISSUER.")
@click.pass_obj
def officer_link(settings: Settings, login: str, subject: str, issuer: str | None) -> None:
    """Let the account SUBJECT of the provider of sign-on in as the officer LOGIN."""
    named = issuer or settings.oidc_issuer
    if not named:
        raise click.UsageError("No provider is set up: give --issuer, or set LAJUR_OIDC_ISSUER.")
    wiring = ready(settings)
    made = wiring.engine.perform(link_identity, login, issuer=named, subject=subject, at=wiring.clock())
    click.echo(f"Account {made.number} lets {login} in.")


@officer.command("unlink", short_help="Let an account of the agency in no more.")
@click.argument("number", type=int)
@click.pass_obj
def officer_unlink(settings: Settings, number: int) -> None:
    """Let the account with this NUMBER in no more, and end the sessions that began with it."""
    wiring = ready(settings)
    done = wiring.engine.perform(unlink_identity, number, at=wiring.clock())
    click.echo(f"Account {number} lets {done.name} in no more.")


@officer.command("reset-factor", short_help="Take a second factor away.")
@click.argument("login")
@click.option("--reason", required=True, help="Why: it stands in the audit trail.")
@click.pass_obj
def officer_reset_factor(settings: Settings, login: str, reason: str) -> None:
    """Forget the second factor of the officer LOGIN and end their sessions. Make sure who asks for it."""
    wiring = ready(settings)
    wiring.engine.perform(reset_factor, login, reason=reason, at=wiring.clock())
    click.echo(f"{login} has no second factor any more.")


@officer.command("sessions-end", short_help="Sign an officer out everywhere.")
@click.argument("login")
@click.pass_obj
def officer_sessions_end(settings: Settings, login: str) -> None:
    """End every session of the officer LOGIN; it counts from the next click on."""
    wiring = ready(settings)
    done = wiring.engine.perform(end_session, login, at=wiring.clock())
    click.echo(f"{done.number} sessions of {login} have ended.")


@click.group(short_help="Tokens for other programs.")
def token() -> None:
    """Tokens with which other programs use the interface under /api/v1."""


@token.command("create", short_help="Let a program act in an officer's name.")
@click.argument("login")
@click.option("--name", required=True, help="What the program is called.")
@click.option("--purpose", required=True, help="What it is for.")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice([each.value for each in EVERY_SCOPE]), help="Once for each."
)
@click.option("--every-scope", is_flag=True, help="All that there are, in place of --scope.")
@click.option(
    "--days", default=90, show_default=True, type=click.IntRange(1, LONGEST.days), help="For how many days it is good."
)
@click.option("--rate", type=click.IntRange(1, FASTEST), help="Requests a minute; without it LAJUR_API_RATE.")
@click.pass_obj
def token_create(
    settings: Settings,
    login: str,
    name: str,
    purpose: str,
    scopes: Sequence[str],
    every_scope: bool,
    days: int,
    rate: int | None,
) -> None:
    """Let another program act in the name of the officer LOGIN, within scopes. The token is printed once."""
    if bool(scopes) == every_scope:
        raise click.UsageError("Say what the program may do: --scope once for each, or --every-scope.")
    wiring = ready(settings)
    given: dict[str, Any] = {"name": name, "purpose": purpose, "scopes": scopes or EVERY_SCOPE, "rate": rate}
    receipt = wiring.engine.perform(create_token, login, **given, lasts=timedelta(days=days), at=wiring.clock())
    click.echo(receipt.name)


@token.command("list", short_help="Print which programs act for whom.")
@click.option("--over", is_flag=True, help="Those that open nothing any more.")
@click.pass_obj
def token_list(settings: Settings, over: bool) -> None:
    """Print every token that is good, with its number, or every one that is over."""
    wiring = ready(settings)
    found: list[TokenRow] = []
    with wiring.engine.reading(at=wiring.clock()) as reader:
        page = tokens_for_the_house(reader, good=not over, length=MOST)
        found += page.rows
        while page.following:
            page = tokens_for_the_house(reader, good=not over, after=page.following, length=MOST)
            found += page.rows
    for each in found:
        click.echo("  ".join(_told(each)))
    if not found:
        click.echo("No token is over." if over else "No program acts for an officer.")


@token.command("end", short_help="Take a token away.")
@click.argument("number", type=int)
@click.pass_obj
def token_end(settings: Settings, number: int) -> None:
    """Take the token with this NUMBER away: it opens nothing any more."""
    wiring = ready(settings)
    wiring.engine.perform(revoke_token, number, at=wiring.clock())
    click.echo(f"Token {number} opens nothing any more.")


def _told(one: TokenRow) -> list[str]:
    used = f"used {one.used_at:%Y-%m-%d %H:%M}" if one.used_at else "not used"
    rate = [f"{one.rate} a minute"] if one.rate else []
    ends = f"ended {one.revoked_at:%Y-%m-%d}" if one.revoked_at else f"until {one.expires_at:%Y-%m-%d}"
    return [str(one.number), one.login, one.name, ",".join(one.scopes), *rate, ends, used]


def _long_enough(password: str) -> str:
    if len(password) < SHORTEST:
        raise click.ClickException(f"The password needs at least {SHORTEST} characters.")
    return password

"""The overview of the house, what has gone wrong in it, and what waits too long."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotValid, Refusal, resolve_incident, retry_incident
from engine.queries.health import health
from engine.queries.house import incidents, late_timers, office_lines, undelivered
from web.house import words
from web.house.calendars import register as register_calendars
from web.house.deliveries import register as register_deliveries
from web.house.officers import register as register_officers
from web.house.offices import register as register_offices
from web.house.pemda import register as register_pemda
from web.house.reports import register as register_reports
from web.house.sign_on import register as register_sign_on
from web.house.tokens import register as register_tokens
from web.identity import ask, expect_power, perform, read, spoken_titles, wiring
from web.language import gettext, say
from web.version import commit, version

blueprint = Blueprint("house", __name__, template_folder="templates")
register_deliveries(blueprint)
register_officers(blueprint)
register_offices(blueprint)
register_pemda(blueprint)
register_calendars(blueprint)
register_reports(blueprint)
register_sign_on(blueprint)
register_tokens(blueprint)
STATES = ("open", "resolved")


@blueprint.before_request
def _for_administrators() -> None:
    """Whoever may not administer is told so before anything is read; the engine asks again."""
    expect_power("administer")


@blueprint.get("/house")
def overview() -> ResponseReturnValue:
    """How the house is: figures, each of which opens its list."""
    now = read(health)
    lines = ask(office_lines)
    kind = "PostgreSQL" if wiring().settings.database.startswith("postgresql") else "SQLite"
    return render_template(
        "house/overview.html",
        now=now,
        figures=words.figures(now),
        without=[each for each in lines if each.empty_posts],
        titles=spoken_titles(),
        kind=kind,
        shape=wiring().engine.shape(),
        version=version(),
        commit=commit(),
        interpreter=wiring().settings.interpreter,
    )


@blueprint.get("/house/incidents")
def troubles() -> ResponseReturnValue:
    """What has gone wrong, by its state."""
    state = request.args.get("state", "open")
    if state not in STATES:
        raise NotValid(what="the state", wanted=" or ".join(STATES), found=f"“{state[:20]}”")
    page = ask(incidents, state=state, after=request.args.get("after"))
    more = url_for("house.troubles", state=state, after=page.following) if page.following else ""
    return render_template(
        "house/incidents.html",
        rows=page.rows,
        more=more,
        state=state,
        titles=spoken_titles(),
        acts=words.act,
        mine=frozenset(g.officer.offices),
    )


@blueprint.post("/house/incidents/<int:number>/retry")
def retry(number: int) -> ResponseReturnValue:
    """Try again what had stopped."""
    _told(retry_incident, number, good=gettext("Tried again. If it fails again, it stands here again."))
    return redirect(url_for("house.troubles"))


@blueprint.post("/house/incidents/<int:number>/resolve")
def resolve(number: int) -> ResponseReturnValue:
    """Lay it aside, with a word why."""
    note = request.form.get("note", "").strip()[:1000]
    _told(resolve_incident, number, good=gettext("Laid aside. Nothing was tried again."), note=note)
    return redirect(url_for("house.troubles"))


def _told(command: object, number: int, *, good: str, **more: str) -> None:
    try:
        perform(command, number, **more)  # type: ignore[arg-type] # either of the two above
    except Refusal as refusal:
        flash(say(refusal), "bad")
    else:
        flash(good, "good")


@blueprint.get("/house/waiting")
def waiting() -> ResponseReturnValue:
    """What should have happened by now: timers, deliveries, and cases in which nothing waits for anybody."""
    now = read(health)
    return render_template(
        "house/waiting.html",
        now=now,
        timers=ask(late_timers),
        deliveries=ask(undelivered),
        titles=spoken_titles(),
    )

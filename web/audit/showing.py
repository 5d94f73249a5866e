"""One page of the desk with what all of them need; it asks for nothing that a page shows of its own."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template

from engine.queries.oversight import overseen_offices
from web.audit import words
from web.audit.sieve import Sieve, periods
from web.identity import ask, has_power, spoken_titles


def page(template: str, choice: Sieve, **more: Any) -> Response:
    """Show it. Raises NotYours for one who oversees nothing."""
    return make_response(
        render_template(
            f"audit/{template}.html",
            choice=choice,
            periods=periods(),
            offices=ask(overseen_offices),
            titles=spoken_titles(),
            **more,
        )
    )


def everywhere() -> dict[str, Any]:
    """What the templates call things."""
    return {
        "hours": words.hours,
        "band": words.band,
        "percent": words.percent,
        "count_names": words.COUNTS,
        "act_names": words.ACTS,
        "offer_names": words.OFFERS,
        "act_reason": words.act_reason,
        "recruiter": words.recruiter,
        "definitions": words.DEFINITIONS,
        "whys": words.WHYS,
        "may_check": has_power("audit"),
    }

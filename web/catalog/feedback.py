"""What the public says of SOPs, on the desk of those who answer it: open the work, read the words there, begin a draft."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from engine.queries.feedback import feedback_page
from web.catalog.blueprint import blueprint
from web.identity import expect_power, read
from web.telling import FEEDBACK_KINDS

POWER = "publish"


@blueprint.get("/catalogue/feedback")
def feedback() -> ResponseReturnValue:
    """What is to be answered, and what has been."""
    expect_power(POWER)
    waiting, over = read(feedback_page, g.officer)
    return render_template("catalog/feedback.html", waiting=waiting, over=over, kinds=FEEDBACK_KINDS)

"""What the public says of SOPs, on the desk of those who answer it: read the words, answer in the step, begin a draft."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from engine import NotFound, read_paper
from engine.domain.feedback import CONTACT, WORDS, contact_in
from engine.queries.feedback import feedback_page
from engine.queries.papers import papers_page
from web.catalog.blueprint import blueprint
from web.identity import expect_power, look_at, read
from web.telling import FEEDBACK_KINDS

POWER = "publish"


@blueprint.get("/catalogue/feedback")
def feedback() -> ResponseReturnValue:
    """What is to be answered, and what has been."""
    expect_power(POWER)
    waiting, over = read(feedback_page, g.officer)
    return render_template("catalog/feedback.html", waiting=waiting, over=over, kinds=FEEDBACK_KINDS)


@blueprint.get("/catalogue/feedback/<case>")
def feedback_words(case: str) -> ResponseReturnValue:
    """One of them with its words, and its giver's contact where there is one: each look is recorded."""
    expect_power(POWER)
    waiting, over = read(feedback_page, g.officer)
    one = next((each for each in (*waiting, *over) if each.number == case), None)
    if one is None:
        raise NotFound(what=f"case {case}")
    rows = read(papers_page, g.officer, case).rows
    held = {each.paper.kind: each.paper.number for each in rows if each.paper.counts}
    said = {kind: look_at(read_paper, case, held[kind]).content.decode() for kind in (WORDS, CONTACT) if kind in held}
    return render_template(
        "catalog/feedback_words.html",
        one=one,
        kind=FEEDBACK_KINDS[one.of.kind],
        words=said.get(WORDS, ""),
        contact=contact_in(said.get(CONTACT, "")),
    )

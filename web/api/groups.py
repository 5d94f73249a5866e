"""Groups for other programs: open one, send its people, ask how they stand."""

# mypy: disallow-untyped-decorators=False
# flask-smorest has no types; its decorators leave the function as it is
from __future__ import annotations

from typing import Any

from flask import g
from marshmallow import Schema, fields, validate

from engine import NotValid, open_event
from engine.domain.event import Event
from engine.domain.token import TokenScope
from engine.queries.groups import Board, board, group, table_questions
from web.admitting import Admission, admit
from web.api.interface import asks, blueprint
from web.identity import ask, perform, read

TEXT = validate.Length(min=1, max=200)
MOST = 1_000


class EventIn(Schema):
    """A group of people who were found or who arrived together."""

    title = fields.String(required=True, validate=TEXT, metadata={"description": "Without names of persons."})
    release = fields.String(
        required=True, validate=TEXT, metadata={"description": "The code of the procedure that each case runs on."}
    )
    office = fields.String(
        validate=TEXT, metadata={"description": "Needed only where you hold posts in several offices."}
    )
    message = fields.String(
        load_default="", metadata={"description": "The message that the cases begin with; left out, by hand."}
    )
    found_at = fields.AwareDateTime(load_default=None)
    place = fields.String(load_default="", validate=validate.Length(max=200))
    source = fields.String(load_default="", validate=validate.Length(max=60))
    note = fields.String(load_default="", validate=validate.Length(max=2000))


class PersonOut(Schema):
    """One person of a group: where the case stands, and nothing of who it is."""

    place = fields.Integer(required=True)
    case = fields.String(required=True)
    state = fields.String(required=True)
    stage = fields.String(required=True)
    alike = fields.List(fields.String())


class EventOut(Schema):
    """A group."""

    number = fields.String(required=True)
    title = fields.String(required=True)
    office = fields.String(required=True)
    release = fields.String(required=True)
    found_at = fields.AwareDateTime(allow_none=True)
    opened_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    people = fields.List(fields.Nested(PersonOut), required=True)


class PeopleIn(Schema):
    """People to be added: for each, answers to forms of the procedure by their names."""

    people = fields.List(
        fields.Dict(keys=fields.String(validate=validate.Length(max=63)), values=fields.Raw(allow_none=True)),
        required=True,
        validate=validate.Length(min=1, max=MOST),
    )


class RowOut(Schema):
    """What became of one of them."""

    row = fields.Integer(required=True, metadata={"description": "From 1, in the order in which they were sent."})
    state = fields.String(required=True, validate=validate.OneOf(["admitted", "there-already", "refused"]))
    case = fields.String(allow_none=True)
    alike = fields.List(fields.String(), metadata={"description": "Cases that may be of the same person."})
    errors = fields.Dict(keys=fields.String(), values=fields.String())


class PeopleOut(Schema):
    """What became of each: one that is refused does not hold up the others."""

    rows = fields.List(fields.Nested(RowOut), required=True)


@blueprint.post("/events")
@asks(TokenScope.GROUPS_WRITE, 404)
@blueprint.arguments(EventIn)
@blueprint.response(201, EventOut)
def add_event(body: dict[str, Any]) -> dict[str, Any]:
    """Open a group."""
    given = {name: body[name] for name in ("title", "message", "found_at", "place", "source", "note")}
    receipt = perform(open_event, procedure=body["release"], office=body.get("office") or _office(), **given)
    return _event(ask(board, receipt.name))


@blueprint.get("/events/<string:number>")
@asks(TokenScope.GROUPS_READ, 404)
@blueprint.response(200, EventOut)
def show_event(number: str) -> dict[str, Any]:
    """A group, with where the case of each of its people stands."""
    return _event(ask(board, number))


@blueprint.post("/events/<string:number>/people")
@asks(TokenScope.GROUPS_WRITE, 404)
@blueprint.arguments(PeopleIn)
@blueprint.response(200, PeopleOut)
def add_people(body: dict[str, Any], number: str) -> dict[str, Any]:
    """Add people to a group. The same person sent again is added once."""
    event: Event = ask(group, number)
    questions = read(table_questions, event.procedure)
    done = admit(event, questions, list(enumerate(body["people"], 1)))
    return {"rows": [_row(each) for each in done]}


def _event(found: Board) -> dict[str, Any]:
    event = found.event
    names = ("number", "title", "office", "found_at", "opened_at", "closed_at")
    people = [
        {"place": each.place, "case": each.case, "state": each.state.value, "stage": each.stage, "alike": each.alike}
        for each in found.people
    ]
    return {**{name: getattr(event, name) for name in names}, "release": event.procedure, "people": people}


def _row(each: Admission) -> dict[str, Any]:
    state = "refused" if not each.case else "there-already" if each.again else "admitted"
    errors = {fault.name or "row": fault.sentence for fault in each.faults}
    return {"row": each.line, "state": state, "case": each.case or None, "alike": each.alike, "errors": errors}


def _office() -> str:
    held = sorted(g.officer.offices)
    if len(held) != 1:
        raise NotValid(what="the office", wanted="named, for you hold posts in several or none", found="missing")
    return str(held[0])

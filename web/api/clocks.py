"""The times of a case for other programs: its clocks, and its pauses, begun and ended."""

# mypy: disallow-untyped-decorators=False
# flask-smorest has no types; its decorators leave the function as it is
from __future__ import annotations

from datetime import timedelta
from typing import Any

from marshmallow import Schema, fields, validate

from engine import end_pause, pause_clocks
from engine.domain.clock import PauseReason
from engine.domain.counting import WORKING
from engine.domain.token import TokenScope
from engine.queries.clock_pages import pause_page
from engine.queries.clocks import ClockRow, clocks_of_case, pauses_of_case
from web.api.interface import asks, blueprint
from web.identity import ask, perform

REASONS = [each.value for each in PauseReason if each is not PauseReason.SUSPENDED]
MOST = 200
"""Clocks that may be chosen at once."""
ROW = validate.Range(min=1, max=2**63 - 1)
MINUTE = timedelta(minutes=1)


class AllowanceOut(Schema):
    """How long something may take, and how that is counted."""

    amount = fields.Float(required=True)
    clock = fields.String(
        required=True,
        metadata={
            "description": "`running-hours`, `working-hours`, `working-days`, `calendar-days`, `consecutive-days`, `months`."
        },
    )
    basis = fields.String(required=True, metadata={"description": "The wording of the law, where it is known."})


class ClockOut(Schema):
    """One clock of a case, open or over."""

    id = fields.Integer(required=True)
    kind = fields.String(
        required=True, metadata={"description": "`case`, `duty`, `stage`, `procedure` or `step`: the outermost first."}
    )
    code = fields.String(required=True, metadata={"description": "Of a step: its procedure, a stroke, its element."})
    name = fields.String(required=True)
    office = fields.String(required=True, metadata={"description": "Whose working time counts."})
    allowance = fields.Nested(AllowanceOut, required=True)
    state = fields.String(
        required=True,
        metadata={
            "description": "`running`; `paused`: it stands still; `ended`; `withdrawn`: what it measured is not needed any more."
        },
    )
    started_at = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(allow_none=True, metadata={"description": "None while it stands still."})
    ended_at = fields.AwareDateTime(allow_none=True)
    late = fields.Boolean(required=True, metadata={"description": "Whether it is late, or was when it ended."})
    minutes_left = fields.Integer(
        allow_none=True,
        metadata={
            "description": "Of one that is open, as it counts: until it is due, below zero where it is late; of one that stands still, what is left of its time."
        },
    )


class PauseIn(Schema):
    """What is awaited, and since when the time does not count."""

    reason = fields.String(required=True, validate=validate.OneOf(REASONS))
    text = fields.String(
        required=True,
        validate=validate.Length(min=1, max=2_000),
        metadata={"description": "What is awaited, without names or numbers of persons."},
    )
    begins_at = fields.AwareDateTime(load_default=None, metadata={"description": "Left out: now. Never ahead of now."})
    ends_at = fields.AwareDateTime(load_default=None, metadata={"description": "Left out: it goes on."})
    clocks = fields.List(
        fields.Integer(strict=True, validate=ROW),
        load_default=list,
        validate=validate.Length(max=MOST),
        metadata={"description": "Only these stand still; left out, all of the case, those included that begin later."},
    )


class PauseEndIn(Schema):
    """When what was awaited came."""

    ended_at = fields.AwareDateTime(load_default=None, metadata={"description": "Left out: now. Never ahead of now."})


class PauseOut(Schema):
    """One pause of a case."""

    id = fields.Integer(required=True)
    reason = fields.String(
        required=True,
        validate=validate.OneOf([each.value for each in PauseReason]),
        metadata={"description": "`suspended`: begun and ended with the suspension of the case."},
    )
    text = fields.String(required=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf(["open", "ended", "void"]),
        metadata={"description": "`void`: entered wrongly, and counts for nothing."},
    )
    clocks = fields.List(fields.Integer(), metadata={"description": "Those that stand still; none: all of the case."})
    begins_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    voided_why = fields.String()
    replaces = fields.Integer(allow_none=True, metadata={"description": "The void one in place of which it stands."})


@blueprint.get("/cases/<string:case>/clocks")
@asks(TokenScope.CLOCKS_READ, 404)
@blueprint.response(200, ClockOut(many=True))
def list_clocks(case: str) -> list[dict[str, Any]]:
    """Every clock of a case, the outermost first."""
    return [_clock(each) for each in ask(clocks_of_case, case)]


@blueprint.get("/cases/<string:case>/pauses")
@asks(TokenScope.CLOCKS_READ, 404)
@blueprint.response(200, PauseOut(many=True))
def list_pauses(case: str) -> list[dict[str, Any]]:
    """Every pause of a case, those that are void too, the first begun first."""
    return [_pause(each) for each in ask(pauses_of_case, case)]


@blueprint.post("/cases/<string:case>/pauses")
@asks(TokenScope.CLOCKS_WRITE, 404)
@blueprint.arguments(PauseIn)
@blueprint.response(201, PauseOut)
def add_pause(body: dict[str, Any], case: str) -> dict[str, Any]:
    """Let the clocks of a case stand still for a lawful reason; every due date concerned is counted anew.

    It may be entered later than it began, and after it ended. Send an `Idempotency-Key`, so that the same sent again is one pause.
    """
    made = perform(pause_clocks, case, **{**body, "clocks": tuple(body["clocks"])})
    return _pause(ask(pause_page, made.number or 0).pause)


@blueprint.post("/pauses/<int:pause>/end")
@asks(TokenScope.CLOCKS_WRITE, 404)
@blueprint.arguments(PauseEndIn)
@blueprint.response(200, PauseOut)
def finish_pause(body: dict[str, Any], pause: int) -> dict[str, Any]:
    """Let what stood still go on; due dates move by exactly the counted time that it took."""
    perform(end_pause, pause, ended_at=body["ended_at"])
    return _pause(ask(pause_page, pause).pause)


def _clock(row: ClockRow) -> dict[str, Any]:
    one = row.clock
    names = ("name", "code", "office", "allowance", "started_at", "due_at", "ended_at")
    left = row.kept
    if row.left is not None:
        left = row.left.working if one.allowance.clock in WORKING else row.left.running
    return {
        **{name: getattr(one, name) for name in names},
        "id": one.number,
        "kind": one.kind.value,
        "allowance": {
            "amount": one.allowance.amount,
            "clock": one.allowance.clock.value,
            "basis": one.allowance.basis,
        },
        "state": one.state.value,
        "late": row.late,
        "minutes_left": None if left is None else int(left / MINUTE),
    }


def _pause(row: Any) -> dict[str, Any]:
    names = ("text", "begins_at", "ends_at", "recorded_at", "voided_why", "replaces")
    return {
        **{name: getattr(row, name) for name in names},
        "id": row.number,
        "reason": row.reason.value,
        "state": "void" if not row.stands else "open" if row.open else "ended",
        "clocks": sorted(row.clocks),
    }

"""What other programs send and get: each body declared, and anything else in it refused."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from sop_catalog.storage import DraftState

TEXT = validate.Length(min=1, max=200)


def _facts(meaning: str) -> fields.Dict:
    """Named values; which names there may be, and of which kind, the form or the procedure says."""
    return fields.Dict(
        keys=fields.String(validate=validate.Length(max=63)),
        values=fields.Raw(allow_none=True),
        load_default=dict,
        metadata={"description": meaning},
    )


class FindingOut(Schema):
    """One thing that stands against a drawing."""

    rule = fields.String(required=True, metadata={"description": "The slug of the rule."})
    severity = fields.String(required=True, validate=validate.OneOf(["error", "warning", "note"]))
    element = fields.String(allow_none=True)
    line = fields.Integer(allow_none=True)
    message = fields.String(required=True)


class ReleaseOut(Schema):
    """An edition of a procedure that cases run on."""

    code = fields.String(required=True)
    edition = fields.Integer(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True)
    published_at = fields.AwareDateTime(required=True)
    published_by = fields.String()


class DraftOut(Schema):
    """A drawing on its way to an edition: a second person approves it, on a page."""

    number = fields.Integer(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    version = fields.Integer(required=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf([each.value for each in DraftState]),
        metadata={
            "description": "`draft`: with its author, also where it was sent back; `submitted`: a second person decides; "
            "`approved`: waits for its day; `in-force`: `edition` was made of it; `withdrawn`: put away."
        },
    )
    base_edition = fields.Integer(allow_none=True, metadata={"description": "The edition that it changes; none: new."})
    author = fields.String(required=True)
    submitted_by = fields.String()
    approved_by = fields.String()
    effective_on = fields.Date(allow_none=True, metadata={"description": "Asked for: from 00.00 WIB of that day."})
    edition = fields.Integer(allow_none=True)
    began_at = fields.AwareDateTime(required=True)
    changed_at = fields.AwareDateTime(required=True)


class ReleaseQuery(Schema):
    """When a drawing is to be in force."""

    on = fields.Date(metadata={"description": "Not before this day; left out, as soon as it is approved."})


class VerdictOut(Schema):
    """What became of a drawing that was sent in. Nothing of it is in force yet."""

    verdict = fields.String(required=True, validate=validate.OneOf(["accepted", "refused"]))
    findings = fields.List(fields.Nested(FindingOut), required=True)
    draft = fields.Nested(
        DraftOut,
        allow_none=True,
        metadata={
            "description": "Begun of it: `submitted` where it was accepted, `draft` where it was refused and may be "
            "mended on a page; none where it could not be read."
        },
    )


class CaseIn(Schema):
    """A case to be begun."""

    release = fields.String(required=True, validate=TEXT, metadata={"description": "The code of a procedure in force."})
    office = fields.String(
        validate=TEXT, metadata={"description": "Needed only where you hold posts in several offices."}
    )
    start = fields.String(
        validate=TEXT, metadata={"description": "The id of a start event; left out, the one without a trigger."}
    )
    facts = _facts("Facts that the procedure knows, by their names.")


class WorkItemOut(Schema):
    """One activity that waits for an officer."""

    id = fields.Integer(required=True)
    version = fields.Integer(required=True, metadata={"description": "Send it back as `seen`."})
    name = fields.String(required=True)
    process = fields.String(required=True)
    element = fields.String(required=True)
    kind = fields.String(
        required=True,
        metadata={
            "description": "`userTask`, `manualTask`, or `serviceTask` and `sendTask`, which wait for a program."
        },
    )
    post = fields.String(required=True, metadata={"description": "Empty: for anybody who holds a post in the office."})
    office = fields.String(required=True)
    state = fields.String(required=True)
    case = fields.String(required=True, metadata={"description": "The case's number."})
    due_at = fields.AwareDateTime(allow_none=True)
    outcomes = fields.List(
        fields.String(), metadata={"description": "What `outcome` may be; an empty one: it may be left out."}
    )


class TimerOut(Schema):
    """A timer that a case waits for."""

    element = fields.String(required=True)
    due_at = fields.AwareDateTime(required=True)


class CaseOut(Schema):
    """Where a case stands. It names no person."""

    edition = fields.Integer(required=True)
    id = fields.Integer(required=True)
    number = fields.String(required=True)
    release = fields.String(required=True)
    title = fields.String(required=True)
    office = fields.String(required=True)
    state = fields.String(required=True)
    stage = fields.String(required=True)
    opened_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(allow_none=True)
    ended_how = fields.String(
        metadata={"description": "`completed`, `terminated`, `error` or `cancelled`, and what more there is to say."}
    )
    facts = fields.Dict(metadata={"description": "What is known of the matter, by name. Nothing of a person."})
    timers = fields.List(fields.Nested(TimerOut), metadata={"description": "What the clock will do, and when."})
    messages = fields.List(fields.String(), metadata={"description": "Names of the messages that it waits for."})
    incidents = fields.Integer(metadata={"description": "Open faults that stop it."})
    work_items = fields.List(fields.Nested(WorkItemOut))
    sub_cases = fields.List(fields.String())


class RecordOut(Schema):
    """One record of what happened in a case."""

    seq = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    kind = fields.String(required=True)
    officer = fields.String()
    on_behalf = fields.String()
    office = fields.String()
    post = fields.String()
    data = fields.Dict()
    hash = fields.String(required=True)


class HistoryQuery(Schema):
    """Which part of a long history."""

    before = fields.Integer(validate=validate.Range(min=1, max=2**31 - 1))
    length = fields.Integer(load_default=100, validate=validate.Range(min=1, max=200))


class HistoryOut(Schema):
    """What happened in a case, the latest first."""

    records = fields.List(fields.Nested(RecordOut), required=True)
    before = fields.Integer(allow_none=True, metadata={"description": "Ask for what came before this record to go on."})


class DispositionIn(Schema):
    """A course to be set for a case."""

    kind = fields.String(required=True, validate=TEXT)
    ground = fields.String(required=True, validate=validate.Length(min=1, max=4000))


class DispositionOut(Schema):
    """A course that was set."""

    id = fields.Integer(required=True)
    kind = fields.String(required=True)
    ground = fields.String(required=True)
    state = fields.String(required=True)
    decided_at = fields.AwareDateTime(required=True)
    sub_case = fields.String(allow_none=True, metadata={"description": "The sub-case's number."})


class WorkListQuery(Schema):
    """Whose work is listed."""

    whose = fields.String(load_default="mine", validate=validate.OneOf(["mine", "post", "office"]))
    mine = fields.String(metadata={"description": "Short for whose=mine."})
    post = fields.String(metadata={"description": "Short for whose=post."})
    office = fields.String(metadata={"description": "Short for whose=office."})
    after = fields.String(validate=validate.Length(max=400))
    length = fields.Integer(load_default=25, validate=validate.Range(min=1, max=200))


class WorkListOut(Schema):
    """Open work items, the least time left first."""

    work_items = fields.List(fields.Nested(WorkItemOut), required=True)
    after = fields.String(allow_none=True, metadata={"description": "Ask with this for the next ones."})


class SeenIn(Schema):
    """The version of the work item that the decision rests on."""

    seen = fields.Integer(required=True)


class CompleteIn(SeenIn):
    """The answers and the outcome of a work item."""

    outcome = fields.String(load_default="", validate=validate.Length(max=200))
    facts = _facts("Answers by the name of their field, and facts that the drawing reads and no form asks for.")


class FailIn(SeenIn):
    """The BPMN error with which a work item ended."""

    code = fields.String(
        required=True, validate=TEXT, metadata={"description": "The code of an error boundary event at or around it."}
    )


REASON = validate.Length(min=1, max=2_000)


class ReasonIn(Schema):
    """Why something is held up, resumed or opened again. Only officers who may see the case read it."""

    reason = fields.String(required=True, validate=REASON)


class TakeBackIn(SeenIn):
    """The version of the completed work item that is taken back, and why."""

    reason = fields.String(required=True, validate=REASON)


class ReturnIn(TakeBackIn):
    """Why an open work item cannot be done as it came, and where it is sent back to."""

    to = fields.Integer(
        required=True, metadata={"description": "The completed work item from which it came: see `returnable`."}
    )


class CorrectIn(ReasonIn):
    """The answers of a completed work item that were wrong, as they should be."""

    answers = _facts("Only what was wrong, by the name of the field.")


class ReturnableOut(Schema):
    """A completed work item to which an open one may be sent back."""

    id = fields.Integer(required=True, attribute="number")
    name = fields.String(required=True)
    by = fields.String(required=True)
    completed_at = fields.AwareDateTime(required=True, attribute="at")


class MessageIn(Schema):
    """A message for the cases that wait for it."""

    name = fields.String(required=True, validate=TEXT)
    keys = fields.Dict(
        keys=fields.String(),
        values=fields.Raw(),
        required=True,
        metadata={"description": "Which case is meant: `case` is its number; anything else is compared with facts."},
    )
    facts = _facts("Facts that the procedure knows, by their names.")


class MessageOut(Schema):
    """What the message moved."""

    case = fields.String(allow_none=True)


class HealthOut(Schema):
    """That the process answers."""

    status = fields.String(required=True)


class ReadyOut(Schema):
    """Whether the program can work now."""

    ready = fields.Boolean(required=True)


class ProblemOut(Schema):
    """What was refused, and why (RFC 9457)."""

    class Meta:
        """Further members may stand beside these."""

        additional_properties = True

    type = fields.String(
        required=True,
        metadata={
            "description": "`urn:lajur:problem:…` names the refusal, `about:blank` says no more than the status."
        },
    )
    title = fields.String(required=True)
    status = fields.Integer(required=True, validate=validate.Range(min=400, max=599))
    detail = fields.String(required=True, metadata={"description": "A sentence for a person, in English."})
    instance = fields.String(metadata={"description": "The number under which a fault of the program is noted."})
    errors = fields.Dict(metadata={"description": "What is wrong, by the name of the field."})
    scope = fields.String(metadata={"description": "The scope that the token lacks."})

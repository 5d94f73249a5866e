"""Each address of the interface: the same queries and commands as the pages give, in the name of a token's officer."""

# mypy: disallow-untyped-decorators=False
# flask-smorest has no types; its decorators leave the function as it is
from __future__ import annotations

from typing import Any

from flask import g, request

from engine import (
    NotValid,
    claim_work_item,
    complete_work_item,
    correct_work_item,
    decide_disposition,
    fail_work_item,
    open_case,
    receive_message,
    release_work_item,
    reopen_case,
    resume_case,
    return_work_item,
    suspend_case,
    take_back_work_item,
)
from engine.domain.case import Case
from engine.domain.release import Activity
from engine.domain.token import TokenScope
from engine.domain.work_item import WorkItem
from engine.queries.audit import timeline
from engine.queries.case import case_page, facts_of_case
from engine.queries.catalogue import ReleaseRow, catalogue, release_page
from engine.queries.dispositions import DispositionRow, dispositions
from engine.queries.going_back import returnable
from engine.queries.work_item import work_item_page
from engine.queries.worklist import Scope, WorkRow, worklist
from sop_catalog.publishing import today
from web.api import schemas
from web.api.interface import asks, blueprint
from web.errors import problem
from web.identity import ask, expect_power, perform, read, wiring
from web.language import gettext
from web.publishing import draft_held, submit_file

SCOPES = {"mine": Scope.MINE, "post": Scope.POSTS, "office": Scope.OFFICE}
DRAWING = {
    "required": True,
    "description": "The BPMN 2.0 file itself.",
    "content": {"application/xml": {"schema": {"type": "string", "maxLength": 2_000_000}}},
}
BPMN = frozenset({"application/xml", "text/xml", "application/octet-stream", "application/bpmn+xml"})


@blueprint.get("/health")
@asks(None)
@blueprint.response(200, schemas.HealthOut)
def health() -> dict[str, str]:
    """Whether this process answers at all."""
    return {"status": "pass"}


@blueprint.get("/ready")
@asks(None)
@blueprint.response(200, schemas.ReadyOut)
def ready() -> dict[str, bool]:
    """Whether it can work: the database answers and has the right shape. 503 where not."""
    wiring().engine.check()
    return {"ready": True}


@blueprint.post("/releases")
@asks(TokenScope.RELEASES_WRITE, 413, 415)
@blueprint.doc(requestBody=DRAWING)
@blueprint.arguments(schemas.ReleaseQuery, location="query")
@blueprint.response(201, schemas.VerdictOut)
@blueprint.alt_response(422, schema=schemas.VerdictOut, description="Refused, with what stands against it")
def add_release(query: dict[str, Any]) -> Any:
    """Send a BPMN 2.0 file as the body: a draft is begun of it, and submitted where no rule stands against it.

    It comes into force when a second person has approved it on a page; ask for its draft to see how far it is. Send an
    `Idempotency-Key`, so that the same file sent again begins no second draft.
    """
    if request.mimetype not in BPMN:
        return problem(
            415,
            gettext("This kind of content is not read here"),
            gettext("Send the BPMN 2.0 file itself as application/xml."),
        )
    expect_power("publish")
    verdict = submit_file(request.get_data(), query.get("on") or today(g.now))
    body = {
        "verdict": "accepted" if verdict.accepted else "refused",
        "findings": [
            {
                "rule": each.rule,
                "severity": each.severity,
                "element": each.element,
                "line": each.line,
                "message": each.sentence,
            }
            for each in verdict.findings
        ],
        "draft": read(draft_held, verdict.draft) if verdict.draft is not None else None,
    }
    return body, 201 if verdict.accepted else 422


@blueprint.get("/drafts/<int:number>")
@asks(TokenScope.RELEASES_READ, 404)
@blueprint.response(200, schemas.DraftOut)
def show_draft(number: int) -> Any:
    """How far a draft is on its way to an edition, for whoever may publish."""
    expect_power("publish")
    return read(draft_held, number)


@blueprint.get("/releases")
@asks(TokenScope.RELEASES_READ)
@blueprint.response(200, schemas.ReleaseOut(many=True))
def list_releases() -> list[dict[str, Any]]:
    """Every procedure in force."""
    return [_release(each) for each in read(catalogue)]


@blueprint.post("/cases")
@asks(TokenScope.CASES_WRITE, 404)
@blueprint.arguments(schemas.CaseIn)
@blueprint.response(201, schemas.CaseOut)
def add_case(body: dict[str, Any]) -> dict[str, Any]:
    """Begin a case of a procedure in force."""
    receipt = perform(
        open_case, body["release"], office=body.get("office") or _office(), facts=body["facts"], start=body.get("start")
    )
    return _case(receipt.case or "")


@blueprint.get("/cases/<string:case>")
@asks(TokenScope.CASES_READ, 404)
@blueprint.response(200, schemas.CaseOut)
def show_case(case: str) -> dict[str, Any]:
    """Where a case stands. `case` is its number."""
    return _case(case)


@blueprint.get("/cases/<string:case>/history")
@asks(TokenScope.CASES_READ, 404)
@blueprint.arguments(schemas.HistoryQuery, location="query")
@blueprint.response(200, schemas.HistoryOut)
def show_history(query: dict[str, Any], case: str) -> Any:
    """What happened in a case, the latest first, each record with its hash."""
    return ask(timeline, case, before=query.get("before"), length=query["length"])


@blueprint.post("/cases/<string:case>/dispositions")
@asks(TokenScope.DISPOSITIONS_WRITE, 404)
@blueprint.arguments(schemas.DispositionIn)
@blueprint.response(201, schemas.DispositionOut)
def add_disposition(body: dict[str, Any], case: str) -> dict[str, Any]:
    """Set a course for a case; it opens a sub-case."""
    receipt = perform(decide_disposition, case, kind=body["kind"], ground=body["ground"])
    made = next(each for each in ask(dispositions, case) if each.number == receipt.number)
    return _disposition(made)


@blueprint.get("/work-items")
@asks(TokenScope.WORK_READ)
@blueprint.arguments(schemas.WorkListQuery, location="query")
@blueprint.response(200, schemas.WorkListOut)
def list_work_items(query: dict[str, Any]) -> dict[str, Any]:
    """Open work items: `?mine`, `?post` (of your posts, taken by nobody) or `?office`."""
    whose = next((each for each in SCOPES if each in query), query["whose"])
    page = ask(worklist, SCOPES[whose], after=query.get("after"), length=query["length"])
    return {"work_items": [_row(each) for each in page.rows], "after": page.following}


@blueprint.get("/work-items/<int:item>")
@asks(TokenScope.WORK_READ, 404)
@blueprint.response(200, schemas.WorkItemOut)
def show_work_item(item: int) -> dict[str, Any]:
    """One work item, with the version to send back as `seen` and the outcomes that it offers."""
    return _one(item)


@blueprint.post("/work-items/<int:item>/claim")
@asks(TokenScope.WORK_WRITE, 404)
@blueprint.arguments(schemas.SeenIn)
@blueprint.response(200, schemas.WorkItemOut)
def claim(body: dict[str, Any], item: int) -> dict[str, Any]:
    """Take a work item."""
    perform(claim_work_item, item, seen=body["seen"])
    return _one(item)


@blueprint.post("/work-items/<int:item>/release")
@asks(TokenScope.WORK_WRITE, 404)
@blueprint.arguments(schemas.SeenIn)
@blueprint.response(200, schemas.WorkItemOut)
def give_back(body: dict[str, Any], item: int) -> dict[str, Any]:
    """Give a work item back to all who hold its post."""
    perform(release_work_item, item, seen=body["seen"])
    return _one(item)


@blueprint.post("/work-items/<int:item>/complete")
@asks(TokenScope.WORK_WRITE, 404)
@blueprint.arguments(schemas.CompleteIn)
@blueprint.response(200, schemas.CaseOut)
def complete(body: dict[str, Any], item: int) -> dict[str, Any]:
    """Complete a work item with its answers and outcome; tells where the case stands then."""
    receipt = perform(complete_work_item, item, seen=body["seen"], outcome=body["outcome"], facts=body["facts"])
    return _case(receipt.case or "")


@blueprint.post("/work-items/<int:item>/fail")
@asks(TokenScope.WORK_WRITE, 404)
@blueprint.arguments(schemas.FailIn)
@blueprint.response(200, schemas.CaseOut)
def fail(body: dict[str, Any], item: int) -> dict[str, Any]:
    """End a work item with a BPMN error, which a boundary event of the drawing catches; tells where the case stands then."""
    receipt = perform(fail_work_item, item, seen=body["seen"], code=body["code"])
    return _case(receipt.case or "")


@blueprint.post("/work-items/<int:item>/take-back")
@asks(TokenScope.WORK_WRITE, 404)
@blueprint.arguments(schemas.TakeBackIn)
@blueprint.response(200, schemas.CaseOut)
def take_back(body: dict[str, Any], item: int) -> dict[str, Any]:
    """Undo one's own completion of a work item while nothing has followed from it; tells where the case stands then."""
    receipt = perform(take_back_work_item, item, seen=body["seen"], reason=body["reason"])
    return _case(receipt.case or "")


@blueprint.get("/work-items/<int:item>/returnable")
@asks(TokenScope.WORK_READ, 404)
@blueprint.response(200, schemas.ReturnableOut(many=True))
def list_returnable(item: int) -> Any:
    """The completed work items to which an open one may be sent back by you; none where it may not be."""
    return list(ask(returnable, item))


@blueprint.post("/work-items/<int:item>/return")
@asks(TokenScope.WORK_WRITE, 404)
@blueprint.arguments(schemas.ReturnIn)
@blueprint.response(200, schemas.CaseOut)
def send_back(body: dict[str, Any], item: int) -> dict[str, Any]:
    """Send an open work item back to the one from which it came; tells where the case stands then."""
    receipt = perform(return_work_item, item, seen=body["seen"], reason=body["reason"], to=body["to"])
    return _case(receipt.case or "")


@blueprint.post("/work-items/<int:item>/correct")
@asks(TokenScope.WORK_WRITE, 404)
@blueprint.arguments(schemas.CorrectIn)
@blueprint.response(200, schemas.CaseOut)
def correct(body: dict[str, Any], item: int) -> dict[str, Any]:
    """Put wrong answers of a completed work item right, where the way of the case does not depend on them."""
    receipt = perform(correct_work_item, item, answers=body["answers"], reason=body["reason"])
    return _case(receipt.case or "")


@blueprint.post("/cases/<string:case>/suspend")
@asks(TokenScope.CASES_WRITE, 404)
@blueprint.arguments(schemas.ReasonIn)
@blueprint.response(200, schemas.CaseOut)
def suspend(body: dict[str, Any], case: str) -> dict[str, Any]:
    """Let a case rest with its sub-cases: acts on it are refused, its timers wait, messages to it are kept."""
    return _case(perform(suspend_case, case, reason=body["reason"]).case or "")


@blueprint.post("/cases/<string:case>/resume")
@asks(TokenScope.CASES_WRITE, 404)
@blueprint.arguments(schemas.ReasonIn)
@blueprint.response(200, schemas.CaseOut)
def resume(body: dict[str, Any], case: str) -> dict[str, Any]:
    """Let a suspended case go on."""
    return _case(perform(resume_case, case, reason=body["reason"]).case or "")


@blueprint.post("/cases/<string:case>/reopen")
@asks(TokenScope.CASES_WRITE, 404)
@blueprint.arguments(schemas.ReasonIn)
@blueprint.response(200, schemas.CaseOut)
def reopen(body: dict[str, Any], case: str) -> dict[str, Any]:
    """Open a cancelled case where it stood, or a new one that follows a completed one; tells of the one that is open then."""
    return _case(perform(reopen_case, case, reason=body["reason"]).case or "")


@blueprint.post("/messages")
@asks(TokenScope.MESSAGES_WRITE, 404)
@blueprint.arguments(schemas.MessageIn)
@blueprint.response(200, schemas.MessageOut)
def add_message(body: dict[str, Any]) -> dict[str, Any]:
    """Deliver a message to the one case that waits for it, or begin a case with it."""
    held = sorted(g.officer.offices)
    office = held[0] if len(held) == 1 else None
    receipt = perform(receive_message, body["name"], keys=body["keys"], facts=body["facts"], office=office)
    return {"case": receipt.case}


def _one(item: int) -> dict[str, Any]:
    page = ask(work_item_page, item)
    return _item(page.item, page.head.case, page.activity)


def _office() -> str:
    """The one office in which the token's officer holds posts. Refuses where there are several."""
    held = sorted(g.officer.offices)
    if len(held) != 1:
        raise NotValid(what="the office", wanted="named, for you hold posts in several or none", found="missing")
    return str(held[0])


def _release(row: ReleaseRow) -> dict[str, Any]:
    names = ("code", "edition", "title", "published_at", "published_by")
    return {**{name: getattr(row, name) for name in names}, "state": row.state.value}


def _case(number: str) -> dict[str, Any]:
    page = ask(case_page, number)
    case, head = page.head.case, page.head
    release = read(release_page, head.release, head.edition).release
    return {
        "id": case.id,
        "number": case.number,
        "release": head.release,
        "edition": head.edition,
        "title": head.title,
        "office": case.office,
        "state": case.state.value,
        "stage": case.stage,
        "opened_at": case.opened_at,
        "ended_at": case.ended_at,
        "ended_how": case.ended_how,
        "facts": ask(facts_of_case, number),
        "timers": [{"element": each.what, "due_at": each.due_at} for each in page.due if each.timer],
        "messages": list(page.messages),
        "incidents": sum(each.state == "open" and not each.overdue for each in page.incidents),
        "work_items": [
            _item(each.item, case, release.activities.get((each.item.process, each.item.element)))
            for each in page.open_items
        ],
        "sub_cases": [each.number for each in page.sub_cases],
    }


def _item(item: WorkItem, case: Case, activity: Activity | None) -> dict[str, Any]:
    names = ("version", "name", "process", "element", "kind", "post", "office", "due_at")
    return {
        **{name: getattr(item, name) for name in names},
        "id": item.number,
        "state": item.state.value,
        "case": case.number,
        "outcomes": [each.value for each in activity.outcomes] if activity else [],
    }


def _row(row: WorkRow) -> dict[str, Any]:
    names = ("version", "name", "process", "element", "kind", "post", "office", "due_at", "case")
    return {**{name: getattr(row, name) for name in names}, "id": row.item, "state": row.state.value}


def _disposition(row: DispositionRow) -> dict[str, Any]:
    names = ("kind", "ground", "decided_at")
    return {
        **{name: getattr(row, name) for name in names},
        "id": row.number,
        "state": row.state.value,
        "sub_case": row.sub_case or None,
    }

"""SpiffWorkflow behind the port: the same promises as the machine's, kept by another engine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.domain.finding import Finding
from engine.domain.limits import LIMITS, Limits
from engine.notation import FlowNode, ManualTask, SendTask, ServiceTask, UserTask
from engine.process import (
    Arrived,
    Bundle,
    CannotRun,
    Closed,
    Closing,
    Completed,
    Due,
    Event,
    Facts,
    Failed,
    NoSuchStart,
    NoSuchToken,
    NotThisWait,
    Program,
    Start,
    StartKind,
    Step,
    Stuck,
    TooEarly,
    Wait,
    WaitKind,
)
from engine.spiff.killable import try_parsing
from engine.spiff.parsing import Parsed, parse
from engine.spiff.plan import Plan, Sign
from engine.spiff.rewriting import rewrite
from engine.spiff.run import Run, locals_of, path_of, place_of, tokens_around, workflows
from engine.spiff.scripts import Feel
from engine.spiff.snapshot import decode, encode
from engine.spiff.specs import (
    HERE,
    BoundaryEvent,
    CatchEvent,
    EventGateway,
    Gathering,
    OutsideTask,
    ReceiveTask,
    edge_of,
)
from engine.spiff.unsupported import unsupported
from engine.spiff.way_back import remember, undo
from engine.timing import Counted, read_instant

_ANSWERS: Final = {
    Completed: frozenset({WaitKind.WORK, WaitKind.SERVICE, WaitKind.SEND}),
    Failed: frozenset({WaitKind.WORK, WaitKind.SERVICE, WaitKind.SEND}),
    Arrived: frozenset({WaitKind.MESSAGE}),
    Due: frozenset({WaitKind.TIMER}),
}
_KINDS: Final[Mapping[type[FlowNode] | None, WaitKind]] = {
    UserTask: WaitKind.WORK,
    ManualTask: WaitKind.WORK,
    ServiceTask: WaitKind.SERVICE,
    SendTask: WaitKind.SEND,
}


@dataclass(frozen=True)
class SpiffProgram:
    """A release as SpiffWorkflow holds it: parsed once, shared by all its cases."""

    code: str
    starts: tuple[Start, ...]
    reads: frozenset[str]
    plan: Plan
    parsed: dict[str, Parsed]
    """Start event → what SpiffWorkflow made of the text that begins there."""
    names: dict[str, str]
    """Lasting name → name of the task spec."""
    digest: str
    limits: Limits


class Spiff:
    """SpiffWorkflow 3.2.0. It holds nothing: one object serves every case and thread."""

    name: Final = "spiffworkflow"

    def examine(self, bundle: Bundle, limits: Limits = LIMITS) -> tuple[Finding, ...]:
        """What SpiffWorkflow does not run of this bundle; its parser is asked in a process that can be killed."""
        findings = unsupported(bundle, limits)
        if any(each.severity == "error" for each in findings):
            return findings
        plan = rewrite(bundle)
        return findings + tuple(found for text in plan.texts.values() for found in try_parsing(text))

    def compile(self, bundle: Bundle, limits: Limits = LIMITS) -> SpiffProgram:
        """Make it ready to run. Raises CannotRun."""
        errors = tuple(each for each in unsupported(bundle, limits) if each.severity == "error")
        if errors:
            raise CannotRun(errors)
        plan = rewrite(bundle)
        names = {site.key: name for name, site in plan.sites.items()}
        return SpiffProgram(
            code=bundle.code,
            starts=plan.starts,
            reads=frozenset(plan.reads),
            plan=plan,
            parsed={start: parse(text) for start, text in plan.texts.items()},
            names=names,
            digest=hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:8],
            limits=limits,
        )

    def start(self, program: Program, *, at: datetime, facts: Facts, start: str | None = None) -> Step:
        """Begin a case. Raises NoSuchStart, Stuck, TooLong and what its first elements refuse."""
        held = _held(program)
        chosen = _start(held, start)
        run = Run(held.plan, held.limits, at, facts, 0)
        parsed = held.parsed[chosen]
        run.workflow = BpmnWorkflow(parsed.outermost, parsed.others, script_engine=Feel(run))
        return _rest(held, run, chosen, {})

    def advance(self, program: Program, snapshot: bytes, event: Event, *, at: datetime, facts: Facts) -> Step:
        """Let one event happen. An event that is refused changes nothing: what it changed is thrown away."""
        held = _held(program)
        run = Run(held.plan, held.limits, at, facts, 0)
        run.workflow, run.next_token, begun = _revived(held, snapshot, Feel(run))
        before = {wait.token: wait for wait in open_waits(held.plan, run.workflow)}
        wait = before.get(event.token)
        if wait is None:
            raise NoSuchToken(token=event.token)
        if wait.kind not in _ANSWERS[type(event)]:
            raise NotThisWait(event=type(event).__name__, element=wait.element, kind=wait.kind)
        if wait.due and at < wait.due:
            raise TooEarly(element=wait.element, due=wait.due.isoformat(), at=at.isoformat())
        _happen(run, int(event.token), event)
        step = _rest(held, run, begun, before, event)
        return step if step.ended else replace(step, back=remember(snapshot, step.snapshot))

    def go_back(self, program: Program, snapshot: bytes, back: str) -> Step:
        """Undo a step, if it was the last that happened in the case. Raises NoWayBack."""
        earlier = undo(snapshot, back)
        now = {wait.token: wait for wait in self.waits(program, snapshot)}
        then = {wait.token: wait for wait in self.waits(program, earlier)}
        return Step(
            snapshot=earlier,
            opened=tuple(wait for token, wait in then.items() if token not in now),
            closed=tuple(Closed(token, Closing.EXITED) for token in now if token not in then),
        )

    def waits(self, program: Program, snapshot: bytes) -> tuple[Wait, ...]:
        """All that the case waits for, in the order of opening; nothing for a case that has ended."""
        if not snapshot:
            return ()
        held = _held(program)
        workflow, _, _ = _revived(held, snapshot, None)
        return open_waits(held.plan, workflow)


def _held(program: Program) -> SpiffProgram:
    """The program as this room made it. Raises TypeError for another interpreter's."""
    if not isinstance(program, SpiffProgram):
        raise TypeError(f"Expected a program of SpiffWorkflow's, but found {type(program).__name__}.")
    return program


def open_waits(plan: Plan, outermost: BpmnWorkflow) -> tuple[Wait, ...]:
    """All that a case waits for, in the order of opening."""
    found = [
        wait for workflow in workflows(outermost) for task in workflow.tasks.values() for wait in _waits_of(plan, task)
    ]
    return tuple(sorted(found, key=lambda wait: int(wait.token)))


def _waits_of(plan: Plan, task: Any) -> Iterator[Wait]:
    spec, mine = task.task_spec, task.internal_data
    if isinstance(spec, OutsideTask) and task.state == TaskState.READY:
        site = plan.sites[spec.name]
        kind = _KINDS[type(site.node) if site.node else None]
        yield _wait(plan, task, mine, kind, site.process, site.element, site.message)
    elif task.state != TaskState.WAITING:
        return
    elif isinstance(spec, EventGateway):
        for key, box in mine["waits"].items():
            yield _signed(plan, task, box, plan.signs[key])
    elif isinstance(spec, CatchEvent | ReceiveTask | BoundaryEvent) and "token" in mine:
        yield _signed(plan, task, mine, plan.signs[spec.event_definition.key])


def _signed(plan: Plan, task: Any, box: dict[str, Any], sign: Sign) -> Wait:
    kind = WaitKind.TIMER if sign.kind == "timer" else WaitKind.MESSAGE
    return _wait(plan, task, box, kind, sign.process, sign.element, sign.message)


def _wait(
    plan: Plan, task: Any, box: dict[str, Any], kind: WaitKind, process: str, element: str, message: str | None = None
) -> Wait:
    host = _host(task) if isinstance(task.task_spec, BoundaryEvent) else None
    due = read_instant(box["due"]) if "due" in box else None
    counted = due if isinstance(due, Counted) else None
    return Wait(
        token=str(box["token"]),
        kind=kind,
        process=process,
        element=element,
        path=path_of(plan, task),
        due=None if isinstance(due, Counted) else due,
        since=counted.since if counted else None,
        allowance=counted.allowance if counted else None,
        message=message,
        host=str(host.internal_data["token"]) if host else None,
        beside=plan.sites[host.task_spec.name].element if host else None,
        interrupting=bool(task.task_spec.cancel_activity) if host else True,
        instance=place_of(task),
        local=locals_of(plan, task),
        scopes=tokens_around(task),
    )


def _host(boundary: Any) -> Any:
    beside = edge_of(boundary).children
    return next(each for each in beside if not isinstance(each.task_spec, BoundaryEvent))


def _start(program: SpiffProgram, start: str | None) -> str:
    wanted = [
        each.element for each in program.starts if (each.element == start if start else each.kind is StartKind.NONE)
    ]
    if not wanted:
        found = ", ".join(f"{each.element} ({each.kind})" for each in program.starts)
        raise NoSuchStart(process=program.code, start=start or "its none start event", found=found)
    return wanted[0]


def _revived(program: SpiffProgram, snapshot: bytes, engine: Feel | None) -> tuple[BpmnWorkflow, int, str]:
    return decode(snapshot, program.digest, program.parsed, program.names, engine)


def _happen(run: Run, number: int, event: Event) -> None:
    """Let the one task that has this token go on."""
    for workflow in workflows(run.workflow):
        for task in list(workflow.tasks.values()):
            if task.internal_data.get("token") == number:
                _go_on(run, task, event)
                return
            for key, box in task.internal_data.get("waits", {}).items():
                if box["token"] == number:
                    run.choose(task, key)
                    return


def _go_on(run: Run, task: Any, event: Event) -> None:
    if isinstance(event, Failed):
        run.throw_error(task, run.site(task), event.code)
    elif isinstance(task.task_spec, OutsideTask):
        task.run()
    else:
        run.fire(task)


def _rest(program: SpiffProgram, run: Run, begun: str, before: dict[str, Wait], event: Event | None = None) -> Step:
    """What a run did, once nothing moves any more. Raises Stuck and whatever moving refuses."""
    run.settle()
    after = {} if run.ended else {wait.token: wait for wait in open_waits(program.plan, run.workflow)}
    if not run.ended:
        if run.workflow.completed:
            raise RuntimeError(f"Expected {program.code} to go on, but SpiffWorkflow says that it is complete.")
        if not after:
            raise Stuck(where=_where(run))
    done = event.token if event and not isinstance(event, Failed) else ""
    return Step(
        snapshot=b"" if run.ended else encode(run.workflow, run.next_token, program.digest, program.plan.sites, begun),
        opened=tuple(wait for token, wait in after.items() if token not in before),
        closed=tuple(
            Closed(token, Closing.COMPLETED if token == done else Closing.EXITED)
            for token in before
            if token not in after
        ),
        passed=tuple(run.passed),
        thrown=tuple(run.thrown),
        ended=run.ended,
    )


def _where(run: Run) -> str:
    joins = {
        run.site(task).element
        for workflow in workflows(run.workflow)
        for task in workflow.tasks.values()
        if isinstance(task.task_spec, Gathering) and task.has_state(HERE)
    }
    return ", ".join(sorted(joins)) or run.plan.code

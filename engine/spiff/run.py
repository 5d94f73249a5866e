"""One event worked through to rest on SpiffWorkflow, and what it did, in the words of the port.

It lives for one call only. Task specs reach it through the script engine; it is the one thing that chooses which task
runs next, so SpiffWorkflow's own loop, which runs tasks that were cancelled a moment before, is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine import feel
from engine.domain.limits import Limits
from engine.feel.kinds import KIND_NAMES
from engine.process import (
    Ended,
    NotACount,
    NotAList,
    NotATime,
    Passed,
    Thrown,
    TooLong,
    TooMany,
)
from engine.spiff.plan import ALWAYS, Plan, Sign, Site
from engine.spiff.pruning import prune
from engine.spiff.specs import HERE, BoundaryEvent, EndEvent, Gathering, cancel, edge_of
from engine.timing import Cycle, after, read_period

_PRUNE_EVERY: Final = 200
_FOR_EVER: Final = -1


class _Catcher(NamedTuple):
    task: Any
    interrupts: bool


class Run:
    """The work of one step."""

    def __init__(self, plan: Plan, limits: Limits, at: datetime, facts: Mapping[str, Any], next_token: int) -> None:
        if at.tzinfo is None:
            raise ValueError("Expected an instant with a zone.")
        self.plan = plan
        self.limits = limits
        self.at = at
        self.facts = facts
        self.next_token = next_token
        self.workflow: BpmnWorkflow = None
        self.passed: list[Passed] = []
        self.thrown: list[Thrown] = []
        self.ended: Ended | None = None
        self.at_rest = False
        self.steps = 0
        self._last: Site | None = None
        self._how = "completed"
        self._interruption: Any = None
        self._queue: dict[Any, Any] = {}

    # What task specs tell and ask.

    def site(self, task: Any) -> Site:
        """The place in the drawing that a task stands for."""
        name = task.task_spec.name
        return self.plan.sites.get(name) or self.plan.sites[f"{task.workflow.spec.name}/{name}"]

    def arrive(self, task: Any) -> None:
        """A token has come to a task."""
        self._note_flow(task)
        if task.task_spec.is_activity:
            self._note(task, "entered")
            self.begin(task)

    def begin(self, task: Any) -> None:
        """An activity, or one instance of it, is open."""
        task.internal_data["token"] = self._token()

    def leave(self, task: Any) -> None:
        """A task is done and its token goes on."""
        site = self.site(task)
        if site.role == "node":
            self._note(task, "left" if task.task_spec.is_activity else "passed")
        if task.workflow is self.workflow and isinstance(task.task_spec, EndEvent):
            self._last = site

    def cancelled(self, task: Any) -> None:
        """A task was taken away."""
        if task.task_spec.is_activity and self.site(task).role == "node" and "token" in task.internal_data:
            self._note(task, "cancelled")

    def wait(self, task: Any, key: str) -> None:
        """A task waits for what its sign says."""
        task.internal_data["token"] = self._token()
        self._time(task, self.plan.signs[key], task.internal_data)

    def wait_for_one(self, task: Any, keys: list[str]) -> None:
        """A gateway waits for the first of several signs."""
        waits = {}
        for key in keys:
            self._count(self.plan.signs[key].element)
            waits[key] = {"token": self._token()}
            self._time(task, self.plan.signs[key], waits[key])
        task.internal_data["waits"] = waits

    def _arm_again(self, task: Any) -> None:
        """An event at the edge of an activity that it does not interrupt waits for the next time, if there is one."""
        sign = self.plan.signs[task.task_spec.event_definition.key]
        again: dict[str, Any] = {}
        if sign.kind == "timer":
            cycle = task.internal_data.get("cycle")
            if not cycle or not cycle[3]:
                return
            base, period, times, left = cycle
            again["due"] = _later(sign, datetime.fromisoformat(base), period, times + 1)
            again["cycle"] = [base, period, times + 1, left if left == _FOR_EVER else left - 1]
        beside = task.parent._add_child(task.task_spec, TaskState.WAITING)  # noqa: SLF001 - the library's own way in
        if sign.kind in ("timer", "message"):
            beside.internal_data.update(again, token=self._token())

    def holds(self, task: Any, key: str) -> bool:
        """Whether a condition is true where a task stands."""
        return key == ALWAYS or self.plan.conditions[key].holds(self.facts_at(task), self.at)

    def items_for(self, task: Any) -> tuple[int, list[Any] | None]:
        """How often a multi-instance activity runs, and over what. Raises NotAList, NotACount, TooMany."""
        plan = self.plan.instances[task.task_spec.name]
        facts = self.facts_at(task)
        items: list[Any] | None = None
        if plan.collection:
            found = facts.get(plan.collection)
            if not isinstance(found, list | tuple):
                raise NotAList(element=plan.element, name=plan.collection, found=_kind(found))
            items, total = list(found), len(found)
        else:
            found = plan.cardinality.value(facts, self.at) if plan.cardinality else None
            if not isinstance(found, Decimal) or found != found.to_integral_value() or found < 0:
                text = plan.cardinality.text if plan.cardinality else ""
                raise NotACount(
                    element=plan.element, text=text, found=str(found) if isinstance(found, Decimal) else _kind(found)
                )
            total = self.limits.instances + 1 if found > self.limits.instances else int(found)
        if total > self.limits.instances:
            raise TooMany(limit=self.limits.instances, element=plan.element, found=total)
        return total, None if items is None else [feel.to_json(each) for each in items]

    def is_enough(self, task: Any, instance: Any) -> bool:
        """Whether the instances that are done suffice."""
        enough = self.plan.instances[task.task_spec.name].enough
        if enough is None:
            return False
        mine = task.internal_data
        counters = {
            "numberOfInstances": Decimal(mine["total"]),
            "numberOfActiveInstances": Decimal(mine["begun"] - mine["done"]),
            "numberOfCompletedInstances": Decimal(mine["done"]),
            "numberOfTerminatedInstances": Decimal(0),
        }
        return enough.holds({**self.facts_at(instance), **counters}, self.at)

    def facts_at(self, task: Any) -> Mapping[str, Any]:
        """The facts as they are seen where a task stands."""
        hidden = locals_of(self.plan, task)
        return {**self.facts, **hidden} if hidden else self.facts

    def tell(self, key: str) -> None:
        """A message goes out."""
        sign = self.plan.signs[key]
        self.thrown.append(Thrown("message", sign.message or "", sign.process, sign.element))

    def lead(self, task: Any, key: str) -> bool:
        """Lead an error or escalation to the innermost activity that catches it. True if the thrower goes no further."""
        sign = self.plan.signs[key]
        if sign.kind == "error":
            self._note(task)
            self.throw_error(around(task), self.site(task), sign.code or "")
            return True
        catcher = self._catcher(around(task), "escalation", sign.code or "")
        if catcher is None:
            self.thrown.append(Thrown("escalation", sign.code or "", sign.process, sign.element))
        elif catcher.interrupts:
            self._note(task)
            self._interruption = catcher.task
            return True
        else:
            self.fire(catcher.task)
        return False

    def throw_error(self, task: Any, thrower: Site, code: str) -> None:
        """Interrupt the innermost activity, this one or around it, that catches an error; else the case ends with it."""
        catcher = self._catcher(task, "error", code)
        if catcher is None:
            self.ended = Ended("error", thrower.process, thrower.element, code)
        else:
            self._interruption = catcher.task

    def terminate(self, task: Any) -> None:
        """A terminate end event was reached."""
        if task.workflow is self.workflow:
            self._how = "terminated"

    # Moving.

    def fire(self, task: Any) -> None:
        """Let what a catching task waits for happen; what may come again is waited for anew at once."""
        if isinstance(task.task_spec, BoundaryEvent) and not task.task_spec.cancel_activity:
            self._arm_again(task)
        task.internal_data["event_fired"] = True
        task.task_spec._update(task)  # noqa: SLF001 - what the library's event manager does

    def choose(self, gateway: Any, key: str) -> None:
        """Let one of the events that a gateway waits for happen."""
        spec = gateway.task_spec
        wanted = next(each for each in spec.event_definition.event_definitions if each.key == key)
        spec.catch(gateway, BpmnEvent(wanted))
        spec._update(gateway)  # noqa: SLF001 - what the library's event manager does

    def settle(self) -> None:
        """Run everything that waits for nothing. Raises TooLong and what conditions and lists refuse."""
        while self.ended is None:
            task = self._next()
            if task is None:
                break
            self._count(self.site(task).element)
            task.run()
            if self.steps % _PRUNE_EVERY == 0:
                prune(self.workflow)
        if self.ended is None and self.workflow.completed and self._last:
            self.ended = Ended(self._how, self._last.process, self._last.element)
        elif self.ended is not None:
            self._take_all_away()

    def _take_all_away(self) -> None:
        for task in list(self.workflow.tasks.values()):
            if task.has_state(HERE):
                cancel(task)

    def _next(self) -> Any:
        if self._interruption:
            task, self._interruption = self._interruption, None
            self.fire(task)
            return task
        self._queue.update((task.id, task) for task in self._ready() if task.id not in self._queue)
        while self._queue:
            task = self._queue.pop(next(iter(self._queue)))
            if task.state == TaskState.READY:
                return task
        return self._joined()

    def _ready(self) -> Iterator[Any]:
        """What can run now; tokens that move at the same time take turns, as they come."""
        for workflow in workflows(self.workflow):
            if not workflow.completed:
                for task in workflow.tasks.values():
                    if task.state == TaskState.READY and not task.task_spec.manual:
                        yield task

    def _joined(self) -> Any:
        """Ask the joins that look at everything else whether their time has come."""
        self.at_rest = True
        try:
            for workflow in workflows(self.workflow):
                for task in list(workflow.tasks.values()):
                    if isinstance(task.task_spec, Gathering) and task.state == TaskState.WAITING:
                        task.task_spec._update(task)  # noqa: SLF001 - what the library does with what waits
                        if task.state == TaskState.READY:
                            return task
        finally:
            self.at_rest = False
        return None

    def _count(self, element: str) -> None:
        self.steps += 1
        if self.steps > self.limits.steps:
            raise TooLong(steps=self.limits.steps, where=element)

    def _catcher(self, task: Any, kind: str, code: str) -> _Catcher | None:
        while task is not None:
            host = task.parent if self.site(task).role == "body" else task
            edge = edge_of(host)
            waiting = [each for each in edge.children if self._catches(each, kind)] if edge else []
            for wanted in (code, None):
                for each in waiting:
                    if self.plan.signs[each.task_spec.event_definition.key].code == wanted:
                        return _Catcher(each, each.task_spec.cancel_activity)
            task = around(host)
        return None

    def _catches(self, task: Any, kind: str) -> bool:
        if not isinstance(task.task_spec, BoundaryEvent) or not task.has_state(TaskState.WAITING):
            return False
        return self.plan.signs[task.task_spec.event_definition.key].kind == kind

    def _time(self, task: Any, sign: Sign, box: dict[str, Any]) -> None:
        if sign.timer is None:
            return
        due, cycle = sign.timer.begin(self.facts_at(task), self.at)
        box["due"] = due.isoformat()
        if cycle:
            box["cycle"] = [self.at.isoformat(), cycle.text, 1, _left(cycle)]

    def _token(self) -> int:
        self.next_token += 1
        return self.next_token

    # Telling.

    def _note(self, task: Any, how: str = "passed") -> None:
        site = self.site(task)
        self.passed.append(Passed(site.process, site.element, path_of(self.plan, task), how, tokens_around(task)))

    def _note_flow(self, task: Any) -> None:
        source = task.parent
        while source is not None and self.site(source).role == "split":
            source = source.parent
        flow = self.plan.flows.get((source.task_spec.name, task.task_spec.name)) if source is not None else None
        if flow:
            self.passed.append(Passed(*flow, path_of(self.plan, task), scopes=tokens_around(task)))


def workflows(outermost: BpmnWorkflow) -> list[Any]:
    """The workflow of a case and those of its open sub-processes and called processes."""
    return [outermost, *outermost.subprocesses.values()]


def around(task: Any) -> Any:
    """The task of the sub-process or call activity that a task stands in; None at the top."""
    parent = task.workflow.parent_task_id
    return None if parent is None else task.workflow.top_workflow.get_task_from_id(parent)


def scopes_of(task: Any) -> list[Any]:
    """The tasks of the sub-processes and call activities around a task, outermost first."""
    found: list[Any] = []
    outer = around(task)
    while outer is not None:
        found.append(outer)
        outer = around(outer)
    return found[::-1]


def tokens_around(task: Any) -> tuple[str, ...]:
    """The tokens of the sub-processes and call activities around a task, outermost first."""
    return tuple(str(each.internal_data.get("token", "")) for each in scopes_of(task))


def path_of(plan: Plan, task: Any) -> tuple[str, ...]:
    """The sub-processes and call activities around a task, outermost first."""
    sites = (plan.sites[each.task_spec.name] for each in scopes_of(task))
    return tuple(f"{site.process}/{site.element}" for site in sites)


def place_of(task: Any) -> int | None:
    """The place in its list of the innermost instance around a task."""
    while task is not None:
        if "place" in task.internal_data:
            return int(task.internal_data["place"])
        task = around(task)
    return None


def locals_of(plan: Plan, task: Any) -> dict[str, Any]:
    """The items of the instances around a task, an inner one before an outer of the same name."""
    found: dict[str, Any] = {}
    while task is not None:
        if "place" in task.internal_data:
            item = plan.instances[task.parent.task_spec.name].item
            items = task.parent.internal_data.get("items")
            if item and items is not None:
                found.setdefault(item, feel.from_json(items[task.internal_data["place"]]))
        task = around(task)
    return found


def _later(sign: Sign, base: datetime, period: str, times: int) -> str:
    try:
        return after(read_period(period), base, times).isoformat()
    except OverflowError:
        raise NotATime(element=sign.element, text=period, found="a time after the year 9999") from None


def _left(cycle: Cycle) -> int:
    return _FOR_EVER if cycle.repeats is None else cycle.repeats - 1


def _kind(value: Any) -> str:
    """What a value is, in words that give nothing of it away."""
    return KIND_NAMES.get(type(value), "no FEEL value")

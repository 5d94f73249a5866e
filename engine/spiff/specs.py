"""SpiffWorkflow's task specs with what 3.2.0 lacks: they tell the run what they do, wait to be answered from outside,
and predict nothing.

Stock specs draw up every future path when a token arrives, two to the power of n of them after n parallel sections.
Here a task gets its children when it is done and not before; nothing below needs them earlier.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults as stock
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.util.task import TaskState

from engine.process import NoWayOut
from engine.spiff.events import Led, Thrown
from engine.spiff.plan import ALWAYS

HERE = TaskState.WAITING | TaskState.READY | TaskState.STARTED
"""The states of a task that has a token."""


def run_of(my_task: Any) -> Any:
    """The work that a task is part of."""
    return my_task.workflow.script_engine.run


class Told:
    """Tells the run of arrivals and departures; the rest is the stock spec beside it."""

    is_activity = False

    def _predict_hook(self, my_task: Any) -> None:
        """Predict nothing."""

    def _update(self, my_task: Any) -> None:
        if not my_task.has_state(HERE | TaskState.FINISHED_MASK):
            run_of(my_task).arrive(my_task)
        super()._update(my_task)  # type: ignore[misc] # mixed into a task spec

    def _on_complete(self, my_task: Any) -> None:
        run_of(my_task).leave(my_task)
        expand(my_task)
        super()._on_complete(my_task)  # type: ignore[misc] # as above

    def _on_cancel(self, my_task: Any) -> None:
        run_of(my_task).cancelled(my_task)
        super()._on_cancel(my_task)  # type: ignore[misc] # as above


def expand(my_task: Any) -> None:
    """Give a task the children that follow it, unless it chose them itself."""
    spec = my_task.task_spec
    if any(not child.triggered for child in my_task.children):
        return
    for following in spec.outputs:
        if isinstance(spec, BoundaryEvent) and isinstance(following, BoundaryEventJoin):
            continue  # what an event at the edge does to its activity is done when it fires
        child = my_task._add_child(following, TaskState.FUTURE)  # noqa: SLF001 - the library's own way in
        following._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)  # noqa: SLF001 - as above


class Activity(Told):
    """What is entered and left, and may have events at its edge."""

    is_activity = True


class OutsideTask(Activity, stock.UserTask):
    """User, manual, service and send tasks: something outside completes them, SpiffWorkflow never does."""


class ReceiveTask(Activity, stock.ReceiveTask):
    """Waits for a message."""


class Holding:
    """Has a workflow of its own inside, and takes all of it away when it is cancelled itself."""

    def _on_cancel(self, my_task: Any) -> None:
        inner = my_task.workflow.top_workflow.get_subprocess(my_task)
        for task in list(inner.tasks.values()) if inner is not None else ():
            cancel(task)
        super()._on_cancel(my_task)  # type: ignore[misc] # mixed into a task spec


class SubProcess(Activity, Holding, stock.SubWorkflowTask):
    """An embedded sub-process."""


class CallActivity(Activity, Holding, stock.CallActivity):
    """A call of another process of the bundle."""


class StartEvent(Told, stock.StartEvent):
    """Where a process begins."""


class CatchEvent(Told, stock.IntermediateCatchEvent):
    """Waits on its way for a message or an instant."""


class BoundaryEvent(Told, stock.BoundaryEvent):
    """Waits at the edge of an activity."""

    def _run_hook(self, my_task: Any) -> bool:
        """Take the activity away first if it is to be interrupted."""
        if self.cancel_activity:
            for beside in my_task.parent.children:
                if beside is not my_task:
                    cancel(beside)
        return bool(super()._run_hook(my_task))


class ThrowEvent(Told, stock.IntermediateThrowEvent):
    """Tells something and goes on."""

    def _run_hook(self, my_task: Any) -> bool | None:
        return _throw(self, my_task)


class EndEvent(Told, stock.EndEvent):
    """Tells something and ends a path."""

    def _run_hook(self, my_task: Any) -> bool | None:
        return _throw(self, my_task)

    def _on_complete_hook(self, my_task: Any) -> None:
        if isinstance(self.event_definition, TerminateEventDefinition):
            run_of(my_task).terminate(my_task)
            for task in my_task.workflow.get_tasks(state=TaskState.NOT_FINISHED_MASK, skip_subprocesses=True):
                cancel(task)
        super()._on_complete_hook(my_task)


def _throw(spec: Any, my_task: Any) -> bool | None:
    """Throw what an event throws. None where that ends the path on the spot, so that the token never leaves."""
    definition = spec.event_definition
    run = run_of(my_task)
    if isinstance(definition, Thrown):
        run.tell(definition.key)
    elif isinstance(definition, Led):
        return None if run.lead(my_task, definition.key) else True
    return True


class EventGateway(Told, stock.EventBasedGateway):
    """Waits for whichever of several events comes first."""

    def _update_hook(self, my_task: Any) -> bool | None:
        goes = super()._update_hook(my_task)
        if not goes and "waits" not in my_task.internal_data:
            run_of(my_task).wait_for_one(my_task, [each.key for each in self.event_definition.event_definitions])
        return bool(goes)

    def _run_hook(self, my_task: Any) -> bool:
        my_task._sync_children(self.outputs, state=TaskState.MAYBE)  # noqa: SLF001 - the stock hook picks among them
        return bool(super()._run_hook(my_task))


class ExclusiveGateway(Told, stock.ExclusiveGateway):
    """Takes the first arrow whose condition is true."""

    def _run_hook(self, my_task: Any) -> bool:
        try:
            return bool(super()._run_hook(my_task))
        except WorkflowException as none_true:
            if none_true.task_spec is not self:
                raise
            raise NoWayOut(element=run_of(my_task).site(my_task).element) from None


class Gathering(Told):
    """A join: tokens wait in it, one task each, and the oldest of each arrow are used up when it fires.

    The stock join remembers old tokens for ever, so inside a loop it fires before its branches are done; and it knows
    no second token on one arrow.
    """

    def _update_hook(self, my_task: Any) -> bool | None:
        my_task._set_state(TaskState.WAITING)  # noqa: SLF001 - as the stock join does
        tokens = self._gathered(my_task)
        if not self._may_fire(my_task, tokens):
            return None
        for waiting in tokens.values():
            if my_task not in waiting:
                waiting[0].cancel()
        return True

    def _gathered(self, my_task: Any) -> dict[str, list[Any]]:
        """The waiting tokens by the step that they came from."""
        tokens: dict[str, list[Any]] = {}
        for task in my_task.workflow.tasks.values():
            if task.task_spec is self and task.has_state(TaskState.WAITING):
                tokens.setdefault(task.parent.task_spec.name, []).append(task)
        return tokens

    def _may_fire(self, my_task: Any, tokens: dict[str, list[Any]]) -> bool:
        raise NotImplementedError


class ParallelGateway(Gathering, stock.ParallelGateway):
    """Waits for a token on every arrow, and sends one along every arrow."""

    def _may_fire(self, my_task: Any, tokens: dict[str, list[Any]]) -> bool:  # noqa: ARG002 - not where it came from
        return len(tokens) == len(set(self._inputs))

    def _run_hook(self, my_task: Any) -> bool:  # noqa: ARG002 - what came before does not matter any more
        return True


class InclusiveGateway(Gathering, stock.InclusiveGateway):
    """Waits as long as another token may still come, and sends one along every arrow whose condition is true."""

    def _may_fire(self, my_task: Any, tokens: dict[str, list[Any]]) -> bool:
        """As ISO/IEC 19510, table 13.3 has it: no token elsewhere can reach an empty arrow of this gateway, unless
        it could as well reach one that has a token. Asked when nothing else moves.
        """
        full = set(tokens)
        if len(full) == len(set(self._inputs)):
            return True
        if not run_of(my_task).at_rest:
            return False
        for task in my_task.workflow.tasks.values():
            if task.task_spec is not self and task.has_state(HERE) and not isinstance(task.task_spec, BoundaryEvent):
                edge = edge_of(task)  # an event at the edge is counted with its activity
                reached = self._reached_from(edge.task_spec if edge else task.task_spec)
                if reached and not reached & full:
                    return False
        return True

    def _reached_from(self, spec: Any) -> set[str]:
        """Which steps before this gateway a token at a step may still come to."""
        seen, waiting = {spec.name}, [spec]
        while waiting:
            for following in waiting.pop().outputs:
                if following is not self and following.name not in seen:
                    seen.add(following.name)
                    waiting.append(following)
        return seen & set(self._inputs)

    def _run_hook(self, my_task: Any) -> bool:
        always = [output for condition, output in self.cond_task_specs if condition and condition.args[0] == ALWAYS]
        asked = [(condition, output) for condition, output in self.cond_task_specs if output not in always]
        true = [output for condition, output in asked if condition is not None and condition._matches(my_task)]  # noqa: SLF001 - the library's own way
        taken = [*always, *(true or [output for condition, output in asked if condition is None])]
        if not taken:
            raise NoWayOut(element=run_of(my_task).site(my_task).element)
        outputs = [spec for spec in self.outputs if spec.name in taken]
        my_task._sync_children(outputs, TaskState.FUTURE)  # noqa: SLF001 - as the stock gateway does
        for child in my_task.children:
            child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)  # noqa: SLF001 - as above
        return True


def cancel(task: Any) -> None:
    """Take a task away with everything in it. Stock cancelling forgets the instances of a multi-instance activity."""
    if task.has_state(TaskState.FINISHED_MASK):
        return
    for child in task.children:
        if child.triggered:
            cancel(child)
    task.cancel()


def edge_of(task: Any) -> Any:
    """The split whose children are an activity and the events at its edge; None where it has no such events."""
    parent = task.parent
    return parent if parent is not None and isinstance(parent.task_spec, BoundaryEventSplit) else None

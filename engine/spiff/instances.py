"""Multi-instance: one activity for each entry of a list, all at once or one after the other.

The stock classes would put items into the data of tasks, read the list again for every item and forget what they were
doing when they are restored; here an instance keeps its place, and the activity keeps the items.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults as stock
from SpiffWorkflow.util.task import TaskState

from engine.spiff.specs import Activity, cancel, run_of


class Several(Activity):
    """What both ways have in common."""

    task_spec: str

    def _update_hook(self, my_task: Any) -> bool:
        my_task._inherit_data()  # noqa: SLF001 - as every stock spec does
        total, items = run_of(my_task).items_for(my_task)
        if not total:
            return True
        my_task.internal_data.update(total=total, begun=0, done=0)
        if items is not None:
            my_task.internal_data["items"] = items
        my_task._set_state(TaskState.STARTED)  # noqa: SLF001 - as the stock classes do
        for _ in range(total if self.at_once else 1):
            self.begin(my_task)
        return False

    at_once = True

    def begin(self, my_task: Any) -> None:
        """Open the next instance."""
        spec = my_task.workflow.spec.task_specs[self.task_spec]
        place = my_task.internal_data["begun"]
        my_task.internal_data["begun"] = place + 1
        child = my_task._add_child(spec, TaskState.WAITING)  # noqa: SLF001 - the library's own way in
        child.triggered = True
        child.internal_data["place"] = place
        run_of(my_task).begin(child)
        spec._update(child)  # noqa: SLF001 - as above

    def merge_child(self, workflow: Any, child: Any) -> None:  # noqa: ARG002 - the signature of a completed event
        """Count an instance that is done; begin the next, or be done when all are or enough are."""
        my_task = child.parent
        mine = my_task.internal_data
        mine["done"] += 1
        if mine["done"] == mine["total"] or run_of(my_task).is_enough(my_task, child):
            for other in my_task.children:
                if other.triggered:
                    cancel(other)
            my_task._set_state(TaskState.READY)  # noqa: SLF001 - as the stock classes do
        elif not self.at_once:
            self.begin(my_task)


class AllAtOnce(Several, stock.ParallelMultiInstanceTask):
    """Every instance is open from the beginning."""


class OneByOne(Several, stock.SequentialMultiInstanceTask):
    """An instance begins when the one before it is done."""

    at_once = False

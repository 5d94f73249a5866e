"""The finished past of a case, taken out of SpiffWorkflow's tree of tasks.

Stock trees keep every task that ever was: steps get slower with each one, and joins mistake what happened in an
earlier round of a loop for what happens now. What is still needed is little: the root, the tasks that are open, and
the parent of each of them.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


def prune(outermost: BpmnWorkflow) -> None:
    """Take out all that nothing open needs. The tree is then as large as what is open, whatever the history."""
    for task_id, inner in list(outermost.subprocesses.items()):
        if inner.completed or _gone(outermost, task_id):
            del outermost.subprocesses[task_id]
    for workflow in [outermost, *outermost.subprocesses.values()]:
        _prune_one(workflow)


def _gone(outermost: BpmnWorkflow, task_id: Any) -> bool:
    for workflow in [outermost, *outermost.subprocesses.values()]:
        task = workflow.tasks.get(task_id)
        if task is not None:
            return bool(task.has_state(TaskState.FINISHED_MASK))
    return True


def _prune_one(workflow: Any) -> None:
    root = workflow.task_tree
    open_ = [task for task in workflow.tasks.values() if task.has_state(TaskState.NOT_FINISHED_MASK)]
    kept = {root.id} | {task.id for task in open_} | {task.parent.id for task in open_ if task.parent is not None}
    for task in [task for task in workflow.tasks.values() if task.id in kept]:
        parent = task.parent
        while parent is not None and parent.id not in kept:
            parent = parent.parent
        task.parent = parent
        task._children = []  # noqa: SLF001 - filled again below, in the order of age
    workflow.tasks = {task_id: task for task_id, task in workflow.tasks.items() if task_id in kept}
    for task in workflow.tasks.values():
        if task.parent is not None:
            task.parent._children.append(task.id)  # noqa: SLF001 - as above
    workflow.last_task = root

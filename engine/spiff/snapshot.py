"""A case on SpiffWorkflow as bytes: `spiffworkflow/1` and a compact JSON list. Specs are never in it.

SpiffWorkflow's own serializer is not used: it writes the specs of all processes into every case, and what it reads
back from older versions it hands to `eval`. Here every name, number and state is checked before a task is made of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import feel
from engine.process import ForeignSnapshot, TooLarge
from engine.spiff.parsing import Parsed
from engine.spiff.plan import SIGN, Site
from engine.spiff.pruning import prune
from engine.spiff.run import workflows

VERSION: Final = "spiffworkflow/1"
_LARGEST: Final = 4_000_000
_STATES: Final = frozenset(
    {TaskState.FUTURE, TaskState.WAITING, TaskState.READY, TaskState.STARTED, TaskState.COMPLETED, TaskState.CANCELLED}
)
_writer: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def encode(workflow: BpmnWorkflow, next_token: int, digest: str, sites: Mapping[str, Site], begun: str) -> bytes:
    """Write down where a case stands, without its past; `begun` is the start event at which it began.

    Raises TooLarge: what could not be read again is not written.
    """
    prune(workflow)
    numbers: dict[Any, int] = {}
    rows = []
    for each in workflows(workflow):
        written = []
        for task in each.tasks.values():
            numbers[task.id] = len(numbers)
            written.append(_row(task, each, numbers, sites))
        rows.append([numbers.get(each.parent_task_id, -1), written])
    snapshot = f"{VERSION} {_writer.encode([digest, begun, next_token, rows])}".encode()
    if len(snapshot) > _LARGEST:
        raise TooLarge(limit=_LARGEST, found=len(snapshot))
    return snapshot


def _row(task: Any, workflow: Any, numbers: Mapping[Any, int], sites: Mapping[str, Site]) -> list[Any]:
    name = task.task_spec.name
    key = (sites.get(name) or sites[f"{workflow.spec.name}/{name}"]).key
    kept = () if task.has_state(TaskState.FINISHED_MASK) else _INTERNAL
    mine = {name: task.internal_data[name] for name in kept if name in task.internal_data}
    if "waits" in mine:
        mine["waits"] = {sites[sign.removesuffix(SIGN)].key: box for sign, box in mine["waits"].items()}
    parent = -1 if task.parent is None else numbers[task.parent.id]
    return [key, parent, task.state, *([mine] if mine else [])]


def decode(
    snapshot: bytes, digest: str, parsed: Mapping[str, Parsed], names: Mapping[str, str], engine: Any
) -> tuple[BpmnWorkflow, int, str]:
    """Bring a case back. Refuses what another interpreter, program or hand has written."""
    head, _, body = snapshot[:_LARGEST].partition(b" ")
    if head != VERSION.encode() or len(snapshot) > _LARGEST:
        raise ForeignSnapshot(wanted=VERSION, found=_shown(head))
    try:
        written_for, begun, next_token, rows = json.loads(body)
        if written_for == digest:
            return _Reviving(parsed[begun], names, engine).revive(rows), _whole(next_token), begun
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as broken:
        raise ForeignSnapshot(wanted=VERSION, found="something damaged") from broken
    raise ForeignSnapshot(wanted=f"{VERSION} for {digest}", found=f"{VERSION} for another drawing")


class _Reviving:
    """Tasks made anew from rows. Raises ValueError, KeyError or TypeError for a row that cannot be true."""

    def __init__(self, parsed: Parsed, names: Mapping[str, str], engine: Any) -> None:
        self.parsed = parsed
        self.names = names
        self.tasks: list[Task] = []
        self.workflow = BpmnWorkflow(parsed.outermost, parsed.others, script_engine=engine, deserializing=True)

    def revive(self, rows: Any) -> BpmnWorkflow:
        for place, (parent, written) in enumerate(rows):
            self._fill(self.workflow if place == 0 else self._inner(parent), written)
        return self.workflow

    def _inner(self, parent: Any) -> BpmnSubWorkflow:
        holder = self.tasks[_whole(parent)]
        inner = BpmnSubWorkflow(
            self.parsed.others[holder.task_spec.spec],
            parent_task_id=holder.id,
            top_workflow=self.workflow,
            deserializing=True,
        )
        self.workflow.subprocesses[holder.id] = inner
        inner.completed_event.connect(holder.task_spec._on_subworkflow_completed, holder)  # noqa: SLF001 - what starting it does
        return inner

    def _fill(self, workflow: Any, written: Any) -> None:
        first = len(self.tasks)
        for key, parent, state, *more in written:
            name = self.names[key].removeprefix(f"{workflow.spec.name}/")
            spec = workflow.spec.task_specs[name]
            above = self.tasks[_whole(parent)] if parent != -1 else None
            if state not in _STATES or (above is None) != (len(self.tasks) == first) or len(self.tasks) > _MOST:
                raise ValueError(key)
            if above is not None and above.workflow is not workflow:
                raise ValueError(key)
            task = Task(workflow, spec, above, state=state, id=len(self.tasks))
            task.triggered = more != [] and "place" in more[0]
            task.internal_data = self._checked(more[0]) if more else {}
            self.tasks.append(task)
        workflow.task_tree = workflow.last_task = self.tasks[first]

    def _checked(self, mine: Any) -> dict[str, Any]:
        checked = {name: _INTERNAL[name](value) for name, value in mine.items()}
        if "waits" in checked:
            checked["waits"] = {self.names[key] + SIGN: box for key, box in checked["waits"].items()}
        return checked


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 10**15:
        raise ValueError("no number")
    return value


def _text(value: Any) -> str:
    if type(value) is not str or len(value) > 64:  # noqa: PLR2004 - an instant is much shorter
        raise ValueError("no instant")
    return value


def _cycle(value: Any) -> list[Any]:
    base, period, times, left = value
    return [_text(base), _text(period), _whole(times), left if left == -1 else _whole(left)]


def _waits(value: Any) -> dict[str, Any]:
    return {key: {name: _INTERNAL[name](each) for name, each in box.items()} for key, box in value.items()}


def _items(value: Any) -> list[Any]:
    if type(value) is not list:
        raise ValueError("no list")
    return [feel.to_json(feel.from_json(each)) for each in list(value)]


_INTERNAL: Final[Mapping[str, Callable[[Any], Any]]] = {
    "token": _whole,
    "due": _text,
    "cycle": _cycle,
    "waits": _waits,
    "place": _whole,
    "total": _whole,
    "begun": _whole,
    "done": _whole,
    "items": _items,
}
"""What of a task's own memory is kept, and how it is checked when it comes back."""
_MOST: Final = 100_000


def _shown(head: bytes) -> str:
    text = head[:40].decode("ascii", "replace")
    return text if text.isprintable() and text else "something else"

"""Drawings made at random for the benchmark of the layout: steps, decisions that lead on and back, things done side by side."""

from __future__ import annotations

import random

from engine.notation import (
    BoundaryEvent,
    Definitions,
    EndEvent,
    ExclusiveGateway,
    Expression,
    FlowNode,
    Lane,
    LaneSet,
    ParallelGateway,
    Process,
    SequenceFlow,
    StartEvent,
    TimerDefinition,
    UserTask,
)

_WORDS = (
    "Mencatat laporan",
    "Memeriksa berkas kasus",
    "Menyusun surat",
    "Meminta tanda tangan kepala balai",
    "Mengirim",
)


class _Making:
    """One drawing as it grows."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.nodes: list[FlowNode] = []
        self.flows: list[SequenceFlow] = []

    def add(self, node: FlowNode) -> str:
        self.nodes.append(node)
        return node.id

    def name(self) -> str:
        return self.random.choice(_WORDS)

    def next_id(self, kind: str) -> str:
        return f"{kind}{len(self.nodes)}"

    def flow(self, source: str, target: str, name: str = "") -> None:
        self.flows.append(SequenceFlow(id=f"f{len(self.flows)}", name=name, source=source, target=target))

    def task(self) -> str:
        return self.add(UserTask(id=self.next_id("t"), name=self.name()))


def drawn_at_random(seed: int) -> Definitions:
    """Make one process of about 8 to 40 nodes in one to four lanes; the same seed gives the same."""
    making = _Making(seed)
    last = making.add(StartEvent(id="mulai", name="Laporan masuk"))
    done = [last]
    for _ in range(making.random.randint(4, 12)):
        last = _piece(making, last, done)
        done.append(last)
    making.flow(last, making.add(EndEvent(id="selesai", name="Selesai")))
    count = making.random.randint(1, 4)
    rows: list[list[str]] = [[] for _ in range(count)]
    hosts = {each.id: each.attached_to for each in making.nodes if isinstance(each, BoundaryEvent)}
    row_of: dict[str, int] = {}
    for each in making.nodes:
        row_of[each.id] = row_of[hosts[each.id]] if each.id in hosts else making.random.randrange(count)
        rows[row_of[each.id]].append(each.id)
    lanes = tuple(
        Lane(id=f"lajur{at}", name=f"Pelaksana {at + 1}", node_refs=tuple(row)) for at, row in enumerate(rows)
    )
    process = Process(
        id=f"acak-{seed}",
        executable=True,
        nodes=tuple(making.nodes),
        flows=tuple(making.flows),
        lane_sets=(LaneSet(id="lajur-lajur", lanes=lanes),),
    )
    return Definitions(id="acak", target_namespace="https://contoh.test/acak", processes=(process,))


def _piece(making: _Making, last: str, done: list[str]) -> str:
    """Add a step, a decision or a fork behind the last, and return what is last now."""
    kind = making.random.choices(["task", "decision", "fork", "timer"], [6, 3, 1, 1])[0]
    if kind == "decision":
        return _decision(making, last, done)
    if kind == "fork":
        return _fork(making, last)
    task = making.task()
    making.flow(last, task)
    if kind == "timer":
        late = BoundaryEvent(
            id=making.next_id("b"),
            name="3 hari",
            attached_to=task,
            definitions=(TimerDefinition(id=f"{task}-waktu", kind="duration", expression=Expression(text="P3D")),),
        )
        making.flow(making.add(late), making.add(EndEvent(id=making.next_id("e"), name="Terlambat")))
    return task


def _decision(making: _Making, last: str, done: list[str]) -> str:
    """Ways that lead back to an earlier step, to an end, or through steps of their own to where it goes on."""
    fork = making.add(ExclusiveGateway(id=making.next_id("g"), name="Lengkap?"))
    making.flow(last, fork)
    join = ""
    for number in range(making.random.choice([2, 2, 3])):
        way = "on" if number == 0 else making.random.choice(["back", "end", "on"])
        label = ("Ya", "Tidak", "Sebagian")[number]
        earlier = [each for each in done if each.startswith("t")]
        if way == "back" and earlier:
            making.flow(fork, making.random.choice(earlier), label)
        elif way == "end":
            making.flow(fork, making.add(EndEvent(id=making.next_id("e"), name="Ditolak")), label)
        else:
            join = join or making.add(ExclusiveGateway(id=making.next_id("j")))
            task = making.task()
            making.flow(fork, task, label)
            making.flow(task, join)
    return join


def _fork(making: _Making, last: str) -> str:
    fork, join = (
        making.add(ParallelGateway(id=making.next_id("p"))),
        making.add(ParallelGateway(id=making.next_id("q"))),
    )
    making.flow(last, fork)
    for _ in range(making.random.randint(2, 3)):
        task = making.task()
        making.flow(fork, task)
        making.flow(task, join)
    return join

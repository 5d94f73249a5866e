"""How well drawings are laid out: ours beside bpmn-auto-layout, where that can do it at all.

python3 run.py bench layout [--to FOLDER]

All diagrams of `bpmn/` without their picture, and 30 drawings made at random. The other one knows no lanes, pools, message
flows or open sub-processes: the first table compares both on drawings that have had these taken off, the second tells what each
makes of the whole drawings. With --to, every whole picture of ours is written as PNG.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import process_time

from benchmarks.layout_models import drawn_at_random
from benchmarks.layout_quality import Quality, judged
from engine.notation import Definitions, FlowNode, Process, SubProcess, Task, examine, read, write
from sop_catalog.diagram.layout import layout
from sop_catalog.exchange.pictures import png_of, svg_of
from web.version import ROOT

PEER = Path(__file__).parent / "auto_layout"
RANDOM = 30


def main() -> None:
    """Lay everything out, count, and print."""
    asked = argparse.ArgumentParser(prog="run.py bench layout")
    asked.add_argument("--to", type=Path, help="write every picture of ours into this folder")
    told = asked.parse_args()
    shipped = {path.stem: read(path.read_bytes()) for path in sorted((ROOT / "bpmn").rglob("*.bpmn"))}
    drawings = {name: replace(each, diagrams=()) for name, each in shipped.items()}
    drawings |= {f"random-{seed:02}": drawn_at_random(seed) for seed in range(RANDOM)}
    began = process_time()
    ours = {name: layout(each) for name, each in drawings.items()}
    took = process_time() - began
    print(f"{len(drawings)} drawings; ours: {took / len(drawings) * 1000:.0f} ms of CPU each")
    bare = {name: _bare(each) for name, each in drawings.items()}
    bare_ours = {name: judged(layout(each)) for name, each in bare.items()}
    bare_theirs = _theirs(bare)
    both = sorted(bare_theirs)
    if bare_theirs:
        print(f"\nwithout lanes, pools and open sub-processes: {len(both)} that both laid out")
        _table({"ours": _sum(bare_ours, both), "bpmn-auto-layout": _sum(bare_theirs, both)})
    print("\nas they are")
    whole = {name: judged(each) for name, each in ours.items()}
    theirs = _theirs(drawings)
    _table(
        {"ours": _sum(whole, sorted(whole))} | ({"bpmn-auto-layout": _sum(theirs, sorted(theirs))} if theirs else {})
    )
    worst = sorted(whole, key=lambda name: -whole[name].crossings - 3 * whole[name].covered_labels)[:8]
    print(
        "\nmost crossings and covered labels:",
        ", ".join(f"{each} {whole[each].crossings}/{whole[each].covered_labels}" for each in worst),
    )
    if told.to is not None:
        told.to.mkdir(parents=True, exist_ok=True)
        for name, each in ours.items():
            (told.to / f"{name}.png").write_bytes(png_of(svg_of(each)))


def _bare(drawing: Definitions) -> Definitions:
    """One process with its nodes and flows: no lanes, no pools, sub-processes closed."""
    process = next(each for each in drawing.processes if each.nodes)
    closed = tuple(_closed(each) for each in process.nodes)
    bare = Process(id=process.id, nodes=closed, flows=process.flows)
    return replace(drawing, processes=(bare,), collaborations=(), foreign_children=())


def _closed(node: FlowNode) -> FlowNode:
    return Task(id=node.id, name=node.name) if isinstance(node, SubProcess) else node


def _theirs(drawings: Mapping[str, Definitions]) -> dict[str, Quality]:
    """What bpmn-auto-layout makes of them; those that it cannot lay out are told."""
    node = shutil.which("node")
    if node is None or not (PEER / "node_modules").is_dir():
        print(
            f"bpmn-auto-layout is not there: say `npm ci --ignore-scripts` in {PEER.relative_to(ROOT)}", file=sys.stderr
        )
        return {}
    texts = json.dumps([write(each).decode() for each in drawings.values()])
    done = subprocess.run([node, "lay_out.mjs"], cwd=PEER, input=texts.encode(), capture_output=True, check=True)  # noqa: S603
    made = dict(zip(drawings, json.loads(done.stdout), strict=True))
    failed = {name: each["problem"] for name, each in made.items() if "problem" in each}
    laid = {name: examine(each["text"].encode()).definitions for name, each in made.items() if "text" in each}
    seconds = [each["seconds"] for each in made.values() if "seconds" in each]
    print(
        f"\nbpmn-auto-layout: {sum(seconds) / max(len(seconds), 1) * 1000:.0f} ms each; {len(failed)} could not be laid out"
    )
    for name, problem in list(failed.items())[:5]:
        print(f"  {name}: {problem[:100]}")
    return {name: judged(each) for name, each in laid.items() if each is not None and each.diagrams}


def _sum(every: Mapping[str, Quality], names: list[str]) -> Quality:
    return sum((every[each] for each in names), Quality())


def _table(columns: Mapping[str, Quality]) -> None:
    print("| counted | " + " | ".join(columns) + " |")
    print("| --- |" + " --- |" * len(columns))
    for name in Quality.__dataclass_fields__:
        values = (getattr(each, name) for each in columns.values())
        print(f"| {name} | " + " | ".join(f"{value:,.0f}" for value in values) + " |")


if __name__ == "__main__":
    main()

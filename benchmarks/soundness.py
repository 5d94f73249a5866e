"""How many states the diagrams that ship have, and what it costs to look at all of them: `python3 run.py bench soundness`."""

from __future__ import annotations

import argparse
import re
import resource
import statistics
from collections import Counter
from pathlib import Path
from time import process_time

from engine.notation import Definitions, read
from engine.process import Bundle
from sop_catalog.rules.comes_to_an_end import LARGEST
from sop_catalog.soundness import prove
from web.version import ROOT


def main() -> None:
    """Prove every diagram, its own process alone as `lajur check` does, or with all that it calls."""
    asked = argparse.ArgumentParser(prog="run.py bench soundness", description=__doc__)
    asked.add_argument("--whole", action="store_true", help="with all that is called, instead of stand-ins")
    asked.add_argument("--folder", type=Path, default=ROOT / "bpmn")
    told = asked.parse_args()
    files = sorted(told.folder.rglob("*.bpmn"))
    drawings = {path: read(path.read_bytes()) for path in files}
    at_hand = {process.id: each for each in drawings.values() for process in each.processes if process.nodes}
    for kind in ("map", "macro", "micro"):
        some = [code for code in sorted(at_hand) if _kind(code) == kind]
        if some:
            _measure(kind, some, at_hand, whole=told.whole)
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB in all")


def _kind(code: str) -> str:
    if code.startswith("p-"):
        return "map"
    return "micro" if re.search(r"-\d+$", code) else "macro"


def _measure(kind: str, some: list[str], at_hand: dict[str, Definitions], *, whole: bool) -> None:
    states, times, flaws, undecided = [], [], Counter[str](), 0
    for code in some:
        began = process_time()
        proof = prove(Bundle(code, at_hand), whole=whole, most=LARGEST)
        times.append((process_time() - began) * 1000)
        states.append(proof.states)
        flaws.update(flaw.property.value for flaw in proof.flaws)
        undecided += not proof.is_whole
    print(
        f"{kind}: {len(states)} processes; states median {statistics.median(states):.0f}, most {max(states)};"
        f" CPU ms median {statistics.median(times):.1f}, most {max(times):.0f}, all {sum(times):.0f};"
        f" flaws {dict(flaws) or 'none'}; not decided {undecided}"
    )


if __name__ == "__main__":
    main()

"""How long it takes to bring in 750 diagrams: read, repaired, judged and told of, on two cores. Made from `bpmn/` by renaming.

python3 run.py bench exchange [COUNT]
"""

from __future__ import annotations

import re
import resource
import sys
import time
from collections.abc import Iterator
from functools import cache
from itertools import count, islice
from pathlib import Path

from sop_catalog.exchange import Incoming, Outcome, bring_in, counts
from sop_catalog.exchange.importing import WORKERS

BPMN = Path(__file__).parents[1] / "bpmn"
_CODE = re.compile(r"\b([csl])(\d{1,2})-m(\d{2})")
_MAP = re.compile(r"\bp-(?=[csl]\d)")


def many() -> Iterator[Incoming]:
    """The shipped diagrams again and again, each time with other codes; every third without picture and executable mark."""
    files = sorted(BPMN.rglob("*.bpmn"))
    for turn in count():
        for at, path in enumerate(files):
            text = path.read_text(encoding="utf-8")
            text = _renamed(text, turn) if turn else text
            if at % 3 == 0:
                text = re.sub(r"<bpmndi:BPMNDiagram.*?</bpmndi:BPMNDiagram>", "", text, flags=re.DOTALL).replace(
                    ' isExecutable="true"', ""
                )
            yield Incoming(f"{turn}/{path.name}", text.encode())


@cache
def _numbers() -> list[int]:
    """The numbers that macros have in `bpmn/`."""
    return sorted({int(found[3]) for path in BPMN.rglob("*.bpmn") if (found := _CODE.search(path.name))})


def _free_number(number: int, turn: int) -> int:
    """Another number for each turn, which no macro that ships has; of two digits for the first seven turns.

    The number of a macro that is only spoken of stays.
    """
    known = _numbers()
    if number not in known:
        return number
    return known[-1] + 1 + len(known) * (turn - 1) + known.index(number)


def _renamed(text: str, turn: int) -> str:
    def moved(code: re.Match[str]) -> str:
        return f"{code[1]}{code[2]}-m{_free_number(int(code[3]), turn)}"

    return _MAP.sub(f"p-n{turn}-", _CODE.sub(moved, text))


def _processor_time() -> float:
    """Of this process and of those that it began and that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    """Bring them in twice, and print the seconds."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 750
    files = list(islice(many(), wanted))
    began, used = time.perf_counter(), _processor_time()
    report = bring_in(files)
    took, used = time.perf_counter() - began, _processor_time() - used
    found = counts(report)
    print(f"{len(report)} files in {took:.1f} s ({took / len(report) * 1000:.0f} ms each)")
    print(
        f"{used:.1f} s of processor time, this process and its {WORKERS} workers; {used / WORKERS:.1f} s on {WORKERS} cores of their own"
    )
    print(", ".join(f"{found[outcome]} {outcome.value}" for outcome in Outcome))
    accepted = [each for each in report if each.accepted][:60]
    again = bring_in(
        [Incoming(each.place, each.text) for each in accepted], shelf={each.code: each.text for each in report}.get
    )
    changed = sum(bool(each.repairs) or each.text != old.text for each, old in zip(again, accepted, strict=True))
    print(f"second run over {len(accepted)} of them: {changed} changed")


if __name__ == "__main__":
    main()

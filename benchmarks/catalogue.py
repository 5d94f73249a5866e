"""What the catalogue of `bpmn/` is made of: how many, how long, how much of it is said only once, how much is alike.

    python3 run.py bench catalogue [--area C2] [--alike 20] [--write docs/catalogue.md]

A step's words are its name in small letters. Two micros are alike where more than half of the steps of the shorter one
stand in the other too, once the words of their own titles and of their macros' are masked, endings and beginnings of
words aside: what is left is what a skeleton with many names would share. A legal basis fits where it is more than one
that every public office cites (`EVERYWHERE`); whether its article is the right one, only a reader can say.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

from engine.domain.release import Activity
from engine.notation import (
    BoundaryEvent,
    Definitions,
    EventBasedGateway,
    ExclusiveGateway,
    FlowNode,
    InclusiveGateway,
    IntermediateCatchEvent,
    Lookup,
    ParallelGateway,
    Process,
    ReceiveTask,
    nodes,
    read,
)
from sop_catalog.diagram.extension import read_activities, read_procedure
from sop_catalog.procedure import Level, Procedure
from sop_catalog.registers import areas

BPMN = Path(__file__).parents[1] / "bpmn"
EVERYWHERE = {
    "UU 25/2009",
    "UU 30/2014",
    "Perpres 90/2019",
    "Perpres 165/2024",
    "Perpres 166/2024",
    "PermenPANRB 35/2012",
}
"""What every public office of the agency rests on, whatever it does."""
WANTED = {Level.MAP: 82, Level.MACRO: 106, Level.MICRO: 644}
_SHORT = 3
_STEM = 5
_BEGINNINGS = re.compile(
    r"^(?:memper|menge|meng|meny|mem|men|pember|peng|peny|pem|pen|per|ber|ter|me|pe|ke|di)(?=\w{4})"
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Measured:
    """One procedure as it is counted."""

    code: str
    procedure: Procedure
    process: Process
    drawing: Definitions

    @cached_property
    def steps(self) -> tuple[Activity, ...]:
        """Its own activities, in the order drawn."""
        return tuple(each for each in read_activities(self.drawing) if each.process == self.code)

    @cached_property
    def nodes(self) -> tuple[FlowNode, ...]:
        return tuple(node for node, _ in nodes(self.process))

    @cached_property
    def decides(self) -> bool:
        """Whether a way parts by a choice."""
        lookup = Lookup(self.drawing)
        choices = (each for each in self.nodes if isinstance(each, ExclusiveGateway | InclusiveGateway))
        return any(len(lookup.outgoing(each.id)) > 1 for each in choices)

    @cached_property
    def goes_back(self) -> bool:
        """Whether a way leads back to where it has been."""
        lookup = Lookup(self.drawing)
        onward = {each.id: {flow.target for flow in lookup.outgoing(each.id)} for each in self.nodes}
        return any(each in _reached(onward[each], onward) for each in onward)

    @cached_property
    def waits(self) -> bool:
        """Whether it waits for a message, a date or a time that passes."""
        return any(
            isinstance(each, IntermediateCatchEvent | ReceiveTask | EventBasedGateway | BoundaryEvent)
            for each in self.nodes
        )

    @cached_property
    def side_by_side(self) -> bool:
        """Whether work goes on in several places at once."""
        lookup = Lookup(self.drawing)
        forks = (each for each in self.nodes if isinstance(each, ParallelGateway | InclusiveGateway))
        return any(len(lookup.outgoing(each.id)) > 1 for each in forks) or any(
            getattr(each, "loop", None) is not None for each in self.nodes
        )

    @property
    def cites(self) -> bool:
        """Whether it rests on a law of its own field, on its sheet or at a step."""
        bases = [*self.procedure.sheet.legal, *(basis for each in self.steps for basis in each.legal)]
        return any(each.instrument not in EVERYWHERE for each in bases)

    @property
    def cites_at_a_step(self) -> bool:
        return any(each.legal for each in self.steps)

    def masked(self, title_of_macro: str) -> Counter[str]:
        """Its steps without the words of its titles: how often each stands."""
        own = {_stem(each) for each in _words(f"{self.procedure.title} {title_of_macro}")}
        return Counter(
            " ".join("…" if _stem(word) in own else _stem(word) for word in _words(each.name)) for each in self.steps
        )


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--area", help="One area only, such as C2: what is alike is still looked for in all.")
    words.add_argument("--alike", type=int, default=20, help="How many pairs that are alike are named.")
    words.add_argument("--write", type=Path, help="The page to write.")
    words.add_argument("folder", nargs="?", type=Path, default=BPMN)
    asked = words.parse_args()
    all_ = list(catalogue(asked.folder))
    chosen = [each for each in all_ if asked.area in (None, each.procedure.sheet.area)]
    told = "\n".join(tell(chosen, all_, asked.alike))
    print(told)
    if asked.write:
        asked.write.write_text(page(all_, asked.alike), encoding="utf-8")
    return 0


def catalogue(folder: Path) -> Iterator[Measured]:
    """Read every drawing of a folder."""
    for file in sorted(folder.rglob("*.bpmn")):
        drawing = read(file.read_bytes())
        for process in drawing.processes:
            procedure = read_procedure(process)
            yield Measured(procedure.code, procedure, process, drawing)


def tell(chosen: Sequence[Measured], all_: Sequence[Measured], most: int) -> Iterator[str]:
    """The figures, a line each."""
    micros = [each for each in chosen if each.procedure.sheet.level is Level.MICRO]
    counted = Counter(each.procedure.sheet.level for each in chosen)
    yield ", ".join(f"{counted[level]} of {wanted} {level}" for level, wanted in WANTED.items())
    if not micros:
        return
    for name, figure, bar in figures(micros, all_):
        yield f"{name:58} {figure:>8}   {bar}"
    pairs = alike(all_)
    codes = {each.code for each in micros}
    own = [each for each in pairs if each[1] in codes or each[2] in codes]
    yield f"{'pairs of micros alike in more than half of their steps':58} {len(own):8}   0"
    yield from (f"    {share:4.0%}  {one}  {other}" for share, one, other in own[:most])
    lone = [each for each in from_one_end(all_) if each[0] in codes or each[1] in codes]
    yield f"{'related SOPs that are named from one end only':58} {len(lone):8}   0"
    yield from (f"    {one} names {other}" for one, other in lone[:most])


def figures(micros: Sequence[Measured], all_: Iterable[Measured]) -> Iterator[tuple[str, str, str]]:
    """What is asked of the micros: name, figure, bar."""
    lengths = [len(each.steps) for each in micros]
    said = Counter(
        _plain(step.name) for each in all_ for step in each.steps if each.procedure.sheet.level is Level.MICRO
    )
    names = [_plain(step.name) for each in micros for step in each.steps]
    yield "activities per micro, median", f"{statistics.median(lengths):g}", "at least 7"
    yield "activities per micro, fewest and most", f"{min(lengths)}–{max(lengths)}", "5–15"
    yield "steps", str(len(names)), ""
    yield (
        "steps whose words stand only once in the catalogue",
        _share([said[each] == 1 for each in names]),
        "at least 70 %",
    )
    yield "micros with a decision", _share([each.decides for each in micros]), "at least 60 %"
    several = [each.goes_back or each.waits or each.side_by_side for each in micros]
    yield "micros with a loop, a wait or parallel work", _share(several), "at least 40 %"
    yield "micros that rest on a law of their field", _share([each.cites for each in micros]), "at least 80 %"
    yield "micros with a law at a step", _share([each.cites_at_a_step for each in micros]), ""
    forms = [any(step.form for step in each.steps) for each in micros]
    yield "micros with a form", _share(forms), ""
    ends = [len([node for node in each.nodes if type(node).__name__ == "EndEvent"]) > 1 for each in micros]
    yield "micros with several ends", _share(ends), ""
    posts = [len({step.performer.post for step in each.steps if step.performer}) for each in micros]
    yield "posts per micro, median", f"{statistics.median(posts):g}", "at least 2"


def alike(all_: Sequence[Measured]) -> list[tuple[float, str, str]]:
    """The pairs of micros that share more than half of the steps of the shorter one, most alike first."""
    titles = {each.code: each.procedure.title for each in all_}
    masked = {
        each.code: each.masked(titles.get(each.procedure.macro or "", ""))
        for each in all_
        if each.procedure.sheet.level is Level.MICRO and each.steps
    }
    found = []
    for (one, steps), (other, others) in combinations(masked.items(), 2):
        share = (steps & others).total() / min(steps.total(), others.total())
        if share > 1 / 2:
            found.append((share, one, other))
    return sorted(found, key=lambda each: (-each[0], each[1:]))


def from_one_end(all_: Sequence[Measured]) -> list[tuple[str, str]]:
    """Who names whom as related without being named back; of what is not drawn nothing is said."""
    names = {each.code: set(each.procedure.sheet.related) for each in all_}
    return sorted((one, other) for one, those in names.items() for other in those if one not in names.get(other, {one}))


def page(all_: Sequence[Measured], most: int) -> str:
    """The page of the documentation."""
    rows = [f"| {area.code} | {' | '.join(_of(area.code, all_))} |" for area in areas()]
    head = "| area | maps | macros | micros | steps | median | only once | decision | loop, wait, parallel | law |"
    lines = [
        "# The catalogue in figures",
        "",
        "Made by `python3 run.py bench catalogue --write docs/catalogue.md`, which says what each figure means.",
        "",
        "```",
        *tell(all_, all_, most),
        "```",
        "",
        head,
        "| --- " + "| ---: " * 9 + "|",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def _of(area: str, all_: Sequence[Measured]) -> list[str]:
    own = [each for each in all_ if each.procedure.sheet.area == area]
    micros = [each for each in own if each.procedure.sheet.level is Level.MICRO]
    counted = Counter(each.procedure.sheet.level for each in own)
    told = [str(counted[level]) for level in WANTED]
    if not micros:
        return [*told, "0", *[""] * 5]
    by_name: Mapping[str, str] = {name: figure for name, figure, _ in figures(micros, all_)}
    wanted = ["steps", "activities per micro, median", "steps whose words", "micros with a decision"]
    wanted += ["micros with a loop", "micros that rest on a law"]
    return [*told, *(next(figure for name, figure in by_name.items() if name.startswith(each)) for each in wanted)]


def _share(of: Sequence[bool]) -> str:
    return f"{sum(of) / len(of):.0%}"


def _plain(name: str) -> str:
    return " ".join(_words(name))


def _words(text: str) -> list[str]:
    return [each.casefold() for each in _WORD.findall(text)]


def _stem(word: str) -> str:
    """The first letters of a word without what is put before it: `memverifikasi` and `verifikasi` are one."""
    bare = _BEGINNINGS.sub("", word)
    return bare[:_STEM] if len(bare) > _SHORT else bare


def _reached(begun: Iterable[str], onward: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set(begun), list(begun)
    while waiting:
        further = onward[waiting.pop()] - found
        found |= further
        waiting.extend(further)
    return found


if __name__ == "__main__":
    sys.exit(main())

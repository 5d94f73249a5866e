"""What finding things costs in the whole catalogue: making the index, keeping it, asking it, and the page of the search.

    python3 run.py bench finding [--questions 500] [--index-alone]

The questions are two or three words of what
stands there, half of them with a slip of the finger, and codes, laws with an article, posts and times. The page is the
server's own time, signing in and reading of the database included; one in twenty may take 100 ms and no more.
"""

from __future__ import annotations

import argparse
import gc
import random
import re
import statistics
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from argon2 import PasswordHasher

from benchmarks.check import make
from engine import Engine, add_officer, assign_post, drawings_hash
from engine.domain.release import Release, ReleaseState
from engine.notation import Definitions, read
from sop_catalog import registers
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.finding import Held, Index, Uses, held_of
from sop_catalog.publishing import read_folder
from web.app import create_app
from web.config import Settings
from web.first_start import load_registers
from web.logs import start
from web.wiring import wire

MOST = 0.100
"""Seconds that one search in twenty may take."""
NOW = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)
LOGIN, PASSWORD = "pemilik", "sandi untuk mengukur saja"
WORD = re.compile(r"[a-z]{4,}")
TIMES = ("3 hari kerja", "1 jam", "24 jam", "5 hari", "dua jam kerja", "1 hari")


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 1 where one search in twenty takes longer than it may."""
    asked = argparse.ArgumentParser(prog="bench finding", description=__doc__.split("\n\n", maxsplit=1)[0])
    asked.add_argument("--questions", type=int, default=500)
    asked.add_argument("--index-alone", action="store_true", help="leave the pages out")
    given = asked.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Path(folder) / "bpmn"
        made = make(catalogue)
        held, index = _built(catalogue)
        questions = _questions(held, given.questions)
        print(f"{made} diagrams, {len(index)} entries, {index.vocabulary} words; {len(questions)} questions")
        well = _told("the index", [_timed(index.search, each) for each in questions])
        if not given.index_alone:
            del held, index
            well &= _pages(catalogue, Path(folder) / "data", questions)
    return 0 if well else 1


def _built(catalogue: Path) -> tuple[list[Held], Index]:
    began = perf_counter()
    drawings = [read(each.read_bytes()) for each in sorted(catalogue.rglob("*.bpmn"))]
    held = _held(drawings)
    print(f"drawings read in {perf_counter() - began:.1f} s")
    print(f"what is read of them: {_size(partial(_held, drawings)):.1f} MB")
    titles = {each.code: each.name for each in registers.posts()}
    builds: dict[str, Callable[[], object]] = {
        "index made": partial(Index, held, titles),
        "uses found": partial(Uses, held),
    }
    for what, build in builds.items():
        began = perf_counter()
        build()
        took = perf_counter() - began
        print(f"{what} in {took:.2f} s, {_size(build):.1f} MB beside the drawings' own texts")
    return held, Index(held, titles)


def _held(drawings: Sequence[Definitions]) -> list[Held]:
    return [held_of(each, each.processes[0].id, edition=1) for each in drawings]


def _size(build: Callable[[], object]) -> float:
    """MB that what is built holds."""
    gc.collect()
    tracemalloc.start()
    kept = build()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return size / 1e6


def _questions(held: list[Held], count: int) -> list[str]:
    chance = random.Random(832)
    titles = {each.code: each.name for each in registers.posts()}
    laws = [each.code for each in registers.instruments()]
    found = []
    for number in range(count):
        one = chance.choice(held)
        step = chance.choice(one.steps) if one.steps else None
        text = chance.choice([one.title, *([step.name, step.output, *step.requirements] if step else [])]) or one.title
        kind = number % 10
        if kind == 0:
            found.append(one.code if chance.random() < 0.5 else one.code[: chance.randint(3, 7)])
        elif kind == 1:
            found.append(f"{chance.choice(laws)} Pasal {chance.randint(1, 40)}")
        elif kind == 2:
            found.append(f"{chance.choice([*titles.values()])} {chance.choice(TIMES)}")
        else:
            words = chance.sample(text.split(), k=min(len(text.split()), chance.randint(1, 3)))
            found.append(" ".join(_slipped(each, chance) if number % 2 else each for each in words))
    return found


def _slipped(word: str, chance: random.Random) -> str:
    """With one letter left out, doubled, or two the wrong way round."""
    if len(word) < 5:
        return word
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def _pages(catalogue: Path, place: Path, questions: list[str]) -> bool:
    start("error")
    wiring = wire(Settings(data_dir=place, testing=True), create=True, clock=lambda: NOW)
    wiring.engine.migrate()
    load_registers(wiring.engine, at=NOW)
    began = perf_counter()
    print(
        f"{_put_in_force(wiring.engine, catalogue)} put in force in {perf_counter() - began:.0f} s, without being judged"
    )
    with wiring.engine.begin(at=NOW) as work:
        add_officer(work, LOGIN, name="Pemilik Contoh", password=PasswordHasher().hash(PASSWORD))
        assign_post(work, LOGIN, post="pemilik-proses", office="pusat", begins_on=NOW.date())
    client = create_app(wiring).test_client()
    page = client.get("/sign-in").text
    token = page.split('name="csrf"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    client.post("/sign-in", data={"login": LOGIN, "password": PASSWORD, "csrf": token})

    def ask(question: str) -> None:
        assert client.get("/catalogue/search", query_string={"q": question}).status_code == 200  # noqa: S101

    print(f"the first search, which reads the catalogue: {_timed(ask, questions[0])[0]:.1f} s")
    well = _told("the page of the search", [_timed(ask, each) for each in questions])
    for name, address in {
        "a law": "laws/uu-21-2007",
        "an article": "laws/uu-21-2007/pasal-44",
        "a post": "posts/pengantar-kerja",
        "documents": "documents/",
    }.items():
        well &= _told(f"the page of {name}", [_timed(client.get, f"/catalogue/{address}") for _ in range(20)])
    wiring.engine.close()
    return well


def _put_in_force(engine: Engine, catalogue: Path) -> int:
    """Every drawing of a folder as an edition in force, without being judged or compiled: only what finding reads."""
    texts = {each.drawing.code: each.drawing for each in read_folder(catalogue) if each.drawing}
    with engine.begin(at=NOW) as work:
        for code, each in texts.items():
            process = each.definitions.process(code)
            held = {code: each.text}
            work.releases.add(
                Release(
                    code=code,
                    edition=1,
                    title=read_procedure(process).title if process else code,
                    state=ReleaseState.IN_FORCE,
                    drawings=held,
                    activities={},
                    sha256=drawings_hash(held),
                    published_at=NOW,
                    published_by="bpmn",
                )
            )
    return len(texts)


def _timed(act: Callable[[str], object], word: str) -> tuple[float, float]:
    """Seconds by the clock, and of this process's own."""
    began, used = perf_counter(), process_time()
    act(word)
    return perf_counter() - began, process_time() - used


def _told(what: str, taken: list[tuple[float, float]]) -> bool:
    """Print what was taken. True where one in twenty takes no longer than it may, by the clock."""
    said, slow = [], 0.0
    for name, times in (
        ("by the clock", sorted(each for each, _ in taken)),
        ("CPU", sorted(each for _, each in taken)),
    ):
        late = times[min(len(times) - 1, int(len(times) * 0.95))]
        slow = slow or late
        said.append(f"{name}: median {statistics.median(times) * 1000:6.1f} ms, p95 {late * 1000:6.1f} ms")
    print(f"{what:<28} {'   '.join(said)}")
    return slow < MOST


if __name__ == "__main__":
    sys.exit(main())

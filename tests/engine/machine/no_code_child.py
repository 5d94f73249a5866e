"""Reads drawings from its standard input and runs them to the end, with a hook that stops at the first trace of code.

Started by test_machine_no_code.py in a process of its own, because an audit hook cannot be taken away again.
"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

from engine.errors import Refusal
from engine.machine import Machine
from engine.notation import Definitions, read
from engine.process import Arrived, Bundle, Completed, Due, Program, Wait

FORBIDDEN = (
    "compile",
    "exec",
    "import",
    "os.",
    "subprocess.",
    "shutil.",
    "socket.",
    "ctypes.",
    "code.",
    "pty.",
    "marshal.",
)
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
MACHINE = Machine()
armed = False


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not armed:
        return
    writes = event == "open" and (not isinstance(arguments[1], str) or arguments[1] not in {"r", "rb"})
    if event.startswith(FORBIDDEN) or writes:
        sys.stderr.write(f"{event} {arguments}\n")
        sys.stderr.flush()
        raise SystemExit(99)


EVENTS: dict[str, type[Arrived] | type[Due]] = {"message": Arrived, "timer": Due}


def _event(wait: Wait) -> Arrived | Completed | Due:
    return EVENTS.get(wait.kind, Completed)(wait.token)


def _play(program: Program, facts: dict[str, Any], start: str | None) -> str:
    step = MACHINE.start(program, at=AT, facts=facts, start=start)
    for _ in range(30):
        if step.ended:
            return "ended"
        wait = MACHINE.waits(program, step.snapshot)[0]
        at = max(AT, wait.due) if wait.due else AT
        step = MACHINE.advance(program, step.snapshot, _event(wait), at=at, facts=facts)
    return "running"


def _run(xml: str, facts: dict[str, Any]) -> str:
    try:
        definitions: Definitions = read(xml.encode())
        bundle = Bundle("main", {each.id: definitions for each in definitions.processes})
        for finding in MACHINE.examine(bundle):
            str(finding)
        program = MACHINE.compile(bundle)
        return _play(program, facts, program.starts[0].element)
    except Refusal as refusal:
        return f"refused: {type(refusal).__name__}"


def main() -> None:
    """Answer each drawing with what became of it."""
    global armed  # noqa: PLW0603 - the hook cannot be given anything else
    cases = json.load(sys.stdin)
    _run(cases[0][0], cases[0][1])  # what is imported late is imported now
    sys.addaudithook(_hook)
    armed = True
    answers = [_run(xml, facts) for xml, facts in cases]
    armed = False
    sys.stdout.write(json.dumps(answers))


if __name__ == "__main__":
    main()

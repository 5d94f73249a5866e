"""The child of `killable`: one line in is one text, one line out is what SpiffWorkflow's parser says to it.

It is started as a program and imported by nobody.
"""

from __future__ import annotations

import sys
from base64 import b64decode
from typing import IO

from engine.spiff.killable import FINE, MEMORY, READY
from engine.spiff.parsing import parse


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 - a file of the kernel, not of a folder
        used = int(pages.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))


def _answer(line: str) -> str:
    try:
        parse(b64decode(line))
    except Exception as refused:  # noqa: BLE001 - whatever it is, the text is refused with it
        return f"{type(refused).__name__}: {refused}".replace("\n", " ")[:300]
    return FINE


def serve(asked: IO[str], said: IO[str]) -> None:
    """Be the child: one line a text, one line an answer."""
    if sys.platform == "linux":
        _limit_memory()
    said.write(READY + "\n")
    said.flush()
    for line in asked:
        said.write(_answer(line) + "\n")
        said.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)

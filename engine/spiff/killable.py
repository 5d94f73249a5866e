"""Asking SpiffWorkflow's parser in a process that can be killed: for drawings that somebody has just handed in.

The child is kept for the next text, so that it costs its start once; after a deadline, or when memory runs out, it
is killed and the text refused. It gets text and gives back text, nothing else.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from base64 import b64encode
from queue import Empty, Queue
from typing import IO, Final

from engine.domain.finding import Finding

DEADLINE: Final = 5.0
"""Seconds for one text, the start of the child not counted."""
START: Final = 30.0
"""Seconds for the child to begin; it only loads modules."""
MEMORY: Final = 256_000_000
"""Bytes that a text may cost beyond what the child needs for itself."""
CHILDREN: Final = 2
READY: Final = "ready"
FINE: Final = "fine"


class _Child:
    """One process with the parser in it."""

    def __init__(self) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "engine.spiff.parser_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            text=True,
        )
        self._answers: Queue[str] = Queue()
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()
        self.alive = self.answer(START) == READY

    def ask(self, text: bytes) -> str | None:
        """The child's answer, or None if there was none in time."""
        if not self.alive or self._process.stdin is None:
            return None
        try:
            self._process.stdin.write(b64encode(text).decode() + "\n")
            self._process.stdin.flush()
        except OSError:
            return None
        return self.answer(DEADLINE)

    def answer(self, seconds: float) -> str | None:
        """The next line that it says; None if it says none in time, or is gone."""
        try:
            return self._answers.get(timeout=seconds) or None
        except Empty:
            return None

    def kill(self) -> None:
        """End it at once."""
        self.alive = False
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was still to be written has nobody to read it

    def _listen(self, said: IO[str]) -> None:
        for line in said:
            self._answers.put(line.strip())
        self._answers.put("")


class _Pool:
    """At most so many children, each busy with one text at a time."""

    def __init__(self) -> None:
        self._idle: list[_Child] = []
        self._free = threading.BoundedSemaphore(CHILDREN)
        self._lock = threading.Lock()

    def ask(self, text: bytes) -> str | None:
        """Let one child parse one text."""
        with self._free:
            with self._lock:
                child = self._idle.pop() if self._idle else None
            child = child or _Child()
            answer = child.ask(text)
            if answer is None:
                child.kill()
            else:
                with self._lock:
                    self._idle.append(child)
            return answer

    def close(self) -> None:
        """End all children that wait."""
        with self._lock:
            while self._idle:
                self._idle.pop().kill()


_pool = _Pool()
atexit.register(_pool.close)
close = _pool.close


def try_parsing(text: bytes) -> tuple[Finding, ...]:
    """What SpiffWorkflow's parser has against a text that we wrote; nothing if it takes it."""
    answer = _pool.ask(text)
    if answer == FINE:
        return ()
    if answer is None:
        message = "Expected SpiffWorkflow to read the drawing within {seconds} seconds and {memory} MB, but it did not."
        facts = {"seconds": int(DEADLINE), "memory": MEMORY // 1_000_000}
        return (Finding("spiff-unsupported-parse", message, facts=facts),)
    message = "Expected SpiffWorkflow to read the drawing, but its parser refuses it: {reason}"
    return (Finding("spiff-unsupported-parse", message, facts={"reason": answer}),)

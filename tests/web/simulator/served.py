"""The stand-in beside a test: in this process, or as the real program that it is."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from web.simulator import Faults, Simulator

ROOT = Path(__file__).parents[3]


def bare_environment() -> dict[str, str]:
    """This environment without the settings of whoever runs the tests."""
    return {name: said for name, said in os.environ.items() if not name.startswith("LAJUR_")}


class Stand:
    """The stand-in's other side: what somebody at its page would do."""

    def __init__(self, port: int) -> None:
        self.port = port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Ask a program's question of the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            text = json.dumps({} if body is None else body) if method == "POST" else None
            connection.request(method, path, text, {"Content-Type": "application/json"})
            with connection.getresponse() as answer:
                return json.loads(answer.read())
        finally:
            connection.close()

    def state(self) -> Any:
        return self.ask("GET", "/state")

    def fail(self, **rates: float) -> None:
        """Fail like this from now on."""
        self.ask("POST", "/faults", {name.replace("_", "-"): rate for name, rate in rates.items()})

    def fail_by(self, rates: Mapping[str, float]) -> None:
        self.ask("POST", "/faults", dict(rates))

    def happen(self, case: str, **said: Any) -> Any:
        """Let something happen in a placement."""
        return self.ask("POST", f"/placements/{case}/next", said)


class Beside(Stand):
    """In this process, in a thread."""

    def __init__(self, faults: Faults | None = None, **more: Any) -> None:
        self.simulator = Simulator(faults, **more)
        self._server = self.simulator.server("127.0.0.1", 0)
        super().__init__(self._server.server_port)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Apart(Stand):
    """As a process of its own: `lajur siskop2mi-simulator`."""

    def __init__(self, *words: str, environment: Mapping[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "web.cli", "siskop2mi-simulator", "--port", "0", *words]
        self._child = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**bare_environment(), "PYTHONUNBUFFERED": "1", **(environment or {})},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._child.stdout
        found = re.search(r"http://127\.0\.0\.1:(\d+)", self._child.stdout.readline())
        assert found
        super().__init__(int(found[1]))

    def close(self) -> None:
        self._child.terminate()
        self._child.wait(30)
        assert self._child.stdout
        self._child.stdout.close()

"""A placement system on this machine: one that answers as it is told, and the contract that both are held against."""

from __future__ import annotations

import json
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker

CONTRACT = Path(__file__).parents[3] / "docs/contracts/siskop2mi.openapi.yaml"


@cache
def contract() -> dict[str, Any]:
    """The document as it stands."""
    found: dict[str, Any] = yaml.safe_load(CONTRACT.read_text())
    return found


def check(name: str, value: object) -> None:
    """Hold a value against a schema of the contract. Raises ValidationError."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": contract()["components"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(value)


class Answers(ThreadingHTTPServer):
    """Answers each call with the next of `answers`: status, headers and body; or cuts the line where that is None."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.calls: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, str], bytes] | None] = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def says(self, status: int, body: object, kind: str = "application/json", **headers: str) -> None:
        """Answer like this once."""
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, {"Content-Type": kind, "Content-Length": str(len(text)), **named}, text))

    def refuses(self, status: int, type_: str, **headers: str) -> None:
        """Answer with a problem once."""
        told = {"type": f"urn:lajur:siskop2mi:{type_}", "title": "Uji", "status": status}
        self.says(status, told, "application/problem+json", **headers)

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Answering(BaseHTTPRequestHandler):
    server: Answers

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.calls.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        answer = self.server.answers.pop(0)
        if answer is None:
            self.close_connection = True
            return
        status, headers, text = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 - as the standard library calls them

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""

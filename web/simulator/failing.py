"""Stands before the contract's addresses and fails on purpose: slowly, half-way, or not as agreed."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from web.simulator.faults import OF_ANSWERS, Fault, Faults
from web.simulator.store import Problem

PREFIX: Final = "/v1/"
RETRY_AFTER: Final = 2


class Failing:
    """An application that fails as often as it was told."""

    def __init__(self, inner: WSGIApplication, faults: Faults, *, slow: float) -> None:
        """`slow`: seconds before a slow answer."""
        self._inner, self._faults, self._slow = inner, faults, slow

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or fail."""
        contract = str(environ.get("PATH_INFO", "")).startswith(PREFIX)
        fault = self._faults.draw(OF_ANSWERS) if contract else None
        if fault is None:
            return self._inner(environ, start_response)
        return self._answer(fault, environ)(environ, start_response)

    def _answer(self, fault: Fault, environ: WSGIEnvironment) -> WSGIApplication:
        """What is answered instead."""
        match fault:
            case Fault.RESET:
                return _Cut(environ)
            case Fault.REDIRECT:
                return Response(status=302, headers={"Location": "/elsewhere"})
            case Fault.ENOUGH:
                headers = {"Retry-After": str(RETRY_AFTER)}
                return _said(Problem(429, "enough", "Too many calls.").told(), 429, headers)
            case Fault.FAILED | Fault.ERROR_BODY:
                if self._faults.coin():
                    self._whole(environ)
                if fault is Fault.FAILED:
                    return _said(Problem(503, "failed", "It has failed.").told(), 503)
                return Response('{"status":"error","code":"E-99"}', 200, content_type="application/json")
        return self._spoilt(fault, environ)

    def _spoilt(self, fault: Fault, environ: WSGIEnvironment) -> WSGIApplication:
        """The right answer, and what becomes of it on the way."""
        body, status, headers = self._whole(environ)
        match fault:
            case Fault.REPLY_LOST:
                return _Cut(environ)
            case Fault.TRUNCATED:
                return _Cut(environ, body, status)
            case Fault.GARBAGE:
                return Response("<html>\x00Selamat datang", status, content_type=headers.get("Content-Type"))
            case Fault.WRONG_CASE:
                return Response(_of_another(body), status, content_type=headers.get("Content-Type"))
        time.sleep(self._slow)
        return Response(body, status, content_type=headers.get("Content-Type"))

    def _whole(self, environ: WSGIEnvironment) -> tuple[bytes, str, Any]:
        """Let the request happen. Returns body, status and headers of its answer."""
        parts, status, headers = run_wsgi_app(self._inner, environ, buffered=True)
        return b"".join(parts), status, headers


class _Cut:
    """Cuts the connection: at once, or in the middle of a body."""

    def __init__(self, environ: WSGIEnvironment, body: bytes = b"", status: str = "200 OK") -> None:
        self._socket: socket.socket | None = environ.get("werkzeug.socket")
        self._body, self._status = body, status

    def __call__(self, _: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self._body:
            self._cut()
        length = [("Content-Type", "application/json"), ("Content-Length", str(max(len(self._body), 2)))]
        start_response(self._status, length)
        return self._half()

    def _half(self) -> Iterator[bytes]:
        yield self._body[: len(self._body) // 2]
        self._cut()

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def _of_another(body: bytes) -> bytes:
    """The same answer, but about another report."""
    said = json.loads(body)
    if isinstance(said, dict):
        changed = {"case": "S-0000-00000", "key": "0" * 32, "reference": "SIM-0000-000000"}
        said |= {name: text for name, text in changed.items() if name in said}
    return json.dumps(said).encode()


def _said(told: object, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps(told), status, headers, content_type="application/problem+json")

"""Officers who have an address, and a mail server and a program of our own for the tests of what leaves the house."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Callable
from datetime import date, datetime
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from engine import add_post, assign_post, set_mail_address
from engine.delivery import Undelivered
from engine.domain.dispatch import Channel, Parcel
from engine.domain.organisation import Post
from engine.domain.release import Allowance, Clock
from engine.storage import tables
from engine.worker import Letter, Worker
from tests.small_office import MORNING, Play

DAY = {"allowance": Allowance(1, Clock.WORKING_DAYS)}


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail as RFC 5321 has it, and keeps it. `answer` may refuse a line."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Mailing)
        self.mails: list[Message] = []
        self.answer: Callable[[str], str] = lambda _: ""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Mailing(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if refused := self.server.answer(line.upper()):
                self._say(refused)
            elif verb == "DATA":
                self._say("354 go on")
                self.server.mails.append(email.message_from_bytes(self._text()))
                self._say(self.server.answer("SENT") or "250 kept")
            else:
                self._say("221 bye" if verb == "QUIT" else "250 well")

    def _text(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Program(ThreadingHTTPServer):
    """Another program: it keeps what it is told and answers with what stands in `answers`, then 204."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Called)
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/kabar?dari=lajur"


class _Called(BaseHTTPRequestHandler):
    server: Program

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.send_header("Location", self.server.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""


class Outbox:
    """A way out that only keeps what was to go by it: so many, and then it does not answer any more."""

    channel = Channel.MAIL

    def __init__(self, most: int = 99) -> None:
        self.sent: list[Parcel] = []
        self._most = most

    def place(self, target: str) -> str:
        return target

    def send(self, parcel: Parcel, *, at: datetime) -> None:
        assert at
        if len(self.sent) >= self._most:
            raise Undelivered("full")
        self.sent.append(parcel)


def serve(server: socketserver.BaseServer) -> threading.Thread:
    """Let a server answer beside the test."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    return thread


def plainly(parcel: Parcel) -> Letter:
    """A letter that only names what it tells."""
    named = [f"{each.kind} {each.case} {each.name}" for each in parcel.notices]
    return Letter(f"Lajur: {parcel.notices[0].case}", "\n".join(named))


def with_address(play: Play, *logins: str) -> None:
    """Let mail reach these officers."""
    for each in logins:
        address = f"{each}@contoh.example"
        play.engine.perform(set_mail_address, each, address=address, officer=each, at=play.now)


def overseen(play: Play) -> None:
    """Let Tini oversee Jawa Tengah, and decide on extensions there."""
    play.engine.perform(add_post, Post("kepala", "Kepala", ("open", "oversee", "extend")), at=MORNING)
    post: dict[str, Any] = {"post": "kepala", "office": "JATENG", "begins_on": date(2026, 1, 1)}
    play.engine.perform(assign_post, "tini", **post, at=MORNING)


def climb(play: Play, rungs: int = 9) -> None:
    """Let the worker come each time that a rung is due."""
    for _ in range(rungs):
        due = [row["next_at"] for row in play.rows(tables.clock) if row["state"] == "running" and row["next_at"]]
        if not due:
            return
        play.now = max(min(due), play.now)
        Worker(play.engine, lambda: play.now).work_once()


def told(play: Play) -> list[tuple[str, str]]:
    """Who was told what, in order."""
    logins = {row["id"]: row["login"] for row in play.rows(tables.officer)}
    return [(logins[row["officer_id"]], row["kind"]) for row in play.rows(tables.notice)]


def due_at(play: Play) -> datetime:
    """When the first delivery is to be sent."""
    moments: list[datetime] = [row["next_at"] for row in play.rows(tables.dispatch) if row["state"] == "pending"]
    return min(moments)

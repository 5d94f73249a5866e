"""Whom a call may reach: what a name stands for is looked at once, and nothing else is called, whatever the name says next."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from engine.delivery.calling import NotCalled, call

OUTSIDE, INSIDE = "8.8.8.8", "10.0.0.7"


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where somebody wanted to connect to; nobody gets through."""
    wanted: list[tuple[str, int]] = []

    def refuse(place: tuple[str, int], **_: Any) -> socket.socket:
        wanted.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return wanted


def stands_for(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let a name stand for these addresses, at each look for the next of them. Returns what was looked up."""
    asked: list[str] = []

    def answer(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(0, 0, 0, "", (each, port)) for each in answers[min(len(asked), len(answers)) - 1]]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


def test_a_name_that_changes_its_address_is_called_where_it_was_looked_at(
    monkeypatch: pytest.MonkeyPatch, connected: list[tuple[str, int]]
) -> None:
    asked = stands_for(monkeypatch, [OUTSIDE], [INSIDE])

    with pytest.raises(NotCalled, match="did not answer"):
        call("POST", "https://program.contoh.example/kabar")

    assert (asked, connected) == (["program.contoh.example"], [(OUTSIDE, 443)])


@pytest.mark.parametrize("found", [[INSIDE], [OUTSIDE, INSIDE], ["fe80::1%eth0"], ["64:ff9b:1::a00:7"], []])
def test_a_name_that_stands_for_an_address_within_the_house_too_is_not_called(
    monkeypatch: pytest.MonkeyPatch, connected: list[tuple[str, int]], found: list[str]
) -> None:
    stands_for(monkeypatch, found)

    with pytest.raises(NotCalled) as refused:
        call("POST", "https://program.contoh.example/kabar")

    assert (refused.value.final, connected) == (True, [])


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "2130706433",
        "017700000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "0",
    ],
)
def test_this_machine_is_not_called_however_it_is_written(connected: list[tuple[str, int]], host: str) -> None:
    with pytest.raises(NotCalled):
        call("POST", f"https://{host}/")

    assert connected == []

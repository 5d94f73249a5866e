"""One call over HTTP to a program outside, and nothing that such a program could lead us to.

No redirect is followed, no proxy asked, and no address within the house's own network is called unless a setting allows
it. The name of the host is looked up once, and what was looked at is what is called. Certificates are always checked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, urlsplit

TIMEOUT: Final = 10.0
"""Seconds for connecting, and for each piece of the answer."""
ALTOGETHER: Final = 20.0
"""Seconds for all of it: whoever answers drop by drop is not waited for."""
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_GIVEN_OUT: Final = ipaddress.ip_network("2000::/3")
"""The only IPv6 addresses that IANA gives out; all others lead nowhere, or into somebody's own network."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Limits:
    """How long is waited, and how much of an answer is read."""

    timeout: float = TIMEOUT
    altogether: float = ALTOGETHER
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes = field(repr=False)


class NotCalled(Exception):
    """Nothing was sent: not now, or by this address never; told to the sender, never to an officer."""

    def __init__(self, problem: str, code: str = "", *, final: bool = False) -> None:
        """`final`: trying again is of no use."""
        super().__init__(problem)
        self.problem, self.code, self.final = problem, code, final


class NoAnswer(Exception):
    """Something was sent, all of it or a part, and no whole answer came: nobody here knows what became of it."""

    def __init__(self, code: str) -> None:
        """`code`: what kind of fault it was."""
        super().__init__(code)
        self.code = code


def call(
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    private: bool = False,
    limits: Limits = Limits(),
) -> Answer:
    """Call an address once. Raises NotCalled, NoAnswer. An answer longer than the limit is no answer; with 0 none is read."""
    parts = _parts_of(url)
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise NotCalled("the address is not encrypted", "https", final=True)
    connection = _connected(parts, _looked_up(parts, private=private), limits)
    with connection.sock, _in_time(connection.sock, limits):
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, body, dict(headers or {}))
            with connection.getresponse() as response:
                return _read(response, limits)
        except (OSError, http.client.HTTPException, ValueError) as fault:
            raise NoAnswer(type(fault).__name__) from None
        finally:
            connection.close()


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open internet, also where it is wrapped in another."""
    if isinstance(address, ipaddress.IPv6Address):
        teredo = address.teredo
        inner = address.ipv4_mapped or address.sixtofour or (teredo and teredo[1])
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_public(inner)
        if address not in _GIVEN_OUT:
            return False
    return address.is_global and not address.is_multicast


def _parts_of(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - looking at it is what finds a wrong one
    except ValueError:
        raise NotCalled("the address cannot be read", final=True) from None
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _looked_up(parts: SplitResult, *, private: bool) -> str:
    """Where to connect: looked up once, so that what was looked at is what is called."""
    try:
        found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotCalled("the name of the host is not known") from None
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    if not addresses or not (private or all(is_public(ipaddress.ip_address(each)) for each in addresses)):
        raise NotCalled("the address lies within a private network", final=True)
    return addresses[0]


def _connected(parts: SplitResult, address: str, limits: Limits) -> http.client.HTTPConnection:
    """Connect to this very address in the name of the host. Nothing has been sent when this fails."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    connection = http.client.HTTPConnection(host, _port(parts), timeout=limits.timeout)
    try:
        connection.sock = _secured(parts, address, limits) if secure else _plain(parts, address, limits)
    except (OSError, ValueError) as fault:
        raise NotCalled("the program did not answer", type(fault).__name__) from None
    return connection


def _plain(parts: SplitResult, address: str, limits: Limits) -> socket.socket:
    return socket.create_connection((address, _port(parts)), timeout=limits.timeout)


def _secured(parts: SplitResult, address: str, limits: Limits) -> socket.socket:
    plain = _plain(parts, address, limits)
    try:
        with _in_time(plain, limits):
            return ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
    except BaseException:
        plain.close()
        raise


def _read(response: http.client.HTTPResponse, limits: Limits) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    body = response.read(limits.bytes + 1) if limits.bytes else b""
    if len(body) > limits.bytes:
        raise NoAnswer("TooLong")
    if limits.bytes and response.length:  # read(n) does not say that less came than was promised
        raise NoAnswer("IncompleteRead")
    return Answer(response.status, headers, body)


@contextmanager
def _in_time(plain: socket.socket, limits: Limits) -> Iterator[None]:
    """Cut the line once it has taken too long altogether."""

    def cut() -> None:
        with suppress(OSError):
            plain.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(limits.altogether, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()

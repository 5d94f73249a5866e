"""Calls to other programs: a small JSON text, signed, to an address that an administrator gave. Nothing else of a case goes out.

Signed as Standard Webhooks (https://www.standardwebhooks.com) say: `webhook-id`, `webhook-timestamp` and
`webhook-signature`, an HMAC-SHA-256 over the three with points between; while a secret is being changed there are two,
with a blank between, so that whoever has either can check. No redirect is followed, no proxy asked, and
no address within the house's own network is called unless a setting allows it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import ClassVar, Final
from urllib.parse import SplitResult, urlsplit

from engine.delivery.sending import Undelivered
from engine.domain.dispatch import Channel, Parcel

TIMEOUT: Final = 10.0
"""Seconds for connecting, and for each piece of the answer."""
ALTOGETHER: Final = 20.0
"""Seconds for all of it: whoever answers drop by drop is not waited for."""
_GONE: Final = 410
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Webhooks:
    """The way to other programs."""

    channel: ClassVar[Channel] = Channel.WEBHOOK

    def __init__(self, *, private: bool = False) -> None:
        """`private`: addresses of one's own network may be called too, and without encryption."""
        self._private = private

    def place(self, target: str) -> str:
        """Each program answers for itself."""
        return target

    def send(self, parcel: Parcel, *, at: datetime) -> None:
        """Call it once. Raises Undelivered for everything but an answer from 200 to 299."""
        parts = urlsplit(parcel.address)
        if parts.scheme != "https" and not self._private:
            raise Undelivered("the address is not encrypted", "https", final=True)
        address = self._address(parts)
        body = json.dumps(parcel.body, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            status = _called(parts, address, body, headers_of(parcel, body, at))
        except (OSError, http.client.HTTPException, ValueError) as fault:
            raise Undelivered("the program did not answer", type(fault).__name__, silent=True) from None
        if not 200 <= status < 300:  # noqa: PLR2004 - what HTTP calls a success
            elsewhere = 300 <= status < 400  # noqa: PLR2004 - a redirect
            said = "the program leads elsewhere, which is not followed" if elsewhere else "the program refused"
            raise Undelivered(said, status, final=status == _GONE, silent=status >= 500)  # noqa: PLR2004 - its own fault

    def _address(self, parts: SplitResult) -> str:
        """Where to connect: looked up once, so that what was looked at is what is called."""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise Undelivered("the name of the host is not known", silent=True) from None
        addresses = [str(each[4][0]).partition("%")[0] for each in found]
        if not addresses or not (self._private or all(is_public(ipaddress.ip_address(each)) for each in addresses)):
            raise Undelivered("the address lies within a private network", "LAJUR_WEBHOOK_PRIVATE", final=True)
        return addresses[0]


def headers_of(parcel: Parcel, body: bytes, at: datetime) -> dict[str, str]:
    """What goes with a call, the signature among it."""
    stamp = str(int(at.timestamp()))
    signature = " ".join(
        f"v1,{signed(each, parcel.key, stamp, body)}" for each in (parcel.secret, parcel.secret_before) if each
    )
    return {
        "Content-Type": "application/json",
        "User-Agent": "Lajur",
        "webhook-id": parcel.key,
        "webhook-timestamp": stamp,
        "webhook-signature": signature,
    }


def signed(secret: str, key: str, stamp: str, body: bytes) -> str:
    """The signature of a call: whoever has the secret can make it too, and compare."""
    return base64.b64encode(hmac.digest(secret.encode(), f"{key}.{stamp}.".encode() + body, hashlib.sha256)).decode()


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open internet, also where it is wrapped in another."""
    if isinstance(address, ipaddress.IPv6Address):
        teredo = address.teredo
        inner = address.ipv4_mapped or address.sixtofour or (teredo and teredo[1])
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _called(parts: SplitResult, address: str, body: bytes, headers: dict[str, str]) -> int:
    """Connect to this very address in the name of the host, and return the status of the answer; its text is not read."""
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    with socket.create_connection((address, port), timeout=TIMEOUT) as plain, _in_time(plain):
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


@contextmanager
def _in_time(plain: socket.socket) -> Iterator[None]:
    """Cut the line once it has taken too long altogether."""

    def cut() -> None:
        with suppress(OSError):
            plain.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(ALTOGETHER, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()

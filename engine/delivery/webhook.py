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
import json
from datetime import datetime
from typing import ClassVar, Final

from engine.delivery.calling import NoAnswer, NotCalled, call
from engine.delivery.sending import Undelivered
from engine.domain.dispatch import Channel, Parcel

_GONE: Final = 410


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
        body = json.dumps(parcel.body, ensure_ascii=False, separators=(",", ":")).encode()
        headers = headers_of(parcel, body, at)
        try:
            status = call("POST", parcel.address, body=body, headers=headers, private=self._private).status
        except NotCalled as fault:
            code = fault.code if not fault.final or fault.code else "LAJUR_WEBHOOK_PRIVATE"
            raise Undelivered(fault.problem, code, final=fault.final, silent=not fault.final) from None
        except NoAnswer as fault:
            raise Undelivered("the program did not answer", fault.code, silent=True) from None
        if not 200 <= status < 300:  # noqa: PLR2004 - what HTTP calls a success
            elsewhere = 300 <= status < 400  # noqa: PLR2004 - a redirect
            said = "the program leads elsewhere, which is not followed" if elsewhere else "the program refused"
            raise Undelivered(said, status, final=status == _GONE, silent=status >= 500)  # noqa: PLR2004 - its own fault


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

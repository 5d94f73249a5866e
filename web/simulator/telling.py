"""Tells the agency its events, signed as Standard Webhooks has it. Once: what does not arrive is there to be asked for."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

TIMEOUT: Final = 10.0


def signature(secret: str, message: str, stamp: str, body: bytes) -> str:
    """What proves that a call comes from whoever has the secret."""
    made = hmac.new(secret.encode(), f"{message}.{stamp}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(made.digest()).decode()}"


def tell(url: str, secret: str, event: Mapping[str, Any]) -> str:
    """Tell one event. Returns the status that came back, or what kind of fault it was."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    body = json.dumps(event, ensure_ascii=False).encode()
    stamp, message = str(int(time.time())), str(event["message"])
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": stamp,
        "webhook-signature": signature(secret, message, stamp, body),
    }
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.request("POST", parts.path or "/", body, headers)
        return str(connection.getresponse().status)
    except (OSError, http.client.HTTPException) as fault:
        return type(fault).__name__
    finally:
        connection.close()

"""The door for news from the placement system: signed as Standard Webhooks say. Nobody is signed in here; the secret is the right.

What comes is kept, and nothing more: the worker lets it come to its case.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Response, g, request

from engine import Refusal, take_in_event
from web.errors import problem
from web.identity import wiring
from web.language import gettext

FRESH: Final = timedelta(minutes=5)
"""So far the clock of the other side may be off; what is older was perhaps recorded and sent again."""
LONGEST: Final = 64_000
"""Bytes of one piece of news."""
OTHERWISE: Final = "placement.told-otherwise"

hearing = Blueprint("hearing", __name__)


@hearing.post("/api/siskop2mi/events")
def hear() -> Response:
    """Keep one piece of news. 204 where it is kept, also as refused or as known; 401 where it is not signed as agreed."""
    g.language = "en"
    request.max_content_length = LONGEST
    body = request.get_data(cache=False)
    if not _signed(body):
        return problem(401, gettext("Not signed as agreed"), gettext("Sign the call as Standard Webhooks say."))
    said = _read(body)
    if said is None:
        return problem(400, gettext("Not read"), gettext("Send one JSON object with plain texts and numbers."))
    try:
        done = wiring().engine.perform(take_in_event, said, at=g.now)
    except Refusal as refusal:
        return problem(refusal.status, gettext("Not kept"), refusal.sentence(), kind=type(refusal).__name__)
    if OTHERWISE in done.notes:
        told = gettext("This id was used before for something else; both are kept, and a person is told.")
        return problem(409, gettext("Told otherwise before"), told, kind="ToldOtherwise")
    return Response(status=204)


def _signed(body: bytes) -> bool:
    """Whether the call was signed with the secret, not long ago."""
    secret, stamp = _secret(), request.headers.get("webhook-timestamp", "")
    name, signatures = request.headers.get("webhook-id", ""), request.headers.get("webhook-signature", "")
    if not secret or not name or not (stamp.isascii() and stamp.isdecimal()) or len(stamp) > 12:  # noqa: PLR2004 - more digits than a moment has
        return False
    sent = datetime.fromtimestamp(int(stamp), g.now.tzinfo) if int(stamp) < 2**33 else None
    if sent is None or abs(g.now - sent) > FRESH:
        return False
    made = hmac.digest(secret, f"{name}.{stamp}.".encode("utf-8", "replace") + body, hashlib.sha256)
    wanted = b"v1," + base64.b64encode(made)
    given = signatures.encode("utf-8", "replace").split()[:8]
    return sum(hmac.compare_digest(each, wanted) for each in given) > 0


def _secret() -> bytes:
    """The first line of the file that the setting names; nothing where there is none, and then nobody is heard."""
    file: Path | None = wiring().settings.siskop2mi_secret
    if file is None or not file.is_file():
        return b""
    lines = file.read_text().splitlines()
    return lines[0].strip().encode() if lines else b""


def _read(body: bytes) -> Mapping[str, Any] | None:
    try:
        said = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _no_number(name: str) -> Any:
    raise ValueError(name)

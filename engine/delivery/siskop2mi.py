"""The national placement system over REST, as `docs/contracts/siskop2mi.openapi.yaml` assumes it to be.

What it says is believed only where it is said as agreed: an answer that cannot be read, that is about another report, or
that does not come, leaves open whether the report has arrived, and the system is asked for it by its key before it is sent
again. Nothing of an answer is kept but its number and the placement's: who knows what stands in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final
from urllib.parse import quote, urlencode

from engine.delivery.calling import ALTOGETHER, TIMEOUT, Answer, Limits, NoAnswer, NotCalled, call
from engine.domain.dispatch import Channel, Parcel
from engine.domain.placement import ReportKind
from engine.domain.report import REFUSED, Arrival

LONGEST_ANSWER: Final = 1_000_000
LONGEST_REFERENCE: Final = 60
LONGEST_CURSOR: Final = 80
LONGEST_WAIT: Final = timedelta(hours=1)
"""Longer than that a partner's wish to be left alone is not followed."""
AT_ONCE: Final = 100
"""Events or records of one page."""
_CREATED, _OK = 201, 200
_NOT_KNOWN, _GONE, _ENOUGH = 404, 410, 429
_TOKEN: Final = frozenset({401, 403})
_REFUSED: Final = frozenset({400, 404, 409, 413, 422})
UNKNOWN_KEY: Final = "urn:lajur:siskop2mi:unknown-key"
"""The type of the problem by which the system says that it has no report under a key."""
STALE_CURSOR: Final = "urn:lajur:siskop2mi:stale-cursor"


class Fate(StrEnum):
    """What became of a call that did not end well."""

    NOT_SENT = "not-sent"
    """Nothing has left the house."""
    WAIT = "wait"
    """The system has taken nothing, and asks to be left alone for a while."""
    REFUSED = "refused"
    """The system has the report and does not take it: trying again is of no use."""
    UNSURE = "unsure"
    """Nobody here can say whether it has arrived."""


class NotReported(Exception):
    """A report did not arrive, or may not have; told to whoever sends, never to an officer."""

    def __init__(self, fate: Fate, problem: str, code: object = "", *, wait: timedelta | None = None) -> None:
        """`wait`: how long the system asked to be left alone."""
        problem += f" ({code})" if code else ""
        super().__init__(problem)
        self.fate, self.problem, self.wait = fate, problem, wait

    @property
    def line_failed(self) -> bool:
        """Whether it says something about the line, and not about this report alone."""
        return self.fate in (Fate.NOT_SENT, Fate.UNSURE)


class StaleCursor(Exception):
    """The system does not know this place in its events any more: they are read from the beginning."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some events or records, in the system's own words, and where the next are."""

    rows: tuple[Mapping[str, Any], ...]
    cursor: str
    more: bool


class Placements:
    """The way to the placement system."""

    channel: ClassVar[Channel] = Channel.SISKOP2MI

    def __init__(
        self,
        url: str,
        token: Callable[[], str],
        *,
        private: bool = False,
        timeout: float = TIMEOUT,
        altogether: float = ALTOGETHER,
    ) -> None:
        """`url`: what every address begins with, `https://siskop2mi.example.go.id/v1`. `token` is asked for each time: it may change, and may raise OSError or ValueError."""
        self._url, self._token, self._private = url.rstrip("/"), token, private
        self._limits = Limits(timeout, altogether, LONGEST_ANSWER)

    def report(self, parcel: Parcel) -> Arrival:
        """Let one report arrive; where it may have arrived before, the system is asked first. Raises NotReported."""
        if parcel.doubtful and (arrived := self._arrived(parcel)):
            return arrived
        method, path = _place(parcel)
        body = json.dumps(parcel.body, ensure_ascii=False, separators=(",", ":")).encode()
        answer = self._call(method, path, body=body, key=parcel.key)
        if answer.status in (_OK, _CREATED):
            return _arrival(answer, parcel)
        raise _trouble(answer)

    def ping(self) -> None:
        """See whether the system is there. Raises NotReported."""
        answer = self._call("GET", "/line")
        if answer.status != _OK or "at" not in _object(answer):
            raise NotReported(Fate.UNSURE, "the answer cannot be read", answer.status)

    def events(self, after: str = "", *, most: int = AT_ONCE) -> Page:
        """What has happened after a place that an earlier page told; from the beginning where it is empty. Raises NotReported, StaleCursor."""
        return self._page("/events", "events", after, most)

    def records(self, after: str = "", *, most: int = AT_ONCE) -> Page:
        """How the system sees the placements, a page at a time. Raises NotReported, StaleCursor."""
        return self._page("/placements", "records", after, most)

    def _arrived(self, parcel: Parcel) -> Arrival | None:
        """What the system has under the key of a report; None where it says that it has nothing."""
        answer = self._call("GET", f"/receipts/{quote(parcel.key, safe='')}")
        if answer.status == _OK:
            return _arrival(answer, parcel)
        if answer.status == _NOT_KNOWN and _problem_type(answer) == UNKNOWN_KEY:
            return None
        raise _unsure(_trouble(answer))

    def _page(self, path: str, name: str, after: str, most: int) -> Page:
        asked = {"limit": str(most)} | ({"after": after} if after else {})
        answer = self._call("GET", f"{path}?{urlencode(asked)}")
        if answer.status == _GONE and _problem_type(answer) == STALE_CURSOR:
            raise StaleCursor(after)
        if answer.status != _OK:
            raise _trouble(answer)
        said = _object(answer)
        rows, cursor, more = said.get(name), said.get("cursor"), said.get("more")
        sound = isinstance(rows, list) and all(isinstance(each, dict) for each in rows)
        if not sound or not isinstance(cursor, str) or len(cursor) > LONGEST_CURSOR or not isinstance(more, bool):
            raise NotReported(Fate.UNSURE, "the answer cannot be read", answer.status)
        return Page(tuple(rows), cursor, more)  # type: ignore[arg-type] # seen to be a list above

    def _call(self, method: str, path: str, *, body: bytes | None = None, key: str = "") -> Answer:
        headers = {"Accept": "application/json, application/problem+json", "User-Agent": "Lajur"}
        headers["Authorization"] = f"Bearer {self._token_now()}"
        if body is not None:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": key}
        try:
            return call(
                method, self._url + path, body=body, headers=headers, private=self._private, limits=self._limits
            )
        except NotCalled as fault:
            raise NotReported(Fate.NOT_SENT, fault.problem, fault.code) from None
        except NoAnswer as fault:
            raise NotReported(Fate.UNSURE, "no whole answer came", fault.code) from None

    def _token_now(self) -> str:
        """The token as it is now. Raises NotReported where there is none that could stand in a header."""
        try:
            token = self._token()
        except (OSError, ValueError):
            token = ""
        if not token.isascii() or not token.isprintable() or " " in token:
            token = ""
        if not token:
            raise NotReported(Fate.NOT_SENT, "the token cannot be read")
        return token


def _place(parcel: Parcel) -> tuple[str, str]:
    """Where a report goes."""
    case = quote(str(parcel.body["case"]), safe="")
    match ReportKind(parcel.body["kind"]):
        case ReportKind.BEGUN:
            return "POST", "/placements"
        case ReportKind.CHANGED:
            return "PUT", f"/placements/{case}"
        case ReportKind.CLOSED:
            return "POST", f"/placements/{case}/closing"


def _arrival(answer: Answer, parcel: Parcel) -> Arrival:
    """The receipt in an answer. Raises NotReported where there is none, or it is of another report."""
    said = _object(answer)
    names = ("key", "kind", "case", "reference")
    if (
        not all(isinstance(said.get(name), str) for name in names)
        or not 0 < len(said["reference"]) <= LONGEST_REFERENCE
    ):
        raise NotReported(Fate.UNSURE, "the answer cannot be read", answer.status)
    if any(said[name] != parcel.body[name] for name in names[:3]):
        raise NotReported(Fate.UNSURE, "the answer is about another report", answer.status)
    return Arrival(*(said[name] for name in names))


def _trouble(answer: Answer) -> NotReported:
    """What an answer means that is no success."""
    status = answer.status
    if status == _ENOUGH:
        return NotReported(Fate.WAIT, "the placement system asks to wait", status, wait=_wait(answer))
    if status in _TOKEN:
        return NotReported(Fate.NOT_SENT, "the placement system does not accept the token", status)
    if status in _REFUSED and _problem_type(answer):
        return NotReported(Fate.REFUSED, REFUSED, status)
    if 300 <= status < 400:  # noqa: PLR2004 - a redirect
        return NotReported(Fate.UNSURE, "the program leads elsewhere, which is not followed", status)
    if status >= 500:  # noqa: PLR2004 - its own fault
        return NotReported(Fate.UNSURE, "the placement system has failed", status)
    return NotReported(Fate.UNSURE, "the answer cannot be read", status)


def _unsure(trouble: NotReported) -> NotReported:
    """The same where it was only asked for: a refusal to answer says nothing of the report."""
    if trouble.fate is Fate.REFUSED:
        trouble.fate = Fate.UNSURE
    return trouble


def _wait(answer: Answer) -> timedelta | None:
    """How long the system asks to be left alone; None where it does not say so in seconds."""
    said = answer.headers.get("retry-after", "")
    if said.isdecimal() and len(said) < 6:  # noqa: PLR2004 - more digits than a day has seconds
        return min(timedelta(seconds=int(said)), LONGEST_WAIT)
    return None


def _object(answer: Answer) -> dict[str, Any]:
    """The JSON object in an answer; empty where there is none."""
    if not answer.headers.get("content-type", "").startswith("application/"):
        return {}
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _problem_type(answer: Answer) -> str:
    """The type of the problem that an answer tells (RFC 9457); empty where it tells none."""
    if not answer.headers.get("content-type", "").startswith("application/problem+json"):
        return ""
    said = _object(answer)
    found = said.get("type")
    return found if isinstance(found, str) and said.get("status") == answer.status else ""

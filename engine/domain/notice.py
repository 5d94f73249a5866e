"""A notice: what an officer is told because something has happened that is theirs to know. It gives no right and asks for no answer.

In the application everybody is always told; whether by mail too, and when, each chooses for each topic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from engine.errors import NotValid


class Topic(StrEnum):
    """What notices are about, as officers choose."""

    DEADLINES = "deadlines"
    """Time that runs out for one's own work."""
    OVERSIGHT = "oversight"
    """Time that runs out in an office whose work one oversees."""
    WORK = "work"
    """Steps that somebody gave to one, or took away."""
    HANDOVERS = "handovers"
    EXTENSIONS = "extensions"
    FEEDBACK = "feedback"
    """What the public says of one's SOPs."""
    PROGRAMS = "programs"
    """Programs that act for one."""


class NoticeKind(StrEnum):
    """What has happened."""

    REMIND = "clock.remind"
    TELL_SUPERIOR = "clock.tell-superior"
    STEP_MOVED = "clock.hand-over"
    """A step went to the superior's post because its time ran out."""
    OVERDUE = "clock.incident"
    ITEM_ASSIGNED = "item.assigned"
    ITEM_TAKEN = "item.taken"
    """Somebody else has it now."""
    ITEM_RETURNED = "item.returned"
    HANDOVER_OFFERED = "handover.offered"
    HANDOVER_ACCEPTED = "handover.accepted"
    HANDOVER_DECLINED = "handover.declined"
    HANDOVER_EXPIRED = "handover.expired"
    HANDOVER_WITHDRAWN = "handover.withdrawn"
    PEMDA_ANSWERED = "handover.pemda-answered"
    PEMDA_ARRIVAL = "handover.pemda-arrival"
    PEMDA_ASKED = "handover.pemda-asked"
    EXTENSION_ASKED = "extension.asked"
    EXTENSION_GRANTED = "extension.granted"
    EXTENSION_DECLINED = "extension.declined"
    FEEDBACK = "feedback.given"
    TOKEN_ENDS = "token.ends"  # noqa: S105 - a kind of notice, no secret


class Mailing(StrEnum):
    """Whether a notice goes out by mail too."""

    OFF = "off"
    AT_ONCE = "at-once"
    DIGEST = "digest"
    """Once a day, with everything that has not been read by then."""


TOPICS: Final[Mapping[NoticeKind, Topic]] = MappingProxyType(
    {
        NoticeKind.REMIND: Topic.DEADLINES,
        NoticeKind.TELL_SUPERIOR: Topic.OVERSIGHT,
        NoticeKind.STEP_MOVED: Topic.OVERSIGHT,
        NoticeKind.OVERDUE: Topic.OVERSIGHT,
        **dict.fromkeys((NoticeKind.ITEM_ASSIGNED, NoticeKind.ITEM_TAKEN, NoticeKind.ITEM_RETURNED), Topic.WORK),
        **{each: Topic.HANDOVERS for each in NoticeKind if each.startswith("handover.")},
        **{each: Topic.EXTENSIONS for each in NoticeKind if each.startswith("extension.")},
        NoticeKind.FEEDBACK: Topic.FEEDBACK,
        NoticeKind.TOKEN_ENDS: Topic.PROGRAMS,
    }
)
UNCHOSEN: Final = Mailing.AT_ONCE
"""For whoever has given an address and chosen nothing."""
DIGEST_AT: Final = time(7, 30)
"""When the digest is sent, by the officer's own clock."""
LONGEST_ADDRESS: Final = 254
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


class NotAMailAddress(NotValid):
    """Expected an address such as nama@example.go.id, but “{found}” is none that mail can be sent to."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that one officer is told."""

    number: int
    kind: NoticeKind
    case: str
    """The number of the case: the only thing of it that leaves the house; empty where it is about none."""
    item: int | None
    """The work item, where it is about one."""
    name: str
    """What the step, stage, duty, procedure or program is called."""
    at: datetime
    read_at: datetime | None
    about: str
    """What it is about: `item 5`, `handover 3`, `token 2`."""
    told: Mapping[str, Any]
    """What else is said: when something is due, which office."""


def mail_address(text: str) -> str:
    """An address as mail takes it, or nothing. Raises NotAMailAddress."""
    address = text.strip()
    if address and (len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address) or ".." in address):
        raise NotAMailAddress(found=address[:80])
    return address

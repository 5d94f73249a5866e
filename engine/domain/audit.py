"""An audit record: what happened in a case, when, by whom and on whose behalf; hashed into the chain of its case.

Not a log of the program: it holds no fault, and no field of a person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

HOUSE = 0
"""The chain of what belongs to no case: releases, offices, officers."""
GENESIS = "0" * 64
"""What the first record of a chain names as the one before it."""

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(value: object) -> str:
    """Write JSON the one way in which it is hashed: sorted names, no blanks, no NaN."""
    return _ENCODER.encode(value)


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One link of a chain. `seq` counts from 1 without a gap."""

    case: int
    seq: int
    at: datetime
    kind: str
    """`work_item.completed`: the noun, and the verb in the past."""
    officer: str = ""
    """A login; empty where the house itself acted."""
    on_behalf: str = ""
    """`Plt.` or `Plh.` where the post was held for a time."""
    office: str = ""
    post: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    previous: str = GENESIS

    @property
    def hash(self) -> str:
        """SHA-256 over every column, the hash of the record before it among them."""
        columns = (
            self.case,
            self.seq,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.kind,
            self.officer,
            self.on_behalf,
            self.office,
            self.post,
            self.data,
            self.previous,
        )
        return hashlib.sha256(canonical(columns).encode()).hexdigest()

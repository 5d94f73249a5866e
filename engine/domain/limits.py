"""How much one drawing and one command may ask for; not how long an officer may take (that is an allowance)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one program. Going past one is a named refusal, passing half of it a warning."""

    file_bytes: int = 2_000_000
    flow_nodes: int = 10_000
    call_depth: int = 20
    instances: int = 500
    """Of one multi-instance activity; an administrator may raise it."""
    steps: int = 2_000
    """Flow nodes passed within one command."""
    form_bytes: int = 256_000
    attachment_bytes: int = 20_000_000


LIMITS = Limits()

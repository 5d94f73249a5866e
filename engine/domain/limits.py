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
    papers_of_case: int = 200
    picture_points: int = 60_000_000
    """Width times height of a photo before it is made smaller."""
    picture_side: int = 2_400
    """The longer side of a photo as it is stored."""
    package_entries: int = 2_000
    unpacked_bytes: int = 200_000_000
    """What a DOCX or XLSX may claim to hold."""


LIMITS = Limits()

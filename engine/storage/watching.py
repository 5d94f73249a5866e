"""What clocks have to look at in a release, read out of its drawings once and kept in memory."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from engine.domain.release import Release
from engine.domain.watched import Place, Watched, inner, watched
from engine.notation import EndEvent, StartEvent, nodes, read

_DOORS: dict[tuple[str, bytes], tuple[Place, ...]] = {}
"""Process and SHA-256 of its drawing → where it begins and ends. Many releases hold the same drawing, for they call it; a few names each are kept."""


def watch(release: Release) -> Watched:
    """Find out what is to be watched; drawings are read only where a called process promises something."""
    found = watched(release)
    doors = frozenset(place for process in inner(found, release) for place in _doors(release, process))
    return replace(found, doors=doors)


def _doors(release: Release, process: str) -> tuple[Place, ...]:
    if process not in release.drawings:
        return ()
    text = release.drawings[process]
    key = process, hashlib.sha256(text).digest()
    if key not in _DOORS:
        drawn = read(text).process(process)
        found = nodes(drawn) if drawn else ()
        _DOORS[key] = tuple((process, node.id) for node, _ in found if isinstance(node, StartEvent | EndEvent))
    return _DOORS[key]

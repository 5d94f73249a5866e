"""What clocks have to look at in a release, read out of its drawings once and kept in memory."""

from __future__ import annotations

from dataclasses import replace

from engine.domain.release import Release
from engine.domain.watched import Place, Watched, inner, watched
from engine.notation import EndEvent, StartEvent, nodes, read_kept


def watch(release: Release) -> Watched:
    """Find out what is to be watched; drawings are read only where a called process promises something."""
    found = watched(release)
    doors = frozenset(place for process in inner(found, release) for place in _doors(release, process))
    return replace(found, doors=doors)


def _doors(release: Release, process: str) -> list[Place]:
    drawn = read_kept(release.drawings[process]).process(process) if process in release.drawings else None
    return [(process, node.id) for node, _ in nodes(drawn) if isinstance(node, StartEvent | EndEvent)] if drawn else []

"""Sorts the ways of a table into its groups: no flow may cross the border of a sub-process, so a way that would is
cut into one to the border and one from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sop_catalog.sheets.ways import Way


@dataclass(slots=True)
class Sorted:
    """The ways of every group, the outermost under the empty name, and how each group is entered and left."""

    ways: dict[str, list[Way]] = field(default_factory=dict)
    entry: dict[str, str] = field(default_factory=dict)
    exit: dict[str, str] = field(default_factory=dict)
    complaints: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)


def start_of(group: str) -> str:
    """Return the id of the start event inside a group."""
    return f"{group}_mulai"


def end_of(group: str) -> str:
    """Return the id of the end event inside a group."""
    return f"{group}_selesai"


def sort_ways(ways: tuple[Way, ...], group_of: Mapping[str, str], onward: Mapping[str, str]) -> Sorted:
    """Give each way to the group it runs in.

    `group_of` names the group that each node and group stands in directly; `onward` where a group says it leads.
    """
    found = Sorted()
    for group, target in onward.items():
        _leave(group, target, group_of, found)
    for way in ways:
        _sort(way, group_of, found)
    return found


def _sort(way: Way, group_of: Mapping[str, str], found: Sorted) -> None:
    source, target = group_of.get(way.source, ""), group_of.get(way.target, "")
    if source == target:
        _keep(source, way, found)
    elif target and target not in _around(way.source, group_of):
        _enter(target, way.target, found)
        _sort(replace(way, target=target), group_of, found)
    else:
        _keep(source, replace(way, target=end_of(source)), found)
        _leave(source, way.target, group_of, found)


def _enter(group: str, node: str, found: Sorted) -> None:
    if found.entry.setdefault(group, node) != node:
        found.complaints.append(
            (
                f"group {group}",
                "Ways from outside lead to both {first} and {second} in it; a group is entered at one place.",
                {"first": found.entry[group], "second": node},
            )
        )
    _keep(group, Way(start_of(group), node), found)


def _leave(group: str, target: str, group_of: Mapping[str, str], found: Sorted) -> None:
    known = found.exit.get(group)
    if known is None:
        found.exit[group] = target
        _sort(Way(group, target), group_of, found)
    elif known != target:
        found.complaints.append(
            (
                f"group {group}",
                "Ways lead out of it to both {first} and {second}; a group is left for one place.",
                {"first": known, "second": target},
            )
        )


def _keep(group: str, way: Way, found: Sorted) -> None:
    kept = found.ways.setdefault(group, [])
    if way not in kept:
        kept.append(way)


def _around(node: str, group_of: Mapping[str, str]) -> set[str]:
    around = {""}
    while group := group_of.get(node, ""):
        around.add(group)
        node = group
    return around

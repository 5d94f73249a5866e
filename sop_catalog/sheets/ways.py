"""The ways of an SOP table: which row follows which, under which condition, spelt out and sorted into groups.

A way is not yet a flow of a diagram: it has no id and no line, and it may still lead into or out of a group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sop_catalog.diagram.outcomes import condition_of
from sop_catalog.sheets.table import Catch, EndRow, Exit, Table


@dataclass(frozen=True, slots=True)
class Way:
    """From one node to another."""

    source: str
    target: str
    label: str = ""
    condition: str = ""
    default: bool = False


def gateway_id(step: str) -> str:
    """Return the id of the gateway at which the decision of a step is taken."""
    return f"{step}_putusan"


def catch_id(host: str, kind: str, number: int) -> str:
    """Return the id of a boundary event: `kirim_surat_timer`, a second one `kirim_surat_timer_2`."""
    return f"{host}_{kind}" + (f"_{number}" if number > 1 else "")


def numbered(catches: tuple[Catch, ...]) -> Iterator[tuple[Catch, int]]:
    """Number the boundary events of one host within their kind."""
    seen: dict[str, int] = {}
    for each in catches:
        seen[each.kind] = seen.get(each.kind, 0) + 1
        yield each, seen[each.kind]


def closing(table: Table) -> EndRow:
    """Return the end that `to = "end"` means: the first plain one, or one of its own."""
    return next((each for each in table.ends if each.kind == "none"), EndRow("end", "Selesai"))


def ways_of(table: Table) -> tuple[Way, ...]:
    """Spell out every way of a table, in the order of its rows."""
    end = closing(table).id
    return tuple(replace(way, target=end) if way.target == "end" else way for way in _ways(table))


def _ways(table: Table) -> Iterator[Way]:
    yield Way("start", table.start.to or table.steps[0].id)
    yield from (Way(each.id, each.to) for each in table.also)
    for at, step in enumerate(table.steps):
        if step.exits:
            yield Way(step.id, gateway_id(step.id))
            yield from (_exit(gateway_id(step.id), each) for each in step.exits)
        else:
            after = table.steps[at + 1].id if at + 1 < len(table.steps) else "end"
            yield Way(step.id, step.to or after)
        yield from _caught(step.id, step.catches)
    for group in table.groups:
        yield from _caught(group.id, group.catches)
    for fork in table.forks:
        yield from (_exit(fork.id, each) for each in fork.ways)
        if fork.join:
            yield Way(fork.join, fork.after_join)


def _exit(gateway: str, way: Exit) -> Way:
    condition = condition_of(way.value) if way.value else way.when
    return Way(gateway, way.to, way.label or way.value, condition, way.default)


def _caught(host: str, catches: tuple[Catch, ...]) -> Iterator[Way]:
    return (Way(catch_id(host, each.kind, number), each.to) for each, number in numbered(catches))

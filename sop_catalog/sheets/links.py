"""Checks that the rows of an SOP table fit together: every name that a row uses is the name of another row.

Whether the diagram made from it is sound is not asked here; that is for the rules and the state space.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sop_catalog.sheets.cells import Complaints
from sop_catalog.sheets.table import HEARERS, Catch, StepRow, Table
from sop_catalog.sheets.ways import ways_of

_NO_ACTIVITY = frozenset({"timer", "message", "throw-message", "escalate"})
_NEEDS_MESSAGE = frozenset({"receive", "message", "throw-message", "escalate"})


def check_links(table: Table, complaints: Complaints) -> None:
    """Complain about every name that is used but not defined, or defined twice."""
    if not table.steps:
        complaints.add("sheet", "There is no [[step]].")
    if not table.lanes:
        complaints.add("sheet", "There is no [[lane]].")
    _check_unique(table, complaints)
    _check_targets(table, complaints)
    for step in table.steps:
        _check_step(step, table, complaints)
    _check_groups(table, complaints)
    _check_duties(table, complaints)
    if not complaints.findings:
        _check_reached(table, complaints)


def _check_reached(table: Table, complaints: Complaints) -> None:
    reached = {way.target for way in ways_of(table)}
    for step in table.steps:
        if step.id not in reached:
            complaints.add(f"step {step.id}", "Nothing leads to it.")
    for fork in table.forks:
        for name in (fork.id, fork.join):
            if name and name not in reached:
                complaints.add(f"fork {fork.id}", "Nothing leads to {name}; some step must say so.", name=name)
    for end in table.ends:
        if end.id not in reached:
            complaints.add(f"end {end.id}", "Nothing leads to it.")


def _check_unique(table: Table, complaints: Complaints) -> None:
    names = [*_ids(table), *(each.id for each in table.pools)]
    for name, times in Counter(names).items():
        if times > 1:
            complaints.add(name, "The id {id} stands {times} times in this file.", id=name, times=times)


def _check_targets(table: Table, complaints: Complaints) -> None:
    known = {*_ids(table), "end"} - {each.id for each in table.groups}
    for row, target in _targets(table):
        if target not in known:
            complaints.add(row, "It leads to {target}, and there is no such step, fork or end.", target=target)


def _ids(table: Table) -> Iterator[str]:
    for rows in (table.steps, table.forks, table.ends, table.groups):
        yield from (each.id for each in rows)
    yield from (fork.join for fork in table.forks if fork.join)
    yield from (each.id for each in table.also)


def _targets(table: Table) -> Iterator[tuple[str, str]]:
    if table.start.to:
        yield "start", table.start.to
    yield from ((f"start {each.id}", each.to) for each in table.also)
    for step in table.steps:
        row = f"step {step.id}"
        yield from ((row, each.to) for each in step.exits)
        yield from _caught(row, step.catches)
        if step.to:
            yield row, step.to
    for fork in table.forks:
        row = f"fork {fork.id}"
        yield from ((row, each.to) for each in fork.ways)
        if fork.after_join:
            yield row, fork.after_join
    for group in table.groups:
        yield from _caught(f"group {group.id}", group.catches)
        if group.to:
            yield f"group {group.id}", group.to


def _caught(row: str, catches: Iterable[Catch]) -> Iterator[tuple[str, str]]:
    return ((row, each.to) for each in catches)


def _check_talk(step: StepRow, table: Table, complaints: Complaints) -> None:
    row = f"step {step.id}"
    if step.talks_to and step.talks_to not in {each.id for each in table.pools}:
        complaints.add(row, "It talks to {pool}, and there is no such [[pool]].", pool=step.talks_to)
    if step.hears and step.kind not in HEARERS:
        complaints.add(
            row, "hears_from is for what a person does; the kind {kind} says itself who tells whom.", kind=step.kind
        )


def _check_step(step: StepRow, table: Table, complaints: Complaints) -> None:
    row = f"step {step.id}"
    lanes = [each.key for each in table.lanes]
    if step.lane not in lanes:
        complaints.add(row, "lane is {lane}; the lanes are {known}.", lane=step.lane, known=", ".join(lanes))
    _check_talk(step, table, complaints)
    if step.kind == "call" and not step.calls:
        complaints.add(row, "A call needs calls = the code of what it calls.")
    if step.stage and step.kind in _NO_ACTIVITY:
        complaints.add(
            row, "A case enters a stage with a step that somebody does, not with the kind {kind}.", kind=step.kind
        )
    if step.kind == "timer" and not step.after:
        complaints.add(row, "A timer needs after = how long to wait.")
    if step.kind in _NEEDS_MESSAGE and not step.message:
        complaints.add(row, "A step of kind {kind} needs the name of its message.", kind=step.kind)
    if step.exits and step.to:
        complaints.add(row, "It has both exits and to; which one is meant?")
    if sum(each.default for each in step.exits) > 1:
        complaints.add(row, "Only one exit can be the default.")
    for each in step.exits:
        if bool(each.value) + bool(each.when) + each.default != 1:
            complaints.add(row, "The exit to {to} needs exactly one of value, when and default.", to=each.to)


def _check_duties(table: Table, complaints: Complaints) -> None:
    known = {*_ids(table), table.start.id}
    for duty in table.procedure.sheet.duties:
        for named in filter(None, (duty.begins, duty.ends)):
            if named not in known:
                row = f"duty {duty.code}"
                complaints.add(row, "It is counted from or to {name}, and there is no such row.", name=named)


def _check_groups(table: Table, complaints: Complaints) -> None:
    known = {each.id for each in table.groups}
    rows = [(f"step {each.id}", each.group) for each in table.steps]
    rows += [(f"fork {each.id}", each.group) for each in table.forks]
    for row, inside in rows:
        if inside and inside not in known:
            complaints.add(row, "It is in the group {group}, and there is no such.", group=inside)
    used = {inside for _, inside in rows} | {each.group for each in table.groups}
    for group in table.groups:
        if group.id not in used:
            complaints.add(f"group {group.id}", "No step is in this group.")
    for fork in table.forks:
        if bool(fork.join) != bool(fork.after_join):
            complaints.add(f"fork {fork.id}", "join and after_join belong together: one of them is missing.")

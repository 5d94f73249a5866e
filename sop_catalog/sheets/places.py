"""Where each node of an SOP table belongs: its group, its lane, and its place in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator

from sop_catalog.sheets.groups import end_of, start_of
from sop_catalog.sheets.table import EndRow, ForkRow, GroupRow, StepRow, Table
from sop_catalog.sheets.ways import Way, catch_id, closing, gateway_id, numbered


class Places:
    """Finds the group, the lane and the reading order of every node that a table becomes."""

    def __init__(self, table: Table, ways: tuple[Way, ...]) -> None:
        self.table = table
        self.ways = ways
        self.rows: dict[str, StepRow | ForkRow | GroupRow] = {each.id: each for each in table.steps}
        self.rows |= {each.id: each for each in table.groups}
        for fork in table.forks:
            self.rows |= {name: fork for name in (fork.id, fork.join) if name}
        self.ends: dict[str, EndRow] = {each.id: each for each in (*table.ends, closing(table))}
        self.group_of: dict[str, str] = dict(self._groups())
        self.group_of |= {name: self._group_of_end(row) for name, row in self.ends.items()}
        self.lane_of: dict[str, str] = dict(self._lanes())
        self._spread_lanes()

    def order(self, group: str) -> tuple[str, ...]:
        """Return the rows of one group as a reader meets them: a fork after what leads to it, a join before what follows."""
        found: list[str] = []
        for step in self.table.steps:
            name = self._member(step.id, group)
            if name and name not in found:
                found.append(name)
        waiting = [n for fork in self.table.forks if fork.group == group for n in (fork.id, fork.join) if n]
        while waiting:
            name = next((each for each in waiting if self._sources(each, group) & set(found)), waiting[0])
            places = [found.index(each) for each in self._sources(name, group) if each in found]
            found.insert(self._place(name, places) if places else 0, name)
            waiting.remove(name)
        return tuple(found)

    def nodes_in(self, lane: str) -> tuple[str, ...]:
        """Return the nodes that a lane names: its own at the top, and in groups those of another lane than the group's."""
        return tuple(
            node
            for node, where in self.lane_of.items()
            if where == lane and (not self.group_of.get(node) or self.lane_of.get(self.group_of[node]) != lane)
        )

    def _place(self, name: str, sources: list[int]) -> int:
        return (max(sources) if any(fork.join == name for fork in self.table.forks) else min(sources)) + 1

    def _member(self, node: str, group: str) -> str | None:
        """Return the node itself where it stands in this group directly, or the group in it that it stands in."""
        while (around := self.group_of.get(node, "")) != group:
            if not around:
                return None
            node = around
        return node

    def _sources(self, name: str, group: str) -> set[str]:
        hosts = {node: host for host, node in self._parts()}
        found = {hosts.get(way.source, way.source) for way in self.ways if way.target == name}
        return {member for each in found if (member := self._member(each, group))}

    def _parts(self) -> Iterator[tuple[str, str]]:
        """Walk the nodes that belong to a row beside its own: (row, node)."""
        rows: list[StepRow | GroupRow] = [*self.table.steps, *self.table.groups]
        for row in rows:
            for each, number in numbered(row.catches):
                yield row.id, catch_id(row.id, each.kind, number)
            if isinstance(row, StepRow) and row.exits:
                yield row.id, gateway_id(row.id)

    def _groups(self) -> Iterator[tuple[str, str]]:
        rows: list[StepRow | GroupRow] = [*self.table.steps, *self.table.groups]
        for row in rows:
            yield row.id, row.group
        for fork in self.table.forks:
            yield from ((name, fork.group) for name in (fork.id, fork.join) if name)
        for host, node in self._parts():
            yield node, self.rows[host].group
        for group in self.table.groups:
            yield start_of(group.id), group.id
            yield end_of(group.id), group.id

    def _group_of_end(self, end: EndRow) -> str:
        """An error or escalation raised only inside a group ends there, so that the group's border can catch it."""
        around = {self.group_of.get(way.source, "") for way in self.ways if way.target == end.id}
        inside = end.kind in {"error", "escalation"} and len(around) == 1
        return end.group or (around.pop() if inside else "")

    def _lanes(self) -> Iterator[tuple[str, str]]:
        first = self.table.start.to or self.table.steps[0].id
        starts = [("start", first), *((each.id, each.to) for each in self.table.also)]
        for start, target in starts:
            row = self.rows.get(target)
            yield start, row.lane if isinstance(row, StepRow) else self.table.steps[0].lane
        for step in self.table.steps:
            yield step.id, step.lane
        for host, node in self._parts():
            yield node, self._host_lane(host)
        for fork in self.table.forks:
            yield from ((name, fork.lane) for name in (fork.id, fork.join) if name and fork.lane)
        yield from ((end.id, end.lane) for end in self.table.ends if end.lane)
        for group in self.table.groups:
            for node in (group.id, start_of(group.id), end_of(group.id)):
                yield node, self._host_lane(group.id)

    def _host_lane(self, host: str) -> str:
        row = self.rows[host]
        if isinstance(row, StepRow):
            return row.lane
        return next(each.lane for each in self.table.steps if self._member(each.id, self.group_of[host]) == host)

    def _spread_lanes(self) -> None:
        """Give forks, joins and ends the lane of what leads to them, as far as the ways reach."""
        for fork in self.table.forks:
            if fork.join and fork.lane:
                self.lane_of.setdefault(fork.join, fork.lane)
        for _ in range(len(self.ways)):
            for way in self.ways:
                if way.source in self.lane_of:
                    self.lane_of.setdefault(way.target, self.lane_of[way.source])
        for fork in self.table.forks:
            if fork.join and fork.id in self.lane_of:
                self.lane_of[fork.join] = self.lane_of[fork.id]

"""Multi-instance: one activity once for each entry of a list, together or one after the other.

The list is read when the activity begins; what becomes of the fact afterwards does not matter to it. An empty list is
passed at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple, cast

from engine import feel
from engine.expression import Condition
from engine.feel.kinds import KIND_NAMES
from engine.machine.activity import Activity, arm
from engine.machine.program import Node
from engine.machine.run import Run
from engine.machine.state import MULTI, Token
from engine.process import NotACount, NotAList, TooMany

COUNTERS: Final = frozenset(
    {"numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances", "numberOfTerminatedInstances"}
)
"""What a completion condition may read besides facts (ISO/IEC 19510, table 10.30)."""


class _Tally(NamedTuple):
    total: int
    begun: int
    done: int
    items: list[Any] | None


@dataclass(frozen=True, slots=True)
class Multi:
    """How often an activity runs, over what, and when that is enough."""

    sequential: bool
    collection: str | None
    item: str | None
    cardinality: Condition | None
    enough: Condition | None

    @property
    def names(self) -> frozenset[str]:
        """The facts that it reads."""
        listed = frozenset({self.collection} if self.collection else ())
        counted = self.cardinality.names if self.cardinality else frozenset()
        own = COUNTERS | {self.item or ""}
        enough = self.enough.names - own if self.enough else frozenset()
        return listed | counted | enough

    def begin(self, run: Run, node: Node, scope: int) -> None:
        """Open the first instance, or all of them. Raises NotAList, NotACount, TooMany."""
        items = self._items(run, node, run.facts_in(scope))
        total = self._count(run, node, run.facts_in(scope)) if items is None else len(items)
        if total > run.program.limits.instances:
            raise TooMany(limit=run.program.limits.instances, element=node.id, found=total)
        if not total:
            run.note(node, scope, "left")
            run.leave(node, scope)
            return
        begun = 1 if self.sequential else total
        number = run.open(MULTI, node, scope, more=_Tally(total, begun, 0, items))
        for place in range(begun):
            self._open(run, node, number, place)
        arm(run, node, scope, number)

    def finish(self, run: Run, node: Node, token: Token) -> None:
        """Close one instance; open the next, or leave when all are done or enough are."""
        facts = run.facts_in(token.number)
        run.close(token)
        body = run.tokens[token.up]
        tally = _Tally(*body.more)
        tally = tally._replace(done=tally.done + 1)
        if tally.done == tally.total or self._is_enough(run, tally, facts):
            run.clear(body.number)
            run.close(body)
            run.disarm(node, body.number)
            run.note(node, body.up, "left")
            run.leave(node, body.up)
            return
        next_place = tally.begun
        if self.sequential:
            tally = tally._replace(begun=tally.begun + 1)
        run.tokens[body.number] = body._replace(more=tally)
        if self.sequential:
            self._open(run, node, body.number, next_place)

    def _open(self, run: Run, node: Node, number: int, place: int) -> None:
        run.count(node)
        cast("Activity", node.behaviour).begin(run, node, number, place)

    def _items(self, run: Run, node: Node, facts: Mapping[str, Any]) -> list[Any] | None:
        if self.collection is None:
            return None
        found = facts.get(self.collection)
        if not isinstance(found, list | tuple):
            raise NotAList(element=node.id, name=self.collection, found=_kind(found))
        if len(found) > run.program.limits.instances:
            raise TooMany(limit=run.program.limits.instances, element=node.id, found=len(found))
        try:
            return cast("list[Any]", feel.to_json(list(found)))
        except (ValueError, RecursionError):
            what = "a list of what FEEL does not know"
            raise NotAList(element=node.id, name=self.collection, found=what) from None

    def _count(self, run: Run, node: Node, facts: Mapping[str, Any]) -> int:
        found = self.cardinality.value(facts, run.at) if self.cardinality else None
        if isinstance(found, Decimal) and found >= 0 and found == found.to_integral_value():
            return int(found)
        text = self.cardinality.text if self.cardinality else ""
        raise NotACount(element=node.id, text=text, found=str(found) if isinstance(found, Decimal) else _kind(found))

    def _is_enough(self, run: Run, tally: _Tally, facts: Mapping[str, Any]) -> bool:
        if self.enough is None:
            return False
        counters = {
            "numberOfInstances": Decimal(tally.total),
            "numberOfActiveInstances": Decimal(tally.begun - tally.done),
            "numberOfCompletedInstances": Decimal(tally.done),
            "numberOfTerminatedInstances": Decimal(0),
        }
        return self.enough.holds({**facts, **counters}, run.at)


def _kind(value: Any) -> str:
    """What a value is, in words that give nothing of it away."""
    return KIND_NAMES.get(type(value), "no FEEL value")

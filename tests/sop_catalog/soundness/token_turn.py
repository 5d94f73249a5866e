"""One turn of the token game: an event happens, and tokens move, first come, first served, until all rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.sop_catalog.soundness.plans import MAIN, WORK, Model
from tests.sop_catalog.soundness.positions import Box, Position, Thing, written

MOST_INSTANCES = MOST_AGAIN = 2


@dataclass(frozen=True)
class Turn:
    """What came of one turn."""

    result: str
    """`rests`, `ends` or `stuck`."""
    position: Position
    ended: bool
    """Whether a token of the case itself came to its end in it."""
    joins: frozenset[int]
    """Where it is stuck."""
    cutting: frozenset[int]
    """Ends of everything that took something away."""
    met: frozenset[int]
    """Nodes and arrows that it came over."""


@dataclass(frozen=True)
class Rules:
    """What of a model does not change while it is played."""

    model: Model
    home: Mapping[int, str]
    """Node → the plan that it lies in."""
    alone: Mapping[int, frozenset[int]]
    """Event beside an activity → the nodes to which it alone leads: while one of them is open, it does not come again."""
    ways_in: Mapping[tuple[int, int], frozenset[int]]
    """Inclusive join and arrow to it → the nodes from which a token can come along it."""


class Table:
    """One position set up, with the turn that is being played on it."""

    def __init__(self, rules: Rules, position: Position | None, script: list[list[int]] | None = None) -> None:
        self.rules = rules
        self.case = Box(rules.model[MAIN], None)
        self.ages = 0
        self.script = script or []
        self.asked: list[list[int]] = []
        self.facts: dict[int, bool] = {}
        self.outcome = -1
        """What the officer chose; -1 before anybody asked."""
        self.decided = False
        self.moving: deque[tuple[int, int, Box]] = deque()
        """Arrow (or none: -1), node, box."""
        self.result = ""
        self.ended = False
        self.cutting: set[int] = set()
        self.met: set[int] = set()
        if position is not None:
            self._set_up(self.case, position)
            self.ages = 1 + max((each.age for each in self.all()), default=0)

    # Positions.

    def _set_up(self, box: Box, position: Position) -> None:
        for each in position:
            box.things.append(self._thing(box, each))

    def _thing(self, box: Box, written: Position) -> Thing:
        kind, step, arrow, age, edges, inside, instances, tally = written
        thing = Thing(kind, step, box, arrow, age, dict(edges))
        thing.total, thing.begun, thing.done = tally
        if inside is not None:
            thing.inside = Box(self.rules.model[self.rules.model[self.rules.home[step]].steps[step].inner], thing)
            self._set_up(thing.inside, inside)
        for each in instances:
            one = self._thing(box, each)
            one.whole = thing
            thing.instances.append(one)
        return thing

    def position(self) -> Position:
        """The position as it stands, in the order in which things were opened."""
        joins = sorted(each.age for each in self.all() if each.kind == "at")
        return written(self.case, {age: rank for rank, age in enumerate(joins)})

    def all(self) -> list[Thing]:
        """Everything open, from the outside in."""
        found: list[Thing] = []

        def look(thing: Thing) -> None:
            found.append(thing)
            for each in (*thing.instances, *(thing.inside.things if thing.inside else ())):
                look(each)

        for each in self.case.things:
            look(each)
        return found

    # Events.

    def events(self, thing: Thing) -> Iterator[tuple[str, int]]:
        """What can happen to a thing."""
        plan = thing.box.plan
        kind = plan.steps[thing.step].kind
        if thing.kind == "rest":
            if kind == "events":
                yield from (("chosen", plan.arrows[arrow][1]) for arrow in plan.out(thing.step))
            else:
                yield "done", 0
            if kind == "task":
                yield from (("failed", code) for code in range(len(self._caught(thing))))
        for edge in thing.edges:
            alone = self.rules.alone.get(edge, frozenset())
            if not any(other.step in alone for other in thing.box.things):
                yield "edge", edge

    def happens(self, what: str, at: int, which: int) -> None:
        """Let one event happen."""
        if what == "start":
            self.moving.append((-1, self.case.plan.start(), self.case))
            return
        thing = self.all()[at]
        box, plan = thing.box, thing.box.plan
        kind = plan.steps[thing.step].kind
        self.decided = what == "done" and kind == "task"
        if what == "chosen":
            box.things.remove(thing)
            self.met |= {
                thing.step,
                which,
                *(arrow for arrow in plan.out(thing.step) if plan.arrows[arrow][1] == which),
            }
            self._leave(which, box)
        elif what == "failed":
            self._throw("error", self._caught(thing)[which], thing)
        elif what == "edge":
            self._edge(thing, which)
        elif kind in WORK:
            self._finish(thing)
        else:
            box.things.remove(thing)
            self.met.add(thing.step)
            self._leave(thing.step, box)

    def _edge(self, thing: Thing, edge: int) -> None:
        step = thing.box.plan.steps[edge]
        time = thing.edges.pop(edge)
        if step.cuts:
            self._take_away(thing)
        elif step.kind in ("message", "cycle") and time < MOST_AGAIN:
            thing.edges[edge] = time + 1
        self.met.add(edge)
        self._leave(edge, thing.box)

    def _caught(self, thing: Thing) -> list[str]:
        """Codes of errors that something at or around a thing waits for; for one that takes any, some other."""
        found: dict[str, None] = {}
        at: Thing | None = thing
        while at is not None:
            at = at.whole or at
            plan = at.box.plan
            for edge in plan.edges(at.step):
                if plan.steps[edge].kind == "error":
                    found[plan.steps[edge].code or "*"] = None
            at = at.box.owner
        return list(found)

    # Moving.

    def settled(self) -> Turn:
        """Play until all rest."""
        while not self.result and (self._move() or self._close_one() or self._join_one()):
            pass
        things = self.all()
        joins = frozenset(each.step for each in things if each.kind == "at")
        if not self.result:
            rests = any(each.kind == "rest" or each.edges for each in things)
            self.result = "rests" if rests else "stuck"
        position = self.position() if self.result == "rests" else ()
        return Turn(self.result, position, self.ended, joins, frozenset(self.cutting), frozenset(self.met))

    def _move(self) -> bool:
        if not self.moving:
            return False
        arrow, node, box = self.moving.popleft()
        if box.alive:
            if arrow >= 0:
                self.met.add(arrow)
            self._arrive(arrow, node, box)
        return True

    def _arrive(self, arrow: int, node: int, box: Box) -> None:
        step = box.plan.steps[node]
        if step.kind in ("and", "or") and len(box.plan.into(node)) > 1:
            box.things.append(self._aged(Thing("at", node, box, arrow)))
            if step.kind == "and":
                self._fire_if_full(node, box)
            return
        if step.kind in ("catch", "events"):
            box.things.append(self._aged(Thing("rest", node, box)))
            return
        self.met.add(node)
        act: dict[str, Callable[[], None]] = {
            "end": lambda: self._consume(box),
            "terminate": lambda: self._terminate(node, box),
            "error": lambda: self._throw("error", step.code, box.owner),
            "tell": lambda: self._tell(node, box, on=True),
            "tell-end": lambda: self._tell(node, box, on=False),
        }
        if step.kind in WORK:
            self._begin(node, box)
        else:
            act.get(step.kind, lambda: self._leave(node, box))()

    def _aged(self, thing: Thing) -> Thing:
        thing.age = self.ages
        self.ages += 1
        return thing

    def _leave(self, node: int, box: Box) -> None:
        out = box.plan.out(node)
        if not out:
            self._consume(box)
        for arrow in self._chosen(node, box) if box.plan.chooses(node) else out:
            self.moving.append((arrow, box.plan.arrows[arrow][1], box))

    def _chosen(self, node: int, box: Box) -> list[int]:
        """The arrows that a choice goes along; the same each time within one turn."""
        *told, default = box.plan.out(node)
        step = box.plan.steps[node]
        true = []
        for place, arrow in enumerate(told):
            if self._outcome(place) if step.asks_outcome else self._fact(arrow):
                true.append(arrow)
                if step.kind == "xor":
                    break
        return true or [default]

    def _fact(self, arrow: int) -> bool:
        if arrow not in self.facts:
            self.facts[arrow] = self._pick(2) == 1
        return self.facts[arrow]

    def _outcome(self, place: int) -> bool:
        """Whether the officer chose this one, of three answers that there are; nobody chose where no task was done."""
        if not self.decided:
            return False
        if self.outcome < 0:
            self.outcome = self._pick(3)
        return self.outcome == place

    def _pick(self, many: int) -> int:
        place = len(self.asked)
        answer = self.script[place][0] if place < len(self.script) else 0
        self.asked.append([answer, many])
        return answer

    # Ends, errors, escalations.

    def _consume(self, box: Box) -> None:
        self.ended = self.ended or box is self.case

    def _terminate(self, node: int, box: Box) -> None:
        if box.things or any(each[2] is box for each in self.moving):
            self.cutting.add(node)
        if box is self.case:
            self.result, self.case.things = "ends", []
            return
        for thing in list(box.things):
            self._take_away(thing)
        self.moving = deque(each for each in self.moving if each[2] is not box)

    def _tell(self, node: int, box: Box, *, on: bool) -> None:
        if on:
            self._leave(node, box)
        else:
            self._consume(box)
        self._throw("escalation", box.plan.steps[node].code, box.owner)

    def _throw(self, what: str, code: str, at: Thing | None) -> None:
        """To the innermost activity that catches it, one that names the code first; an error that nobody catches ends all."""
        while at is not None:
            at = at.whole or at
            plan = at.box.plan
            edges = [each for each in plan.edges(at.step) if plan.steps[each].kind == what]
            for wanted in (code, ""):
                for edge in edges:
                    if plan.steps[edge].code == wanted:
                        if plan.steps[edge].cuts:
                            self._take_away(at)
                        self.met.add(edge)
                        self._leave(edge, at.box)
                        return
            at = at.box.owner
        if what == "error":
            self.result, self.case.things = "ends", []

    def _take_away(self, thing: Thing) -> None:
        """With all that is in it."""
        for each in list(thing.instances):
            self._take_away(each)
        if thing.inside:
            thing.inside.alive = False
            for each in list(thing.inside.things):
                self._take_away(each)
        (thing.whole.instances if thing.whole else thing.box.things).remove(thing)

    # Activities.

    def _begin(self, node: int, box: Box) -> None:
        step = box.plan.steps[node]
        if not step.many:
            thing = self._open(node, box)
            thing.edges = self._armed(node, box)
            box.things.append(thing)
            return
        total = min(step.times, MOST_INSTANCES) or MOST_INSTANCES - self._pick(MOST_INSTANCES + 1)
        if not total:
            self._leave(node, box)
            return
        whole = self._aged(Thing("many", node, box, total=total, edges=self._armed(node, box)))
        whole.begun = 1 if step.many == "in turn" else total
        whole.instances = [self._open(node, box, whole) for _ in range(whole.begun)]
        box.things.append(whole)

    def _open(self, node: int, box: Box, whole: Thing | None = None) -> Thing:
        inner = box.plan.steps[node].inner
        thing = self._aged(Thing("in" if inner else "rest", node, box, whole=whole))
        if inner:
            thing.inside = Box(self.rules.model[inner], thing)
            self.moving.append((-1, thing.inside.plan.start(), thing.inside))
        return thing

    def _armed(self, node: int, box: Box) -> dict[int, int]:
        plan = box.plan
        return {each: 1 for each in plan.edges(node) if plan.steps[each].kind in ("timer", "message", "cycle")}

    def _finish(self, thing: Thing) -> None:
        whole = thing.whole
        if whole is None:
            thing.box.things.remove(thing)
            self._leave(thing.step, thing.box)
            return
        step = thing.box.plan.steps[thing.step]
        whole.instances.remove(thing)
        whole.done += 1
        if whole.done == whole.total or (step.enough and self._pick(2) == 1):
            self._take_away(whole)
            self._leave(whole.step, whole.box)
        elif step.many == "in turn":
            whole.begun += 1
            whole.instances.append(self._open(whole.step, whole.box, whole))

    def _close_one(self) -> bool:
        """A scope in which nothing is left is over, the youngest first; so is the case."""
        for thing in reversed(self.all()):
            if thing.inside and not thing.inside.things:
                thing.inside.alive = False
                self._finish(thing)
                return True
        if not self.case.things:
            self.result = "ends"
        return bool(self.result)

    # Joins.

    def _fire_if_full(self, node: int, box: Box) -> None:
        if {each.arrow for each in box.things if each.kind == "at" and each.step == node} == set(box.plan.into(node)):
            self._fire(node, box)

    def _fire(self, node: int, box: Box) -> None:
        """Take the oldest token of each arrow, and go on with one."""
        for arrow in {each.arrow for each in box.things if each.kind == "at" and each.step == node}:
            waiting = [each for each in box.things if each.kind == "at" and each.step == node and each.arrow == arrow]
            box.things.remove(min(waiting, key=lambda each: each.age))
        self.met.add(node)
        self._leave(node, box)

    def _join_one(self) -> bool:
        """Of the inclusive joins for which nothing more can come, the one whose token has waited longest."""
        waiting = [each for each in self.all() if each.kind == "at" and each.box.plan.steps[each.step].kind == "or"]
        for each in sorted(waiting, key=lambda token: token.age):
            if self._is_ready(each):
                self._fire(each.step, each.box)
                return True
        return False

    def _is_ready(self, token: Thing) -> bool:
        """ISO 19510, table 13.3."""
        node, box = token.step, token.box
        filled = {each.arrow for each in box.things if each.kind == "at" and each.step == node}
        for other in box.things:
            if other.kind == "at" and other.step == node:
                continue
            ways = {arrow for arrow in box.plan.into(node) if other.step in self.rules.ways_in[node, arrow]}
            if ways and not ways & filled:
                return False
        return True

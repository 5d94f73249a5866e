"""An expression as a tree of frozen nodes. It says what was written; how it is evaluated stands in `closures`."""

from dataclasses import dataclass

from engine.feel.kinds import Value


@dataclass(frozen=True, slots=True)
class Node:
    """One construct; `at` is where it stands in the text, for warnings."""

    at: int

    def parts(self) -> tuple["Node", ...]:
        """The nodes directly below this one."""
        return ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: Value


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Negation(Node):
    operand: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Operators of one rank, from left to right: `a - b + c`. Flat, so that a long sum is not a deep tree."""

    first: Node
    rest: tuple[tuple[str, Node], ...]

    def parts(self) -> tuple[Node, ...]:
        return (self.first, *(operand for _, operand in self.rest))


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """All (`and`) or any (`or`) of its operands."""

    word: str
    operands: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    sign: str
    left: Node
    right: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Between(Node):
    operand: Node
    low: Node
    high: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.operand, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Test(Node):
    """One unary test: `> 3`, or with an empty sign a value, a range or a list to be found in."""

    sign: str
    operand: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class In(Node):
    operand: Node
    tests: tuple[Test, ...]

    def parts(self) -> tuple[Node, ...]:
        return (self.operand, *self.tests)


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    operand: Node
    kind: str
    of: str | None  # what the elements of a list must be

    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Span(Node):
    start: Node
    end: Node
    start_included: bool
    end_included: bool

    def parts(self) -> tuple[Node, ...]:
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sequence(Node):
    elements: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.elements


@dataclass(frozen=True, slots=True)
class Entries(Node):
    """A context; an entry may read the ones before it."""

    entries: tuple[tuple[str, Node], ...]

    def parts(self) -> tuple[Node, ...]:
        return tuple(value for _, value in self.entries)


@dataclass(frozen=True, slots=True)
class Path(Node):
    operand: Node
    name: str

    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Filter(Node):
    operand: Node
    test: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.operand, self.test)


@dataclass(frozen=True, slots=True)
class Choice(Node):
    condition: Node
    then: Node
    otherwise: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True, slots=True)
class Domain(Node):
    """What a loop runs over: a list, or with `end` the whole numbers from one to the other."""

    name: str
    start: Node
    end: Node | None

    def parts(self) -> tuple[Node, ...]:
        return (self.start,) if self.end is None else (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Loop(Node):
    """`for … return`, `some … satisfies` and `every … satisfies`."""

    word: str
    domains: tuple[Domain, ...]
    body: Node

    def parts(self) -> tuple[Node, ...]:
        return (*self.domains, self.body)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call of a known function. `named` gives the parameter names, or is empty when they go by position."""

    function: str
    arguments: tuple[Node, ...]
    named: tuple[str, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.arguments


def size_and_depth(root: Node) -> tuple[int, int]:
    """Count nodes and levels without recursion, because this is what guards everything that recurses."""
    size = deepest = 0
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        size += 1
        deepest = max(deepest, depth)
        waiting.extend((part, depth + 1) for part in node.parts())
    return size, deepest


def size_of(root: Node) -> int:
    return size_and_depth(root)[0]

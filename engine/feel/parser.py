"""From tokens to a tree: a Pratt parser of our FEEL subset.

Each token has a rank as an operator; `_expression(rank)` reads everything that binds more tightly. What a text declares
itself (loop variables, keys of contexts) is told to the tokenizer, so that such names may hold spaces too.
"""

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal, DecimalException
from typing import Final

from engine.domain.release import Allowance
from engine.feel.errors import FeelSyntaxError
from engine.feel.kinds import KIND_NAMES
from engine.feel.limits import DIGITS, NUMBERS, Limits
from engine.feel.temporal import read_temporal
from engine.feel.tokens import Names, Sort, Token, Tokenizer
from engine.feel.tree import (
    Between,
    Call,
    Chain,
    Choice,
    Comparison,
    Domain,
    Entries,
    Filter,
    In,
    InstanceOf,
    Junction,
    Literal,
    Loop,
    Name,
    Negation,
    Node,
    Path,
    Sequence,
    Span,
    Test,
    size_and_depth,
)

COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
KINDS_OF_VALUES: Final = frozenset({*KIND_NAMES.values(), "Any"} - {"null", KIND_NAMES[Allowance]} | {"Null"})

_OR, _AND, _COMPARED, _ADDED, _MULTIPLIED, _POWER, _NEGATED, _POSTFIX = 10, 20, 30, 40, 50, 60, 70, 80
_RANKS: Final[Mapping[str, int]] = {
    "or": _OR,
    "and": _AND,
    **dict.fromkeys([*COMPARISONS, "between", "in", "instance"], _COMPARED),
    **dict.fromkeys(["+", "-"], _ADDED),
    **dict.fromkeys(["*", "/"], _MULTIPLIED),
    "**": _POWER,
    **dict.fromkeys([".", "["], _POSTFIX),
}
_LABEL: Final = re.compile(r"([^\W\d]\w*(?:\s+\w+)*)\s*:")
_KIND: Final = re.compile(
    "|".join(kind.replace(" ", r"\s+") + r"(?!\w)" for kind in sorted(KINDS_OF_VALUES, key=len, reverse=True))
)
_CONSTANTS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None}


def parse_tree(
    text: str, names: Collection[str], functions: Names, limits: Limits, barred: Collection[str] = ()
) -> Node:
    """Read a text as one expression that calls none of the `barred` functions.

    Raises FeelSyntaxError, also when the text is longer or deeper than the limits.
    """
    if len(text) > limits.length:
        raise FeelSyntaxError(text, limits.length, f"at most {limits.length} characters", f"{len(text)}")
    root = _Parser(Tokenizer(text, names, functions), limits, barred).whole()
    size, depth = size_and_depth(root)
    if size > limits.nodes:
        raise FeelSyntaxError(text, 0, f"an expression of at most {limits.nodes} parts", f"{size}")
    if depth > limits.depth:
        raise FeelSyntaxError(text, 0, f"at most {limits.depth} levels", f"{depth}")
    return root


class _Parser:
    def __init__(self, tokens: Tokenizer, limits: Limits, barred: Collection[str]) -> None:
        self._tokens = tokens
        self._barred = barred
        self._limits = limits
        self._depth = 0
        self._ends_at_bracket = False  # inside `[a..b[` the last bracket closes the range
        self._now = tokens.token_at(0)
        self._prefixes: Mapping[str, Callable[[Token], Node]] = {
            "(": self._parenthesis,
            "[": self._bracket,
            "]": self._open_range,
            "{": self._entries,
            "-": lambda token: Negation(token.start, self._expression(_NEGATED)),
            "@": self._temporal,
            "if": self._choice,
            "for": self._loop,
            "some": self._loop,
            "every": self._loop,
            "function": self._function_definition,
        }

    def whole(self) -> Node:
        root = self._expression()
        if self._now.sort is not Sort.END:
            raise self._refusal("an operator or the end")
        return root

    def _expression(self, rank: int = 0) -> Node:
        self._depth += 1
        if self._depth > self._limits.depth:
            raise self._refusal(f"at most {self._limits.depth} levels of nesting")
        node = self._operators(self._operand(), rank)
        self._depth -= 1
        return node

    def _inner(self) -> Node:
        """Read an expression between brackets of its own."""
        before, self._ends_at_bracket = self._ends_at_bracket, False
        node = self._expression()
        self._ends_at_bracket = before
        return node

    def _operand(self) -> Node:
        token = self._now
        if token.sort is Sort.NUMBER:
            return self._number(self._take())
        if token.sort is Sort.STRING:
            return Literal(token.start, self._take().text)
        if token.sort is Sort.NAME:
            return self._name(self._take())
        if token.sort is Sort.FUNCTION:
            return self._call(self._take())
        if token.sort is Sort.KEYWORD and token.text in _CONSTANTS:
            return Literal(token.start, _CONSTANTS[self._take().text])
        prefix = self._prefixes.get(token.text)
        if prefix is None or token.sort is Sort.END:
            raise self._refusal("a value")
        return prefix(self._take())

    def _operators(self, left: Node, rank: int) -> Node:
        while True:
            token = self._now
            found = 0 if token.sort is Sort.STRING else _RANKS.get(token.text, 0)
            if found <= rank or (token.text == "[" and self._ends_at_bracket):
                return left
            left = self._operator(left, token, found)

    def _operator(self, left: Node, token: Token, rank: int) -> Node:
        if rank in {_OR, _AND}:
            return self._junction(left, token.text, rank)
        if rank in {_ADDED, _MULTIPLIED, _POWER}:
            return self._chain(left, rank)
        self._take()
        if token.text in COMPARISONS:
            return Comparison(token.start, token.text, left, self._expression(rank))
        if token.text == ".":
            return Path(token.start, left, self._property())
        if token.text == "[":
            return self._filter(left, token)
        reading = {"in": self._in, "between": self._between}.get(token.text, self._instance_of)
        return reading(left, token)

    def _junction(self, left: Node, word: str, rank: int) -> Node:
        at, operands = self._now.start, [left]
        while self._has(word):
            operands.append(self._expression(rank))
        return Junction(at, word, tuple(operands))

    def _chain(self, first: Node, rank: int) -> Node:
        at, rest = self._now.start, []
        while _RANKS.get(self._now.text) == rank and self._now.sort is Sort.SYMBOL:
            sign = self._take().text
            rest.append((sign, self._expression(rank)))
        return Chain(at, first, tuple(rest))

    def _between(self, left: Node, token: Token) -> Node:
        low = self._expression(_COMPARED)
        self._need("and")
        return Between(token.start, left, low, self._expression(_COMPARED))

    def _instance_of(self, left: Node, token: Token) -> Node:
        if self._take().text != "of":
            raise self._tokens.refusal(token.start, "an operator")
        kind, of = self._kind(), None
        if kind == "list" and self._has("<"):
            of = self._kind()
            self._need(">")
        return InstanceOf(token.start, left, kind, of)

    def _kind(self) -> str:
        found = _KIND.match(self._tokens.text, self._now.start)
        if found is None:
            raise self._refusal("a type such as number, string or date and time")
        self._now = self._tokens.token_at(found.end())
        return " ".join(found.group().split())

    def _in(self, left: Node, token: Token) -> Node:
        opening = self._now
        if not self._has("("):
            return In(token.start, left, (self._test(_COMPARED),))
        tests = [self._inner_test()]
        if tests[0].sign == "" and not self._is(","):
            single = self._closed_parenthesis(tests[0].operand, opening)
            return In(token.start, left, (Test(opening.start, "", self._operators(single, _COMPARED)),))
        while self._has(","):
            tests.append(self._inner_test())
        self._need(")")
        return In(token.start, left, tuple(tests))

    def _inner_test(self) -> Test:
        before, self._ends_at_bracket = self._ends_at_bracket, False
        test = self._test(0)
        self._ends_at_bracket = before
        return test

    def _test(self, rank: int) -> Test:
        token = self._now
        if token.sort is Sort.SYMBOL and token.text in COMPARISONS:
            self._take()
            return Test(token.start, token.text, self._expression(_COMPARED))
        return Test(token.start, "", self._expression(rank))

    def _filter(self, left: Node, token: Token) -> Node:
        test = self._inner()
        self._need("]")
        return Filter(token.start, left, test)

    def _property(self) -> str:
        if self._now.sort not in {Sort.NAME, Sort.FUNCTION}:
            raise self._refusal("a name after the dot")
        return self._take().text

    def _parenthesis(self, token: Token) -> Node:
        return self._closed_parenthesis(self._inner(), token)

    def _closed_parenthesis(self, inner: Node, token: Token) -> Node:
        if self._is(".."):
            return self._range_to(inner, token, start_included=False)
        self._need(")")
        return inner

    def _bracket(self, token: Token) -> Node:
        if self._has("]"):
            return Sequence(token.start, ())
        first = self._inner()
        if self._is(".."):
            return self._range_to(first, token, start_included=True)
        elements = [first]
        while self._has(","):
            elements.append(self._inner())
        self._need("]")
        return Sequence(token.start, tuple(elements))

    def _open_range(self, token: Token) -> Node:
        start = self._inner()
        if not self._is(".."):
            raise self._refusal("“..” of a range")
        return self._range_to(start, token, start_included=False)

    def _range_to(self, start: Node, token: Token, *, start_included: bool) -> Node:
        self._take()
        before, self._ends_at_bracket = self._ends_at_bracket, True
        end = self._expression()
        self._ends_at_bracket = before
        if self._now.text not in {"]", ")", "["} or self._now.sort is not Sort.SYMBOL:
            raise self._refusal("the end of the range: “]”, “)” or “[”")
        return Span(token.start, start, end, start_included, self._take().text == "]")

    def _entries(self, token: Token) -> Node:
        entries: dict[str, Node] = {}
        while not self._is("}"):
            key_at = self._now.start
            key = self._key()
            if key in entries:
                raise self._tokens.refusal(key_at, "each key once")
            self._need(":")
            entries[key] = self._inner()
            self._tokens.declare(key)
            if not self._has(","):
                break
        self._need("}")
        return Entries(token.start, tuple(entries.items()))

    def _key(self) -> str:
        if self._now.sort is Sort.STRING:
            return self._take().text
        words: list[str] = []
        while self._now.sort in {Sort.NAME, Sort.KEYWORD, Sort.FUNCTION} or (words and self._now.sort is Sort.NUMBER):
            words.append(self._take().text)
        if not words:
            raise self._refusal("a key")
        return " ".join(words)

    def _choice(self, token: Token) -> Node:
        condition = self._expression()
        self._need("then")
        then = self._expression()
        self._need("else")
        return Choice(token.start, condition, then, self._expression())

    def _loop(self, token: Token) -> Node:
        domains = [self._domain()]
        while self._has(","):
            domains.append(self._domain())
        self._need("return" if token.text == "for" else "satisfies")
        return Loop(token.start, token.text, tuple(domains), self._expression())

    def _domain(self) -> Domain:
        at, words = self._now.start, []
        while self._now.sort is Sort.NAME:
            words.append(self._take().text)
        if not words:
            raise self._refusal("a name for the element")
        name = " ".join(words)
        self._tokens.declare(name)
        self._need("in")
        start = self._expression()
        return Domain(at, name, start, self._expression() if self._has("..") else None)

    def _name(self, token: Token) -> Node:
        if self._is("("):
            raise self._tokens.refusal(token.start, "a function that this subset has")
        return Name(token.start, token.text)

    def _call(self, token: Token) -> Node:
        if token.text in self._barred:
            raise self._tokens.refusal(token.start, f"“{token.text}(…)” in the duration of a timer only")
        self._need("(")
        arguments: list[Node] = []
        labels: list[str] = []
        while not self._is(")"):
            label = _LABEL.match(self._tokens.text, self._now.start)
            if label is not None:
                labels.append(" ".join(label.group(1).split()))
                self._now = self._tokens.token_at(label.end())
            if len(labels) not in {0, len(arguments) + 1}:
                raise self._refusal("either all arguments with names or none")
            arguments.append(self._inner())
            if not self._has(","):
                break
        self._need(")")
        return Call(token.start, token.text, tuple(arguments), tuple(labels))

    def _function_definition(self, token: Token) -> Node:
        raise self._tokens.refusal(token.start, "an expression without functions of its own")

    def _temporal(self, token: Token) -> Node:
        if self._now.sort is not Sort.STRING:
            raise self._refusal("a date, time or duration between quotation marks")
        value = read_temporal(self._now.text)
        if value is None:
            raise self._refusal("a date, a time, a date and time or a duration in ISO 8601")
        self._take()
        return Literal(token.start, value)

    def _number(self, token: Token) -> Node:
        try:
            number = NUMBERS.create_decimal(token.text)
            exact = number == Decimal(token.text)
        except DecimalException:
            exact = False
        if not exact:
            raise self._tokens.refusal(token.start, f"a number of at most {DIGITS} digits, below 10^{DIGITS}")
        return Literal(token.start, number)

    def _take(self) -> Token:
        token = self._now
        self._now = self._tokens.token_at(token.end)
        return token

    def _is(self, text: str) -> bool:
        return self._now.text == text and self._now.sort in {Sort.SYMBOL, Sort.KEYWORD}

    def _has(self, text: str) -> bool:
        if not self._is(text):
            return False
        self._take()
        return True

    def _need(self, text: str) -> None:
        if not self._has(text):
            raise self._refusal(f"“{text}”")

    def _refusal(self, expected: str) -> FeelSyntaxError:
        return self._tokens.refusal(self._now.start, expected)

"""From text to tokens, one at a time.

The tokenizer knows names, because a FEEL name may hold spaces and even signs (`nilai permohonan`, `Sri's case`): at the
start of a name the longest known one wins. The parser tells it of names that the text itself declares.
"""

import re
from collections.abc import Collection, Iterable
from enum import Enum
from typing import Final, NamedTuple

from engine.feel.errors import FeelSyntaxError

KEYWORDS: Final = frozenset(
    [
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "true",
        "false",
        "null",
        "function",
    ]
)
PROPERTY_NAMES: Final = ("time offset", "start included", "end included")

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*")
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_WORD = re.compile(r"[^\W\d]\w*")
_SYMBOL = re.compile(r"\.\.|\*\*|<=|>=|!=|->|[-+*/=<>()\[\]{},.:@]")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))")
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_LAST_CODE_POINT: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
_LONG_WORD: Final = 30


class Sort(Enum):
    """What a token is; a keyword and a symbol are told by their text."""

    NUMBER = "number"
    STRING = "string"
    NAME = "name"
    FUNCTION = "function"
    KEYWORD = "keyword"
    SYMBOL = "symbol"
    END = "the end"


class Token(NamedTuple):
    """A piece of the text; `text` is what it means (a string without quotes, a name with single spaces)."""

    sort: Sort
    text: str
    start: int
    end: int


class Names:
    """Names that are more than one plain word, by their first word, longest first. Plain words need no entry."""

    def __init__(self, names: Iterable[str] = (), *, called: bool = False) -> None:
        self._called = called
        self._by_first: dict[str, list[tuple[int, re.Pattern[str], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        name = " ".join(name.split())
        first = _WORD.match(name)
        if first is None or (first.end() == len(name) and not self._called):
            return
        entries = self._by_first.setdefault(first.group(), [])
        if all(known != name for _, _, known in entries):
            entries.append((-len(name), self._pattern(name), name))
            entries.sort(key=lambda entry: entry[0])

    def longest(self, text: str, word: str, at: int) -> tuple[str, int] | None:
        """Find the longest known name that begins with this word at this place, and where it ends."""
        for _, pattern, name in self._by_first.get(word, ()):
            found = pattern.match(text, at)
            if found is not None:
                return name, found.end()
        return None

    def _pattern(self, name: str) -> re.Pattern[str]:
        body = r"\s+".join(re.escape(part) for part in name.split(" "))
        whole = r"(?!\w)" if re.match(r"\w", name[-1]) else ""
        return re.compile(body + whole + (r"(?=\s*\()" if self._called else ""))


class Tokenizer:
    """Reads one text from left to right. It does not look ahead further than the token asked for."""

    def __init__(self, text: str, names: Collection[str], functions: Names) -> None:
        self.text = text
        self._names = Names([*names, *PROPERTY_NAMES])
        self._functions = functions

    def declare(self, name: str) -> None:
        self._names.add(name)

    def token_at(self, position: int) -> Token:
        """Read the token that begins at or after this position."""
        at = self._after_space(position)
        if at >= len(self.text):
            return Token(Sort.END, "", at, at)
        return self._word(at) or self._literal(at) or self._symbol(at)

    def refusal(self, position: int, expected: str) -> FeelSyntaxError:
        """The error for something else standing at this position."""
        return FeelSyntaxError(self.text, position, expected, self._seen(position))

    def _after_space(self, position: int) -> int:
        found = _SPACE.match(self.text, position)
        return position if found is None else found.end()

    def _word(self, at: int) -> Token | None:
        found = _WORD.match(self.text, at)
        if found is None:
            return None
        word = found.group()
        if word in KEYWORDS:
            return Token(Sort.KEYWORD, word, at, found.end())
        for names, sort in ((self._functions, Sort.FUNCTION), (self._names, Sort.NAME)):
            longest = names.longest(self.text, word, at)
            if longest is not None:
                return Token(sort, longest[0], at, longest[1])
        return Token(Sort.NAME, word, at, found.end())

    def _literal(self, at: int) -> Token | None:
        found = _NUMBER.match(self.text, at)
        if found is not None:
            if _WORD.match(self.text, found.end()):
                raise self.refusal(found.end(), "an operator after the number")
            return Token(Sort.NUMBER, found.group(), at, found.end())
        found = _STRING.match(self.text, at)
        if found is not None:
            return Token(Sort.STRING, _ESCAPE.sub(self._unescaped, found.group(1)), at, found.end())
        if self.text[at] == '"':
            raise self.refusal(at, "a string that ends with a quotation mark on its own line")
        return None

    def _symbol(self, at: int) -> Token:
        found = _SYMBOL.match(self.text, at)
        if found is None:
            raise self.refusal(at, "a value, a name or an operator")
        return Token(Sort.SYMBOL, found.group(), at, found.end())

    def _unescaped(self, escape: re.Match[str]) -> str:
        code = escape.group(1) or escape.group(2)
        if code is None:
            # an unknown escape keeps its backslash, so that patterns can be written as in other FEEL engines
            return _ESCAPED.get(escape.group(3), escape.group())
        number = int(code, 16)
        return escape.group() if number > _LAST_CODE_POINT or number in _SURROGATES else chr(number)

    def _seen(self, position: int) -> str:
        if position >= len(self.text):
            return "the end"
        word = _WORD.match(self.text, position)
        seen = word.group() if word else self.text[position]
        return f"“{seen[:_LONG_WORD]}”"

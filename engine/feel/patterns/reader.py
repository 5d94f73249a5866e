"""From the text of a pattern to its parts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

CharacterTest = Callable[[str], bool]

_SPACES: Final = frozenset(" \t\r\n\f\v\u00a0\u2028\u2029\ufeff")
_DIGITS: Final = frozenset("0123456789")
_WORD: Final = _DIGITS | frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_SPECIAL: Final = frozenset("\\^$.|?*+()[]{}-/")
_MOST_REPEATS: Final = 1_000
_DEEPEST: Final = 30
_ONE_OR_TWO: Final = 2


class PatternError(ValueError):
    """The text is not a pattern of our subset."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a pattern."""


@dataclass(frozen=True, slots=True)
class One(Part):
    """One character that passes the test."""

    passes: CharacterTest


@dataclass(frozen=True, slots=True)
class Edge(Part):
    """The beginning (`^`) or the end (`$`) of the text, or of a line under flag `m`."""

    end: bool


@dataclass(frozen=True, slots=True)
class Row(Part):
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Either(Part):
    ways: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Repeat(Part):
    part: Part
    least: int
    most: int | None
    greedy: bool


@dataclass(frozen=True, slots=True)
class Group(Part):
    number: int
    part: Part


class Reader:
    """Reads one pattern; `groups` is the number of groups seen."""

    def __init__(self, text: str, flags: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._any_case = "i" in flags
        self._dot_all = "s" in flags
        self._spaced = "x" in flags
        self.groups = 0

    def whole(self) -> Part:
        part = self._either()
        if self._at < len(self._text):
            raise PatternError("a bracket too many")
        return part

    def _peek(self) -> str:
        while self._spaced and self._at < len(self._text) and self._text[self._at] in _SPACES:
            self._at += 1
        return self._text[self._at] if self._at < len(self._text) else ""

    def _take(self) -> str:
        character = self._peek()
        if not character:
            raise PatternError("the pattern ends too early")
        self._at += 1
        return character

    def _has(self, character: str) -> bool:
        if self._peek() != character:
            return False
        self._at += 1
        return True

    def _either(self) -> Part:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PatternError("groups nested too deeply")
        ways = [self._row()]
        while self._has("|"):
            ways.append(self._row())
        self._depth -= 1
        return ways[0] if len(ways) == 1 else Either(tuple(ways))

    def _row(self) -> Part:
        parts: list[Part] = []
        while self._peek() not in {"", "|", ")"}:
            parts.append(self._repeated(self._atom()))
        return Row(tuple(parts))

    def _atom(self) -> Part:
        character = self._take()
        if character == "(":
            return self._group()
        if character == "[":
            return One(self._class())
        if character in "^$":
            return Edge(character == "$")
        if character == ".":
            return One((lambda _: True) if self._dot_all else (lambda seen: seen not in "\n\r\u2028\u2029"))
        if character == "\\":
            return One(self._cased(*self._escape()))
        if character in "*+?{}])":
            raise PatternError(f"“{character}” where a character should stand")
        return One(self._cased(character, None))

    def _group(self) -> Part:
        if self._has("?"):
            if not self._has(":"):
                raise PatternError("look-around, named groups and inline flags are not supported")
            part = self._either()
        else:
            self.groups += 1
            number = self.groups
            part = Group(number, self._either())
        if not self._has(")"):
            raise PatternError("a group that is not closed")
        return part

    def _repeated(self, part: Part) -> Part:
        sign = self._peek()
        if not sign or sign not in "*+?{":
            return part
        if isinstance(part, Edge):
            raise PatternError("an edge cannot be repeated")
        self._at += 1
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign) or self._bounds()
        part = Repeat(part, least, most, not self._has("?"))
        following = self._peek()
        if following and following in "*+?{":
            raise PatternError("a repetition of a repetition")
        return part

    def _bounds(self) -> tuple[int, int | None]:
        end = self._text.find("}", self._at)
        bounds = self._text[self._at : end].split(",") if end > 0 else []
        self._at = end + 1
        if not 1 <= len(bounds) <= _ONE_OR_TWO or not all(set(bound) <= _DIGITS for bound in bounds) or not bounds[0]:
            raise PatternError("repetition bounds that are not numbers")
        least = self._count(bounds[0])
        most = self._count(bounds[-1]) if bounds[-1] else None
        if most is not None and most < least:
            raise PatternError("repetition bounds in the wrong order")
        return least, most

    def _count(self, digits: str) -> int:
        count = int(digits) if len(digits) < len(str(_MOST_REPEATS)) + 1 else _MOST_REPEATS + 1
        if count > _MOST_REPEATS:
            raise PatternError(f"more than {_MOST_REPEATS} repetitions")
        return count

    def _escape(self) -> tuple[str, CharacterTest | None]:
        """Read what follows a backslash: a character, or a test for a whole class."""
        spaced, self._spaced = self._spaced, False
        character = self._take()
        self._spaced = spaced
        classes = {"d": _DIGITS, "w": _WORD, "s": _SPACES}
        members = classes.get(character.lower())
        if members is not None:
            wanted = character.islower()
            return "", lambda seen: (seen in members) is wanted
        if character in _CONTROLS:
            return _CONTROLS[character], None
        if character in _SPECIAL:
            return character, None
        raise PatternError(f"“\\{character}” is not supported")

    def _class(self) -> CharacterTest:
        spaced, self._spaced = self._spaced, False
        opposite = self._has("^")
        tests: list[CharacterTest] = []
        while not self._has("]"):
            tests.append(self._class_member())
        self._spaced = spaced
        return lambda seen: any(test(seen) for test in tests) is not opposite

    def _class_member(self) -> CharacterTest:
        low, test = self._class_character()
        if test is not None:
            return test
        ahead = self._text[self._at : self._at + 2]
        if len(ahead) < _ONE_OR_TWO or ahead[0] != "-" or ahead[1] == "]":
            return self._cased(low, None)
        self._at += 1
        high, test = self._class_character()
        if test is not None or high < low:
            raise PatternError("a range of characters in the wrong order")
        if not self._any_case:
            return lambda seen: low <= seen <= high
        return lambda seen: low <= seen <= high or low <= seen.lower() <= high or low <= seen.upper() <= high

    def _class_character(self) -> tuple[str, CharacterTest | None]:
        character = self._take()
        if character == "[":
            raise PatternError("“[” inside a class; write “\\[”")
        return self._escape() if character == "\\" else (character, None)

    def _cased(self, character: str, test: CharacterTest | None) -> CharacterTest:
        if test is not None:
            return test
        if not self._any_case:
            return lambda seen: seen == character
        folded = character.casefold()
        return lambda seen: seen.casefold() == folded

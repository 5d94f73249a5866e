r"""Patterns that cannot explode: a small regular expression language, run without backtracking.

It has `.`, `[…]`, `\d \w \s` and their opposites, `^ $`, groups `(…)` and `(?:…)`, `|`, `* + ? {n,m}` greedy and lazy,
and the flags `i s m x`. It has no look-around, no back-references and no named groups: they are what makes other engines
take exponential time. The time taken is text length times pattern length at most, and is paid for in steps.
"""

from engine.feel.patterns.matcher import Found, find, find_all
from engine.feel.patterns.program import Program, compile_pattern
from engine.feel.patterns.reader import PatternError

__all__ = ["Found", "PatternError", "Program", "compile_pattern", "find", "find_all"]

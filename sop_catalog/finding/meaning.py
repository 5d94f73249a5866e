"""What a question asks for: its terms, a code as one word, and what people call otherwise than the SOPs do. Not what is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sop_catalog.finding.words import LITTLE, words_of
from sop_catalog.procedure import CODE
from sop_catalog.registers import synonyms

LONGEST_TERM: Final = 5
"""So many words at most that are called otherwise together: *tindak pidana perdagangan orang*."""
_CODE: Final = re.compile(rf"(?<![\w-])(?:{CODE.pattern})(?!\w)")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked for."""

    typed: str
    words: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    """What else it is called in SOPs."""


def terms_of(question: str) -> list[Term]:
    """The terms of a question, each once; little words are left out where others stand beside them."""
    code = _CODE.search(question.lower())
    found = [Term(code[0], tuple(code_words(code[0])[:1]))] if code else []
    rest = question.lower().replace(code[0], " ") if code else question
    every = [*found, *_terms(list(words_of(rest)))]
    return list(dict.fromkeys([each for each in every if each.typed not in LITTLE] or every))


def code_words(code: str) -> list[str]:
    """`c3m0502`, and `c3`, `m05`, `02` for whoever types it with blanks."""
    parts = re.split(r"[-.]", code.lower())
    return ["".join(parts), *parts]


def _terms(words: list[str]) -> Iterator[Term]:
    """Word after word, the longest known expression first."""
    known = _others()
    at = 0
    while at < len(words):
        for length in range(min(LONGEST_TERM, len(words) - at), 0, -1):
            said = tuple(words[at : at + length])
            if others := known.get(said, ()):
                yield Term(" ".join(said), said, others)
                break
        else:
            said = (words[at],)
            yield Term(words[at], said)
        at += len(said)


@cache
def _others() -> Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """What people say, in words, with all that it is called in SOPs."""
    found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for each in synonyms():
        for said in each.said:
            found[_split(said)] = (*found.get(_split(said), ()), _split(each.meant))
    return found


def _split(text: str) -> tuple[str, ...]:
    return tuple(words_of(text))

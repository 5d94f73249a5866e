"""The index of the catalogue: which words stand where, kept in memory. It reads no database and knows no page."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import takewhile
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sop_catalog.finding.entries import WEIGHTS, Entry, Place, entries_of
from sop_catalog.finding.holdings import Held
from sop_catalog.finding.meaning import Term, code_words, terms_of
from sop_catalog.finding.words import stems, words_of

MOST_WORDS: Final = 8
"""Further words of a question are not looked for."""
MOST_VARIANTS: Final = 60
"""So many forms of one word are looked up at most, the best first."""
SAME, FORMED, BEGUN, MISTYPED, MEANT = 1.0, 0.85, 0.7, 0.6, 0.9
"""How good a word is found: itself, another form of it, a longer word, a typing error, another word for it."""
FROM_THE_WHOLE: Final = 0.3
"""What a word counts for a step if it stands on the SOP's own sheet."""
AS_IT_STANDS: Final = 6.0
"""What it adds that the question stands in a title word for word."""
IN_ONE_TEXT: Final = 4.0
"""What it adds that all words stand in texts of one kind, as `3 hari kerja` does in an allowance."""
SHORTEST_PHRASE: Final = 2
LONG_QUESTION: Final = 4
"""Of so many words one may be missing: a title with three of them says more than an instruction with all."""
SHORTEST_BEGINNING: Final = 3

_PLACES: Final = tuple(Place)
_WEIGHT: Final = tuple(WEIGHTS[each] for each in _PLACES)
_BITS: Final = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    entry: Entry
    score: float
    whole: bool
    """Whether all words of the question were found."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found, the best first."""

    hits: tuple[Hit, ...] = ()
    count: int = 0
    """How many there are, those not among the hits too."""
    words: frozenset[str] = frozenset()
    """The words that were found, folded: what a page marks."""
    mended: tuple[tuple[str, str], ...] = ()
    """(as typed, as taken) for every word that was taken for a typing error."""
    meant: tuple[tuple[str, str], ...] = ()
    """(as typed, as SOPs write it) for every word that was looked for by another word too, and found by it."""
    missing: tuple[str, ...] = ()
    """Words that stand nowhere."""


@dataclass(slots=True)
class _Word:
    """One term of the question, with what it finds."""

    typed: str
    variants: dict[str, float] = field(default_factory=dict)
    meant: list[str] = field(default_factory=list)
    scores: dict[int, float] = field(default_factory=dict)


class Index:
    """All that can be found of some editions or drafts."""

    def __init__(self, held: Iterable[Held], titles: Mapping[str, str]) -> None:
        self.entries: list[Entry] = []
        self._whole = array("I")
        self._places: dict[str, array[int]] = {}
        self._formed: defaultdict[str, list[str]] = defaultdict(list)
        for each in held:
            self._add(each, titles)
        self._vocabulary = sorted(self._places)
        for word in self._vocabulary:
            for stem in stems(word):
                self._formed[stem].append(word)

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def vocabulary(self) -> int:
        """How many different words it knows."""
        return len(self._vocabulary)

    def _add(self, held: Held, titles: Mapping[str, str]) -> None:
        first = len(self.entries)
        for entry in entries_of(held, titles):
            number = len(self.entries)
            self.entries.append(entry)
            self._whole.append(first)
            for at in {(word, _PLACES.index(place)) for place, text in entry.texts for word in _indexed(place, text)}:
                word, place_number = at
                self._places.setdefault(word, array("I")).append(number << _BITS | place_number)

    # Looking

    def search(self, question: str, *, most: int = 40) -> Found:
        """Find what has the words of a question, best first; a step has the words of its SOP's title and sheet too."""
        words = [self._found(each) for each in terms_of(question)[:MOST_WORDS]]
        here = [each for each in words if each.scores]
        scored = self._together(here, " ".join(words_of(question)))
        best = nlargest(most, scored, key=_in_order)
        return Found(
            tuple(best),
            len(scored),
            frozenset(variant for each in here for variant in each.variants),
            tuple(_mended(here)),
            tuple((each.typed, other) for each in here for other in each.meant),
            tuple(each.typed for each in words if not each.scores),
        )

    def _found(self, term: Term) -> _Word:
        """Where a term stands, by its own words and by what else it is called; the better of the two."""
        word = _Word(term.typed)
        for number, said in enumerate((term.words, *term.others)):
            variants = [self._variants(each, exact=bool(number)) for each in said]
            if not all(variants):
                continue
            scores = _all_of([self._score(each) for each in variants])
            if number and scores:
                word.meant.append(" ".join(said))
            for at, value in scores.items():
                value = value * MEANT if number else value  # noqa: PLW2901 - what it is worth here
                if value > word.scores.get(at, 0):
                    word.scores[at] = value
            for each in variants if scores else ():
                word.variants |= each
        return word

    def _variants(self, word: str, *, exact: bool = False) -> dict[str, float]:
        """Words of the catalogue that this one may mean, with how well each is it; of a register's own word, no typing errors."""
        found = dict.fromkeys(self._begun_with(word), BEGUN)
        if word.isalpha():
            for stem in stems(word):
                found |= dict.fromkeys(self._formed.get(stem, ()), FORMED)
        if word in self._places:
            found[word] = SAME
        if not found and word.isalpha() and not exact:
            found = self._near(word)
        return dict(nlargest(MOST_VARIANTS, found.items(), key=lambda each: (each[1], -len(each[0]))))

    def _begun_with(self, word: str) -> Iterator[str]:
        if len(word) < SHORTEST_BEGINNING or word.isdecimal():
            return iter(())
        at = bisect_left(self._vocabulary, word)
        onward = (self._vocabulary[each] for each in range(at, len(self._vocabulary)))
        return takewhile(lambda each: each.startswith(word), onward)

    def _near(self, word: str) -> dict[str, float]:
        """Words that differ by a slip or two of the finger: a letter too many, too few, another, or two the wrong way round."""
        slips = 0 if len(word) < 4 else 1 if len(word) < 8 else 2 if len(word) < 12 else 3  # noqa: PLR2004 - as said
        if not slips:
            return {}
        near = process.extract(word, self._vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=6)
        least = min((distance for _, distance, _ in near), default=0)
        meant = [each for each, distance, _ in near if distance == least and each.isalpha()]
        formed = {other for each in meant for stem in stems(each) for other in self._formed.get(stem, ())}
        return dict.fromkeys(formed, MISTYPED * FORMED) | dict.fromkeys(meant, MISTYPED)

    def _score(self, variants: Mapping[str, float]) -> dict[int, float]:
        """Where a word stands, and how much it says there: a rare word says more, a title more than an instruction."""
        scores: dict[int, float] = {}
        lists = [(quality, self._places[each]) for each, quality in variants.items()]
        count = sum(len(each) for _, each in lists)
        rare = math.log(1 + len(self.entries) / count) if count else 0
        for quality, places in lists:
            worth = [quality * rare * each for each in _WEIGHT]
            for at in places:
                number, value = at >> _BITS, worth[at & 15]
                if value > scores.get(number, 0):
                    scores[number] = value
        return scores

    def _together(self, words: list[_Word], question: str) -> list[Hit]:
        if not words:
            return []
        totals: defaultdict[int, float] = defaultdict(float)
        counts: defaultdict[int, int] = defaultdict(int)
        numbers = set().union(*(each.scores for each in words))
        for word in words:
            scores, whole = word.scores, self._whole
            for number in numbers:
                value = scores.get(number) or FROM_THE_WHOLE * scores.get(whole[number], 0)
                if value:
                    totals[number] += value
                    counts[number] += 1
        full = max(counts.values(), default=0)
        close = self._close([each.typed for each in words])
        # Where something has all the words there are, what has fewer is only in the way; of a long question one may lack.
        least = full - 1 if len(words) >= LONG_QUESTION else full
        return [
            Hit(
                entry,
                total * (counts[number] / len(words)) ** 2 + _literally(entry, question) + close.get(number, 0),
                counts[number] == len(words),
            )
            for number, total in totals.items()
            if counts[number] >= least
            for entry in (self.entries[number],)
        ]

    def _close(self, typed: list[str]) -> dict[int, float]:
        """Which entries have all these very words in texts of one kind."""
        lists = sorted((self._places[each] for each in typed if each in self._places), key=len)
        if len(lists) < max(len(typed), SHORTEST_PHRASE):
            return {}
        found = set(lists[0]).intersection(*lists[1:])
        return {at >> _BITS: IN_ONE_TEXT for at in found}


def _in_order(hit: Hit) -> tuple[float, int, int]:
    """What was found best; of equals a macro before its micros, and the shorter name."""
    return hit.score, -hit.entry.held.code.count("-"), -len(hit.entry.name)


def _all_of(lists: list[dict[int, float]]) -> dict[int, float]:
    """What has every word of a term, with all that they say there."""
    first, *others = lists
    if not others:
        return first
    return {at: sum(each[at] for each in lists) for at in first if all(at in each for each in others)}


def _indexed(place: Place, text: str) -> Iterator[str]:
    return iter(code_words(text)) if place is Place.CODE else words_of(text)


def _literally(entry: Entry, question: str) -> float:
    name = " ".join(words_of(entry.name))
    if question == name:
        return 2 * AS_IT_STANDS
    return AS_IT_STANDS if len(question) > SHORTEST_BEGINNING and f" {question} " in f" {name} " else 0


def _mended(words: Iterable[_Word]) -> Iterator[tuple[str, str]]:
    for each in words:
        best = next(iter(each.variants))
        if each.variants[best] == MISTYPED and not each.meant:
            yield each.typed, best

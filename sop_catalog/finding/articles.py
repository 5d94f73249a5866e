"""Places in a law, as they are cited: `Pasal 18 ayat (2) huruf a` lies within `Pasal 18`. What stands there is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from sop_catalog.finding.words import LITTLE, fold, words_of
from sop_catalog.registers import Instrument, instruments

LONGEST_RANGE: Final = 400
"""No law here has more articles; a wider range is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Article:
    """One place: an article, and within it as far as is said a paragraph (*ayat*), a letter and a point (*angka*)."""

    number: str
    paragraph: str = ""
    letter: str = ""
    point: str = ""

    def lies_in(self, other: Article) -> bool:
        """Whether it is that place or a part of it."""
        own = (self.number, self.paragraph, self.letter, self.point)
        wider = (other.number, other.paragraph, other.letter, other.point)
        return all(not theirs or ours == theirs for ours, theirs in zip(own, wider, strict=True))

    def __str__(self) -> str:
        """`Pasal 18 ayat (2) huruf a`."""
        said = [f"Pasal {self.number}"]
        said += [f"ayat ({self.paragraph})"] if self.paragraph else []
        said += [f"huruf {self.letter}"] if self.letter else []
        said += [f"angka {self.point}"] if self.point else []
        return " ".join(said)


_TOKEN: Final = re.compile(
    r"(?P<pasal>\b(?:pasal|psl|articles?|art)\b\.?)"
    r"|(?P<paragraph>\b(?:ayat|paragraph)\b)|(?P<letter>\b(?:huruf|letter)\b)|(?P<point>\b(?:angka|point)\b)"
    r"|(?P<to>\bsampai(?:\s+dengan)?\b|\bs\.?\s?d\.?(?=\s)|\bhingga\b|[-–—])"
    r"|\(?(?P<value>\b\d+[a-z]?\b|\b[a-z]\b)\)?"
)


def articles(text: str) -> tuple[Article, ...]:
    """Every place that a citation names, ranges spelt out; empty where it names none."""
    found: list[Article] = []
    level, ranging, begun = "", False, False
    for token in _TOKEN.finditer(fold(text.replace("–", "-").replace("—", "-"))):
        kind, value = token.lastgroup or "", token["value"]
        if kind == "to":
            ranging = True
        elif kind != "value":
            level = "number" if kind == "pasal" else kind
        elif level == "number" and value[0].isdigit():
            found += _onward(found, value) if ranging else [Article(value)]
            ranging, begun = False, True
        elif level not in {"", "number"} and begun:
            _narrow(found, level, value)
            ranging = False
    return tuple(found)


def _onward(found: list[Article], value: str) -> list[Article]:
    """The articles after the last one up to this; the one alone where they cannot be counted."""
    last = found[-1].number if found else ""
    if last.isdecimal() and value.isdecimal() and 0 < int(value) - int(last) <= LONGEST_RANGE:
        return [Article(str(each)) for each in range(int(last) + 1, int(value) + 1)]
    return [Article(value)]


def _narrow(found: list[Article], level: str, value: str) -> None:
    """Say of the last article where in it; `huruf a dan huruf b` are two places."""
    last = found[-1]
    if getattr(last, level):
        cleared = {"paragraph": {"letter": "", "point": ""}, "letter": {"point": ""}}.get(level, {})
        found.append(replace(last, **{level: value, **cleared}))
    else:
        found[-1] = replace(last, **{level: value})


_NUMBERED: Final = re.compile(r"(?P<number>\d+)\s*(?:/|tahun)\s*(?P<year>(?:19|20)\d\d)")
_KINDS: Final = {
    "undang undang": "uu",
    "peraturan pemerintah": "pp",
    "peraturan presiden": "perpres",
    "peraturan menteri": "permen",
    "peraturan badan": "perban",
    "keputusan menteri": "kepmen",
    "peraturan bp2mi": "perban bp2mi",
}


_ASKING: Final = frozenset(
    (
        *(
            "apa",
            "mana",
            "langkah",
            "sop",
            "bersandar",
            "berdasar",
            "berdasarkan",
            "dasar",
            "hukum",
            "sesuai",
            "menurut",
        ),
        *(
            "memakai",
            "merujuk",
            "pasal",
            "step",
            "steps",
            "rest",
            "rests",
            "based",
            "according",
            "under",
            "kepala",
            "ri",
            "tentang",
        ),
    )
)
"""What says no more than that one asks for what rests on a law."""


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """An instrument that somebody asks for, and the place in it."""

    instrument: Instrument
    article: Article | None = None
    further: tuple[str, ...] = ()
    """Words of the question that say more than which law, as `UU 21/2007 rujukan`."""


def cited_law(text: str) -> CitedLaw | None:
    """Which registered instrument a text names: `permen p2mi 23/2025 art. 18`; None where it names none, or several could be meant."""
    plain = fold(text).replace("nomor", " ").replace(" no.", " ").replace(" no ", " ")
    found = _NUMBERED.search(plain)
    if found is None:
        return _by_name(plain)
    before = " ".join(words_of(plain[: found.start()]))
    for long, short in _KINDS.items():
        before = before.replace(long, short)
    said = set(before.split())
    meant = [(len(said & set(words_of(each.code))), each) for each in instruments() if _same(each, found)]
    best = max((count for count, _ in meant), default=0)
    named = [each for count, each in meant if count == best]
    if len(named) != 1 or (best == 0 and said & _kinds()):
        return None
    places = articles(text[found.end() :])
    return CitedLaw(named[0], places[0] if places else None, tuple(_further(before, plain[found.end() :], named[0])))


def _by_name(plain: str) -> CitedLaw | None:
    """The instrument that is called by what people call it: `UU TPPO pasal 53`."""
    for each in instruments():
        for name in each.called:
            before, found, after = f" {' '.join(words_of(plain))} ".partition(f" {' '.join(words_of(name))} ")
            if found:
                places = articles(plain)
                return CitedLaw(each, places[0] if places else None, tuple(_further(before, f" {after}", each)))
    return None


def _further(before: str, after: str, named: Instrument) -> Iterator[str]:
    """What a question says beside the law, its place and that it asks for what rests there."""
    known = {*words_of(named.code), *_ASKING, *LITTLE, *_kinds()}
    yield from (each for each in (*before.split(), *words_of(_TOKEN.sub(" ", after))) if each not in known)


def _same(each: Instrument, found: re.Match[str]) -> bool:
    own = _NUMBERED.search(each.code)
    return own is not None and own.groups() == found.groups()


def _kinds() -> set[str]:
    """The kinds of instrument that the register knows: `uu`, `pp`, `permen`."""
    return {next(words_of(each.code)) for each in instruments()}

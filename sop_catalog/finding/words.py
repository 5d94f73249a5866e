"""Words as they are looked for: without capitals and accents, with the Indonesian affixes taken off. Not what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"\w+")
"""A word of a text as it is written."""

LITTLE: Final = frozenset(
    (
        *(
            "dan",
            "atau",
            "yang",
            "di",
            "ke",
            "dari",
            "untuk",
            "dengan",
            "oleh",
            "pada",
            "dalam",
            "bagi",
            "serta",
            "para",
        ),
        *(
            "siapa",
            "berapa",
            "bagaimana",
            "kapan",
            "apakah",
            "kalau",
            "bila",
            "jika",
            "ini",
            "itu",
            "adalah",
            "saya",
            "kami",
        ),
        *(
            "the",
            "of",
            "and",
            "or",
            "to",
            "in",
            "for",
            "on",
            "what",
            "which",
            "who",
            "when",
            "how",
            "apa",
            "saja",
            "rests",
        ),
    )
)
"""Words that find nothing by themselves: every step has them."""

SHORTEST_STEM: Final = 4

_ENDINGS: Final = ("nya", "kan", "lah", "kah", "an", "i")
_BEGINNINGS: Final = (
    # The longer first; what a nasal may have swallowed stands behind it: *pemulangan* is *pulang* or *ulang*.
    *(("memper", ("",)), ("diper", ("",)), ("pember", ("",)), ("keter", ("",))),
    *(("meng", ("", "k")), ("peng", ("", "k")), ("meny", ("s",)), ("peny", ("s",))),
    *(("mem", ("", "p")), ("pem", ("", "p")), ("men", ("", "t")), ("pen", ("", "t"))),
    *(
        ("per", ("",)),
        ("ber", ("",)),
        ("ter", ("",)),
        ("me", ("",)),
        ("pe", ("",)),
        ("di", ("",)),
        ("ke", ("",)),
        ("se", ("",)),
    ),
)


def fold(text: str) -> str:
    """Small letters without accents: `Évakuasi` → `evakuasi`."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def words_of(text: str) -> Iterator[str]:
    """Every word of a text, folded."""
    return filter(None, map(fold, WORD.findall(text)))


@lru_cache(maxsize=50_000)
def stems(word: str) -> frozenset[str]:
    """What a word may be formed from: `dipulangkan` and `pemulangan` both hold `pulang`. The word itself is among them."""
    found = {word}
    if not word.isalpha():
        return frozenset(found)
    for ended in {word, *(word.removesuffix(each) for each in _ENDINGS)}:
        found.add(ended)
        for beginning, swallowed in _BEGINNINGS:
            if ended.startswith(beginning):
                rest = ended.removeprefix(beginning)
                found |= {letter + rest for letter in swallowed}
    return frozenset(each for each in found if len(each) >= SHORTEST_STEM or each == word)

"""Names as they sound rather than as somebody spelt them: old and new spelling, titles, short forms. Never shown to anybody."""

from __future__ import annotations

import re
import unicodedata

TITLES = frozenset(
    [
        "h",
        "hj",
        "haji",
        "hajah",
        "hajjah",
        "kh",
        "ust",
        "ustad",
        "ustadz",
        "drs",
        "dra",
        "dr",
        "drg",
        "ir",
        "prof",
        "st",
        "sh",
        "se",
        "sp",
        "skm",
        "spd",
        "sag",
        "shi",
        "mpd",
        "mm",
        "msi",
        "mh",
        "mkes",
        "amd",
        "bin",
        "binti",
        "bt",
        "bte",
        "als",
        "alias",
        "alm",
        "almh",
        "almarhum",
        "almarhumah",
        "bapak",
        "bpk",
        "ibu",
        "sdr",
        "sdri",
        "tn",
        "ny",
        "nn",
        "rd",
        "tb",
    ]
)
"""Words beside a name that say nothing of who it is."""
MUHAMAD = frozenset(
    [
        "m",
        "md",
        "mhd",
        "moh",
        "mohd",
        "muh",
        "muhd",
        "mohamad",
        "mohammad",
        "mohamed",
        "mohammed",
        "muhamad",
        "muhammad",
        "mohamat",
        "muhamat",
        "mochamad",
        "mochammad",
        "moch",
        "moechamad",
        "moehamad",
        "moehammad",
        "mohammat",
    ]
)
"""Ways to write the one name that is shortened most often."""
SHORT = {"abd": "abdul", "abdoel": "abdul", "sitti": "siti", "sity": "siti", "st": "siti", "nur": "nur", "noer": "nur"}

_SOUNDS = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("nj", "ny"),
    ("sj", "sy"),
    ("ch", "k"),
    ("kh", "k"),
    ("sy", "s"),
    ("sh", "s"),
    ("dh", "d"),
    ("th", "t"),
    ("ts", "s"),
    ("ph", "p"),
    ("ae", "ai"),
    ("ie", "i"),
    ("ou", "u"),
    ("q", "k"),
    ("x", "ks"),
    ("v", "p"),
    ("f", "p"),
    ("z", "j"),
    ("y", "j"),
)
"""From left to right: the spelling before 1972 first, then sounds that are written either way."""
_ONE = re.compile(r"(.)\1+")
_WORDS = re.compile(r"[a-z]+")
_DEGREE = re.compile(r"\b([a-z]{1,2})\.([a-z]{1,4})\b")


def sound(word: str) -> str:
    """Write one word, in small letters, as it sounds."""
    if word in MUHAMAD:
        return "muhamad"
    word = SHORT.get(word, word)
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = _ONE.sub(r"\1", word)
    return word[:-1] if len(word) > 3 and word.endswith("h") else word  # noqa: PLR2004 - Aisyah is Aisya, Doh stays


def name_words(name: str) -> tuple[str, ...]:
    """Every word of a name as it sounds, in its order, without titles and single letters."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("'", "").replace("`", ""))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    found = _WORDS.findall(_DEGREE.sub(_without_title, letters))
    kept = [each for place, each in enumerate(found) if each not in TITLES or (each == "st" and place == 0)]
    heard = [sound(each) for each in kept]
    return tuple(each for each in heard if len(each) > 1)


def _without_title(found: re.Match[str]) -> str:
    """`S.Pd` is a title; `M.Ali` is two words."""
    return " " if found[1] + found[2] in TITLES else f"{found[1]} {found[2]}"


def name_tokens(name: str) -> tuple[str, ...]:
    """The words that a person is looked for by: each once, and *Muhamad* only where there is no other."""
    words = tuple(dict.fromkeys(name_words(name)))
    rare = tuple(each for each in words if each != "muhamad")
    return rare or words


def whole_name(name: str) -> str:
    """The name as one text that the same words give in any order."""
    return " ".join(sorted(name_tokens(name)))


def place_word(place: str) -> str:
    """A place as it sounds, without the kind of place that stands before it."""
    words = _WORDS.findall(place.lower())
    kept = [each for each in words if each not in {"kab", "kabupaten", "kota", "kec", "kecamatan", "desa", "kel"}]
    return "".join(sound(each) for each in kept or words)


def phone(number: str) -> str:
    """A telephone number as it is dialled at home: digits, with 0 instead of the country's 62."""
    digits = "".join(each for each in number if each in "0123456789")
    for abroad in ("0062", "62"):
        if digits.startswith(abroad):
            return "0" + digits.removeprefix(abroad).lstrip("0")
    return digits

"""How wide a text is and where it is broken, for the sans-serif faces that diagrams are shown in; not a typesetter.

Widths are those of Arial and its metric twins, rounded up a little, so that what fits here fits in every viewer.
"""

from __future__ import annotations

from functools import lru_cache

LINE = 14.0
"""Height of one line of a label, in pixels."""
LABEL_SIZE = 11.0
TASK_SIZE = 12.0

_NARROW = frozenset("ijl.,:;'|!() ftr[]I/-")
_WIDE = frozenset("mwMW@%—")


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = LABEL_SIZE) -> float:
    """Return the width of one line in pixels."""
    return sum(_em(each) for each in text) * size


def wrap(text: str, width: float, size: float = LABEL_SIZE) -> list[str]:
    """Break a text into lines no wider than this; a word that is wider itself is broken with a hyphen."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.extend(_pieces(word, width, size))
    return lines


def block(text: str, width: float, size: float = LABEL_SIZE) -> tuple[float, float]:
    """Return width and height of a wrapped text."""
    lines = wrap(text, width, size)
    return max((text_width(each, size) for each in lines), default=0.0), LINE * len(lines)


def _pieces(word: str, width: float, size: float) -> list[str]:
    pieces = []
    while text_width(word, size) > width and len(word) > 1:
        cut = next(at for at in range(len(word) - 1, 0, -1) if at == 1 or text_width(word[:at] + "-", size) <= width)
        if "-" in word[1 : cut + 1]:
            cut = word.rindex("-", 1, cut + 1) + 1
        pieces.append(word[:cut] if word[:cut].endswith("-") else word[:cut] + "-")
        word = word[cut:]
    return [*pieces, word]


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.32
    if letter in _WIDE:
        return 0.86
    return 0.69 if letter.isupper() else 0.57

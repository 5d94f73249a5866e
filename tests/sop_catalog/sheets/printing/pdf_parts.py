"""What stands in a PDF, looked up without a library of its own: the objects, with what is compressed unpacked."""

from __future__ import annotations

import re
import zlib

_WORDS = r"(\((?:\\.|[^\\)])*\)|<[0-9A-F]*>)"
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def unpacked(pdf: bytes) -> str:
    """All of a PDF as text: its objects, and the contents of its streams as far as they are compressed text."""
    parts = [pdf]
    for each in _STREAM.findall(pdf):
        try:
            parts.append(zlib.decompress(each))
        except zlib.error:
            continue
    return b"\n".join(parts).decode("latin-1")


def pages(pdf: bytes) -> int:
    """How many pages it has."""
    return len(re.findall(r"/Type\s*/Page\b(?!s)", unpacked(pdf)))


def bookmarks(pdf: bytes) -> list[str]:
    """What its bookmarks are called, in plain letters."""
    return [
        _said(each) for each in re.findall(rf"/Parent \d+ 0 R(?:/(?:Prev|Next) \d+ 0 R)*/Title{_WORDS}", unpacked(pdf))
    ]


def alternatives(pdf: bytes) -> list[str]:
    """What its pictures are called for whoever does not see them."""
    return [_said(each) for each in re.findall(rf"/Alt{_WORDS}", unpacked(pdf))]


def _said(words: str) -> str:
    if words.startswith("<"):
        return bytes.fromhex(words[1:-1]).decode("utf-16")
    return re.sub(r"\\(.)", r"\1", words[1:-1])


def roles(pdf: bytes) -> set[str]:
    """As what its parts are tagged."""
    return set(re.findall(r"/S\s*/(\w+)", unpacked(pdf)))

"""Reads from the column *Keterangan* where a decision leads: `Ya: ke langkah 4, tidak: kembali ke 1`, `Bila disetujui, lanjut ke 5`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_TO: Final = (
    r"(?:\b(?:ke|langkah|nomor|no\.?|kegiatan|butir)\s*(?:langkah|nomor|no\.?|kegiatan|butir)?\s*(?P<number>\d{1,3})\b"
    r"|\b(?P<end>selesai|berakhir)\b)"
)
_YES_NO: Final = re.compile(rf"\b(?P<answer>ya|tidak)\b(?:(?!\bya\b|\btidak\b)[^0-9\n;.])*?{_TO}")
_WHEN: Final = re.compile(
    r"\b(?:jika|bila|apabila|kalau)\s+(?P<answer>[a-z][a-z /-]{1,38}?)\s*(?:[,:]|\bmaka\b)?\s*"
    rf"(?:lanjut|lanjutkan|kembali|langsung|diteruskan|dikembalikan)?\s*{_TO}"
)


def ways_said(note: str) -> Sequence[tuple[str, str | None]]:
    """Return each answer with the number of the row that it leads to, None for the end; nothing where none is said clearly."""
    text = note.lower()
    when = [(each["answer"].strip(), each["number"]) for each in _WHEN.finditer(text)]
    if len(dict(when)) > 1:
        return when
    return [(each["answer"], each["number"]) for each in _YES_NO.finditer(text)]

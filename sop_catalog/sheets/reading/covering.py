"""Reads the identity part above the table of steps: the lists that a cover sheet has, as far as the paper says them.

Laws are those of the register; whatever is cited otherwise is handed back, so that nobody takes it for understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from engine.domain.release import LegalBasis
from sop_catalog.procedure import Sheet
from sop_catalog.registers import instruments
from sop_catalog.sheets.reading.grid import Grid
from sop_catalog.sheets.reading.headings import Headings, find_headings
from sop_catalog.sheets.reading.understood import listed

_PARTS: Final = (
    ("legal", re.compile(r"dasar hukum")),
    ("qualification", re.compile(r"kualifikasi pelaksana(?:an)?")),
    ("equipment", re.compile(r"peralatan(?: ?(?:/|dan|&) ?perlengkapan)?")),
    ("warning", re.compile(r"peringatan")),
    ("records", re.compile(r"pencatatan(?: ?(?:/|dan|&) ?pendataan)?")),
    ("related", re.compile(r"keterkaitan(?: (?:dengan )?sop(?: lain)?)?")),
)
_LISTS: Final = ("qualification", "equipment", "warning", "records")
_LAWS: Final = {"undang undang": "uu", "peraturan pemerintah": "pp", "peraturan presiden": "perpres"}
_CITED: Final = re.compile(
    r"\b(?P<kind>undang undang|uu|peraturan pemerintah|pp|peraturan presiden|perpres)(?: republik indonesia| ri)?"
    r" (?:nomor|no) (?P<number>\d+) (?:tahun|th) (?P<year>\d{4})\b"
)
_TITLE: Final = re.compile(r"(?:nama|judul) sop(?: ap)?\s*:?\s*(.*)", re.IGNORECASE | re.DOTALL)
_ARTICLE: Final = re.compile(r"\bpasal\s+\d+[a-z]?(?:\s+ayat\s+\(\d+\))?(?:\s+huruf\s+[a-z])?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cover:
    """What the identity part says."""

    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    legal: tuple[LegalBasis, ...] = ()
    unknown: tuple[str, ...] = ()
    """Laws that the register does not have, and relations, which are named by code."""

    def over(self, sheet: Sheet) -> Sheet:
        """Return a cover sheet with what the paper says otherwise."""
        new = {key: said for key, said in self.lists.items() if _words(said) != _words(getattr(sheet, key))}
        if self.legal and set(self.legal) != set(sheet.legal):
            new["legal"] = self.legal  # type: ignore[assignment]
        return replace(sheet, **new) if new else sheet  # type: ignore[arg-type]


def cover_of(grid: Grid) -> Cover:
    """Read what stands above the table of steps."""
    headings = find_headings(grid.rows)
    if headings is None:
        return Cover()
    found = dict(_found(grid.rows[: headings.begins]))
    cited = [(each, _law(each)) for each in found.get("legal", ())]
    unknown = [f"Dasar hukum: {text}" for text, law in cited if law is None]
    unknown += [] if grid.own else [f"Keterkaitan: {each}" for each in found.get("related", ())]
    return Cover(
        lists={key: found[key] for key in _LISTS if found.get(key)},
        legal=tuple(dict.fromkeys(law for _, law in cited if law)),
        unknown=tuple(unknown),
    )


def title_of(grid: Grid, headings: Headings) -> str:
    """Return the title as the sheet says it itself; empty where it does not."""
    for row in grid.rows[: headings.begins]:
        for at, cell in enumerate(row):
            found = _TITLE.fullmatch(cell)
            if found:
                beside = [each.lstrip(": ") for each in (found[1], *row[at + 1 :]) if each.strip(" :\n")]
                return " ".join(beside[0].split()) if beside else ""
    return ""


def _found(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            first, _, rest = cell.partition("\n")
            key = _part(first)
            if key and rest:
                yield key, listed(rest)
            elif key:
                yield key, tuple(each for text in _below(rows[at + 1 :], column) for each in listed(text))


def _below(rows: Sequence[Sequence[str]], column: int) -> Iterator[str]:
    """Return the cells under a heading, as far as they go on."""
    for row in rows:
        text = row[column] if column < len(row) else ""
        if not text or _part(text.partition("\n")[0]):
            return
        yield text


def _part(text: str) -> str:
    plain = " ".join(text.lower().rstrip(" :").split())
    return next((key for key, pattern in _PARTS if pattern.fullmatch(plain)), "")


def _law(text: str) -> LegalBasis | None:
    """Return the law of the register that is cited, by its short name or its whole one."""
    plain = " ".join(re.sub(r"[-,.]", " ", text.lower()).split())
    cited = _CITED.search(plain)
    short = f"{_LAWS.get(cited['kind'], cited['kind'])} {cited['number']}/{cited['year']}" if cited else plain
    code = next((each.code for each in instruments() if re.match(rf"{re.escape(each.code.lower())}(?!\d)", short)), "")
    whole = code or next(
        (each.code for each in instruments() if plain.startswith(each.title.lower().replace("-", " "))), ""
    )
    article = _ARTICLE.search(text)
    return LegalBasis(whole, article[0] if article else "") if whole else None


def _words(texts: Sequence[str]) -> list[str]:
    return re.findall(r"\w+", " ".join(texts).lower())

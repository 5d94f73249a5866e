"""Forty people who do not exist, as the list that comes with them: made from a number, the same each time.

Among them are a child, somebody without papers, and three who stand in the list twice.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

HEADER = (
    "No",
    "Nama Lengkap",
    "L/P",
    "Tempat Lahir",
    "Tgl Lahir",
    "NIK",
    "No. Paspor",
    "Alamat asal",
    "Kab/Kota",
    "No. HP",
    "Negara Tujuan",
    "Pekerjaan",
    "Sakit",
)
SEED = 20_261_118
TODAY = date(2026, 11, 18)
CHILD, WITHOUT_PAPERS = 4, 9
"""Their places in the list, from 0."""
REPEATED = (12, 21, 30)
"""Who is written down a second time at the end: the first word for word, the second with another address but the same
numbers, the third without any number."""
_FIRST = ("Contoh", "Misal", "Umpama", "Rekaan", "Peraga", "Andai", "Model", "Tiruan")
_WOMEN = ("Sariwati", "Lestarini", "Wulanita", "Kartiningrum", "Puspawati", "Melatiana", "Cempakasari", "Anggrekwati")
_MEN = ("Bagaswan", "Jatmikono", "Prasetyan", "Gunawarno", "Sulistyan", "Wirawanto", "Haryadin", "Kusumandaru")
_PLACES = (
    ("Contohrejo", "Kab. Lombok Timur"),
    ("Misalsari", "Kab. Indramayu"),
    ("Umpamajaya", "Kota Kupang"),
    ("Rekaanmulya", "Kab. Banyuwangi"),
    ("Peragadesa", "Kab. Cilacap"),
)
_WORK = ("Pekerja rumah tangga", "Buruh perkebunan", "Pelayan restoran", "Operator pabrik")


def people(count: int = 40) -> list[tuple[str, ...]]:
    """The rows of the list; of forty, the last three repeat others."""
    chance = random.Random(SEED)  # noqa: S311 - examples, not secrets
    repeats = REPEATED if count >= 40 else ()
    rows = [_person(at, chance) for at in range(count - len(repeats))]
    for at, of in enumerate(repeats):
        again = list(rows[of])
        if at > 0:
            again[7] = "Dusun lain"
        if at == len(repeats) - 1:
            again[5] = again[6] = ""
        rows.append(tuple(again))
    return [(str(number), *row[1:]) for number, row in enumerate(rows, 1)]


def pasted(rows: Sequence[Sequence[str]]) -> str:
    """What a spreadsheet puts on the clipboard."""
    return "\n".join("\t".join(row) for row in (HEADER, *rows))


def _person(at: int, chance: random.Random) -> tuple[str, ...]:
    woman = chance.random() < 0.7
    name = f"{chance.choice(_FIRST)} {chance.choice(_WOMEN if woman else _MEN)} {_roman(at)}"
    years = 15 if at == CHILD else chance.randint(19, 44)
    born = TODAY - timedelta(days=years * 365 + 60 + chance.randint(0, 200))
    village, regency = chance.choice(_PLACES)
    papers = at != WITHOUT_PAPERS
    return (
        str(at + 1),
        name,
        "P" if woman else "L",
        village,
        born.strftime("%d/%m/%Y"),
        f"99{10_000_000_000_000 + at * 7_919:014}" if papers else "",
        f"X99{1000 + at:05}" if papers and at % 4 else "",
        f"Dusun {at % 6 + 1}, Desa {village}",
        regency,
        f"0899{10_000_000 + at * 97:08}",
        chance.choice(("Malaysia", "Arab Saudi", "Taiwan", "Kamboja")),
        chance.choice(_WORK),
        "Ya" if at in (7, 18) else "Tidak",
    )


def _roman(number: int) -> str:
    """A last word of its own for each, so that no two share a whole name."""
    return "".join("BCDFGHJKLM"[int(digit)] + "a" for digit in f"{number + 1:02}").capitalize()

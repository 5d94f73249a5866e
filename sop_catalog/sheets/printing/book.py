"""The book of an area or of the whole agency: cover, explanation of use, contents, then each sheet (PermenPANRB 35/2012:
*unsur dokumentasi*).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from sop_catalog.procedure import Status, area_of
from sop_catalog.registers import areas
from sop_catalog.sheets.form import Form
from sop_catalog.sheets.printing.measuring import Planned, forget, planned
from sop_catalog.sheets.printing.paper import F4, Paper
from sop_catalog.sheets.printing.pdf import typeset
from sop_catalog.sheets.wording import AGENCY, date_text

EXPLANATION: Final = """
Setiap SOP terdiri atas bagian identitas dan bagian alir. Bagian identitas menyebut dasar hukum, kualifikasi pelaksana, \
keterkaitan, peralatan, peringatan, dan pencatatan. Isian yang kosong belum ditetapkan.
Bagian alir dibaca dari atas ke bawah. Setiap baris adalah satu kegiatan atau satu keputusan; lambangnya berdiri pada kolom \
pelaksananya. Mutu baku menyebut kelengkapan yang harus ada, waktu paling lama, dan output kegiatan itu.
Anak panah yang sampai ke ujung halaman berakhir pada segi lima. Huruf yang sama pada halaman yang disebut di sampingnya \
adalah sambungannya.
Hal yang tidak mempunyai lambang – pekerjaan bersamaan, waktu tunggu, pesan, SOP lain yang dipanggil, dan pengulangan – \
ditulis pada kolom Keterangan dengan menyebut nomor langkahnya.
""".strip().splitlines()


VOLUME: Final = 200
"""How many SOPs go into one volume: some six hundred pages, for which the typesetter wants less than a gigabyte."""
_TURNS: Final = 12


def volumes(forms: Sequence[Form], most: int = VOLUME) -> list[list[Form]]:
    """Part forms into volumes of at most so many, with areas whole wherever an area fits into one."""
    found: list[list[Form]] = [[]]
    for _, group in groupby(forms, _part):
        left = list(group)
        if len(found[-1]) + len(left) > most and found[-1]:
            found.append([])
        while len(left) > most:
            found[-1] += left[:most]
            left = left[most:]
            found.append([])
        found[-1] += left
    return [each for each in found if each]


def write_book(
    forms: Sequence[Form],
    *,
    area: str = "",
    volume: tuple[int, int] = (1, 1),
    on: date | None = None,
    paper: Paper = F4,
    tell: Callable[[int], object] = lambda _: None,
) -> bytes:
    """Print many forms as one book, or as this one of so many volumes; `tell` hears how many are laid out."""
    sheets: list[Planned] = []
    for at, form in enumerate(forms, 1):
        sheets += planned([form], paper)
        tell(at)
    named = next((f"{each.code} {each.name}" for each in areas() if each.code == area.upper()), area.upper())
    title = (named or "Seluruh proses") + (f" – Jilid {volume[0]} dari {volume[1]}" if volume[1] > 1 else "")
    agency = forms[0].identity.agency if forms else AGENCY
    front = {
        "agency": agency,
        "title": title,
        "count": f"{len(forms)} SOP",
        "date": f"Keadaan {date_text(on)}" if on else "",
        "proposed": any(each.identity.status is Status.PROPOSED for each in forms),
        "explanation": EXPLANATION,
        "parts": _parts(forms),
    }
    made = typeset(sheets, title=f"Standar Operasional Prosedur – {title}", author=agency, book=front)
    forget(_TURNS)
    return made


def _part(form: Form) -> str:
    """Under which heading of the contents an SOP stands; maps come first."""
    if form.code.startswith("p-"):
        return "Peta lintas fungsi"
    return next((f"{each.code} {each.name}" for each in areas() if each.code == area_of(form.code)), "Lainnya")


def _parts(forms: Sequence[Form]) -> list[dict[str, Any]]:
    """The contents, area by area."""
    parts: dict[str, list[dict[str, str]]] = {}
    for each in forms:
        parts.setdefault(_part(each), []).append({"code": each.code, "title": each.title})
    return [{"title": title, "sheets": sheets} for title, sheets in parts.items()]

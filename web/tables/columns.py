"""Which column is which question: by what offices write over their columns. It proposes; a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz.fuzz import ratio

from engine.domain.release import Field

_LIKE: Final = 87.0
"""Out of a hundred: `tangal lahir` is still a birth date, `nama ayah` is not the name of the person."""

SAID: Final[dict[str, str]] = {
    "nama": "nama lengkap|nama pmi|nama cpmi|nama orang|nama korban|nama menurut pengakuan|nama sesuai paspor|name|full name",
    "nama_alias": "alias|nama alias|nama lain|nama panggilan|nickname",
    "nik": "nomor ktp|ktp|nomor nik|nik ktp|nomor induk kependudukan|nomor identitas|national id|id number",
    "nomor_paspor": "paspor|passport|passport number|nomor passport",
    "nomor_splp": "splp|travel document",
    "jenis_kelamin": "l p|lp|jenis kelamin|kelamin|gender|sex|laki laki perempuan",
    "tempat_lahir": "tempat kelahiran|place of birth|birthplace",
    "tanggal_lahir": "tanggal kelahiran|lahir|date of birth|dob|birth date|birthdate",
    "alamat": "alamat asal|alamat lengkap|alamat rumah|alamat sesuai ktp|alamat ktp|alamat tujuan|address",
    "telepon": "hp|nomor hp|nomor telepon|nomor wa|wa|whatsapp|phone|phone number|mobile",
    "daerah_asal": "kabupaten kota|kabupaten|kota|asal|asal daerah|kabupaten kota asal|kabupaten asal|alamat kabupaten kota|regency|origin",
    "negara_tujuan": "negara|tujuan|negara penempatan|country|destination|destination country",
    "pekerjaan_tujuan": "pekerjaan|jabatan|pekerjaan dijanjikan|rencana pekerjaan|job|occupation",
    "sakit": "kondisi sakit|luka|ill|sick",
    "hamil": "sedang hamil|pregnant",
    "anak": "di bawah umur|anak anak|child|minor",
    "disabilitas": "difabel|disability",
    "dokumen_ditahan": "dokumen ditahan|paspor ditahan",
    "perekrut_jenis": "jenis perekrut|perekrut",
    "perekrut_nama": "nama perekrut|calo|sponsor|nama calo|nama sponsor|recruiter",
    "perekrut_telepon": "telepon perekrut|nomor hp calo|hp perekrut|hp calo|hp sponsor|recruiter phone",
    "modus": "modus keberangkatan|cara berangkat",
    "rute": "rute perjalanan|rute keberangkatan|route",
    "biaya_dibayar": "biaya|uang dibayar|biaya yang sudah dibayar|amount paid",
    "utang": "hutang|debt",
    "nama_keluarga": "nama keluarga|keluarga|kontak keluarga|wali|family contact",
    "hubungan_keluarga": "hubungan|hubungan keluarga|relation",
    "telepon_keluarga": "telepon keluarga|hp keluarga|nomor hp keluarga|nomor keluarga|family phone",
    "barang_titipan": "barang titipan|titipan",
}
"""What else a question is called, beside its name and its label."""

_LONG: Final = {
    "no": "nomor",
    "nmr": "nomor",
    "nomer": "nomor",
    "tgl": "tanggal",
    "tangal": "tanggal",
    "tmp": "tempat",
    "tpt": "tempat",
    "kab": "kabupaten",
    "jk": "jenis kelamin",
    "telp": "telepon",
    "tlp": "telepon",
    "tel": "telepon",
    "telpon": "telepon",
    "handphone": "hp",
    "almt": "alamat",
    "pasport": "paspor",
}


def match_columns(header: Sequence[str], known: Iterable[Field]) -> tuple[str, ...]:
    """Propose for each column the name of the question that it answers; empty where none is like it. None is used twice."""
    asked = {each.name: _names(each) for each in known}
    found = sorted(
        (
            (-score, at, name)
            for at, head in enumerate(header)
            for name, names in asked.items()
            if (score := _likeness(plain(head), names)) >= _LIKE
        ),
    )
    proposed: dict[int, str] = {}
    for _, at, name in found:
        if at not in proposed and name not in proposed.values():
            proposed[at] = name
    return tuple(proposed.get(at, "") for at in range(len(header)))


def plain(heading: str) -> str:
    """Write a heading in one way: small letters, no signs, abbreviations at full length."""
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"\(.*?\)|\*", " ", heading.lower())).split()
    return " ".join(_LONG.get(each, each) for each in words)


def _names(each: Field) -> tuple[str, ...]:
    return tuple(plain(said) for said in (each.name, each.label, *SAID.get(each.name, "").split("|")) if said)


def _likeness(head: str, names: Iterable[str]) -> float:
    """100 for the same, 99 for a later synonym of it; otherwise how alike the letters are."""
    if not head:
        return 0.0
    return max((100.0 if head == each else min(ratio(head, each), 98.0) if len(head) > 5 else 0.0) for each in names)  # noqa: PLR2004 - short words are alike by chance

"""The person a case is about. Not the case's facts: what is kept here is encrypted, and each look at it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.names import name_tokens, phone, place_word

RIGHTS = "p-s11-01"
"""The procedure that carries out what a person asks of the data kept here, UU 27/2022: about them, yet no journey of theirs."""
IDENTITY = ("nik", "nomor_paspor", "nomor_splp")
"""Numbers that belong to one person: the same number is the same person."""
NAMED = ("nama", "nama_tahun", "nama_tempat")
"""What a name is found by: a word of it, that word with the year of birth, and with the place of birth."""
INDEXED = frozenset({*IDENTITY, "telepon", *NAMED, "perekrut_nama", "perekrut_telepon"})
"""What persons and recruiters are found again by, over blind indexes only; each has a key of its own."""
FUZZY = frozenset(NAMED)
"""Indexes that are cut short: a word of a name stands for many persons, and its index shall not tell more."""
MATCHED = frozenset({*IDENTITY, "telepon", "nama", "nama_alias", "tanggal_lahir", "tempat_lahir"})
"""Fields of a person that indexes are made from."""
RULES = 1
"""The edition of the rules by which indexes are made; a person indexed by an earlier one is indexed anew."""

FIELDS = (
    "nama",
    "nama_alias",
    "nik",
    "nomor_paspor",
    "nomor_splp",
    "jenis_kelamin",
    "tempat_lahir",
    "tanggal_lahir",
    "alamat",
    "telepon",
    "nama_keluarga",
    "hubungan_keluarga",
    "telepon_keluarga",
    "alamat_keluarga",
    "perekrut_nama",
    "perekrut_telepon",
    "uraian_wawancara",
    "kondisi_kesehatan",
)
"""What is usually known of a person, in the order in which it is read."""
LASTING = frozenset(FIELDS) - {"perekrut_nama", "perekrut_telepon", "uraian_wawancara", "kondisi_kesehatan"}
"""What describes a person beyond one episode. Whatever else a form asks of a person, such as an illness, a debt or a danger, belongs
to what happened once, and is never filled in from another case of the same person."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One person, as far as this house knows."""

    number: int
    fields: Mapping[str, str]
    """Name → clear text; empty unless the fields were asked for."""


def normal(text: str) -> str:
    """Write an identity number the one way in which it is compared: capitals and digits only."""
    return "".join(each for each in text.upper() if each.isalnum())


def indexed_as(kind: str, text: str) -> str:
    """Write what an index is made from the one way in which it is compared."""
    return phone(text) if kind in {"telepon", "perekrut_telepon"} else normal(text)


def found_by(fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Every kind of index, with the text, by which a person with these fields is found."""
    sure = [(kind, fields[kind]) for kind in (*IDENTITY, "telepon") if fields.get(kind)]
    words = list(dict.fromkeys((*name_tokens(fields.get("nama", "")), *name_tokens(fields.get("nama_alias", "")))))
    year, place = fields.get("tanggal_lahir", "")[:4], place_word(fields.get("tempat_lahir", ""))
    named = [("nama", each) for each in words]
    named += [("nama_tahun", each + year) for each in words if year.isdecimal()]
    named += [("nama_tempat", each + place) for each in words if place]
    return (*sure, *named)


def masked(text: str) -> str:
    """Show that there is something, and its last three characters where it is long enough not to give it away."""
    return "•" * 5 + (text[-3:] if len(text) >= 8 else "")  # noqa: PLR2004 - three of eight identify nobody

"""One row of an office's own register, read field by field. It says what is wrong and mends nothing in silence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.domain.subject import FIELDS, IDENTITY, normal

FACTS = frozenset(
    {
        "sumber_temuan",
        "tempat_temuan",
        "tanggal_temuan",
        "negara_tujuan",
        "pekerjaan_tujuan",
        "daerah_asal",
        "perekrut_jenis",
        "modus",
        "rute",
        "hasil_penapisan",
        "disposisi",
        "alasan_penutupan",
        "nomor_kasus_lama",
    }
)
"""What a register may say of the matter beside the person."""
LONGEST = 4_000
_SEXES = {
    "l": "laki-laki",
    "lk": "laki-laki",
    "laki": "laki-laki",
    "laki-laki": "laki-laki",
    "pria": "laki-laki",
    "m": "laki-laki",
    "p": "perempuan",
    "pr": "perempuan",
    "perempuan": "perempuan",
    "wanita": "perempuan",
    "f": "perempuan",
}
_INDONESIAN = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


def read_row(
    given: Mapping[str, Any], *, at: datetime
) -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, str], ...]]:
    """Return a row's fields of the person, its facts, and its problems: each a field with words to be translated."""
    texts = {name: _text(value) for name, value in given.items() if name != "row"}
    problems = [(name, "unknown column") for name in sorted(texts.keys() - set(FIELDS) - FACTS)]
    problems += [(name, "too long") for name, text in sorted(texts.items()) if len(text) > LONGEST]
    fields = {name: texts[name] for name in FIELDS if texts.get(name)}
    facts = {name: texts[name] for name in sorted(FACTS) if texts.get(name)}
    if not any(fields.get(name) for name in ("nama", *IDENTITY)):
        problems.append(("nama", "neither a name nor an identity number"))
    if "nik" in fields:
        fields["nik"] = normal(fields["nik"])
        if not re.fullmatch(r"\d{16}", fields["nik"]):
            problems.append(("nik", "not sixteen digits"))
    if "tanggal_lahir" in fields:
        born = _date(fields["tanggal_lahir"])
        if born is None:
            problems.append(("tanggal_lahir", "no date"))
        elif not date(1900, 1, 1) <= born <= at.date():
            problems.append(("tanggal_lahir", "a date that cannot be"))
        else:
            fields["tanggal_lahir"] = born.isoformat()
    if "jenis_kelamin" in fields:
        sex = _SEXES.get(fields["jenis_kelamin"].lower())
        if sex is None:
            problems.append(("jenis_kelamin", "neither laki-laki nor perempuan"))
        fields["jenis_kelamin"] = sex or ""
    return fields, facts, tuple(problems)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split()) if isinstance(value, str) else str(value)


def _date(text: str) -> date | None:
    """A date as ISO 8601 or as people here write it: the day first."""
    if found := _INDONESIAN.fullmatch(text):
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None

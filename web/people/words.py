"""How the register's fields, reasons and problems are called on its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext

from engine.domain.release import Bound, Field
from web.language import day

_ = lazy_gettext

LABELS: Mapping[str, Any] = {
    "nama": _("Name"),
    "nama_alias": _("Other name"),
    "nik": _("NIK"),
    "nomor_paspor": _("Passport number"),
    "nomor_splp": _("SPLP number"),
    "jenis_kelamin": _("Sex"),
    "tempat_lahir": _("Place of birth"),
    "tanggal_lahir": _("Date of birth"),
    "alamat": _("Address"),
    "telepon": _("Telephone"),
    "nama_keluarga": _("Family member"),
    "hubungan_keluarga": _("Relation"),
    "telepon_keluarga": _("Telephone of the family"),
    "alamat_keluarga": _("Address of the family"),
    "perekrut_nama": _("Name of the recruiter"),
    "perekrut_telepon": _("Telephone of the recruiter"),
    "uraian_wawancara": _("Account of the interview"),
    "kondisi_kesehatan": _("State of health"),
    "sumber_temuan": _("How the person was found"),
    "tempat_temuan": _("Where the person was found"),
    "tanggal_temuan": _("When the person was found"),
    "negara_tujuan": _("Country of destination"),
    "pekerjaan_tujuan": _("Work promised"),
    "daerah_asal": _("Region of origin"),
    "perekrut_jenis": _("Kind of recruiter"),
    "modus": _("Means of recruiting"),
    "rute": _("Route"),
    "hasil_penapisan": _("Result of the screening"),
    "disposisi": _("Course"),
    "alasan_penutupan": _("Reason for closing"),
    "nomor_kasus_lama": _("Number in the old register"),
    "setuju_wawancara": _("Agreed to the interview"),
    "persetujuan": _("Agreed to the services"),
    "setuju_data_pemda": _("Agreed that the local government knows"),
}
FACTS = (
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
)
_REASONS: Mapping[str, Any] = {
    "same nik": _("the same NIK"),
    "same nomor_paspor": _("the same passport number"),
    "same nomor_splp": _("the same SPLP number"),
    "same nama": _("the same name"),
    "near nama": _("a similar name"),
    "other nama": _("another name"),
    "same tanggal_lahir": _("the same date of birth"),
    "near tanggal_lahir": _("the same year of birth"),
    "other tanggal_lahir": _("another date of birth"),
    "same tempat_lahir": _("the same place of birth"),
    "other tempat_lahir": _("another place of birth"),
    "same telepon": _("the same telephone"),
    "same nama_keluarga": _("the same family member"),
    "other nik": _("another NIK"),
    "other nomor_paspor": _("another passport number"),
    "other nomor_splp": _("another SPLP number"),
    "other jenis_kelamin": _("another sex"),
}
_PROBLEMS: Mapping[str, Any] = {
    "unknown column": _("this column is not known here"),
    "too long": _("longer than 4,000 characters"),
    "neither a name nor an identity number": _("neither a name nor an identity number is given"),
    "not sixteen digits": _("a NIK has sixteen digits; spreadsheets lose the last where the column is not text"),
    "no date": _("this is no date; write day-month-year"),
    "a date that cannot be": _("a date before 1900 or in the future"),
    "neither laki-laki nor perempuan": _("write L or P"),
}
_LOOKS: Mapping[str, Any] = {
    "subject.revealed": _("Looked at on the case's page"),
    "person.revealed": _("Looked at in the register"),
    "person.exported": _("Data given out"),
    "subject.recognised": _("Compared at intake"),
    "subjects.searched": _("Found by a search"),
    "citizens.listed": _("Told to the local government, in its list"),
    "citizen.read": _("Told to the local government"),
    "citizen_paper.read": _("The local government read again what it had brought"),
}
WHYS = (
    _("To check who it is"),
    _("To reach the person or the family"),
    _("To compare two entries"),
    _("To put an answer right"),
    _("The person asks for it"),
)
"""What an officer may need a person's data for; kept with each look."""
CODE = "O-{:05}"
RECRUITER = "P-{:05}"


def label(name: str) -> str:
    """What a field is called."""
    return str(LABELS.get(name, name))


def reasons(said: Iterable[str]) -> str:
    """What speaks for and against two being one, as one line."""
    return ", ".join(str(_REASONS.get(each, each)) for each in said)


def problem(name: str, said: str) -> str:
    """What is wrong with a field of a row."""
    return f"{label(name)}: {_PROBLEMS.get(said, said)}"


def look(kind: str) -> str:
    """What kind of look it was."""
    return str(_LOOKS.get(kind, kind))


def value(name: str, text: str) -> str:
    """A stored answer as people read it."""
    if name == "tanggal_lahir":
        try:
            return day(date.fromisoformat(text))
        except ValueError:
            return text
    return text


def columns(fields: Iterable[str]) -> tuple[Field, ...]:
    """What a column of a register may be: every field of a person, and some facts."""
    subjects = [Field(name, label(name), bound=Bound.SUBJECT) for name in fields]
    return (*subjects, *(Field(name, label(name)) for name in FACTS))

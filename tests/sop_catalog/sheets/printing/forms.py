"""Forms of every shape, made by rule: few and many performers, steps, decisions, ways back, long texts."""

from __future__ import annotations

import random

from engine.domain.release import Allowance, Clock
from sop_catalog.sheets.form import Column, Form, FormRow, FormWay, Identity, Symbol

_LONG = "Dokumen yang telah diperiksa, dicap, dan ditandatangani oleh pejabat yang berwenang menurut ketentuan yang berlaku. "


def a_form(
    performers: int, steps: int, *, seed: int = 1, decisions: float = 0.3, back: float = 0.4, long: int = 0
) -> Form:
    """A form with so many performers and steps; the same for the same numbers."""
    chance = random.Random(f"{performers} {steps} {seed} {decisions} {back} {long}")  # noqa: S311 - no secret
    keys = [f"pos-{each}" for each in range(performers)]
    ids = [f"langkah_{each}" for each in range(steps)]
    rows = [FormRow("mulai", Symbol.TERMINATOR, "Permohonan diterima", keys[0], ways=(FormWay(ids[0]),))]
    for at, each in enumerate(ids):
        onward = ids[at + 1] if at + 1 < steps else "selesai"
        decides = 0 < at < steps - 1 and chance.random() < decisions
        other = chance.choice(ids[:at] if chance.random() < back else [*ids[at + 1 :], "selesai"]) if decides else ""
        ways = [FormWay(onward, "Ya" if decides else "")]
        if decides:
            ways.append(
                FormWay(other, chance.choice(["Tidak", "Perlu diperbaiki", "Berkas belum lengkap sama sekali"]))
            )
        if decides and chance.random() < 0.3:
            ways.append(FormWay("selesai", "Ditolak"))
        rows.append(
            FormRow(
                each,
                Symbol.DECISION if decides else Symbol.PROCESS,
                "Berkas lengkap dan benar?"
                if decides
                else f"Memeriksa berkas bagian {at + 1}" + _LONG * (long * (at == 2)),
                chance.choice(keys),
                number=at + 1,
                requirements=() if decides else ("Berkas permohonan", *([_LONG] * min(long, 4))),
                allowance=None if decides else Allowance(2, Clock.WORKING_HOURS),
                output="" if decides else "Berkas terperiksa",
                note=_LONG * long if at % 5 == 2 else "",
                ways=tuple(dict.fromkeys(ways)),
            )
        )
    rows.append(FormRow("selesai", Symbol.TERMINATOR, "Permohonan selesai", keys[-1]))
    names = [f"Jabatan Fungsional {each + 1}" for each in range(performers)]
    columns = tuple(Column(key, name) for key, name in zip(keys, names, strict=True))
    return Form(
        "c3-m99-01",
        f"Percobaan {performers} Pelaksana {steps} Langkah",
        Identity(agency="Badan Contoh"),
        columns,
        tuple(rows),
    )

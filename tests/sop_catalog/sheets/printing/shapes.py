"""Forms of different shape, by name: what a printed sheet must be able to hold. All of it is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from engine.domain.release import Allowance, Clock, LegalBasis
from engine.notation import read
from sop_catalog.procedure import Generality, Level, Nature, Scope, Status
from sop_catalog.sheets.form import Column, Form, FormRow, FormWay, Identity, Related, Signatory, Symbol
from sop_catalog.sheets.forming import form_of
from tests.sop_catalog.sheets.printing.drawn import DRAWN, NO_LANES, NOTHING
from tests.sop_catalog.sheets.printing.forms import a_form

SENTENCE: Final = (
    "Berkas diperiksa, dicap, dan ditandatangani oleh pejabat yang berwenang menurut ketentuan yang berlaku. "
)
ENDLESS: Final = "Pertanggungjawabanpertanggungjelasanpenyelenggaraanpemberdayaan"

Step = tuple[str, str, Sequence[tuple[str, str]]]
"""Performer, activity (a question where it ends in one), and the ways on: (row, words)."""


def form(title: str, posts: Sequence[str], steps: Sequence[Step], identity: Identity | None = None) -> Form:
    """A form between a start and an end; steps are `l1`, `l2` …"""
    rows = [FormRow("mulai", Symbol.TERMINATOR, "Permohonan diterima", "p1", ways=(FormWay("l1"),))]
    for at, (who, activity, ways) in enumerate(steps, 1):
        asks = activity.endswith("?")
        onward = f"l{at + 1}" if at < len(steps) else "selesai"
        rows.append(
            FormRow(
                f"l{at}",
                Symbol.DECISION if asks else Symbol.PROCESS,
                activity,
                who,
                number=at,
                requirements=() if asks else ("Berkas permohonan", "Lembar disposisi"),
                allowance=None if asks else Allowance(2, Clock.WORKING_HOURS),
                output="" if asks else "Berkas terperiksa",
                ways=tuple(FormWay(*each) for each in ways) or (FormWay(onward),),
            )
        )
    rows.append(FormRow("selesai", Symbol.TERMINATOR, "Permohonan selesai", steps[-1][0]))
    columns = tuple(Column(f"p{at}", each) for at, each in enumerate(posts, 1))
    return Form(
        "c3-m99-01", title, identity or Identity(agency="Badan Contoh", unit="Balai Contoh"), columns, tuple(rows)
    )


def changed(whole: Form, row: str, **values: object) -> Form:
    """The form with one row said otherwise."""
    return replace(whole, rows=tuple(replace(each, **values) if each.id == row else each for each in whole.rows))  # type: ignore[arg-type]


POSTS: Final = ("Petugas Layanan", "Ketua Tim Pelindungan", "Kepala BP3MI")


def one_step() -> Form:
    return form("Satu Langkah", ("Petugas Layanan",), [("p1", "Menerima berkas", [])])


def ladder() -> Form:
    """Questions with three, four and five answers under each other."""
    return form(
        "Tangga Keputusan",
        POSTS,
        [
            ("p2", "Jenis permohonan?", [("l2", "Pemulangan"), ("l4", "Bantuan hukum"), ("l6", "Penempatan kembali")]),
            ("p1", "Seberapa mendesak?", [("l3", "Hari ini"), ("l4", "Minggu ini"), ("l5", "Bulan ini"), ("selesai", "Tidak")]),
            ("p1", "Menjemput yang bersangkutan", []),
            (
                "p2",
                "Siapa yang mendampingi?",
                [("l5", "Psikolog"), ("l6", "Advokat"), ("l7", "Keluarga"), ("l3", "Belum ada"), ("selesai", "Menolak didampingi")],
            ),
            ("p1", "Menyiapkan pendampingan", []),
            ("p3", "Disetujui?", [("l7", "Ya"), ("l1", "Tidak, kembali ke awal"), ("l5", "Perlu dilengkapi")]),
            ("p3", "Menandatangani surat", []),
        ],
    )  # fmt: skip


def loops() -> Form:
    """Ways back over two page ends, to the same step and to others."""
    steps: list[Step] = [(f"p{1 + at % 3}", f"Mengerjakan bagian {at}", []) for at in range(1, 31)]
    for at, (back, words) in {
        9: ("l2", "Kurang"),
        18: ("l3", "Salah"),
        22: ("l2", "Kurang"),
        28: ("l20", "Ulangi"),
    }.items():
        steps[at - 1] = (f"p{1 + at % 3}", "Sudah benar?", [(f"l{at + 1}", "Ya"), (back, words)])
    return form("Kembali Melewati Halaman", POSTS, steps)


def crowded() -> Form:
    """Twelve performers with names that are turned, and arrows between the outermost."""
    posts = [f"Jabatan Fungsional Tertentu Ahli Madya {at}" for at in range(1, 13)]
    steps: list[Step] = [(f"p{1 + at * 5 % 12}", f"Menelaah bagian {at}", []) for at in range(1, 15)]
    steps[4] = ("p12", "Sesuai?", [("l6", "Ya"), ("l1", "Tidak"), ("selesai", "Dihentikan")])
    steps[9] = ("p1", "Lengkap?", [("l11", "Ya"), ("l2", "Tidak")])
    return form("Dua Belas Pelaksana", posts, steps)


def long_words() -> Form:
    whole = form(
        f"Kata {ENDLESS}",
        (ENDLESS, "Ketua Tim", "Kepala BP3MI DKI Jakarta dan Sekitarnya selaku Kuasa Pengguna Anggaran"),
        [("p1", ENDLESS, []), ("p2", f"{ENDLESS}?", [("l3", ENDLESS), ("selesai", ENDLESS[:40])]), ("p3", "Menutup berkas", [])],
    )  # fmt: skip
    return changed(whole, "l1", requirements=(ENDLESS, ENDLESS), output=ENDLESS, note=ENDLESS * 3)


def long_texts() -> Form:
    """Cells that are higher than half a page, and one that is higher than a page."""
    whole = form("Teks Panjang", POSTS, [("p1", "Memeriksa berkas", []), ("p2", "Benar?", [("l3", "Ya"), ("l1", "Tidak")]), ("p3", "Menetapkan", []), ("p1", "Menyampaikan", [])])  # fmt: skip
    whole = changed(whole, "l1", requirements=tuple([SENTENCE.strip()] * 9), note=SENTENCE * 5)
    whole = changed(whole, "l3", output=SENTENCE * 60, activity=SENTENCE * 4)
    return changed(whole, "l2", note="\n".join([SENTENCE.strip()] * 6))


def long_answers() -> Form:
    """Words on arrows from one letter to more than an arrow can carry, at every side of a diamond."""
    answer = "Sudah memenuhi semua persyaratan yang diatur"
    return form(
        "Jawaban Panjang",
        POSTS,
        [
            ("p1", "Memenuhi syarat?", [("l2", answer), ("selesai", f"Tidak memenuhi satu pun syarat; {answer.lower()}")]),
            ("p1", "Lanjut?", [("l3", "Y"), ("l1", "Belum, tunggu surat balasan dari instansi lain")]),
            ("p3", "Ditandatangani?", [("l4", answer), ("l2", "Dikembalikan"), ("l1", "Ditolak karena tidak berwenang")]),
            ("p3", "Dikirim?", [("l5", "Dikirim lewat pos tercatat"), ("l3", "Belum")]),
            ("p3", "Mengarsipkan", []),
        ],
    )  # fmt: skip


def empty_cells() -> Form:
    whole = form("Sel Kosong", ("Petugas", ""), [("p1", "", []), ("p2", "?", [("l3", ""), ("l1", "")]), ("p1", "", [])])
    bare = tuple(replace(each, requirements=(), allowance=None, output="") for each in whole.rows)
    return replace(whole, rows=bare, title="", identity=Identity())


def whole_identity() -> Form:
    """An official SOP with every line of its identity block filled, and more laws than a page holds at a glance."""
    own = Identity(
        agency="Kementerian Contoh/Badan Contoh",
        unit="Direktorat Pelayanan Contoh",
        number="017/BP3MI-11/OT.02/XI/2026",
        made_on=date(2026, 1, 2),
        revised_on=date(2026, 10, 30),
        effective_on=date(2026, 11, 22),
        approved_by=Signatory("Kepala Balai Contoh Wilayah Barat", "Nama Karangan, S.H., M.Si.", "99 700101 200003 1 001"),
        legal=tuple(LegalBasis(each, f"Pasal {at}") for at, each in enumerate(("UU 18/2017", "UU 21/2007", "PP 59/2021", "Permen P2MI 32/2025") * 5, 1)),
        qualification=("Memahami peraturan pelindungan", "Mampu berkomunikasi dengan penyintas", SENTENCE.strip()),
        related=tuple(Related(f"c3-m{at:02}", f"Judul SOP Terkait Nomor {at}") for at in range(1, 15)),
        equipment=("Komputer", "Alat cetak", "Formulir"),
        warning=(SENTENCE.strip(), "Bila tidak dilaksanakan, pelayanan terlambat."),
        records=("Disimpan sebagai data elektronik dan manual",),
        level=Level.MACRO,
        area="C3",
        status=Status.OFFICIAL,
        nature=Nature.TECHNICAL,
        scope=Scope.FINAL,
        generality=Generality.SPECIFIC,
        promised=Allowance(3, Clock.WORKING_DAYS),
    )  # fmt: skip
    whole = form("Identitas Lengkap", POSTS, [("p1", "Memeriksa", []), ("p3", "Menetapkan", [])], own)
    return changed(whole, "l1", instruction="Buka berkas pada aplikasi. Cocokkan nama, tanggal lahir, dan nomor kasus.")


def unicode() -> Form:
    whole = form(
        "Ünïcode – “Kutipan” & <Tanda> \\ #hash $x$ *tebal* _miring_ @acuan",
        ("Pètùgas ①", "Ketua ≥ Madya", "Ёлка"),
        [
            ("p1", "Menilai ½ × 3 ≤ 5 → “sesuai” [x] #let a = 1", []),
            ("p2", "Sesuai, ya/tidak?", [("l3", "≥ 50 %"), ("l1", "< 50 % & “ulang”")]),
            ("p3", "Περάτωση; выдача; 終了; نهاية; 🙂", []),
        ],
    )
    return changed(whole, "l1", note="Tab\tdan baris\nbaru; emoji 👍🏽; nol-lebar a\u200bb; gabungan é")


def to_itself() -> Form:
    """A question that leads back to itself, a step that ends in several ends, and two starts."""
    whole = form("Kembali ke Diri Sendiri", POSTS, [("p1", "Sudah datang?", [("l2", "Ya"), ("l1", "Belum, tanyakan lagi")]), ("p2", "Mencatat", [("selesai", "biasa"), ("batal", "batal")])])  # fmt: skip
    also = FormRow("mulai_lagi", Symbol.TERMINATOR, "Laporan masyarakat masuk", "p3", ways=(FormWay("l2"),))
    end = FormRow("batal", Symbol.TERMINATOR, "Permohonan batal", "p3")
    return replace(whole, rows=(also, *whole.rows, end))


def edge_to_edge() -> Form:
    """Five performers, every arrow between the outermost columns, half of them upwards."""
    posts = [f"Jabatan {at}" for at in range(1, 6)]
    steps: list[Step] = []
    for at in range(1, 19):
        who = "p1" if at % 2 else "p5"
        back = f"l{max(at - 5, 1)}"
        steps.append(
            (who, "Benar?", [(f"l{at + 1}", "Ya"), (back, "Tidak")]) if at % 3 == 0 else (who, f"Langkah {at}", [])
        )
    steps[-1] = ("p5", "Selesai diperiksa", [])
    return form("Dari Tepi ke Tepi", posts, steps)


SHAPES: Final[dict[str, Callable[[], Form]]] = {
    "one-step": one_step,
    "forty-steps": lambda: a_form(3, 40, seed=7, long=0),
    "forty-steps-in-one-column": lambda: a_form(1, 40, seed=3, decisions=0.4),
    "crowded": crowded,
    "ladder": ladder,
    "loops": loops,
    "long-words": long_words,
    "long-texts": long_texts,
    "long-answers": long_answers,
    "empty-cells": empty_cells,
    "whole-identity": whole_identity,
    "unicode": unicode,
    "to-itself": to_itself,
    "edge-to-edge": edge_to_edge,
    "many-decisions": lambda: a_form(4, 24, seed=5, decisions=0.8, back=0.5),
    "no-lanes": lambda: form_of(read(NO_LANES)),
    "nothing-drawn": lambda: form_of(read(NOTHING)),
    **DRAWN,
}
"""Name → how it is made."""

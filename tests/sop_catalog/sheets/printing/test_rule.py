"""What has no symbol of the five: the sentences of docs/sheet.md, each beside the step that it is said of."""

from __future__ import annotations

import pytest

from engine.notation import read
from sop_catalog.sheets.form import Form, FormRow, Symbol
from sop_catalog.sheets.forming import form_of
from tests.sop_catalog.sheets.printing.shapes import SHAPES

SAID = {
    "parallel": {
        "menerima_laporan": "Sesudah ini dikerjakan bersamaan: langkah 2, 3 dan 4.",
        "menyusun_rencana": "Sesudah ini dikerjakan yang diperlukan, satu atau beberapa: langkah 6 (Jauh); langkah 7 (Sakit); langkah 8 (Selain itu).\n"
        "Dimulai sesudah langkah 2, 3 dan 4 selesai.",
        "memberangkatkan": "Dimulai sesudah semua yang dikerjakan dari langkah 5, 6 dan 7 selesai.",
    },
    "waiting": {
        "meminta_dokumen": "Bila dalam 72 jam belum selesai: langkah 4 juga dikerjakan, langkah ini tetap berjalan.\n"
        "Bila dalam 10 hari kerja belum selesai: dihentikan, lanjut ke langkah 5.\n"
        "Bila diterima pesan “dokumen ditolak”: dihentikan, lanjut ke langkah 5.",
        "menunggu_jawaban": "Menunggu 3 hari kerja.",
    },
    "messages": {
        "menghubungi_keluarga": "Mengirim pesan “pemberitahuan”.\nDisampaikan kepada Keluarga.",
        "menerima_jawaban": "Menunggu pesan “jawaban”.\nSelanjutnya menurut yang terjadi lebih dahulu: langkah 3 atau 4.",
        "surat_tiba": "Menunggu pesan “surat imigrasi”.",
        "memutuskan": "Disampaikan kepada Imigrasi.",
        "selesai": "Mengirim pesan “jawaban akhir”.",
    },
    "calls": {
        "menyusun_resume": "Dilaksanakan menurut SOP C3-M05-01 Penyusunan Resume Kasus.",
        "yang_tidak_dikenal": "Dilaksanakan menurut SOP C3-M98.\nBila terjadi “GAGAL”: dihentikan, lanjut ke langkah 1.",
    },
    "groups": {
        "mengantar_ke_bandara": "Bagian dari “Perjalanan”.\nDiulang untuk setiap orang, bersamaan.\n"
        "Selama langkah 2 dan 3: bila dalam 12 jam belum selesai: dihentikan, lanjut ke langkah 5.",
        "menyerahkan_ke_maskapai": "Bagian dari “Perjalanan”.",
    },
    "map": {"pemantauan": "Menunggu 6 bulan.\nDimulai sesudah semua yang dikerjakan dari langkah 1, 2 dan 3 selesai."},
}


DRAWN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:contoh">
<process id="c3-m99-05" isExecutable="true"><startEvent id="s" name="Mulai">{begins}</startEvent>
<{kind} id="x" name="Titik">{on_the_way}</{kind}><endEvent id="e" name="Selesai">{ends}</endEvent>
<sequenceFlow id="f1" sourceRef="s" targetRef="x"/><sequenceFlow id="f2" sourceRef="x" targetRef="e"/></process>
<message id="m" name="surat_balasan"/></definitions>"""
TIMER = "<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition>"
CONDITION = "<conditionalEventDefinition><condition>lengkap</condition></conditionalEventDefinition>"
MESSAGE = '<messageEventDefinition messageRef="m"/>'
EVENTS = [
    ("begins", TIMER, "Dimulai menurut waktu: 3 hari."),
    ("begins", MESSAGE, "Dimulai karena diterima pesan “surat balasan”."),
    ("begins", "<signalEventDefinition/>", "Dimulai karena ada tanda dari proses lain."),
    ("begins", CONDITION, "Dimulai bila syaratnya terpenuhi."),
    ("waits", TIMER, "Menunggu 3 hari."),
    ("waits", "<signalEventDefinition/>", "Menunggu tanda dari proses lain."),
    ("waits", CONDITION, "Menunggu sampai syaratnya terpenuhi."),
    ("sends", MESSAGE, "Mengirim pesan “surat balasan”."),
    ("sends", "<signalEventDefinition/>", "Mengirim tanda kepada proses lain."),
    ("sends", "<escalationEventDefinition/>", "Memberi tahu atasan."),
    ("sends", "<compensateEventDefinition/>", "Membatalkan yang sudah dikerjakan."),
    ("ends", MESSAGE, "Mengirim pesan “surat balasan”."),
    ("ends", "<signalEventDefinition/>", "Mengirim tanda kepada proses lain."),
    ("ends", "<escalationEventDefinition/>", "Memberi tahu atasan."),
    ("ends", "<terminateEventDefinition/>", "Semua langkah yang masih berjalan dihentikan."),
    ("ends", "<errorEventDefinition/>", "SOP berakhir tanpa hasil."),
]


@pytest.mark.parametrize(("where", "definition", "said"), EVENTS)
def test_every_kind_of_event_is_said_in_words(where: str, definition: str, said: str) -> None:
    kinds = {"waits": "intermediateCatchEvent", "sends": "intermediateThrowEvent"}
    place = where if where in {"begins", "ends"} else "on_the_way"
    texts = {"begins": "", "on_the_way": "", "ends": "", place: definition}

    drawn = form_of(read(DRAWN.format(kind=kinds.get(where, "userTask"), **texts).encode()))

    assert [each.note for each in drawn.rows if each.note] == [said]


def row(form: Form, name: str) -> FormRow:
    return next(each for each in form.rows if each.id == name)


@pytest.mark.parametrize("name", SAID)
def test_what_has_no_symbol_is_said_beside_its_step(name: str) -> None:
    form = SHAPES[name]()

    assert {each: row(form, each).note for each in SAID[name]} == SAID[name]


def test_a_gateway_that_asks_nothing_is_no_row() -> None:
    form = SHAPES["parallel"]()

    assert {each.symbol for each in form.rows} == {Symbol.TERMINATOR, Symbol.PROCESS}
    assert [way.to for way in row(form, "menerima_laporan").ways] == [
        "mencari_keluarga",
        "memeriksa_kesehatan",
        "menghubungi_polisi",
    ]


def test_a_time_on_a_border_is_an_arrow_with_the_time_on_it() -> None:
    ways = row(SHAPES["waiting"](), "meminta_dokumen").ways

    assert {(each.to, each.label) for each in ways} == {
        ("menunggu_jawaban", ""),
        ("menegur", "72 jam"),
        ("melaporkan", "10 hari kerja"),
        ("melaporkan", "dokumen ditolak"),
    }


def test_steps_that_nobody_is_named_for_stand_in_a_column_that_says_so() -> None:
    form = SHAPES["no-lanes"]()

    assert [each.name for each in form.performers] == ["Belum ditentukan"]
    assert row(form, "g").activity == "Bagaimana kelanjutannya?"
    assert [each.label for each in row(form, "g").ways] == ["Jawab", "selain itu"]
    assert row(form, "b").note == "Diulang sampai cukup."

"""Drawings with what has no symbol of the five, each made into a form: parallel work, timers, messages, calls, groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.form import Form
from sop_catalog.sheets.forming import form_of
from sop_catalog.sheets.toml_reader import read_toml

TITLES: Final = {"c3-m05-01": "Penyusunan Resume Kasus", "c3-m06": "Pemulangan ke Daerah Asal"}


def drawn(title: str, table: str, *, code: str = "c3-m99-02", kind: str = "mikro") -> Form:
    """The form of a table once it is drawn."""
    head = f"""
code = "{code}"
title = "{title}"
kind = "{kind}"
area = "C3"
owner = "Balai Contoh"
nature = "administratif"
promised = "5 working-days"
legal = ["UU 18/2017 | Pasal 8"]
related = ["c3-m05-01"]
warning = ["Bila tidak dilaksanakan, penanganan terlambat."]
[[lane]]
post = "pengelola-kasus"
[[lane]]
post = "ketua-tim-pelindungan"
[[lane]]
post = "kepala-bp3mi"
"""
    return form_of(draw(read_toml(head + table)), titles=TITLES)


def step(name: str, lane: str = "pengelola-kasus", more: str = "") -> str:
    """A step as a table has it."""
    return (
        f'[[step]]\nid = "{name}"\nlane = "{lane}"\nname = "{name.replace("_", " ").capitalize()}"\ndo = "Lakukan."\n'
        f'time = "4 working-hours"\nneeds = ["Berkas kasus"]\noutput = "Hasil {name.replace("_", " ")}"\n{more}\n'
    )


CHIEF: Final = "ketua-tim-pelindungan"
HEAD: Final = "kepala-bp3mi"

PARALLEL: Final = (
    step("menerima_laporan", more='to = "dua_jalur"')
    + step("mencari_keluarga", more='to = "gabung"')
    + step("memeriksa_kesehatan", CHIEF, 'to = "gabung"')
    + step("menghubungi_polisi", HEAD, 'to = "gabung"')
    + step("menyusun_rencana", more='to = "perlu_apa"')
    + step("menyiapkan_tiket", more='to = "gabung_lagi"')
    + step("menyiapkan_obat", CHIEF, 'to = "gabung_lagi"')
    + step("memberangkatkan", HEAD)
    + """
[[fork]]
id = "dua_jalur"
kind = "parallel"
to = ["mencari_keluarga", "memeriksa_kesehatan", "menghubungi_polisi"]
join = "gabung"
after_join = "menyusun_rencana"
[[fork]]
id = "perlu_apa"
kind = "inclusive"
to = [{when="jauh", label="Jauh", to="menyiapkan_tiket"}, {when="sakit", label="Sakit", to="menyiapkan_obat"}, {default=true, label="Selain itu", to="gabung_lagi"}]
join = "gabung_lagi"
after_join = "memberangkatkan"
"""
)
WAITING: Final = (
    step(
        "meminta_dokumen",
        more='late = [{after="PT72H", to="menegur", interrupting=false}, {after="working days(10)", to="melaporkan", interrupting=true}]\non_message = {name="dokumen_ditolak", to="melaporkan", interrupting=true}',
    )
    + step("menunggu_jawaban", more='kind = "timer"\nafter = "working days(3)"')
    + step("menyampaikan_hasil", CHIEF, 'to = "end"')
    + step("menegur", CHIEF, 'to = "end"')
    + step("melaporkan", HEAD, 'to = "end"')
)
MESSAGES: Final = (
    """
[[pool]]
id = "keluarga"
name = "Keluarga"
[[pool]]
id = "imigrasi"
name = "Imigrasi"
[start]
kind = "message"
message = "laporan_diterima"
name = "Laporan diterima"
"""
    + step("menghubungi_keluarga", more='kind = "send"\nmessage = "pemberitahuan"\ntalks_to = "keluarga"')
    + step("menerima_jawaban", more='kind = "receive"\nmessage = "jawaban"\nto = "yang_dulu"')
    + step("surat_tiba", CHIEF, 'kind = "message"\nmessage = "surat_imigrasi"\nto = "memutuskan"')
    + step("tenggat_lewat", CHIEF, 'kind = "timer"\nafter = "P3D"\nto = "memutuskan"')
    + step("memutuskan", HEAD, 'talks_to = "imigrasi"\nto = "selesai"')
    + """
[[fork]]
id = "yang_dulu"
kind = "event"
to = ["surat_tiba", "tenggat_lewat"]
[[end]]
id = "selesai"
name = "Jawaban disampaikan"
kind = "message"
code = "jawaban_akhir"
"""
)
CALLS: Final = (
    step("menyusun_resume", more='kind = "call"\ncalls = "c3-m05-01"')
    + step("menentukan_jalan", CHIEF, 'question = "Jalan mana?"\nexits = [{value="pulang", label="Dipulangkan", to="memulangkan"}, {value="lain", label="Jalan lain", to="yang_tidak_dikenal"}]')
    + step("memulangkan", more='kind = "call"\ncalls = "c3-m06"\nto = "end"')
    + step("yang_tidak_dikenal", HEAD, 'kind = "call"\ncalls = "c3-m98"\non_error = {code="GAGAL", to="menyusun_resume"}\nto = "end"')
)  # fmt: skip
GROUPS: Final = (
    step("menyiapkan_perjalanan")
    + step("mengantar_ke_bandara", CHIEF, 'group = "perjalanan"\neach = "penumpang"\nitem = "orang"')
    + step("menyerahkan_ke_maskapai", CHIEF, 'group = "perjalanan"')
    + step("mencatat_keberangkatan", HEAD)
    + step("merujuk_ke_rumah_sakit", HEAD, 'to = "end"')
    + """
[[group]]
id = "perjalanan"
name = "Perjalanan"
late = {after="PT12H", to="merujuk_ke_rumah_sakit", interrupting=true}
"""
)
MACRO: Final = "".join(
    step(f"bagian_{at}", (HEAD, CHIEF, "pengelola-kasus")[at % 3], f'kind = "call"\ncalls = "c3-m05-0{at}"')
    for at in range(1, 8)
)
MAP: Final = (
    step("pendataan", more='kind = "call"\ncalls = "c3-m05-01"\nto = "arah"')
    + step("pemulangan", CHIEF, 'kind = "call"\ncalls = "c3-m06"\nto = "kumpul"')
    + step("bantuan_hukum", HEAD, 'kind = "call"\ncalls = "c3-m98"\nto = "kumpul"')
    + step("pemantauan", more='kind = "timer"\nafter = "P6M"')
    + step("menutup_kasus", more='to = "selesai"')
    + """
[[fork]]
id = "arah"
kind = "inclusive"
to = [{when="pulang", label="Pulang", to="pemulangan"}, {when="hukum", label="Proses hukum", to="bantuan_hukum"}, {default=true, label="Tidak ada", to="kumpul"}]
join = "kumpul"
after_join = "pemantauan"
[[start_also]]
id = "datang_sendiri"
kind = "none"
name = "Datang sendiri"
to = "pendataan"
[[end]]
id = "selesai"
name = "Kasus ditutup"
kind = "terminate"
"""
)
NOTHING: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:contoh">
<process id="c3-m99-04" name="Belum Digambar"/></definitions>"""
NO_LANES: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:contoh">
<process id="c3-m99-03" name="Tanpa Pelaksana" isExecutable="true">
<startEvent id="s"><outgoing>f1</outgoing></startEvent>
<userTask id="a" name="Menerima surat"><incoming>f1</incoming><outgoing>f2</outgoing></userTask>
<exclusiveGateway id="g"><incoming>f2</incoming><incoming>f5</incoming><outgoing>f3</outgoing><outgoing>f4</outgoing></exclusiveGateway>
<exclusiveGateway id="h" name="Perlu disposisi?"><incoming>f4</incoming><outgoing>f5</outgoing><outgoing>f6</outgoing></exclusiveGateway>
<userTask id="b"><incoming>f3</incoming><outgoing>f7</outgoing><standardLoopCharacteristics/></userTask>
<endEvent id="e"><incoming>f6</incoming><incoming>f7</incoming></endEvent>
<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="g"/>
<sequenceFlow id="f3" name="Jawab" sourceRef="g" targetRef="b"/><sequenceFlow id="f4" sourceRef="g" targetRef="h"/>
<sequenceFlow id="f5" name="Ya" sourceRef="h" targetRef="g"/><sequenceFlow id="f6" name="Tidak" sourceRef="h" targetRef="e"/>
<sequenceFlow id="f7" sourceRef="b" targetRef="e"/>
</process></definitions>"""
"""Nobody is named, a question is not asked, a step has no name."""

DRAWN: Final[Mapping[str, Callable[[], Form]]] = {
    "parallel": partial(drawn, "Pekerjaan Bersamaan", PARALLEL),
    "waiting": partial(drawn, "Waktu dan Teguran", WAITING),
    "messages": partial(drawn, "Pesan dari dan ke Luar", MESSAGES),
    "calls": partial(drawn, "Memanggil SOP Lain", CALLS),
    "groups": partial(drawn, "Kelompok Langkah yang Diulang", GROUPS),
    "macro": partial(drawn, "Makro dengan Tujuh Mikro", MACRO, code="c3-m99", kind="makro"),
    "map": partial(drawn, "Peta Penanganan", MAP, code="p-c3-99", kind="map"),
}

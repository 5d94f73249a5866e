"""What becomes of forty people who arrive together: who they are in the list, what each wants, and what each is given.

Most refuse every service and go their own way. Eight are walked to other ends: home to two other offices, one of them a
child and one without papers; to Kemensos, because the family refuses; to a judgment, and home at the same time; to a
placement by the official way. Three live in the shelter from the beginning and one from the screening on; one does not want to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.browser.house_at_work import Person
from tests.browser.manifest import CHILD, WITHOUT_PAPERS, people
from tests.browser.the_way_home import AFTER_CONTACT_DAY, AFTER_DECISION, ANSWERS, UNTIL_DECISION, steps

THIRD = "ntb"
"""One more office of origin."""
OF_THE_LIST = {"nama", "nik", "nomor_paspor", "jenis_kelamin", "tempat_lahir", "tanggal_lahir", "alamat", "telepon"}
COMMON = {
    **{name: said for name, said in ANSWERS.items() if name not in OF_THE_LIST},
    "perlu_pengawalan": "Tidak",
    "perlu_alat_khusus": "Tidak",
    "rombongan": "Tidak",
    "ada_terduga_perekrut": "Tidak",
    "barang_dititipkan": "Tidak",
    "rujuk_medis": "Tidak",
    "penghuni_anak": "Tidak",
    "cara_keluar": "Dipulangkan BP3MI",
    "setuju_pendampingan_tppo": "Ya",
    "pendamping_khusus": "Tidak",
    "restitusi_dalam_tuntutan": "Ya",
    "sudah_18": "Ya",
}
"""What is answered for everybody, where nothing else is said or known."""
OUTCOMES = {
    each.name: each.outcome for each in steps(UNTIL_DECISION + AFTER_DECISION + AFTER_CONTACT_DAY) if each.outcome
} | {
    "Membacakan isi formulir": "Setuju",
    "Mendampingi penghuni sampai ada perubahan": "Akan pergi",
    "Memisahkan yang diduga perekrut dan yang rentan": "Tidak ada",
}
"""The button that is pressed, where it is not the first."""

REFUSES = Person(
    "menolak semua",
    answers={
        "disposisi_ada": "Tidak",
        "alasan_penutupan": "Yang bersangkutan menolak layanan",
        "pilihan_penyintas": (),
    },
    outcomes={"Membacakan isi formulir": "Menolak semua layanan", "Menilai kebutuhan pemantauan": "Tidak"},
)
HOME = Person("pulang", courses=(("Pulang ke keluarga",),))
LIVES_IN = {"perlu_penampungan": "Ya"}
ELSEWHERE = {"origin_office": "BP3MI Nusa Tenggara Barat"}

FATES = {
    "pulang": HOME,
    "anak": replace(
        HOME,
        fate="anak",
        answers={
            **LIVES_IN,
            "anak": "Ya",
            "penghuni_anak": "Ya",
            "cakap_hukum": "Tidak",
            "persetujuan": "Keluarga atau wali",
            "layak_ditempatkan": "Tidak",
            "perlu_pengawalan": "Ya",
        },
        outcomes={
            "Menjelaskan untuk apa data diminta": "Ya",
            "Memeriksa siapa yang berhak memberi persetujuan": "Wali atau UPTD PPA",
            "Memeriksa kebutuhan pendamping": "Ya, perlu",
        },
    ),
    "tanpa surat": replace(
        HOME,
        fate="tanpa surat",
        answers={**ELSEWHERE, "jenis_identitas": "Tidak ada", "identitas_ada": "Tidak"},
        outcomes={
            "Memeriksa tanda pengenal yang ada": "Tidak ada",
            "Memverifikasi data terhadap dokumen": "Tidak ada dokumen pembanding",
            "Mencocokkan nama dengan tanda pengenal perjalanan": "Tidak ada",
            "Menilai kebutuhan pemantauan": "Tidak",
        },
    ),
    "Kemensos": replace(
        HOME,
        fate="Kemensos",
        answers={
            **LIVES_IN,
            **ELSEWHERE,
            "Mencatat penolakan penerima: keluarga_bersedia": "Tidak",
            "Menawarkan penerima lain kepada yang bersangkutan: keluarga_bersedia": "Tidak",
        },
        outcomes={
            "Menghubungi penerima": "Menolak menerima",
            "Memediasi keluarga dan yang bersangkutan": "Tetap menolak",
            "Menilai kebutuhan pemantauan": "Tidak",
        },
    ),
    "putusan": Person(
        "putusan",
        answers={
            "hasil_penapisan": "Terindikasi korban TPPO",
            "perkara_berjalan": "Ya",
            "pilihan_penyintas": ("Dipulangkan ke daerah asal", "Difasilitasi penyelesaian kasus hukum"),
            "usulan_disposisi": ("Dipulangkan ke daerah asal", "Difasilitasi penyelesaian kasus hukum"),
        },
        outcomes={"Memeriksa dasar penyampaian data": "Keberadaan saja (korban TPPO)"},
        courses=(("Pulang ke keluarga", "Proses hukum"),),
    ),
    "ditempatkan": Person(
        "ditempatkan",
        answers={
            "pilihan_penyintas": "Ditempatkan kembali lewat jalur resmi",
            "usulan_disposisi": "Ditempatkan kembali lewat jalur resmi",
            "penampungan_menyusul": "Ya",
            "cara_keluar": "Berangkat penempatan resmi",
        },
        outcomes={"Menilai kebutuhan pemantauan": "Tidak"},
        courses=(("Penempatan kembali secara prosedural",),),
    ),
    "menolak sesudah menghuni": replace(
        REFUSES,
        fate="menolak sesudah menghuni",
        answers={**REFUSES.answers, **LIVES_IN, "cara_keluar": "Pergi sendiri"},
    ),
    "menolak wawancara dan penampungan": replace(
        REFUSES,
        fate="menolak wawancara dan penampungan",
        answers={**REFUSES.answers, **LIVES_IN, "setuju_wawancara": "Tidak", "penampungan_hasil": "Menolak tinggal"},
    ),
    "menolak semua": REFUSES,
}
FATES["menolak wawancara"] = replace(
    REFUSES, fate="menolak wawancara", answers={**REFUSES.answers, "setuju_wawancara": "Tidak"}
)
PICTURES = {
    "Memeriksa keadaan darurat": "forty-welcomed",
    "Menentukan kamar": "forty-shelter",
    "Menutup hunian": "forty-shelter-left",
    "Menandatangani berita acara dengan sentra": "forty-kemensos",
    "Menutup proses hukum": "forty-judgment",
    "Menyampaikan hasil kepada tim pelindungan": "forty-placed",
}
"""Steps after which a picture is kept, and its name."""
BOARD_STEPS = frozenset(
    {
        "Menyambut CPMI dan menawarkan kebutuhan dasar",
        "Menerima penyerahan dari pengantar",
        "Menentukan kamar",
        "Menetapkan disposisi",
        "Menjawab tawaran penyerahan",
        "Menandatangani surat rujukan",
        "Menandatangani berita acara dengan sentra",
        "Mencatat putusan pengadilan",
        "Menutup proses hukum",
        "Menyampaikan hasil kepada tim pelindungan",
        "Menutup kasus",
    }
)
"""What is clicked where the rest is done by commands."""
PLACES = {
    "pulang": 0,
    "anak": CHILD,
    "tanpa surat": WITHOUT_PAPERS,
    "Kemensos": 1,
    "putusan": 3,
    "ditempatkan": 5,
    "menolak sesudah menghuni": 6,
    "menolak wawancara dan penampungan": 8,
}
"""Where in the list the eight stand; whoever has no place here refuses everything."""


def fate_at(place: int) -> str:
    """What becomes of whoever stands at this place of the list."""
    other = REFUSES.fate if place % 8 == 2 else "menolak wawancara"
    return next((fate for fate, at in PLACES.items() if at == place), other)


def known_of(person: Person, row: Sequence[str]) -> Person:
    """The same, with what the list says of them: what a form about the person cannot do without."""
    sex = "Perempuan" if row[2] == "P" else "Laki-laki"
    return replace(person, known={"nama": row[1], "jenis_kelamin": sex, "alamat": row[7]})


def rows(fates: Sequence[str]) -> list[list[str]]:
    """The lines of the list for these."""
    whole = people(43)
    return [list(whole[PLACES.get(each, 2)]) for each in fates]

"""The way of one person, from the counter in Surabaya home to Central Java: who does what, in the office's words.

A step that has more than one result is followed by the one that is pressed. `asal` is the office of the person's home.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.browser.served_office import HERE, ORIGIN

DECISION = "Menetapkan disposisi"
"""The step at which the course is set; the sub-case begins there."""

UNTIL_DECISION = """
petugas-helpdesk
    Menyambut CPMI dan menawarkan kebutuhan dasar
    Memeriksa keadaan darurat: Tidak
petugas-sispopmi
    Menerima penyerahan dari pengantar
    Mendata barang dan dokumen yang dititipkan
    Memeriksa tanda pengenal yang ada: Ada
    Mencari riwayat kasus orang yang sama: Orang baru
verifikator-data
    Menyatakan tingkat kepastian identitas
petugas-sispopmi
    Menjelaskan untuk apa data diminta: Tidak
    Menanyakan siapa yang merekrut dan bagaimana
    Merekam data pribadi
    Mencatat modus dan rute
    Merekam negara dan pekerjaan tujuan
    Mencatat uang yang dibayar dan utang
    Memotret dokumen dan mengembalikan aslinya
    Membacakan kembali data kepada yang bersangkutan: Benar
penyuluh-hukum
    Menilai apakah keterangan cukup untuk penyidikan: Cukup
    Mengamankan salinan bukti
verifikator-data
    Memverifikasi data terhadap dokumen: Sesuai
    Mengunci data
petugas-sispopmi
    Memeriksa nomor kasus
    Mencetak tanda terima
petugas-helpdesk
    Menyerahkan dan menjelaskan tanda terima: Diterima
petugas-sispopmi
    Mencatat selesainya pendataan

pengantar-kerja
    Membaca hasil pendataan
ketua-tim-pelindungan
    Menunjuk pewawancara dan pendamping: Tersedia
petugas-pendamping
    Menyiapkan ruang tertutup
pengantar-kerja
    Memeriksa kesiapan yang bersangkutan: Siap
penyuluh-hukum
    Menjelaskan hak selama penapisan
    Memeriksa siapa yang berhak memberi persetujuan: Yang bersangkutan
    Meminta persetujuan wawancara: Sudah diputuskan
pengantar-kerja
    Menyimpan formulir persetujuan
    Membuka wawancara dan membangun kepercayaan
    Menggali kronologi perekrutan sampai pencegahan: Dapat dilanjutkan
    Memeriksa kesesuaian dengan dokumen dan data
    Menutup wawancara
ketua-tim-pelindungan
    Menelaah catatan wawancara
penyuluh-hukum
    Menilai unsur proses
    Menilai unsur cara
    Menilai unsur tujuan
pengantar-kerja
    Memeriksa silang indikator dengan keterangan: Sesuai
penyuluh-hukum
    Menyimpulkan pemenuhan unsur
petugas-pendamping
    Mendaftar kebutuhan mendesak
psikolog
    Menilai keadaan psikologis
petugas-pendamping
    Menilai ancaman dari perekrut atau keluarga: Rendah atau sedang
ketua-tim-pelindungan
    Menyusun rencana keselamatan
penyuluh-hukum
    Menyusun konsep hasil penapisan
ketua-tim-pelindungan
    Membahas konsep hasil penapisan: Cukup
kepala-bp3mi
    Menetapkan hasil penapisan
penyuluh-hukum
    Memberi tahu hasil kepada yang bersangkutan

pengelola-kasus
    Mengumpulkan hasil pendataan dan penapisan: Lengkap
    Menyusun resume kasus
    Memeriksa penyamaran identitas dalam resume
ketua-tim-pelindungan
    Menelaah resume kasus: Disetujui
pengelola-kasus
    Menyimpan resume pada berkas kasus
    Memeriksa kebutuhan pendamping: Tidak
penyuluh-hukum
    Menjelaskan pilihan disposisi dan akibatnya: Dimengerti
pengelola-kasus
    Menilai risiko dan kelayakan tiap pilihan
    Mencatat pilihan yang bersangkutan
    Menyiapkan formulir sesuai pilihan
penyuluh-hukum
    Membacakan isi formulir: Setuju
pengelola-kasus
    Menandatangankan persetujuan
    Memasukkan formulir ke berkas kasus
    Menyusun usulan disposisi
ketua-tim-pelindungan
    Menelaah usulan disposisi: Ajukan ke Kepala
kepala-bp3mi
    Memutuskan usulan disposisi: Disetujui
    Menetapkan disposisi
"""

AFTER_DECISION = """
pengelola-kasus
    Mencatat surat penetapan pada berkas
    Memeriksa subkasus yang terbuka: Sesuai
ketua-tim-pelindungan
    Menunjuk penanggung jawab subkasus
    Menjelaskan jadwal kepada yang bersangkutan
petugas-pendamping
    Menanyakan alamat tujuan dan keluarga yang dipercaya: Boleh
pengelola-kasus
    Menyerahkan berkas kepada penanggung jawab
    Mencatat pembukaan subkasus
    Menentukan penerima pemberitahuan
    Menyusun pemberitahuan disposisi
    Menghubungi keluarga: Terhubung
    Mencatat kesediaan keluarga menerima
    Menetapkan penerima di daerah asal
    Memeriksa apakah ada penempat yang wajib menanggung: Negara melalui BP3MI
ppk
    Memeriksa ketersediaan anggaran pemulangan: Tersedia
kepala-bp3mi
    Menetapkan penanggung biaya
pengelola-kasus
    Memeriksa kelayakan perjalanan: Layak
    Memilih moda dan jadwal
    Mencocokkan nama dengan tanda pengenal perjalanan: Ada
ppk
    Memesan tiket atau angkutan: Tersedia
bendahara
    Membayar tiket atau menerima bukti dari penanggung biaya
pengelola-kasus
    Menyusun surat pengantar perjalanan
    Melampirkan keterangan layak dipulangkan
    Menawarkan penyerahan kepada BP3MI daerah asal
ketua-tim-pelindungan
    Memeriksa isi pemberitahuan: Tepat
    Memeriksa surat pengantar: Benar
kepala-bp3mi
    Menandatangani surat pengantar
pengelola-kasus
    Menyerahkan surat pengantar dan tiket

pengelola-kasus asal
    Menjawab tawaran penyerahan: Diterima
    Menyiapkan penjemputan

ketua-tim-pelindungan
    Menunjuk pengawal
petugas-pendamping
    Menjemput dan memeriksa barang bawaan
    Melaporkan keberangkatan: Berangkat
    Mengawal sampai tujuan
    Melaporkan kedatangan di daerah asal
pengelola-kasus
    Memastikan yang bersangkutan tiba
    Mengumpulkan bukti perjalanan
bendahara
    Memeriksa bukti perjalanan: Lengkap
ppk
    Mengesahkan pertanggungjawaban

petugas-pendamping asal
    Menyambut yang bersangkutan di titik tiba: Tetap
pengelola-kasus asal
    Menghubungi pemerintah desa atau kelurahan
    Menghubungi penerima: Bersedia
    Menetapkan waktu dan tempat serah terima
    Menyusun konsep berita acara
ketua-tim-pelindungan asal
    Memeriksa konsep berita acara: Benar
pengadministrasi-umum asal
    Memberi nomor berita acara
    Mencetak berita acara rangkap empat
pengelola-kasus asal
    Menyiapkan barang dan dokumen milik yang bersangkutan
petugas-pendamping asal
    Memeriksa tanda pengenal penerima: Benar
    Menanyakan kesediaan yang bersangkutan sekali lagi: Bersedia
pengelola-kasus asal
    Menandatangani berita acara serah terima
    Menjelaskan hak dan siapa yang dapat dihubungi
    Memeriksa dasar penyampaian data: Data penanganan lengkap
    Menyusun data warga untuk pemda
ketua-tim-pelindungan asal
    Menelaah data yang akan disampaikan: Dapat
kepala-subbag-tu asal
    Mengirim data melalui naskah dinas
pengelola-kasus asal
    Mencatat bukti terima dari pemda
    Mengumpulkan berita acara dan lampirannya
arsiparis asal
    Memeriksa kelengkapan berkas serah terima: Lengkap
    Memberi kode klasifikasi dan retensi
    Memindai berita acara
    Menyimpan berkas dalam lemari terkunci

kepala-subbag-tu
    Mengirim pemberitahuan melalui naskah dinas
pengelola-kasus
    Mencatat tanda terima dari penerima
    Memeriksa apakah keadaan berubah sejak penetapan: Tetap
    Meninjau hasil penanganan: Tidak
    Menilai kebutuhan pemantauan: Dipantau
    Membaca hasil disposisi dan risiko
    Mengusulkan jadwal dan cara pemantauan
ketua-tim-pelindungan
    Menyetujui jadwal pemantauan: Sesuai
petugas-helpdesk
    Memberi tahu jadwal kepada yang bersangkutan
pengelola-kasus
    Mencatat jadwal pada berkas
"""

DAYS_UNTIL_CONTACT = 14
"""After these the worker lets the case go on."""

AFTER_CONTACT_DAY = """
petugas-helpdesk
    Menyiapkan kontak
    Menghubungi yang bersangkutan atau keluarga
    Memastikan orang yang benar: Benar dan aman
    Menanyakan keadaan sekarang
    Menanyakan rencana bekerja ke luar negeri
pengelola-kasus
    Memeriksa dan menyimpan lembar kondisi
verifikator-data
    Mencari kasus baru orang yang sama
    Mencocokkan dengan kabar dari Imigrasi dan keluarga
pengelola-kasus
    Menilai ada tidaknya percobaan ulang
    Memutuskan kontak berikut: Cukup
    Meringkas hasil pemantauan
ketua-tim-pelindungan
    Menelaah penutupan pemantauan: Dapat ditutup
petugas-helpdesk
    Memberi tahu akhir pemantauan
pengelola-kasus
    Menyerahkan catatan ke arsip
arsiparis
    Mengarsipkan catatan pemantauan
pengelola-kasus
    Menutup kasus
"""

ANSWERS = {
    "origin_office": "BP3MI Jawa Tengah",
    "daerah_asal": "",
    "negara_tujuan": "Malaysia",
    "sakit": "Tidak",
    "hamil": "Tidak",
    "anak": "Tidak",
    "sumber_temuan": "",
    "tempat_temuan": "Pelabuhan Contoh",
    "rombongan": "Tidak",
    "perlu_penampungan": "Tidak",
    "barang_titipan": "Telepon genggam\nTas pakaian",
    "dokumen_ditahan": "Tidak",
    "kasus_terdahulu": "Tidak",
    "identitas_ada": "Ya",
    "nama": "Wulan Contoh",
    "nik": "9900000000000001",
    "nomor_paspor": "X0000001",
    "jenis_kelamin": "Perempuan",
    "tempat_lahir": "Kota Contoh",
    "tanggal_lahir": "1999-05-17",
    "alamat": "Jalan Peraga Nomor 1, Desa Contoh",
    "telepon": "0800-0000-0001",
    "biaya_dibayar": "Rp7.500.000",
    "utang": "2.500.000",
    "data_terkunci": "Ya",
    "setuju_wawancara": "Ya",
    "uraian_wawancara": "Uraian contoh: dijanjikan pekerjaan, paspor diurus orang lain.",
    "hasil_penapisan": "",
    "perlu_rujukan": "Tidak",
    "aman_di_daerah_asal": "Ya",
    "perkara_berjalan": "Tidak",
    "layak_ditempatkan": "Ya",
    "pilihan_penyintas": "",
    "saran_berbeda": "Tidak",
    "cakap_hukum": "Ya",
    "disposisi_ada": "Ya",
    "nama_keluarga": "Keluarga Contoh",
    "hubungan_keluarga": "Ibu",
    "keluarga_ditemukan": "Ya",
    "keluarga_bersedia": "Ya",
    "perkiraan_biaya": "1.250.000",
    "biaya_tiket": "1.250.000",
    "biaya_nyata": "1.250.000",
    "layak_dipulangkan": "Ya",
    "perlu_pengawalan": "Ya",
    "perlu_alat_khusus": "Ya",
    "alat_khusus": "Kursi roda",
    "penjemput_siap": "Ya",
    "korban_dirahasiakan": "Ya",
    "perjalanan_hasil": "",
    "saksi_hadir": "Ya",
    "serah_terima_hasil": "",
    "jarak_pemantauan": "14 hari",
    "kontak_hasil": "",
    "kondisi_terkini": "",
    "niat_berangkat": "",
    "percobaan_ulang": "Tidak",
    "pemantauan_hasil": "",
    "alasan_penutupan": "",
}
"""What is said where the way depends on it, or where a made-up word would not be taken. Empty: the first choice."""


@dataclass(frozen=True)
class Step:
    """One line of the way: an officer, a step, and the result that is pressed."""

    login: str
    name: str
    outcome: str


def steps(story: str) -> Iterator[Step]:
    """Read the way line by line."""
    login = ""
    for line in filter(str.strip, story.splitlines()):
        if not line.startswith(" "):
            post, _, elsewhere = line.partition(" ")
            login = f"{post}.{ORIGIN if elsewhere else HERE}"
            continue
        name, _, outcome = line.strip().partition(": ")
        yield Step(login, name, outcome)

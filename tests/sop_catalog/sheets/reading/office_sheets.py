"""Sheets in the manner of Indonesian offices. What is understood of each, and what is asked, is kept in `office/`."""

from __future__ import annotations

from tests.sop_catalog.sheets.reading.writing import FOUR, UNDER, Row, Shape, Sheet, document, text, workbook

HEAD: tuple[Row, ...] = (
    ("", "KEMENTERIAN PELINDUNGAN PEKERJA MIGRAN INDONESIA"),
    ("", "NAMA SOP", ":", "Penerimaan Pengaduan Keluarga"),
    (),
)
"""What stands over a table."""
STEPS: tuple[Row, ...] = (
    (1, "Menerima pengaduan", "", "", "", "Formulir; KTP", "30 Menit", "Berkas diterima", ""),
    (2, "Memeriksa kelengkapan berkas", "", "", "", "Berkas", "1 Hari", "Hasil pemeriksaan", ""),
    (3, "Berkas lengkap?", "", "", "", "", "", "", "Ya: ke langkah 4. Tidak: kembali ke langkah 1"),
    (4, "Melakukan asesmen", "", "", "", "Berkas lengkap", "3 hari kerja", "Hasil asesmen", ""),
    (5, "Menetapkan tindak lanjut", "", "", "", "Hasil asesmen", "± 10 menit", "Disposisi", ""),
)
_DONE_BY = {1: 2, 2: 2, 3: 2, 4: 3, 5: 4}


def ticked(marks: str = "√", rows: tuple[Row, ...] = STEPS) -> list[Row]:
    """Put a mark into the column of whoever does each step."""
    found: list[Row] = []
    for at, row in enumerate(rows):
        cells = list(row)
        cells[_DONE_BY[at + 1]] = marks[at % len(marks)]
        found.append(cells)
    return found


def shapes(above: int, *, tied: bool = True) -> list[Shape]:
    """Boxes, and a diamond on the question; arrows run down, tied to them or to nothing."""
    kinds = {3: "flowChartDecision"}
    boxes = [Shape(above + n - 1, _DONE_BY[n], kinds.get(n, "flowChartProcess")) for n in range(1, 6)]
    arrows = [Shape(ends=(at, at + 1) if tied else (at, None)) for at in range(4)]
    return [*boxes, *arrows]


def _kinds(kinds: dict[int, str], above: int) -> list[Shape]:
    return [Shape(above + n - 1, _DONE_BY[n], kinds.get(n, "rect")) for n in range(1, 6)]


MERGED = ((3, 2, 3, 4), (3, 5, 3, 7), (3, 0, 4, 0), (3, 1, 4, 1))
ONE_COLUMN: tuple[Row, ...] = (
    ("No.", "Uraian Kegiatan", "Pelaksana", "Persyaratan", "Waktu", "Hasil", "Ket."),
    ("1.", "Menerima permohonan", "Petugas Helpdesk", "Formulir", "15 menit", "Permohonan", ""),
    ("2.", "Memverifikasi permohonan", "Verifikator", "Permohonan", "2 jam", "Catatan", ""),
    ("3.", "Menyetujui permohonan", "Kepala BP3MI", "Catatan", "1 hari kerja", "Persetujuan", ""),
)
LETTERS: tuple[Row, ...] = tuple((letter, *row[1:]) for letter, row in zip("abcde", STEPS, strict=True))
TIMES: tuple[Row, ...] = tuple(
    (at, f"Melakukan pekerjaan {at}", "√", "", "", "Berkas", time, "Hasil", "")
    for at, time in enumerate(
        (
            *("30 Menit", "1 Hari", "3 hari kerja", "±10 menit", "Maks. 3 (tiga) hari kerja", "1 x 24 jam", "½ jam"),
            *("1,5 jam kerja", "2 minggu", "1 bulan", "3 - 5 hari", "sesuai kebutuhan", "-", "1 hari 2 jam", "45 mnt"),
        ),
        start=1,
    )
)
BARE: tuple[Row, ...] = (
    ("No", "Kegiatan", "Pelaksana", "Kelengkapan", "Waktu (menit)", "Output", "Keterangan"),
    (1, "Menerima tamu", "Petugas Helpdesk", "Buku tamu", 5, "Tamu tercatat", ""),
    (2, "Mengantar tamu", "Petugas Helpdesk", "Buku tamu", 10.0, "Tamu diantar", ""),
)
GAPS: list[Row] = [
    *ticked()[:2],
    (),
    *ticked()[2:],
    (),
    ("", "Catatan: formulir dapat diunduh"),
    ("", "Ditetapkan di Surabaya"),
]
TWO_PAGES: list[Row] = [FOUR, UNDER, *ticked()[:3], (), FOUR, UNDER, *ticked()[3:]]
BROKEN_CELL: list[Row] = [
    FOUR,
    UNDER,
    (1, "Menerima pengaduan", "√", "", "", "Formulir", "30 Menit", "Berkas", ""),
    ("", "dan mencatatnya dalam buku", "", "", "", "KTP", "", "", ""),
    (2, "Menetapkan tindak lanjut", "", "", "√", "Berkas", "1 hari kerja", "Disposisi", ""),
]
TWO_MARKS: list[Row] = [
    FOUR,
    UNDER,
    (1, "Rapat pembahasan", "√", "√", "", "Undangan", "2 jam kerja", "Notula", ""),
    (2, "Menetapkan hasil rapat", "", "", "", "Notula", "1 hari kerja", "Keputusan", ""),
]
ENDS: list[Row] = [
    FOUR,
    UNDER,
    ("", "Mulai"),
    *ticked()[:1],
    (2, "Memutuskan permohonan", "", "", "◇", "Berkas", "1 hari kerja", "Putusan", "Ya -> langkah 3; tidak -> selesai"),
    (3, "Memberi layanan", "√", "", "", "Putusan", "2 jam kerja", "Layanan", ""),
    ("", "Selesai: pemohon dilayani"),
]
OUTSIDER: list[Row] = [
    ("No", "Tahapan", "Pelaksana", "", "Mutu Baku", "", "", "Keterangan"),
    ("", "", "Pemohon", "Petugas Helpdesk", "Kelengkapan", "Waktu", "Output", ""),
    (1, "Mengajukan permohonan", "√", "", "Formulir", "15 menit kerja", "Permohonan", ""),
    (2, "Memeriksa permohonan", "", "√", "Permohonan", "1 jam kerja", "Hasil periksa", "Bila lengkap lanjut ke 3; bila kurang kembali ke 1"),
    (3, "Menerima hasil layanan", "√", "", "Hasil periksa", "1 hari kerja", "Tanda terima", ""),
]  # fmt: skip
NO_PELAKSANA: list[Row] = [
    ("No.", "Kegiatan", "Petugas Helpdesk", "Kepala Kantor", "Kelengkapan", "Waktu", "Output", "Keterangan"),
    (1, "Menerima tamu", "v", "", "Buku tamu", "10 menit kerja", "Tamu tercatat", ""),
    (2, "Menyetujui kunjungan", "", "v", "Buku tamu", "1 hari kerja", "Persetujuan", ""),
]
PARTS: list[Row] = [
    ("No", "Kegiatan", "Pelaksana", "Durasi", "Output"),
    ("1", "Persiapan", "", "", ""),
    ("1.a", "Menyiapkan bahan", "Petugas Helpdesk", "10 menit kerja", "Bahan"),
    ("2", "Menyetujui bahan", "Kepala BP3MI", "1 hari kerja", "Persetujuan"),
]
NOBODY: list[Row] = [
    ("No", "Kegiatan", "Kelengkapan", "Waktu", "Output"),
    ("1", "Menyiapkan bahan", "Surat", "10 menit kerja", "Bahan"),
]
OTHER: Sheet = Sheet([("Daftar formulir",), ("A", "B")], name="Lampiran")

OFFICES: dict[str, bytes] = {
    "shapes-tied.xlsx": workbook(Sheet([*HEAD, FOUR, UNDER, *STEPS], shapes=shapes(5), merged=MERGED), OTHER),
    "shapes-loose.xlsx": workbook(Sheet([*HEAD, FOUR, UNDER, *STEPS], shapes=shapes(5, tied=False))),
    "shapes-grouped.xlsx": workbook(Sheet([FOUR, UNDER, *STEPS], shapes=_kinds({3: "diamond"}, 2), grouped=True)),
    "ticks.xlsx": workbook(Sheet([*HEAD, FOUR, UNDER, *ticked("√v•xX")], merged=MERGED)),
    "gaps.xlsx": workbook(Sheet([*HEAD, FOUR, UNDER, *GAPS])),
    "two-pages.xlsx": workbook(Sheet(TWO_PAGES)),
    "numbered-columns.xlsx": workbook(Sheet([FOUR, UNDER, tuple(range(1, 10)), *ticked()])),
    "hidden-old-version.xlsx": workbook(Sheet(TWO_PAGES), Sheet([FOUR, UNDER, *ticked()[:1]], name="lama", hidden=True)),
    "times.xlsx": workbook(Sheet([FOUR, UNDER, *TIMES])),
    "bare-minutes.xlsx": workbook(Sheet(BARE)),
    "ticks.docx": document([FOUR, UNDER, *ticked("√v•")], merged=True),
    "shapes.docx": document([FOUR, UNDER, *STEPS], merged=True, shapes=_kinds(dict.fromkeys((1, 2, 4, 5), "flowChartProcess") | {3: "flowChartDecision"}, 2)),
    "two-tables.docx": document([FOUR, UNDER, *ticked()[:3]], [FOUR, UNDER, *ticked()[3:]]),
    "identity-before.docx": document([("NOMOR SOP", "12/2026"), ("NAMA SOP", "Penerimaan")], [FOUR, UNDER, *ticked()], [("Kepala", "(tanda tangan)")]),
    "one-column.csv": text(ONE_COLUMN, ";").encode("cp1252"),
    "letters.csv": text([FOUR, UNDER, *ticked(rows=LETTERS)], ",", lambda each: f'"{each}"').encode(),
    "broken-cell.txt": text(BROKEN_CELL).encode("utf-16"),
    "two-marks.txt": text(TWO_MARKS).encode(),
    "ends.txt": text(ENDS).encode(),
    "no-pelaksana.xlsx": workbook(Sheet(NO_PELAKSANA)),
    "parts.csv": text(PARTS, ";").encode(),
    "nobody.csv": text(NOBODY, ";").encode(),
    "outsider.xlsx": workbook(Sheet(OUTSIDER)),
}  # fmt: skip

"""Which posts open cases: until now any post did. Those of the registers get what the registers say, others keep all."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

OPENING = {
    "kepala-bp3mi": ("open",),
    "kepala-subbag-tu": ("open:s", "open:l"),
    "ketua-tim-pelindungan": ("open:c", "open:s11"),
    "ketua-tim-pemberdayaan": ("open:c",),
    "ketua-tim-penempatan": ("open:c",),
    "ketua-tim-helpdesk": ("open:c", "open:s11"),
    "koordinator-p4mi": ("open:c",),
    "petugas-sispopmi": ("open:c3",),
    "pengelola-kasus": ("open:c",),
    "pengantar-kerja": ("open:c2", "open:c3", "open:c5"),
    "petugas-rumah-ramah": ("open:c3",),
    "koordinator-rumah-ramah": ("open:c3",),
    "petugas-helpdesk": ("open:c", "open:s11"),
    "petugas-p4mi": ("open:c",),
    "petugas-layanan-pengaduan": ("open:c", "open:s11"),
    "petugas-penanganan-permasalahan": ("open:c3",),
    "ppns": ("open:c4",),
    "petugas-kedatangan": ("open:c3",),
    "petugas-penjaga-shift": ("open:c3",),
    "ppk": ("open:s09",),
    "bendahara": ("open:s07",),
    "pengadministrasi-umum": ("open:s",),
    "arsiparis": ("open:s10",),
    "direktur-pelindungan": ("open:c", "open:s11", "open:l"),
    "direktur-kepulangan": ("open:c", "open:l"),
    "analis-pelindungan": ("open:c3",),
    "auditor": ("open:s12",),
}
OPENS_NONE = frozenset(
    {
        "verifikator-data",
        "penyuluh-hukum",
        "pendamping-hukum",
        "petugas-pendamping",
        "psikolog",
        "pengelola-perjalanan",
        "pengemudi",
        "petugas-keamanan",
        "pemilik-proses",
        "manajer-mutu",
        "admin-sistem",
    }
)


def upgrade() -> None:
    """Add the power to open cases to every post that is there."""
    connection = op.get_bind()
    post = sa.table("post", sa.column("code", sa.Text), sa.column("powers", sa.Text))
    plain = sa.text("SELECT code, powers FROM post ORDER BY code")
    for code, held in connection.execute(plain).all():
        powers = json.loads(held) if isinstance(held, str) else list(held)
        added = () if code in OPENS_NONE else OPENING.get(code, ("open",))
        fresh = json.dumps(sorted({*powers, *added}), separators=(",", ":"))
        connection.execute(post.update().where(post.c.code == code).values(powers=fresh))

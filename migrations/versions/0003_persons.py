"""The register of persons: keys to find them by, merges, where they came from, recruiters."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")


def upgrade() -> None:
    """Make the tables; what persons were found by so far moves into them."""
    _find()
    _come_from()
    _join()
    _recruit()
    op.add_column("access_record", sa.Column("subject_id", KEY, nullable=True))
    op.create_index(op.f("ix_access_record_subject_id"), "access_record", ["subject_id"])


def _find() -> None:
    op.create_table(
        "subject_key",
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_key_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", "kind", "hash", name=op.f("pk_subject_key")),
        comment="Blind indexes: HMAC with a key for each kind; those of a name's words are cut to 16 digits.",
    )
    op.create_index(op.f("ix_subject_key_hash"), "subject_key", ["hash"])
    for kind in ("nik", "nomor_paspor"):
        op.execute(
            f"INSERT INTO subject_key (subject_id, kind, hash) "  # noqa: S608 - two names that stand above
            f"SELECT id, '{kind}', {kind}_index FROM subject WHERE {kind}_index IS NOT NULL"
        )
        op.drop_index(op.f(f"ix_subject_{kind}_index"), "subject")
        op.drop_column("subject", f"{kind}_index")
    op.add_column("subject", sa.Column("merged_into", KEY, nullable=True))
    op.add_column("subject", sa.Column("person_id", KEY, nullable=True))
    op.add_column("subject", sa.Column("indexed", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_subject_person_id"), "subject", ["person_id"])


def _come_from() -> None:
    op.create_table(
        "subject_source",
        sa.Column("id", KEY, nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("office", sa.String(40), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.Column("by", KEY, nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_source_subject_id")),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name=op.f("fk_subject_source_office")),
        sa.ForeignKeyConstraint(["by"], ["officer.id"], name=op.f("fk_subject_source_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_source")),
        comment="Where a person's fields were taken over from, with the facts of that register about the person",
    )
    op.create_index(op.f("ix_subject_source_subject_id"), "subject_source", ["subject_id"])
    op.create_index("uq_subject_source_place", "subject_source", ["office", "source", "row"], unique=True)


def _join() -> None:
    op.create_table(
        "subject_merge",
        sa.Column("id", KEY, nullable=False),
        sa.Column("keep_id", KEY, nullable=False),
        sa.Column("other_id", KEY, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("proposed_by", KEY, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("decided_why", sa.Text(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", KEY, nullable=True),
        sa.Column("undone_why", sa.Text(), nullable=False),
        sa.CheckConstraint("kind in ('merge', 'link')", name=op.f("ck_subject_merge_kind")),
        sa.CheckConstraint(
            "state in ('proposed', 'confirmed', 'declined', 'undone')", name=op.f("ck_subject_merge_state")
        ),
        sa.ForeignKeyConstraint(["keep_id"], ["subject.id"], name=op.f("fk_subject_merge_keep_id")),
        sa.ForeignKeyConstraint(["other_id"], ["subject.id"], name=op.f("fk_subject_merge_other_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["officer.id"], name=op.f("fk_subject_merge_proposed_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["officer.id"], name=op.f("fk_subject_merge_decided_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["officer.id"], name=op.f("fk_subject_merge_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_merge")),
    )
    op.create_index(op.f("ix_subject_merge_keep_id"), "subject_merge", ["keep_id"])
    op.create_index(op.f("ix_subject_merge_other_id"), "subject_merge", ["other_id"])
    op.create_index(
        "uq_subject_merge_open",
        "subject_merge",
        ["other_id"],
        unique=True,
        sqlite_where=sa.text("state in ('proposed', 'confirmed')"),
        postgresql_where=sa.text("state in ('proposed', 'confirmed')"),
    )


def _recruit() -> None:
    op.create_table(
        "recruiter",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("name_index", sa.String(64), nullable=True),
        sa.Column("phone_index", sa.String(64), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("merged_into", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recruiter")),
        comment="name and phone are cells like a person's fields",
    )
    for column in ("name_index", "phone_index", "merged_into"):
        op.create_index(op.f(f"ix_recruiter_{column}"), "recruiter", [column])
    op.create_table(
        "case_recruiter",
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("recruiter_id", KEY, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_recruiter_case_id")),
        sa.ForeignKeyConstraint(["recruiter_id"], ["recruiter.id"], name=op.f("fk_case_recruiter_recruiter_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_recruiter")),
    )
    op.create_index(op.f("ix_case_recruiter_recruiter_id"), "case_recruiter", ["recruiter_id"])

"""The first shape: the organisation, releases, cases and what they wait for, and what is kept for ever."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")

KEPT = ("audit", "access_record")
"""Nobody changes or deletes what stands here; the database itself refuses."""


def upgrade() -> None:
    """Make every table, the guards of those that only grow, and the head of the house's own chain."""
    make_tables()
    for table in KEPT:
        guard(table)
    op.execute(sa.text("INSERT INTO audit_head VALUES (0, 0, :genesis)").bindparams(genesis="0" * 64))


def guard(table: str) -> None:
    """Refuse every change to what has been written."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} only grows'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()"
    )


def make_tables() -> None:  # noqa: PLR0915 - one call a table, in the order of their references
    """Make them in the order of their references."""
    op.create_table(
        "access_record",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_record")),
    )
    op.create_index(op.f("ix_access_record_at"), "access_record", ["at"], unique=False)
    op.create_index(op.f("ix_access_record_case_id"), "access_record", ["case_id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.Column("on_behalf", sa.String(length=8), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_audit")),
        comment="case 0 is the house's own chain: releases, offices, officers",
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("case_id", KEY, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "office", name=op.f("pk_calendar_day")),
        comment="A day off work; office is empty where the day is off everywhere.",
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "disposition_kind",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("procedure", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_disposition_kind")),
    )
    op.create_table(
        "drawing",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_drawing")),
    )
    op.create_table(
        "idempotency",
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("command", sa.String(length=60), nullable=False),
        sa.Column("arguments", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("officer", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_at"), "idempotency", ["at"], unique=False)
    op.create_table(
        "office",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_office")),
    )
    op.create_table(
        "officer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("login", name=op.f("uq_officer_login")),
    )
    op.create_table(
        "post",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_post")),
    )
    op.create_table(
        "release",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("activities", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("state in ('in-force', 'superseded', 'revoked')", name=op.f("ck_release_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("code", "edition", name=op.f("uq_release_code_edition")),
    )
    op.create_index(
        "uq_release_code_in_force",
        "release",
        ["code"],
        unique=True,
        sqlite_where=sa.text("state = 'in-force'"),
        postgresql_where=sa.text("state = 'in-force'"),
    )
    op.create_table(
        "season",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", "first_on", name=op.f("pk_season")),
        comment="A span with other working hours everywhere: Ramadan.",
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", KEY, nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(op.f("ix_sign_in_attempt_address_at"), "sign_in_attempt", ["address", "at"], unique=False)
    op.create_index(op.f("ix_sign_in_attempt_login_at"), "sign_in_attempt", ["login", "at"], unique=False)
    op.create_table(
        "subject",
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("nik_index", sa.String(length=64), nullable=True),
        sa.Column("nomor_paspor_index", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
    )
    op.create_index(op.f("ix_subject_nik_index"), "subject", ["nik_index"], unique=False)
    op.create_index(op.f("ix_subject_nomor_paspor_index"), "subject", ["nomor_paspor_index"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("id", KEY, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_api_token_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_token_hash")),
    )
    op.create_index(op.f("ix_api_token_officer_id"), "api_token", ["officer_id"], unique=False)
    op.create_table(
        "case",
        sa.Column("id", KEY, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("release_id", KEY, nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("origin_office", sa.String(length=40), nullable=True),
        sa.Column("destination_office", sa.String(length=40), nullable=True),
        sa.Column("subject_id", KEY, nullable=True),
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("disposition_id", KEY, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_how", sa.Text(), nullable=False),
        sa.CheckConstraint("state in ('running', 'suspended', 'completed', 'cancelled')", name=op.f("ck_case_state")),
        sa.ForeignKeyConstraint(["destination_office"], ["office.code"], name=op.f("fk_case_destination_office")),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name=op.f("fk_case_office")),
        sa.ForeignKeyConstraint(["origin_office"], ["office.code"], name=op.f("fk_case_origin_office")),
        sa.ForeignKeyConstraint(["parent_id"], ["case.id"], name=op.f("fk_case_parent_id")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_case_release_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_case_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
        postgresql_with={"fillfactor": 70},
    )
    op.create_index(op.f("ix_case_office_opened_at"), "case", ["office", "opened_at"], unique=False)
    op.create_index(
        "ix_case_office_running",
        "case",
        ["office", "id"],
        unique=False,
        sqlite_where=sa.text("state in ('running', 'suspended')"),
        postgresql_where=sa.text("state in ('running', 'suspended')"),
    )
    op.create_index(op.f("ix_case_parent_id"), "case", ["parent_id"], unique=False)
    op.create_index(op.f("ix_case_release_id"), "case", ["release_id"], unique=False)
    op.create_index(op.f("ix_case_subject_id"), "case", ["subject_id"], unique=False)
    op.create_table(
        "holding",
        sa.Column("id", KEY, nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("acting", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name=op.f("fk_holding_office")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_holding_officer_id")),
        sa.ForeignKeyConstraint(["post"], ["post.code"], name=op.f("fk_holding_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
    )
    op.create_index(op.f("ix_holding_office_post"), "holding", ["office", "post"], unique=False)
    op.create_index(op.f("ix_holding_officer_id"), "holding", ["officer_id"], unique=False)
    op.create_table(
        "office_area",
        sa.Column("region", sa.String(length=13), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name=op.f("fk_office_area_office")),
        sa.PrimaryKeyConstraint("region", name=op.f("pk_office_area")),
    )
    op.create_index(op.f("ix_office_area_office"), "office_area", ["office"], unique=False)
    op.create_table(
        "release_drawing",
        sa.Column("release_id", KEY, nullable=False),
        sa.Column("process", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_release_drawing_release_id")),
        sa.ForeignKeyConstraint(["sha256"], ["drawing.sha256"], name=op.f("fk_release_drawing_sha256")),
        sa.PrimaryKeyConstraint("release_id", "process", name=op.f("pk_release_drawing")),
    )
    op.create_index(op.f("ix_release_drawing_process"), "release_drawing", ["process"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("officer_id", KEY, nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_session_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_expires_at"), "session", ["expires_at"], unique=False)
    op.create_index(op.f("ix_session_officer_id"), "session", ["officer_id"], unique=False)
    op.create_table(
        "subject_field",
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_field_subject_id")),
        sa.PrimaryKeyConstraint("subject_id", "name", name=op.f("pk_subject_field")),
        comment="version.key.nonce.ciphertext; authenticated with table, column and row",
    )
    op.create_table(
        "announcement",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.CheckConstraint("state in ('pending', 'done', 'failed', 'withdrawn')", name=op.f("ck_announcement_state")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_announcement_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(
        "ix_announcement_case",
        "announcement",
        ["case_id"],
        unique=False,
        sqlite_where=sa.text("state in ('pending', 'failed')"),
        postgresql_where=sa.text("state in ('pending', 'failed')"),
    )
    op.create_index(
        "ix_announcement_pending",
        "announcement",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "disposition",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by", KEY, nullable=False),
        sa.Column("sub_case_id", KEY, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_how", sa.Text(), nullable=False),
        sa.Column("replaced_by", KEY, nullable=True),
        sa.CheckConstraint("state in ('open', 'closed', 'replaced', 'cancelled')", name=op.f("ck_disposition_state")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_disposition_case_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["officer.id"], name=op.f("fk_disposition_decided_by")),
        sa.ForeignKeyConstraint(["kind"], ["disposition_kind.code"], name=op.f("fk_disposition_kind")),
        sa.ForeignKeyConstraint(["sub_case_id"], ["case.id"], name=op.f("fk_disposition_sub_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition")),
    )
    op.create_index(op.f("ix_disposition_case_id"), "disposition", ["case_id"], unique=False)
    op.create_index(op.f("ix_disposition_sub_case_id"), "disposition", ["sub_case_id"], unique=False)
    op.create_table(
        "fact",
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("written_in", sa.Integer(), nullable=False),
        sa.Column("written_by", KEY, nullable=True),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("disputed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_fact_case_id")),
        sa.ForeignKeyConstraint(["written_by"], ["officer.id"], name=op.f("fk_fact_written_by")),
        sa.PrimaryKeyConstraint("case_id", "name", name=op.f("pk_fact")),
    )
    op.create_table(
        "incident",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.Column("resolved_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("state in ('open', 'resolved')", name=op.f("ck_incident_state")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_incident_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_case_id"), "incident", ["case_id"], unique=False)
    op.create_index(
        "ix_incident_open",
        "incident",
        ["case_id"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "participation",
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_participation_case_id")),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name=op.f("fk_participation_office")),
        sa.PrimaryKeyConstraint("case_id", "office", name=op.f("pk_participation")),
    )
    op.create_index(op.f("ix_participation_office_case_id"), "participation", ["office", "case_id"], unique=False)
    op.create_table(
        "subscription",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("message", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_subscription_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("case_id", "token", name=op.f("uq_subscription_case_id_token")),
        comment="Open waits for a message only. A row goes when the message has come.",
    )
    op.create_index(op.f("ix_subscription_message"), "subscription", ["message"], unique=False)
    op.create_table(
        "timer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("release_id", KEY, nullable=True),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("interrupting", sa.Boolean(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("fired", sa.Integer(), nullable=False),
        sa.CheckConstraint("(case_id is null) <> (release_id is null)", name=op.f("ck_timer_owner")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_timer_case_id")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_timer_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
        sa.UniqueConstraint("case_id", "token", name=op.f("uq_timer_case_id_token")),
        comment="Open timers only: of a case, or the start timers of a release. A row goes when it has fired.",
    )
    op.create_index(op.f("ix_timer_due_at"), "timer", ["due_at"], unique=False)
    op.create_index(
        "uq_timer_start",
        "timer",
        ["release_id", "token"],
        unique=True,
        sqlite_where=sa.text("release_id is not null"),
        postgresql_where=sa.text("release_id is not null"),
    )
    op.create_table(
        "work_item",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("officer_id", KEY, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_in", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("changed_by", KEY, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("instance", sa.Integer(), nullable=True),
        sa.Column("local", sa.Text(), nullable=False),
        sa.CheckConstraint("state in ('ready', 'reserved', 'completed', 'exited')", name=op.f("ck_work_item_state")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_work_item_case_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["officer.id"], name=op.f("fk_work_item_changed_by")),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name=op.f("fk_work_item_office")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_work_item_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_item")),
        sa.UniqueConstraint("case_id", "token", name=op.f("uq_work_item_case_id_token")),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index(
        "ix_work_item_mine",
        "work_item",
        ["officer_id", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'reserved'"),
        postgresql_where=sa.text("state = 'reserved'"),
    )
    op.create_index(
        "ix_work_item_office",
        "work_item",
        ["office", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state in ('ready', 'reserved')"),
        postgresql_where=sa.text("state in ('ready', 'reserved')"),
    )
    op.create_index(
        "ix_work_item_open",
        "work_item",
        ["case_id"],
        unique=False,
        sqlite_where=sa.text("state in ('ready', 'reserved')"),
        postgresql_where=sa.text("state in ('ready', 'reserved')"),
    )
    op.create_index(
        "ix_work_item_queue",
        "work_item",
        ["office", "post", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'ready'"),
        postgresql_where=sa.text("state = 'ready'"),
    )

"""second factors and sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "factor",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("credential_hash", sa.LargeBinary(), nullable=True),
        sa.Column("last_count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credential_hash"),
    )
    op.create_index("ix_factor_officer_id", "factor", ["officer_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("officer_id", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("officer_id", "slot"),
    )
    op.create_table(
        "wrapped_key",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "broken_glass",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("broken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"]),
        sa.ForeignKeyConstraint(["seen_by"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_broken_glass_officer_id", "broken_glass", ["officer_id"], unique=False)
    op.create_index("ix_broken_glass_conversation_id", "broken_glass", ["conversation_id"], unique=False)
    op.execute("DELETE FROM officer_session")  # they were opened without a second factor: everybody signs in again
    with op.batch_alter_table("officer_session") as batch:
        batch.add_column(sa.Column("stage", sa.String(length=8), nullable=False))
        batch.add_column(sa.Column("device", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("challenge", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("challenge_until", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("attempts", sa.Integer(), nullable=False))
    with op.batch_alter_table("invitation") as batch:
        batch.add_column(sa.Column("officer_id", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("invited_by", sa.String(length=64), nullable=True))
        batch.create_foreign_key("invitation_officer", "officer", ["officer_id"], ["id"])

"""coming back to a web chat by code."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "return_code",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened", sa.LargeBinary(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
        ),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    with op.batch_alter_table("return_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_code_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_return_code_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_return_code_opened"), ["opened"], unique=False)

    op.create_table(
        "return_try",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("lane_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    with op.batch_alter_table("return_try", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_try_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_return_try_lane_hash"), ["lane_hash"], unique=False)


def downgrade() -> None:
    op.drop_table("return_try")
    op.drop_table("return_code")

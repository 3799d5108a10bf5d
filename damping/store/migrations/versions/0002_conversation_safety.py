"""how a conversation is kept safe."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TIMES = ("present_at", "gap_at", "disguised_at", "stopped_at", "veiled_at", "contact_at", "late_told_at")
_NUMBERS = ("shown_from", "shown_anew")
_SEALED = ("own_words", "contact")


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        for name in _TIMES:
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in _NUMBERS:
            batch_op.add_column(sa.Column(name, big, nullable=False, server_default="0"))
        for name in _SEALED:
            batch_op.add_column(sa.Column(name, sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("afresh", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_for", sa.String(length=16), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("held_for")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        for name in (*_TIMES, *_NUMBERS, *_SEALED, "afresh"):
            batch_op.drop_column(name)

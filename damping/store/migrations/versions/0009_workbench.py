"""the trainers' workbench."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doubt",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("worth", sa.Integer(), nullable=False),
        sa.Column("intent", sa.String(length=64), nullable=False),
        sa.Column("danger", sa.String(length=8), nullable=False),
        sa.Column("sentence", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("doubt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_doubt_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_doubt_state"), ["state"], unique=False)

    op.create_table(
        "doubt_label",
        sa.Column("doubt_id", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.String(length=64), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("intent", sa.String(length=64), nullable=False),
        sa.Column("danger", sa.String(length=8), nullable=False),
        sa.Column("sentence", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["doubt_id"], ["doubt.id"]),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("doubt_id", "officer_id"),
    )
    op.create_table(
        "data_change",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("change", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.String(length=64), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"]),
        sa.ForeignKeyConstraint(["settled_by"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("data_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_data_change_made_at"), ["made_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_data_change_state"), ["state"], unique=False)


def downgrade() -> None:
    op.drop_table("data_change")
    op.drop_table("doubt_label")
    op.drop_table("doubt")

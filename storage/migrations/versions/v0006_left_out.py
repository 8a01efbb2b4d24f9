"""What a retraining left out, since with it the gate refused."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "left_out",
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("folded", sa.String(255), nullable=False),
        sa.Column("language", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("version", "folded", name="pk_left_out"),
        sa.ForeignKeyConstraint(
            ["version"],
            ["checkpoints.version"],
            name="fk_left_out_version",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_left_out_folded", "left_out", ["folded"])

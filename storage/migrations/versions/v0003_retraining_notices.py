"""To whom a retraining's outcome is still to be told, and where."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "retraining_notices",
        sa.Column("fence", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("person_id", sa.BigInteger),
        sa.Column("outcome", sa.Text),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fence", name="pk_retraining_notices"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name="fk_retraining_notices_person_id",
            ondelete="SET NULL",
        ),
    )
    op.create_index("ix_retraining_notices_person_id", "retraining_notices", ["person_id"])
